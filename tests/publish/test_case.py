"""Findings with their evidence."""

from collections.abc import Callable

from touchstone.audit.finding import Finding, Healing
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.text import Text
from touchstone.publish.case import by_seriousness, cases, worst


def finding(verdict: str, severity: float = 0.0, **given: object) -> Finding:
    plain: dict[str, object] = {"facts": (), "quotes": (), "sources": (), "severity": severity}
    plain |= {"title": Text("题", "title"), "arithmetic": Text("1 + 1 ≠ 3", "1 + 1 ≠ 3")}
    return Finding(**({"id": f"{verdict}{severity}", "rule": "sum", "verdict": verdict} | plain | given))  # type: ignore[arg-type]


def test_the_most_serious_come_first() -> None:
    given = [finding("holds"), finding("edge", 9), finding("fails", 1), finding("fails", 5)]
    assert [f.id for f in by_seriousness(given)] == ["fails5", "fails1", "edge9", "holds0.0"]


def test_the_worst_of_no_verdict_is_untested() -> None:
    assert worst([]) == "untested"
    assert worst(["holds", "edge", "warning"]) == "edge"


def test_a_finding_shows_each_printed_place_once_and_keeps_quotes_without_a_fact(
    fact: Callable[..., Fact], document: Callable[..., Document]
) -> None:
    text = document("1-6月产量533.3万吨，7月产量87万吨。")
    first = fact("533.3", "万吨", start=6, quote="533.3万吨")
    second = fact("87", "万吨", start=18, quote="87万吨")
    tested = finding(
        "fails", facts=(first.id, second.id, "gone"), quotes=("533.3万吨", "87万吨", "620.2万吨")
    )
    [case] = cases([tested], {f.id: f for f in (first, second)}, lambda _: text)
    assert len(case.evidence) == 1
    assert [p.text for p in case.evidence[0].context.pieces if p.facts] == ["533.3万吨", "87万吨"]
    assert case.loose == ("620.2万吨",)
    assert case.documents == ("note.txt",)


def test_a_remedy_is_written_with_its_unit_once(
    fact: Callable[..., Fact], document: Callable[..., Document]
) -> None:
    one = fact("620.2", "万吨", quote="620.2万吨")
    heals = (
        Healing(one.id, "628.6", "628.8"),
        Healing(one.id, "628.6万吨", "628.8万吨"),
        Healing(one.id, "上涨", "上涨"),
    )
    tested = finding("fails", facts=(one.id,), quotes=("620.2万吨",), heals=heals)
    [case] = cases([tested], {one.id: one}, lambda _: document("620.2万吨"))
    assert [heal.text("zh") for heal in case.heals] == ["628.6—628.8万吨", "628.6—628.8万吨", "上涨"]
