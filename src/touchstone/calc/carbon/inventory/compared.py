"""Two years of an inventory side by side: what counts of each unit in each month, and why the totals differ.

Months are kept apart, so that a works bought in July is a change of perimeter from July on and performance from nobody.
"""

from collections.abc import Mapping
from fractions import Fraction

from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.inventory.change import EFFECTS, Change, Part, Source, Use, change
from touchstone.calc.carbon.inventory.inventory import Inventory, share_of
from touchstone.calc.carbon.inventory.performance import amounts
from touchstone.calc.carbon.inventory.view import Boundary, weight
from touchstone.calc.carbon.line import PLACES, Line
from touchstone.calc.carbon.organisation import Organisation

Side = tuple[str, str]
"""A year and the GWP set it is weighed by."""


def compared(
    inventory: Inventory, organisation: Organisation, library: Library, before: Side, after: Side, *, group: str, approach: str,
    boundary: Boundary,
) -> dict[str, Change]:  # fmt: skip
    """Why the totals of two years differ, by enterprise ("" for what belongs to none); `joined` adds them up.

    Raises:
        NoFactor: FACTOR-006, -016 there is no official potential of a gas in a set.
    """
    parts = [_parts(inventory, organisation, library, side, group, approach, boundary) for side in (before, after)]
    enterprises = dict.fromkeys(enterprise for each in parts for enterprise in each)
    return {key: change(parts[0].get(key, {}), parts[1].get(key, {})) for key in enterprises}


def joined(changes: Mapping[str, Change]) -> Change:
    """The changes of all enterprises added up."""
    every = list(changes.values())
    effects = {name: sum(each.effects[name] for each in every) for name in EFFECTS}
    return Change(
        sum(each.before for each in every), sum(each.after for each in every), effects,
        sum(each.comparable_before for each in every), sum(each.comparable_after for each in every),
    )  # fmt: skip


def _parts(
    inventory: Inventory, organisation: Organisation, library: Library, side: Side, group: str, approach: str, boundary: Boundary
) -> dict[str, dict[str, Part]]:  # fmt: skip
    """Enterprise -> unit and month -> what counts."""
    year, set = side
    shares = share_of(organisation, group, approach)
    lines: dict[tuple[str, str], list[Line]] = {}
    for line in inventory.lines:
        if line.month[:4] == year and boundary.counts(line):
            lines.setdefault((line.unit, line.month), []).append(line)
    found: dict[str, dict[str, Part]] = {}
    for (unit, month), own in lines.items():
        if not (share := shares(unit, month)):
            continue
        used = amounts(each for each in inventory.entries.get(unit, ()) if each.month == month)
        product = organisation.nodes[unit].product
        uses: dict[Source, Use] = {}
        for line in own:
            source = (line.term, line.item, line.gas)
            mass = line.mass / 10**PLACES + (uses[source].mass if source in uses else 0.0)
            uses[source] = Use(mass, float(used.get(line.item, 0)), float(weight(library, line.gas, set)))
        part = Part(float(share), float(used.get(product, Fraction(0))), uses)
        found.setdefault(inventory.where[unit]["enterprise"], {})[f"{unit} {month[5:]}"] = part
    return found
