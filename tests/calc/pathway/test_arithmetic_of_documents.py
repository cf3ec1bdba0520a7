"""What the catalogue takes from documents follows from what they print, and the cases behind it are judged, whether they hold or not."""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

import pytest

from touchstone.audit.interval import Interval, exactly
from touchstone.audit.verdict import Judgement, compare
from touchstone.calc.carbon.factor import TAGS
from touchstone.calc.pathway.catalogue import catalogue, pathway_documents
from touchstone.calc.pathway.evidence import VERDICTS, Statement, evidence, of_technology

CHECKED = [each for each in evidence() if each.check]
_DOES: dict[type, Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
COUNTED = ("台", "条", "个月")


def of_case(case: str) -> dict[str, Statement]:
    """All that is stated of a case, by quantity."""
    return {each.quantity: each for each in evidence() if each.case == case}


def stated(case: str, quantity: str) -> Decimal:
    """A value of a case, as printed."""
    return of_case(case)[quantity].value


def span(said: Statement) -> Interval:
    """What the printing allows; a factor of a guideline and what was counted are exact."""
    if said.unit in COUNTED or "/" in said.unit and said.tag == "C":
        return exactly(said.value)
    return half_a_place(said.value)


def half_a_place(value: Decimal) -> Interval:
    """Half a unit of the last printed place to either side."""
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    return Interval(value - half, value + half)


def worked(node: ast.expr, given: Mapping[str, Decimal]) -> Decimal:
    """The value of an expression of names, numbers and the four operations."""
    match node:
        case ast.Name(id=name):
            return given[name]
        case ast.Constant(value=number):
            return Decimal(str(number))
        case ast.BinOp(left=left, op=op, right=right):
            return _DOES[type(op)](worked(left, given), worked(right, given))
    raise ValueError(ast.dump(node))


def judged(said: Statement) -> Judgement:
    """The verdict on a check: what follows from the case against what it states."""
    sign, text = (said.check[0], said.check[1:]) if said.check[0] in "≤≥" else ("", said.check)
    formula = ast.parse(text.strip(), mode="eval").body
    names = [each.id for each in ast.walk(formula) if isinstance(each, ast.Name)]
    parts = of_case(said.case)
    return compare(
        lambda *values: worked(formula, dict(zip(names, values, strict=True))),
        [parts[name].value for name in names],
        [span(parts[name]) for name in names],
        span(said),
        {"≥": ">=", "≤": "<="}.get(sign, "="),
    )


@pytest.mark.parametrize("said", CHECKED, ids=lambda said: f"{said.case}-{said.quantity}")
def test_a_case_read_in_documents_has_the_verdict_that_is_told_of_it(said: Statement) -> None:
    assert judged(said).verdict == said.verdict


def test_every_statement_names_its_technology_document_and_how_it_became_known() -> None:
    assert all(each.technology in catalogue() for each in evidence())
    assert all(each.document in pathway_documents() for each in evidence())
    assert {each.tag for each in evidence()} <= set(TAGS) - {"unverified", "user"}
    assert {each.verdict for each in evidence()} == {"", *VERDICTS}
    assert all(bool(each.check) == bool(each.verdict) for each in evidence())


def test_a_technology_opens_to_its_cases() -> None:
    """The gas of the baking furnaces, the factor it is weighed by, and what was reported."""
    [case] = of_technology("anode.efficient-furnace").values()
    assert {each.quantity: str(each.value) for each in case} == {
        "gas": "2300",
        "factor": "21.622",
        "co2": "4.82",
    }


DERIVED = {
    ("al.benchmark", "investment"): lambda: stated("qinghai-600", "investment") * 10**4 / stated("qinghai-600", "capacity"),
    ("al.steel-bars", "saving.electricity"): lambda: stated("qinghai-bars", "saved") * 10**4 / stated("qinghai-bars", "capacity"),
    ("al.low-voltage", "saving.electricity"): lambda: stated("linfeng-2012", "before") - stated("linfeng-2012", "after"),
    ("al.large", "electricity"): lambda: stated("xinjiang-2015", "power") * 10**4 / stated("xinjiang-2015", "output"),
    ("al.new-cathode", "investment"): lambda: stated("chalco-2009", "cost") * 10**4
    / (stated("qinghai-600", "capacity") * 10**4 / stated("qinghai-600", "cells") * 160 / 600),
    ("cu.continuous", "investment"): lambda: stated("guoxing-2023", "investment") * 10**4 / stated("guoxing-2023", "capacity"),
    ("al2.oxyfuel", "saving.energy"): lambda: stated("dunkerque", "gas") * 3600 / stated("dunkerque", "melted") / Decimal("29.307"),
    ("al2.oxyfuel", "saving.direct"): lambda: stated("dunkerque", "gas") * Decimal("3.6") / stated("dunkerque", "melted")
    * Decimal("15.3") / 1000 * Decimal("0.99") * 44 / 12,
    ("alumina.low-temperature", "saving.energy"): lambda: stated("bayer-2019", "fall") / 100 * 390,
}  # fmt: skip


@pytest.mark.parametrize(("technology", "parameter"), list(DERIVED))
def test_a_derived_value_is_the_arithmetic_of_what_its_case_prints(technology: str, parameter: str) -> None:
    [value] = [each for each in catalogue()[technology].values if each.parameter == parameter]
    assert value.tag == "D"
    allowed = half_a_place(Decimal(value.printed))
    assert allowed.low <= DERIVED[technology, parameter]() <= allowed.high


def empty() -> Iterator[tuple[str, str]]:
    """Technology and parameter of what was looked for and not found."""
    for key, technology in catalogue().items():
        for value in technology.values:
            if value.value is None:
                yield key, value.parameter


def test_what_was_not_found_is_empty_with_the_reason_and_never_given_a_value_beside_it() -> None:
    for key, parameter in empty():
        values = [each for each in catalogue()[key].values if each.parameter == parameter]
        assert all(each.note and each.note.zh and each.note.en for each in values)
        assert catalogue()[key].number(parameter) is None


def test_every_technology_says_what_is_known_of_investment_and_lifetime() -> None:
    for technology in catalogue().values():
        assert {"investment", "lifetime"} <= {each.parameter for each in technology.values}
