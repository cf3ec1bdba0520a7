"""The inventory of an organisation: the lines of all its units, and where each unit belongs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.consolidation import life, perimeter, province, there
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.inventory.lines import Missing, Worked, lines_of
from touchstone.calc.carbon.inventory.plant import Plant
from touchstone.calc.carbon.inventory.view import Share
from touchstone.calc.carbon.line import Line
from touchstone.calc.carbon.method import Method
from touchstone.calc.carbon.organisation import KINDS, OWN, Organisation
from touchstone.calc.carbon.organisation_checks import ancestors
from touchstone.facts.text import Text

BELONGS = ("facility", "enterprise", "segment", "group", "province", "park", "sector")
"""What a unit belongs to; its totals can be asked for by each."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """Lines in order of unit, month and method.

    Attributes:
        missing: lines that could not be worked out, entries that nothing counts, and units nobody declared.
        where: by unit, what it belongs to, by `BELONGS`.
        entries: what the lines were worked out from, by unit.
        notes: what a reader must know of the organisation and methods of an inventory of the past.
    """

    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    where: Mapping[str, Mapping[str, str]]
    entries: Mapping[str, tuple[Entry, ...]]
    notes: tuple[Text, ...] = ()


Answer = Callable[[Plant, tuple[Entry, ...], Callable[[], Worked]], Worked]
"""Gives the lines of a unit: worked out, or remembered from the time before."""


def fresh(_plant: Plant, _entries: tuple[Entry, ...], make: Callable[[], Worked]) -> Worked:
    """Works out every time."""
    return make()


def inventory(
    organisation: Organisation, entries: Iterable[Entry], library: Library, methods: Mapping[str, Method], answer: Answer = fresh
) -> Inventory:  # fmt: skip
    """The inventory of everything there are entries of.

    What is stated of a month in which a unit is not there by the organisation counts nowhere, and is told as missing.

    Args:
        entries: one for a unit, month, item and parameter.
        answer: where lines of a unit that nothing has changed for come from.
    """
    by_unit: dict[str, list[Entry]] = defaultdict(list)
    outside: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in entries:
        if entry.unit not in organisation.nodes or there(organisation, entry.unit, entry.month):
            by_unit[entry.unit].append(entry)
        else:
            outside[entry.unit, entry.month].append(entry.fact)
    lines: list[Line] = []
    missing: list[Missing] = [_outside(organisation, *at, facts) for at, facts in outside.items()]
    for unit in (key for key in organisation.nodes if key in by_unit):
        plant, own = plant_of(organisation, unit), tuple(by_unit[unit])
        worked = answer(plant, own, lambda plant=plant, own=own: lines_of(plant, own, library, methods))
        lines += worked.lines
        missing += worked.missing
    for unit in sorted(by_unit.keys() - organisation.nodes.keys()):
        why = Text("组织中没有这一单元", "the organisation has no such unit")
        missing.append(Missing(unit, "", "", "", "", why, tuple(each.fact for each in by_unit[unit][:5])))
    where = {unit: belonging(organisation, unit) for unit in organisation.nodes}
    return Inventory(tuple(lines), tuple(missing), where, {unit: tuple(own) for unit, own in by_unit.items()})


def _outside(organisation: Organisation, unit: str, month: str, facts: Iterable[str]) -> Missing:
    since, until = life(organisation, unit)
    first, last = ("" if day in (date.min, date.max) else str(day) for day in (since, until))
    why = Text(
        f"该单元在组织中的期限为{first or '…'}至{last or '…'}，当月数据不计入",
        f"by the organisation the unit is there from {first or '…'} to {last or '…'}: what is stated of this month does not count",
    )
    return Missing(unit, month, "", "", "", why, tuple(facts))


def by_method(
    organisation: Organisation, unit: str, entries: Iterable[Entry], library: Library, method: Method, month: str
) -> Worked:  # fmt: skip
    """A month of a unit by one method, whichever it declares: what another edition would have said of the same data.

    Raises:
        Refusal: the method cannot be used with what the unit declares.
    """
    return by_methods(
        organisation, unit, [each for each in entries if each.month == month], library, (method,)
    )


def by_methods(
    organisation: Organisation,
    unit: str,
    entries: Iterable[Entry],
    library: Library,
    methods: Iterable[Method],
) -> Worked:
    """Entries of a unit by methods, whichever it declares and whenever they are in force. Raises Refusal: as `by_method`."""
    known = {each.key: replace(each, valid_from=None, valid_to=None) for each in methods}
    plant = replace(plant_of(organisation, unit), methods=tuple((key, None) for key in known))
    return lines_of(plant, entries, library, known)


def plant_of(organisation: Organisation, unit: str) -> Plant:
    """A unit as an inventory sees it."""
    node = organisation.nodes[unit]
    return Plant(
        unit, ancestors(organisation, unit), node.place or "CN", node.methods, dict(node.options), dict(organisation.data_years),
        dict(organisation.wider_places), node.grid, _from_others(organisation, unit),
    )  # fmt: skip


def _from_others(organisation: Organisation, unit: str) -> tuple[tuple[date | None, date | None], ...]:
    """Days on which own electricity comes from a node of which something is of another enterprise or stands in another province."""
    users = (unit, *ancestors(organisation, unit))

    def home(key: str) -> tuple[str, str]:
        found = belonging(organisation, key)
        return found["enterprise"], found["province"]

    def elsewhere(maker: str) -> bool:
        below = [
            key
            for key, node in organisation.nodes.items()
            if node.kind == "unit" and maker in (key, *ancestors(organisation, key))
        ]
        return any(home(key) != home(unit) for key in below or [maker])

    links = [each for each in organisation.transfers if each.item == OWN and each.user in users]
    return tuple((each.since, each.until) for each in links if elsewhere(each.maker))


def belonging(organisation: Organisation, unit: str) -> dict[str, str]:
    """What a unit belongs to, "" where it belongs to none of a kind."""
    chain = (unit, *ancestors(organisation, unit))
    kinds = {organisation.nodes[key].kind: key for key in reversed(chain)}
    node = organisation.nodes[unit]
    found = {kind: kinds.get(kind, "") for kind in KINDS if kind in BELONGS}
    return found | {"province": province(organisation, unit), "park": node.park, "sector": node.sector}


def share_of(organisation: Organisation, group: str, approach: str) -> Share:
    """Which part of each unit counts for a group in a month, by equity or control."""

    @cache
    def of_month(month: str) -> Mapping[str, Fraction]:
        return perimeter(organisation, group, month, approach)

    return lambda unit, month: of_month(month).get(unit, Fraction(0))
