"""What each number of a region was added from: lines of the inventory, or values of the ledger."""

from collections.abc import Iterator

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.performance import SOLD, amounts
from touchstone.calc.carbon.inventory.regional import Regional
from touchstone.calc.carbon.inventory.yearly import Record
from touchstone.calc.carbon.line import Line

FIGURES = ("production", "electricity", "heat", "consumption")
"""Sums of emissions of a `Regional`."""
PARTS = ("transformed", "final", "sold")
"""Columns of its balance, in the unit of the item."""
_POWER = "power"
"""Sector of the units whose fuels are transformed, as `regional` has it."""


def counted_in(account: Account, region: Regional, row: str) -> list[Record] | None:
    """The records of `production`, `final/diesel` or `coal/diesel`; None where a region has no such number."""
    part, _, item = row.partition("/")
    if part in FIGURES and not item:
        return list(_lines(account, region, part))
    known = {each.item for each in region.balance}
    if item not in known:
        return None
    if part == "coal":
        return list(_coal(region, item))
    return list(_amounts(account, region, part, item)) if part in PARTS else None


def _lines(account: Account, region: Regional, figure: str) -> Iterator[Record]:
    inside = set(region.units)
    for line in account.lines:
        if line.unit in inside and figure in ("consumption", _figure(line)):
            size = account.weighed(line)
            yield Record(line.unit, line.month, line.item, None, "", size, line=line)


def _figure(line: Line) -> str:
    """The figure that a line is part of; that of scope 2 is told by what was bought."""
    if line.scope == 1:
        return "production"
    return items()[line.item].kind if line.scope == 2 and line.item in items() else ""


def _amounts(account: Account, region: Regional, part: str, item: str) -> Iterator[Record]:
    inside = set(region.units)
    for each in account.entries:
        if each.unit in inside and each.item == item and part == _part(account, each):
            for counted in amounts([each]).values():
                yield Record(each.unit, each.month, item, each.value, each.unit_of, counted, fact=each.fact)


def _part(account: Account, entry: Entry) -> str:
    if entry.item in SOLD:
        return "sold"
    return "transformed" if account.organisation.nodes[entry.unit].sector == _POWER else "final"


def _coal(region: Regional, item: str) -> Iterator[Record]:
    for each in region.energy.counted:
        if (own := each.entry).item == item:
            yield Record(own.unit, own.month, item, own.value, own.unit_of, each.coal, own.fact, each.factor)
