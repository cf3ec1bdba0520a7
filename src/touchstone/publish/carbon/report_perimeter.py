"""What came and went within the year: units whose share changes, by which holding, and in which months they count for whom it reports.

A month outside is not missing: what was stated of it is somebody else's, and the table says how much of it there is.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.matched import in_runs
from touchstone.calc.carbon.organisation import Holding
from touchstone.calc.carbon.organisation_checks import ancestors
from touchstone.facts.text import Text
from touchstone.publish.carbon.blocks import BLANK, exact, paragraph, row, same, stated
from touchstone.publish.carbon.labelled import both
from touchstone.publish.report.report import Block, Cell, Table


def changes(account: Account) -> Iterator[Block]:
    """The table of units that do not count alike all year; nothing where every unit does."""
    stated_of = (unit for unit in account.organisation.nodes if unit in account.inventory.entries)
    found = {unit: shares for unit in stated_of if len(set((shares := _shares(account, unit)).values())) > 1}
    if not found:
        return
    body = []
    for unit, shares in found.items():
        counted = {
            part: [month for month in shares if shares[month] == part] for part in shares.values() if part
        }
        said = [
            both("inventory_report.counted_months", months=_run(months), share=f"{exact(100 * part):f}")
            for part, months in counted.items()
        ]
        outside = [month for month in shares if not shares[month]]
        left = [each for each in account.inventory.entries[unit] if each.month in outside]
        body.append(
            (
                Cell(account.title(unit)), Cell(_listed(events(account, unit)) or BLANK), Cell(_listed(said) or BLANK),
                Cell(same(_run(outside)) if outside else BLANK),
                stated(Decimal(len(left)), tuple(each.fact for each in left)) if outside else Cell(BLANK),
            )
        )  # fmt: skip
    yield Table(
        both("inventory_report.perimeter", year=account.year),
        (row("unit", "change", "months_inside", "months_outside", "values_outside"),),
        tuple(body),
    )
    yield paragraph([both("inventory_report.perimeter_say")])


def events(account: Account, unit: str) -> list[Text]:
    """The holdings on the way from a unit to who reports that begin or end in the year, as sentences without a stop."""
    return [
        both(
            f"inventory_report.holding_{word}",
            day=str(day),
            owner=account.name(each.owner),
            owned=account.name(each.owned),
            share=f"{exact(100 * each.share):f}",
            control=both("inventory_report.controls" if each.controls else "inventory_report.controls_not"),
        )
        for each in _holdings(account, unit)
        for word, day in (("since", each.since), ("until", each.until))
        if day and str(day)[:4] == account.year
    ]


def _shares(account: Account, unit: str) -> dict[str, Fraction]:
    """By month of the year; nothing where units count whole."""
    if not account.group:
        return {}
    months = (f"{account.year}-{number:02d}" for number in range(1, 13))
    return {month: account.share(unit, month) for month in months}


def _holdings(account: Account, unit: str) -> list[Holding]:
    """Of a unit, of what it is part of, and of those that own them, up to the group."""
    if not account.group:
        return []
    known: dict[str, None] = {}
    ahead = [unit]
    while ahead:
        key = ahead.pop()
        for each in (key, *ancestors(account.organisation, key)):
            if each not in known and each != account.group:
                known[each] = None
                ahead += [held.owner for held in account.organisation.holdings if held.owned == each]
    return [each for each in account.organisation.holdings if each.owned in known]


def _run(months: list[str]) -> str:
    return in_runs(int(month[-2:]) for month in months)


def _listed(said: list[Text]) -> Text | None:
    return Text("；".join(each.zh for each in said), "; ".join(each.en for each in said)) if said else None
