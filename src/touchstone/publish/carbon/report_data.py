"""The tables of an inventory report that say what it rests on besides the sources: output by unit, and every factor with clause, mark and reason."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.carbon.activity import AMOUNT, Entry
from touchstone.calc.carbon.factors.reference import items, kinds
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.performance import amounts
from touchstone.facts.text import Text
from touchstone.publish.carbon.blocks import heading, in_words, number, row, same, stated, stopped
from touchstone.publish.carbon.labelled import both, item
from touchstone.publish.report.report import Block, Cell, Paragraph, Sentence, Table
from touchstone.read.carbon.layout import EVIDENCE_NAMES


def activity(account: Account) -> Iterator[Block]:
    """Output of units that is in no formula; what is in one stands with its source (`report_lines`)."""
    yield heading("activity")
    if account.approach == "equity":
        yield Paragraph((Sentence(both("inventory_report.whole_units")),))
    used = {given.fact for line in account.every_line for given in line.inputs if given.fact}
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in account.entries:
        if entry.fact not in used and entry.parameter == AMOUNT and items()[entry.item].kind == "product":
            found.setdefault((entry.unit, entry.item), []).append(entry)
    if not found:
        yield Paragraph((Sentence(both("inventory_report.no_output")),))
        return
    body = []
    for (unit, thing), entries in found.items():
        total = amounts(entries).get(thing, Fraction(0))
        facts = tuple(each.fact for each in entries)
        body.append(
            (
                Cell(account.title(unit)), Cell(items()[thing].name), number(total, facts), Cell(in_words(items()[thing].unit)),
                stated(Decimal(len(entries))), Cell(_evidence(entries)),
            )
        )  # fmt: skip
    yield Table(
        both("inventory_report.activity"),
        (row("unit", "item", "value", "measured_in", "months", "evidence"),),
        tuple(body),
    )


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
