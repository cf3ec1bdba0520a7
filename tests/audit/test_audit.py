"""The audit as a whole: deterministic, in any order, never raising, and open to acceptance."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from touchstone.audit.audit import RULES, Acceptance, audit
from touchstone.audit.finding import VERDICTS

from .conftest import Reading, written

WATER = """
| 指标 | 2017 |
| 工业用水量 | [32.19|工业用水量 volume 2017 unit=亿吨] |
| 新鲜水用水量 | [1.42|新鲜水 volume 2017 unit=亿吨] |
| 重复用水量 | [30.99|重复用水 volume 2017 unit=亿吨] |
"""
NUMBERS = [
    "0",
    "0.0",
    "1",
    "2",
    "7.5",
    "63",
    "86",
    "100",
    "533.3",
    "870000",
    f"1{'0' * 40}",
    "9" * 60,
    f"0.{'0' * 50}1",
]
UNITS = ("万吨", "亿元", "%", "个", "元/公斤", "美元/磅", "", "成", "人", "千瓦时")
MEASURES = (
    "output",
    "output.cumulative",
    "output.yoy",
    "share",
    "count",
    "money",
    "price",
    "price.low",
    "index",
)
PERIODS = ("2022-06", "2022-07", "2022-01/2022-06", "2022-01/2022-07", "2022", "-", "2022-13")
WORDS = (
    "，其中",
    "（",
    "）",
    "，占比",
    "从",
    "到",
    "，增长",
    "。",
    "、",
    "等",
    "合计",
    "，完成率",
    "五强占比",
    "；",
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Marked texts of figures and telling words in any order, with zeros and negative numbers."""
    pieces = []
    for _ in range(draw(st.integers(0, 12))):
        number = draw(st.sampled_from(NUMBERS))
        sign = draw(st.sampled_from(["", "下降"]))
        measure, unit = draw(st.sampled_from(MEASURES)), draw(st.sampled_from(UNITS))
        subject = draw(st.sampled_from(["铜", "锗", "同比", "cu.refined"]))
        place = draw(st.sampled_from(["market.domestic", "market.rotterdam"]))
        period = draw(st.sampled_from(PERIODS))
        pieces.append(draw(st.sampled_from(WORDS)))
        pieces.append(f"[{sign}{number}{unit}|{subject} {measure} {period} {place} unit={unit}]")
        pieces.append(draw(st.sampled_from(["", "\n", "\n# 铜价上涨\n", "\n| 合计 | "])))
    return "".join(pieces)


@given(texts())
def test_no_text_makes_the_audit_fail(text: str) -> None:
    findings = audit([written(text)])
    assert len({f.id for f in findings}) == len(findings)
    assert all(f.verdict in VERDICTS and f.title.zh and f.title.en and f.arithmetic.en for f in findings)
    assert all(len(f.quotes) == len(f.facts) for f in findings)


@given(texts(), st.randoms(use_true_random=False))
def test_the_order_of_facts_changes_nothing(text: str, dice) -> None:
    document, facts = written(text)
    shuffled = list(facts)
    dice.shuffle(shuffled)
    assert audit([(document, shuffled)]) == audit([(document, facts)])


def test_the_order_of_documents_changes_nothing() -> None:
    one, other = (
        written(WATER, "a.txt"),
        written("铜[1万吨|cu output 2022]，其中甲[2万吨|cu output 2022]。", "b.txt"),
    )
    assert audit([one, other]) == audit([other, one])


def test_findings_come_most_serious_first(gold: list[Reading]) -> None:
    severities = [f.severity for f in audit(gold)]
    assert severities == sorted(severities, reverse=True)
    assert len({f.id for f in audit(gold)}) == len(severities)


def test_every_rule_has_an_id_and_words_in_both_languages() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.name.zh and rule.name.en and rule.meaning.zh and rule.meaning.en for rule in RULES)


def test_an_accepted_failure_is_accepted_until_it_expires() -> None:
    reading = written(WATER)
    [wrong] = audit([reading])
    accepted = {wrong.id: Acceptance("checked with the group on the phone", "Li", date(2026, 12, 31))}
    [settled] = audit([reading], date(2026, 12, 31), accepted)
    assert settled.verdict == "accepted" and settled.id == wrong.id
    assert settled.note and "checked with the group" in settled.note.en
    assert audit([reading], date(2027, 1, 1), accepted) == [wrong]


def test_nothing_read_is_nothing_found() -> None:
    assert audit([]) == []
    assert audit([written("")]) == []
