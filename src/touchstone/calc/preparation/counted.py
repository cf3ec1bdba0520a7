"""Which of the figures of one period counts: the last vintage, corrections followed, and never one of two by accident."""

from collections.abc import Iterable, Sequence

from touchstone.calc.preparation.prepared import what
from touchstone.calc.timeseries import in_force
from touchstone.calc.unusable import two_values
from touchstone.errors import Refusal, UnknownUnit
from touchstone.facts.fact import Fact
from touchstone.facts.series import by_vintage
from touchstone.facts.unit import resized, unit


def vintages(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """The figures of each period, in order of period, each period's from the oldest to the newest."""
    found: dict[str, list[Fact]] = {}
    for fact in by_vintage(tuple(facts)):
        found.setdefault(fact.period or "", []).append(fact)
    return found


def counting(known: Sequence[Fact]) -> Fact | Refusal:
    """The figure of one period that counts, of its vintages from the oldest to the newest.

    It is refused where its publication says two amounts (SERIES-001); one amount in two units is one.
    """
    try:
        standing = in_force(what(known[0]), known)
    except Refusal as circle:
        return circle
    last = standing[-1]
    for other in standing:
        if (other.source, other.published) == (last.source, last.published) and not same(other, last):
            return two_values(what(last), last.period or "", other.value, last.value)
    return last


def same(one: Fact, other: Fact) -> bool:
    """Whether two figures say the same amount, in whatever size of the unit: 10.00 万吨 and 100000 吨."""
    if one.unit == other.unit:
        return one.value == other.value
    try:
        return resized(one.value, unit(one.unit), unit(other.unit)) == other.value
    except UnknownUnit:
        return False
