"""Two years of an account, unit by unit and month by month, ready to be told apart."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from touchstone.calc.carbon.consolidation import life
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.change import EFFECTS, Change, Part, Source, Use, change
from touchstone.calc.carbon.inventory.performance import amounts
from touchstone.calc.carbon.line import PLACES
from touchstone.facts.period import span


def compared(account: Account, before: str, after: str) -> tuple[Change, Account, Account]:
    """The difference of two years, split, and the account of each; each year by the GWP set that holds for it."""
    first, last = (replace(account, year=year) for year in (before, after))
    return change(parts(first), parts(last)), first, last


def by_enterprise(first: Account, last: Account) -> dict[str, Change]:
    """Why the totals of two accounts differ, enterprise by enterprise ("" for what belongs to none); `joined` adds them up."""
    sides: list[dict[str, dict[str, Part]]] = []
    for account in (first, last):
        side: dict[str, dict[str, Part]] = {}
        for key, part in parts(account).items():
            enterprise = account.inventory.where[key.partition(" ")[0]]["enterprise"]
            side.setdefault(enterprise, {})[key] = part
        sides.append(side)
    enterprises = dict.fromkeys(enterprise for side in sides for enterprise in side)
    return {key: change(sides[0].get(key, {}), sides[1].get(key, {})) for key in enterprises}


def joined(changes: Mapping[str, Change]) -> Change:
    """The changes of all enterprises added up."""
    every = list(changes.values())
    effects = {name: sum(each.effects[name] for each in every) for name in EFFECTS}
    return Change(
        sum(each.before for each in every), sum(each.after for each in every), effects,
        sum(each.comparable_before for each in every), sum(each.comparable_after for each in every),
    )  # fmt: skip


def parts(account: Account) -> dict[str, Part]:
    """The units inside the perimeter, each month by itself, since a unit may come or go within a year.

    A unit that is there and stated nothing stays inside: what it did not state is no change of the perimeter.
    """
    uses: dict[tuple[str, str], dict[Source, Use]] = {}
    made = _amounts(account)
    for line in account.lines:
        at = (line.unit, line.month)
        own = uses.setdefault(at, {})
        key = (line.term, line.item, line.gas)
        mass = line.mass / 10**PLACES + (own[key].mass if key in own else 0.0)
        amount = float(made.get(at, {}).get(line.item, 0))
        own[key] = Use(mass, amount, float(account.weight(line) / account.share(line.unit, line.month)))
    found: dict[str, Part] = {}
    for unit in sorted(account.units & account.inventory.entries.keys()):
        product = account.organisation.nodes[unit].product
        for month in (f"{account.year}-{number:02}" for number in range(1, 13)):
            share = account.share(unit, month) if _there(account, unit, month) else Fraction(0)
            if share:
                output = float(made.get((unit, month), {}).get(product, 0))
                found[f"{unit} {month[5:]}"] = Part(float(share), output, uses.get((unit, month), {}))
    return found


def _there(account: Account, unit: str, month: str) -> bool:
    first, last = span(month)
    since, until = life(account.organisation, unit)
    return since <= last and until >= max(first, since)


def _amounts(account: Account) -> Mapping[tuple[str, str], Mapping[str, Fraction]]:
    by_month: dict[tuple[str, str], list[object]] = {}
    for entry in account.entries:
        by_month.setdefault((entry.unit, entry.month), []).append(entry)
    return {at: amounts(every) for at, every in by_month.items()}  # type: ignore[arg-type]
