"""The tables of an inventory report that say what it rests on besides the sources: output and own energy, transfers, and every factor with its clause."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.carbon.activity import AMOUNT, Entry
from touchstone.calc.carbon.factors.reference import items, kinds
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.performance import amounts
from touchstone.calc.carbon.inventory.supplied import part_of
from touchstone.facts.text import Text
from touchstone.publish.carbon.blocks import heading, in_words, number, row, same, stated, stopped
from touchstone.publish.carbon.labelled import both, item
from touchstone.publish.report.report import Block, Cell, Paragraph, Sentence, Table
from touchstone.read.carbon.layout import EVIDENCE_NAMES

_TOLD = ("product", "electricity", "heat")
"""Kinds of items of which amounts that are in no formula are printed."""


def activity(account: Account) -> Iterator[Block]:
    """What units made and took of own make and is in no formula (what is in one stands with its source, `report_lines`), and who supplied whom."""
    yield heading("activity")
    if account.approach == "equity":
        yield Paragraph((Sentence(both("inventory_report.whole_units")),))
    used = {given.fact for line in account.every_line for given in line.inputs if given.fact}
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in account.entries:
        if entry.fact not in used and entry.parameter == AMOUNT and items()[entry.item].kind in _TOLD:
            found.setdefault((entry.unit, entry.item), []).append(entry)
    if found:
        body = (
            (Cell(account.title(unit)), *_summed(thing, entries), Cell(_evidence(entries))) for (unit, thing), entries in found.items()
        )  # fmt: skip
        head = row("unit", "item", "value", "measured_in", "months", "evidence")
        yield Table(both("inventory_report.activity"), (head,), tuple(body))
    else:
        yield Paragraph((Sentence(both("inventory_report.no_output")),))
    yield from _transfers(account)


def _transfers(account: Account) -> Iterator[Block]:
    """What one unit took of what another made: with the emissions of the maker, what the intensity with transfers rests on."""
    found: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in account.entries:
        if entry.parameter == AMOUNT:
            for maker, part in account.supply.of(entry.unit, entry.item, entry.month).items():
                found.setdefault((maker, entry.unit, entry.item), []).append(part_of(entry, part))
    if found:
        body = (
            (Cell(account.title(maker)), Cell(account.title(user)), *_summed(thing, entries)) for (maker, user, thing), entries in found.items()
        )  # fmt: skip
        head = row("maker", "user", "item", "value", "measured_in", "months")
        yield Table(both("inventory_report.transfers"), (head,), tuple(body))


def _summed(thing: str, entries: list[Entry]) -> tuple[Cell, ...]:
    """An item with the sum of its months, its unit and how many there are."""
    total, facts = amounts(entries).get(thing, Fraction(0)), tuple(each.fact for each in entries)
    return (
        Cell(items()[thing].name), number(total, facts), Cell(in_words(items()[thing].unit)), stated(Decimal(len(entries))),
    )  # fmt: skip


def numbered(account: Account) -> dict[str, int]:
    """The factors that lines were worked out with, by id, each with its number in the table of factors."""
    used = {given.factor for line in account.every_line for given in line.inputs if given.factor}
    return {id: number for number, id in enumerate(sorted(used), 1)}


def factors_used(account: Account) -> Iterator[Block]:
    """Every factor a line was worked out with; the reasons below the table, each once."""
    yield heading("factors")
    why = {given.factor: given.why for line in account.every_line for given in line.inputs if given.factor}
    numbers = numbered(account)
    reasons = {
        reason: str(number) for number, reason in enumerate(dict.fromkeys(why[id] for id in numbers), 1)
    }
    body = []
    for id, place in numbers.items():
        factor = account.library.get(id)
        assert factor.value is not None
        document = account.library.document(factor)
        cited = Text(
            "，".join(filter(None, (document.title.zh, document.number, factor.clause))) + f" [{id}]",
            ", ".join(filter(None, (document.title.en, document.number, factor.clause))) + f" [{id}]",
        )
        kind = kinds()[factor.kind].name
        name = Text(f"{item(factor.of, 'zh')}：{kind.zh}", f"{item(factor.of, 'en')}: {kind.en}")
        body.append(
            (
                stated(Decimal(place)), Cell(name), stated(factor.value), Cell(in_words(factor.unit)), Cell(cited, columns=2),
                Cell(both(f"inventory_tag.{factor.tag}")), Cell(same(reasons[why[id]])),
            )
        )  # fmt: skip
    notes = tuple((mark, Sentence(stopped(said))) for said, mark in reasons.items())
    order, name, value, unit, cited_in, *rest = row(
        "order", "factor", "value", "measured_in", "cited", "mark", "why"
    )
    head = (order, name, value, unit, replace(cited_in, columns=2), *rest)
    yield Table(both("inventory_report.factors"), (head,), tuple(body), notes)


def _evidence(entries: list[Entry]) -> Text:
    names = [
        EVIDENCE_NAMES[each]
        for each in dict.fromkeys(entry.evidence for entry in entries)
        if each in EVIDENCE_NAMES
    ]
    return Text("、".join(each.zh for each in names) or "–", ", ".join(each.en for each in names) or "–")
