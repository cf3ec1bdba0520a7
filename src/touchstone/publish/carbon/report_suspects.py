"""What is in question, in the report itself: a verifier who has only the paper reads each error that stands open, and what rests on it."""

from collections.abc import Iterator

from touchstone.calc.carbon.activity import AMOUNT
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.coverage import Suspect
from touchstone.calc.carbon.quality.case import what
from touchstone.calc.carbon.quality.declared import declared
from touchstone.publish.carbon.blocks import BLANK, number, paragraph, row, same
from touchstone.publish.carbon.labelled import both
from touchstone.publish.report.report import Block, Cell, Table

_FACTS = 20
"""Of the values in question that a cell leads to."""


def suspects(account: Account, every: tuple[Suspect, ...]) -> Iterator[Block]:
    """The errors that stand open: by which check, of which unit, month and item, what is wrong, and the tonnes that rest on it."""
    if not every:
        return
    body = tuple(
        (
            Cell(declared()[each.finding.check].name), Cell(account.title(each.finding.unit)), Cell(same(each.finding.month or "—")),
            Cell(what(each.finding.item, each.finding.parameter or AMOUNT) if each.finding.item else BLANK),
            Cell(each.finding.said, each.finding.facts[:_FACTS]), number(each.mass),
        )
        for each in every
    )  # fmt: skip
    head = row("check", "unit", "month", "item", "problem", "equivalent")
    yield Table(both("inventory_report.suspects"), (head,), body)
    yield paragraph([both("inventory_report.suspects_say")])
