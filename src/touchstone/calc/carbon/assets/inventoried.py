"""What the inventory of a year says each enterprise emitted inside the boundary of the carbon market, to hold beside what was verified."""

from dataclasses import dataclass, replace
from decimal import Decimal

from touchstone.calc.carbon.assets.kind import whole
from touchstone.calc.carbon.inventory.account import Account
from touchstone.errors import UnusableDeclaration

BOUNDARY = "trading"
"""The boundary of an account that this is about."""


@dataclass(frozen=True, slots=True)
class Inventoried:
    """The total of one enterprise and year: t CO2e by the GWP set named; `missing`, how many values it lacks."""

    tonnes: Decimal
    set: str
    missing: int


def inventoried(account: Account) -> dict[str, Inventoried]:
    """The totals of the enterprises of an account of a year, by key.

    An enterprise without a line has none; neither has one whose methods prescribe different GWP sets, which are not added up.
    """
    found: dict[str, Inventoried] = {}
    for key, node in account.organisation.nodes.items():
        if node.kind != "enterprise":
            continue
        own = replace(account, node=key)
        try:
            if own.lines:
                found[key] = Inventoried(whole(own.total), own.set, len(own.missing))
        except UnusableDeclaration as error:
            if error.code != "INVENTORY-002":
                raise
    return found
