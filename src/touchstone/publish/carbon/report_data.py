"""The tables of an inventory report that say what it rests on: activity data by unit, and every factor with clause, mark and reason."""

from collections.abc import Iterator
from fractions import Fraction

from touchstone.calc.carbon.activity import AMOUNT, Entry
from touchstone.calc.carbon.factors.reference import items, kinds
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.performance import amounts
from touchstone.facts.text import Text
from touchstone.publish import format as printed
from touchstone.publish.carbon.labelled import both, figure, item
from touchstone.publish.carbon.said import parameter_named
from touchstone.publish.report.report import Block, Cell, Heading, Paragraph, Sentence, Table
from touchstone.read.carbon.layout import EVIDENCE_NAMES


def activity(account: Account) -> Iterator[Block]:
    """What units used, made and measured: the sum of the months of an amount, the span of a measured property."""
    yield Heading(both("inventory_heading.activity"))
    if account.approach == "equity":
        yield Paragraph((Sentence(both("inventory_report.whole_units")),))
    used = {given.fact for line in account.every_line for given in line.inputs if given.fact}
    found: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in account.entries:
        if entry.fact in used or items()[entry.item].kind == "product":
            found.setdefault((entry.unit, entry.item, entry.parameter), []).append(entry)
    body = []
    for (unit, thing, parameter), entries in found.items():
        body.append(
            (
                Cell(account.title(unit)), Cell(_in_both(thing)), Cell(_parameter(account, parameter)), _value(thing, parameter, entries),
                Cell(_unit(thing, parameter, entries)), Cell(Text(str(len(entries)), str(len(entries))), number=True), Cell(_evidence(entries)),
            )
        )  # fmt: skip
    keys = ("unit", "item", "what", "value", "measured_in", "months", "evidence")
    head = tuple(Cell(both(f"inventory_column.{key}")) for key in keys)
    yield Table(both("inventory_report.activity"), (head,), tuple(body))


def factors_used(account: Account) -> Iterator[Block]:
    """Every factor a line was worked out with; the reasons below the table, each once."""
    yield Heading(both("inventory_heading.factors"))
    why = {given.factor: given.why for line in account.every_line for given in line.inputs if given.factor}
    reasons = {
        reason: str(number) for number, reason in enumerate(dict.fromkeys(why[id] for id in sorted(why)), 1)
    }
    body = []
    for id in sorted(why):
        factor = account.library.get(id)
        assert factor.value is not None
        document = account.library.document(factor)
        cited = Text(
            "，".join(filter(None, (document.title.zh, document.number, factor.clause))),
            ", ".join(filter(None, (document.title.en, document.number, factor.clause))),
        )
        kind = kinds()[factor.kind].name
        name = Text(f"{_in_both(factor.of).zh}：{kind.zh}", f"{_in_both(factor.of).en}: {kind.en}")
        body.append(
            (
                Cell(name), Cell(_number(factor.value), number=True), Cell(_words(factor.unit)), Cell(cited),
                Cell(both(f"inventory_tag.{factor.tag}")), Cell(Text(reasons[why[id]], reasons[why[id]])),
            )
        )  # fmt: skip
    head = tuple(
        Cell(both(f"inventory_column.{key}"))
        for key in ("factor", "value", "measured_in", "cited", "mark", "why")
    )
    notes = tuple((mark, Sentence(Text(f"{said.zh}。", f"{said.en}."))) for said, mark in reasons.items())
    yield Table(both("inventory_report.factors"), (head,), tuple(body), notes)


def _value(thing: str, parameter: str, entries: list[Entry]) -> Cell:
    """The sum of an amount in the unit of its item; the least and greatest of a property as printed."""
    facts = tuple(each.fact for each in entries)
    if parameter == AMOUNT:
        total = amounts(entries).get(thing, Fraction(0))
        return Cell(Text(figure(total, "zh"), figure(total, "en")), facts, number=True)
    low, high = min(each.value for each in entries), max(each.value for each in entries)
    if low == high:
        return Cell(_number(low), facts, number=True)
    return Cell(
        Text(*(f"{printed.quantity(low, lang)}–{printed.quantity(high, lang)}" for lang in ("zh", "en"))),
        facts,
    )


def _unit(thing: str, parameter: str, entries: list[Entry]) -> Text:
    codes = [items()[thing].unit] if parameter == AMOUNT else dict.fromkeys(each.unit_of for each in entries)
    return Text(*("、".join(printed.unit(code, lang) for code in codes) for lang in ("zh", "en")))


def _words(code: str) -> Text:
    return Text(printed.unit(code, "zh"), printed.unit(code, "en"))


def _number(value: object) -> Text:
    return Text(printed.quantity(value, "zh"), printed.quantity(value, "en"))  # type: ignore[arg-type]


def _evidence(entries: list[Entry]) -> Text:
    names = [
        EVIDENCE_NAMES[each]
        for each in dict.fromkeys(entry.evidence for entry in entries)
        if each in EVIDENCE_NAMES
    ]
    return Text("、".join(each.zh for each in names) or "–", ", ".join(each.en for each in names) or "–")


def _parameter(account: Account, key: str) -> Text:
    if key == AMOUNT:
        return both("inventory_report.amount")
    return Text(parameter_named(account, key, "zh"), parameter_named(account, key, "en"))


def _in_both(key: str) -> Text:
    return Text(item(key, "zh"), item(key, "en"))
