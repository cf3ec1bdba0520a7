"""Two years of an account, unit by unit and month by month, ready to be told apart."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from touchstone.calc.carbon.consolidation import there
from touchstone.calc.carbon.factors.refusal import refusal
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.change import EFFECTS, Change, Part, change
from touchstone.calc.carbon.inventory.inventory import plant_of
from touchstone.calc.carbon.inventory.restated import made, restated, uses
from touchstone.calc.carbon.organisation import OWN
from touchstone.errors import UnusableDeclaration


def compared(account: Account, before: str, after: str) -> tuple[Change, Account, Account]:
    """The difference of two years, split, and the account of each; each year by the GWP set that holds for it.

    Raises:
        UnusableDeclaration: INVENTORY-004 one of the years has no line at all: nothing can be said of a change.
    """
    first, last = (replace(account, year=year) for year in (before, after))
    for each in (first, last):
        if not each.lines:
            asked = " ".join(filter(None, (each.node or each.group, each.year)))
            raise refusal(UnusableDeclaration, "INVENTORY-004", asked, found=asked)
    held = _held(first, last)
    return _changed(held, last, parts(first), parts(last), parts(held)), first, last


def _held(first: Account, last: Account) -> Account:
    """The earlier year with the shares and transfers of the later."""
    return replace(first, held=last.year, asked_set=first.set)


def by_enterprise(first: Account, last: Account) -> dict[str, Change]:
    """Why the totals of two accounts differ, enterprise by enterprise ("" for what belongs to none); `joined` adds them up."""
    sides: list[dict[str, dict[str, Part]]] = []
    held = _held(first, last)
    for account in (first, last, held):
        side: dict[str, dict[str, Part]] = {}
        for key, part in parts(account).items():
            enterprise = account.inventory.where[key.partition(" ")[0]]["enterprise"]
            side.setdefault(enterprise, {})[key] = part
        sides.append(side)
    enterprises = dict.fromkeys(enterprise for side in sides for enterprise in side)
    return {key: _changed(held, last, *(side.get(key, {}) for side in sides)) for key in enterprises}


def joined(changes: Mapping[str, Change]) -> Change:
    """The changes of all enterprises added up."""
    every = list(changes.values())
    effects = {name: sum(each.effects[name] for each in every) for name in EFFECTS}
    return Change(
        sum(each.before for each in every), sum(each.after for each in every), effects,
        sum(each.comparable_before for each in every), sum(each.comparable_after for each in every),
        tuple(key for each in every for key in each.lacking_before), tuple(key for each in every for key in each.lacking_after),
    )  # fmt: skip


def parts(account: Account) -> dict[str, Part]:
    """The units inside the perimeter, each month by itself, since a unit may come or go within a year.

    A unit that is there and stated nothing stays inside: what it did not state is no change of the perimeter. One that is not in the trading
    scheme yet is outside where the account is of that.
    """
    amounts = made(account.entries)
    used = uses(account, account.lines, amounts)
    stated: dict[tuple[str, str], set[str]] = {}
    for entry in account.entries:
        stated.setdefault((entry.unit, entry.month), set()).add(entry.item)
    found: dict[str, Part] = {}
    for unit in sorted(account.units & account.inventory.entries.keys()):
        product = account.organisation.nodes[unit].product
        for month in (f"{account.year}-{number:02}" for number in range(1, 13)):
            share = account.share(unit, month) if there(account.organisation, unit, month) else Fraction(0)
            if share and _held_by(account, unit, month):
                at = (unit, month)
                output = float(amounts.get(at, {}).get(product, 0))
                items = frozenset(stated.get(at, ()))
                given = frozenset(
                    item for item in items if item == OWN or account.supplied(unit, item, month) == 1
                )
                short = frozenset(item for item in items if account.supply.bounded(unit, item, month))
                found[f"{unit} {month[5:]}"] = Part(
                    float(share), output, used.get(at, {}), items, given, short
                )
    return found


def _held_by(account: Account, unit: str, month: str) -> bool:
    """Whether the boundary of an account can count anything of a unit in a month."""
    if account.counts.methods is None:
        return True
    taken_up = plant_of(account.organisation, unit).in_use(month, account.methods)
    return any(account.counts.holds(unit, month, each.key) for each in taken_up)


def _changed(
    held: Account,
    last: Account,
    before: Mapping[str, Part],
    after: Mapping[str, Part],
    holding: Mapping[str, Part],
) -> Change:
    return change(before, after, restated(held, last, holding, after), holding)
