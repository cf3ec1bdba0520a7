"""The re-check of an inventory report: it is read back, as if somebody else had written it, before it is written to files.

The total it says, the sums of its tables and the rows they are made of must be those of the inventory, to the printed place; also what the
tables of units count, row by row, must add up to the total of each unit.
"""

from decimal import Decimal

from touchstone.calc.carbon.factors.refusal import refusal
from touchstone.calc.carbon.inventory.account import Account
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.publish.carbon.labelled import both, figure
from touchstone.publish.carbon.report_lines import counted_rows, unit_caption
from touchstone.publish.report.report import Cell, Report, Table

_HALF = Decimal("0.005")
"""Half a unit of the last printed place."""


class UnsoundInventory(Refusal):
    """A report says something else than the inventory it was made from."""


def check_report(report: Report, account: Account, lang: str) -> None:
    """Read a report back in a language and hold it against its account.

    Raises:
        UnsoundInventory: INVENTORY-003, with what is said and what is so.
    """
    total = figure(account.total, lang)
    if not any(total in getattr(each.text, lang) for each in report.sentences()):
        raise _unsound(both("inventory.total"), "–", total)
    for caption in ("by_source", "by_unit", "by_month"):
        table = _table(report, both(f"inventory_report.{caption}", set=account.set))
        _check_sum(table, total, lang)
    for unit in account.totals("unit"):
        _check_unit(report, account, unit.key[0], figure(unit.total, lang), lang)


def _check_sum(table: Table, total: str, lang: str) -> None:
    """The single rows of a table, without its sums, give the total to within what rounding can make."""
    rows = [row for row in table.body if all(cell.columns == 1 for cell in row)]
    summed = sum((_value(row[-1], lang) for row in rows), Decimal(0))
    held = _read(total)
    if abs(summed - held) > _HALF * (len(rows) + 1):
        raise _unsound(table.caption, str(summed), total)
    sums = [row for row in table.body if row not in rows]
    if sums and getattr(sums[-1][-1].text, lang) != total:
        raise _unsound(table.caption, getattr(sums[-1][-1].text, lang), total)


def _check_unit(report: Report, account: Account, unit: str, total: str, lang: str) -> None:
    """What the rows of a unit count adds up to the sum under them, and these sums to the total of the unit."""
    captions = [unit_caption(account, unit, method) for method in account.used]
    summed, n = Decimal(0), 0
    for table in (each for each in report.blocks if isinstance(each, Table) and each.caption in captions):
        rows, last = counted_rows(table)
        if last is None:
            continue
        held, added = _value(last[-1], lang), sum((_value(cells[-1], lang) for cells in rows), Decimal(0))
        if abs(added - held) > _HALF * (len(rows) + 1):
            raise _unsound(table.caption, str(added), str(held))
        summed, n = summed + held, n + 1
    if abs(summed - _read(total)) > _HALF * (n + 1):
        raise _unsound(account.title(unit), str(summed), total)


def _table(report: Report, caption: Text) -> Table:
    found = [each for each in report.blocks if isinstance(each, Table) and each.caption == caption]
    if not found:
        raise _unsound(caption, "–", "–")
    return found[0]


def _value(cell: Cell, lang: str) -> Decimal:
    return _read(getattr(cell.text, lang))


def _read(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


def _unsound(what: Text, said: str, held: str) -> UnsoundInventory:
    return refusal(UnsoundInventory, "INVENTORY-003", "report", what=what, said=said, held=held)
