"""The arithmetic of a provincial plan and a group's report comes out as printed, or is told not to: nothing is bent to fit.

Every case is judged by the intervals its printing allows. Where the documents are at hand their figures are read anew, and the verdict must not
change; where the audit has a rule for the identity, it must come to the same verdict by itself.
"""

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from touchstone.audit.audit import audit
from touchstone.audit.finding import Finding
from touchstone.audit.interval import Interval, exactly
from touchstone.audit.verdict import Judgement, compare
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.pathway.catalogue import pathway_documents
from touchstone.facts.fact import Fact
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "pathway_published.toml").read_text("utf-8")
)["case"]
FORMULAS: dict[str, Callable[..., Decimal]] = {
    "(after / before - 1) * 100": lambda before, after: (after / before - 1) * 100,
    "done / all * 100": lambda done, all: done / all * 100,
    "wind + sun": lambda wind, sun: wind + sun,
    "fresh + reused": lambda fresh, reused: fresh + reused,
    "reused / all * 100": lambda reused, all: reused / all * 100,
    "gas * factor / 10000": lambda gas, factor: gas * factor / 10000,
}
JUDGED_ALONE = ("gas-to-carbon",)
"""Cases with a value from elsewhere, which no audit of the document alone can find."""

Read = Mapping[str, list[Fact]]
NAMES = [case["key"] for case in CASES]


def face(figure: Mapping[str, Any]) -> Decimal:
    """The value as printed."""
    return Decimal(figure["value"])


def span(figure: Mapping[str, Any]) -> Interval:
    """What its printing allows: half a unit of its last place, nothing for what was counted or is a factor."""
    value = face(figure)
    if figure.get("counted") or "of" in figure:
        return exactly(value)
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    return Interval(value - half, value + half)


def judged(case: Mapping[str, Any], spans: Callable[[Mapping[str, Any]], Interval] = span) -> Judgement:
    """The verdict on a case."""
    figures = list(case["figures"].values())
    return compare(
        FORMULAS[case["formula"]],
        [face(each) for each in figures],
        [spans(each) for each in figures],
        spans(case["printed"]),
        case.get("relation", "="),
    )


@pytest.fixture(scope="module")
def documents(corpus_folder: Path) -> Mapping[str, tuple[Read, list[Finding]]]:
    """Of each document: its facts by quote, and what the audit finds in it."""
    found = {}
    for name in {case["file"] for case in CASES}:
        document = read_bytes((corpus_folder / name).read_bytes(), name)
        facts = read_figures(document)
        by_quote: dict[str, list[Fact]] = {}
        for fact in facts:
            by_quote.setdefault(fact.quote, []).append(fact)
        found[name] = (by_quote, audit([(document, facts)]))
    return found


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_published_identity_has_the_verdict_that_is_told_of_it(case: Mapping[str, Any]) -> None:
    found = judged(case)
    assert (found.verdict, Decimal(f"{found.face:.4g}")) == (case["verdict"], Decimal(case["face"]))


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_read_from_the_document_the_figures_are_the_same_and_so_is_the_verdict(
    case: Mapping[str, Any], documents: Mapping[str, tuple[Read, list[Finding]]]
) -> None:
    read, _ = documents[case["file"]]
    for figure in (*case["figures"].values(), case["printed"]):
        if "quote" in figure:
            assert face(figure) in {fact.value for fact in read[figure["quote"]]}, figure["quote"]
    judgement = judged(case, lambda figure: _read(figure, read))
    assert judgement.verdict == case["verdict"]


def _read(figure: Mapping[str, Any], read: Read) -> Interval:
    """The interval of the figure as it was read; of a factor and of what was counted, the value."""
    if figure.get("counted") or "of" in figure:
        return exactly(face(figure))
    fact = next(fact for fact in read[figure["quote"]] if fact.value == face(figure))
    return Interval(fact.low, fact.high)


@pytest.mark.parametrize("case", [each for each in CASES if each["key"] not in JUDGED_ALONE], ids=lambda each: each["key"])  # fmt: skip
def test_the_audit_of_the_document_comes_to_that_verdict_by_itself(
    case: Mapping[str, Any], documents: Mapping[str, tuple[Read, list[Finding]]]
) -> None:
    quotes = {figure["quote"] for figure in (*case["figures"].values(), case["printed"])}
    about = [finding for finding in documents[case["file"]][1] if quotes <= set(finding.quotes)]
    assert [finding.verdict for finding in about] == [case["verdict"]]


def test_the_documents_are_known_and_the_factor_is_that_of_the_library() -> None:
    factor = next(each for each in library().factors if each.of == "reductant.natural-gas")
    [gas] = [case for case in CASES if case["key"] == "gas-to-carbon"]
    assert gas["figures"]["factor"]["of"] == f"{factor.of}@{factor.document}"
    assert Decimal(gas["figures"]["factor"]["value"]) == factor.value
    assert {case["document"] for case in CASES} <= set(pathway_documents())


def test_the_gas_saved_is_reported_three_per_cent_below_what_the_guideline_gives() -> None:
    """23 million Nm3 are 49,731 t by the factor of the guideline; 48,200 t are printed, with a factor that is not."""
    [gas] = [case for case in CASES if case["key"] == "gas-to-carbon"]
    found = judged(gas)
    assert f"{found.face * 10000:.0f}" == "49731"
    assert f"{Decimal('4.82') / found.face - 1:.1%}" == "-3.1%"
