"""Means of a year of parameters that vary from month to month, such that the formula of the year gives what its months add up to.

Each is weighed by the amount and by the parameters before it: a heat value by tonnes, the carbon of it by gigajoules. Of a product the
means then give the sum exactly; where a formula is none, and they do not, there is no mean to print.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.carbon.formula.evaluate import exactly
from touchstone.calc.carbon.line import PLACES, Line
from touchstone.calc.carbon.method import Term
from touchstone.publish.carbon.labelled import held

_FINEST = 9
"""Places a mean is printed with at most."""


def means(term: Term, lines: tuple[Line, ...], amounts: Iterable[str], places: int) -> dict[str, Decimal]:
    """The means of one source in a year.

    Args:
        lines: of its months, all by the same term; amounts: the parameters that are sums; places: the mass of the year is printed with.

    Returns:
        By parameter, of those that vary; with as few places as give the printed mass. Nothing where no means do.
    """
    summed = set(amounts)
    months = [{each.parameter: Fraction(each.value) for each in line.inputs} for line in lines]
    if any(len(month) != len(line.inputs) for month, line in zip(months, lines, strict=True)):
        return {}
    varying = [each.key for each in term.parameters if each.key not in summed and len({x.get(each.key) for x in months}) > 1]  # fmt: skip
    weights = [_product(month[key] for key in summed if key in month) for month in months]
    exact: dict[str, Fraction] = {}
    for key in varying:
        if any(key not in month for month in months) or not sum(weights):
            return {}
        moved = [weight * month[key] for weight, month in zip(weights, months, strict=True)]
        exact[key] = sum(moved, Fraction(0)) / sum(weights)
        weights = moved
    whole = {
        key: sum((month[key] for month in months), Fraction(0)) if key in summed else months[0][key]
        for key in months[0]
    }
    due = sum((Fraction(each.mass, 10**PLACES) for each in lines), Fraction(0))
    return _short(term, whole, exact, due, places) if exact else {}


def _short(
    term: Term, whole: Mapping[str, Fraction], exact: Mapping[str, Fraction], due: Fraction, places: int
) -> dict[str, Decimal]:
    """The means, rounded as far as the mass still is what is due."""
    for digits in range(2, _FINEST + 1):
        means = {key: held(value, digits) for key, value in exact.items()}
        given = exactly(term.formula, {**whole, **means})
        if held(given, places) == held(due, places):
            return means
    return {}


def _product(values: Iterable[Fraction]) -> Fraction:
    found = Fraction(1)
    for value in values:
        found *= value
    return found
