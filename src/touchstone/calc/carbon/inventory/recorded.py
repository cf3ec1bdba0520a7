"""An inventory as facts: what each unit emitted in a month, gas by gas and scope by scope, and each enterprise in a year.

A month stands on the activity data of its lines, a year on its months; so a sum can be asked where it comes from down to the cell.
Units and enterprises are counted whole, whoever owns them; heat from another unit of the enterprise is counted there; masses are of the
gas, weighed by no GWP.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.carbon.inventory.inventory import Inventory
from touchstone.calc.carbon.inventory.supplied import BOUGHT, Supply, supply
from touchstone.calc.carbon.line import PLACES, Line
from touchstone.calc.carbon.organisation import Organisation
from touchstone.facts.activity import subject_of
from touchstone.facts.fact import Fact, fact_id

RULE = "carbon.inventory"
"""The rule of what an inventory gives; source: the methods of its lines."""
_SMALLEST = Decimal(1).scaleb(-PLACES)
_Key = tuple[str, str, str]
"""Subject, measure, period."""


def recorded(made: Inventory, organisation: Organisation, kept: Iterable[Fact]) -> Iterator[Fact]:
    """The facts of an inventory, months before years.

    Args:
        kept: what an inventory gave before: of what no line is about any more there is nothing now, and that is said too.
    """
    masses: dict[_Key, int] = defaultdict(int)
    parents: dict[_Key, dict[str, None]] = defaultdict(dict)
    known = supply(organisation, made)
    for line in made.lines:
        left = 1 - _within(known, line)
        if line.gas and left:
            key = (subject_of(line.unit), measure_of(line.gas, line.scope), line.month)
            masses[key] += round(line.mass * left)
            parents[key].update(dict.fromkeys(each.fact for each in line.inputs if each.fact))
    months = {key: _fact(key, mass, parents[key]) for key, mass in masses.items()}
    years, under = _years(made, months)
    found = {**months, **{key: _fact(key, mass, under[key]) for key, mass in years.items()}}
    yield from found.values()
    for fact in kept:
        key = (fact.subject, fact.measure, fact.period or "")
        if key not in found and fact.value:
            yield _fact(key, 0, {})


def _within(known: Supply, line: Line) -> Fraction:
    """Which part of it other units of the same enterprise supplied."""
    makers = known.of(line.unit, line.item, line.month) if line.scope == BOUGHT else {}
    return sum((part for maker, part in makers.items() if known.fellow(line.unit, maker)), Fraction(0))


def measure_of(gas: str, scope: int) -> str:
    """The measure of a gas and a scope.

    >>> measure_of("CF4", 1)
    'emission.cf4.scope1'
    """
    return f"emission.{gas.lower()}.scope{scope}"


def _years(
    made: Inventory, months: Mapping[_Key, Fact]
) -> tuple[dict[_Key, int], dict[_Key, dict[str, None]]]:
    masses: dict[_Key, int] = defaultdict(int)
    under: dict[_Key, dict[str, None]] = defaultdict(dict)
    of = {subject_of(unit): where.get("enterprise", "") for unit, where in made.where.items()}
    for (subject, measure, month), fact in months.items():
        if of.get(subject):
            key = (subject_of(of[subject]), measure, month[:4])
            masses[key] += int(fact.value.scaleb(PLACES))
            under[key][fact.id] = None
    return masses, under


def _fact(key: _Key, mass: int, parents: Iterable[str]) -> Fact:
    subject, measure, period = key
    value, ids = Decimal(mass).scaleb(-PLACES), tuple(parents)
    return Fact(
        id=fact_id(RULE, subject, measure, period, value, *ids), subject=subject, measure=measure, period=period, value=value,
        unit="tCO2e" if measure.startswith("emission.co2e.") else "t", half_width=_SMALLEST / 2, source="", locator=None, rule=RULE,
        status="derived", parents=ids,
    )  # fmt: skip
