"""What each unit emitted and from what: activity data with evidence, factors with clause, emissions by source and gas.

The paper has the year; a workbook has each month too, with the formula in numbers, so that every printed figure can be worked out again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from touchstone.calc.carbon.activity import AMOUNT
from touchstone.calc.carbon.formula.written import SHARE, worded, written
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.line import PLACES, Input, Line
from touchstone.facts.text import Text
from touchstone.publish.carbon.blocks import (
    BLANK,
    PLACES_SHOWN,
    exact,
    heading,
    in_words,
    number,
    paragraph,
    percent_of,
    places_of,
    potential,
    row,
    said_in,
    same,
    stated,
    tonnes,
)
from touchstone.publish.carbon.labelled import both, cited, held, item, mass, term_of
from touchstone.publish.carbon.report_data import numbered
from touchstone.publish.carbon.weighted import means
from touchstone.publish.explained import evidence_said
from touchstone.publish.format import quantity
from touchstone.publish.report.report import Block, Cell, Report, Table
from touchstone.publish.words import LANGUAGES, counted, word
from touchstone.read.carbon.layout import EVIDENCE_NAMES
from touchstone.read.carbon.row import Reference

Evidence = Mapping[str, tuple[Reference, ...]]
"""The documents a fact stands on, by its id; facts without any are not in it."""
NO_EVIDENCE: Evidence = MappingProxyType({})
SHORT = 10
"""Digits of an id that are printed; `touchstone explain` opens a figure by its first digits, and of a hundred thousand facts hardly two begin so."""
_WIDE = 3
"""Columns that sources and evidence take, so that they have room."""
_COLUMNS = 3 + _WIDE
_NAMED = 3
"""Of the documents of a row that are named."""
_COUNTED = 5
"""Cells of a row of emissions that count; the last is what it adds to the total of its unit."""
Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """One source of a unit in the year: the lines of its months by one method, term, item and gas, that count or do not."""

    lines: tuple[Line, ...]
    counts: bool


def unit_lines(account: Account, evidence: Evidence = NO_EVIDENCE) -> Iterator[Block]:
    """Unit by unit and method by method: each source with its formula, inputs, and what it emitted in the year."""
    yield heading("lines")
    yield paragraph(
        [
            both("inventory_report.lines_say"),
            *(
                [both("inventory_report.parts_say")]
                if any(account.part(each) != 1 for each in account.lines)
                else []
            ),
        ]
    )
    numbers = numbered(account)
    for (unit, method), found in _by_unit(account).items():
        body = [cells for source in found for cells in _rows(account, source, evidence, numbers)]
        if inside := [line for source in found if source.counts for line in source.lines]:
            total = sum((account.weighed(each) for each in inside), Fraction(0))
            body.append((Cell(both("inventory_report.counted_of_unit"), columns=_COLUMNS - 1), number(total)))
        yield Table(unit_caption(account, unit, method), (_head(),), tuple(body))


def unit_caption(account: Account, unit: str, method: str) -> Text:
    """What the table of a unit by a method is called."""
    name, of = account.title(unit), account.methods[method].name
    return Text(f"{name.zh}（{unit}）：{of.zh}", f"{name.en} ({unit}): {of.en}")


def counted_rows(table: Table) -> tuple[list[Cells], Cells | None]:
    """Of the table of a unit: the rows of emissions that count, and the row of their sum, None where nothing counts."""
    rows = [cells for cells in table.body if len(cells) == _COUNTED]
    return rows, table.body[-1] if rows else None


def with_months(report: Report, account: Account, evidence: Evidence = NO_EVIDENCE) -> Report:
    """The report for a workbook: its tables of units in one, and a table of their months behind the last block."""
    body = [
        _month(account, line, source.counts, evidence)
        for found in _by_unit(account).values()
        for source in found
        for line in source.lines
    ]
    head = row(
        "unit",
        "key",
        "month",
        "source",
        "item",
        "in_numbers",
        "gas",
        "mass",
        "part",
        "gwp",
        "equivalent",
        "counted",
        "evidence",
        "ids",
    )
    table = Table(both("inventory_report.months"), (head,), tuple(body), wide=True)
    return replace(report, blocks=(*_in_one(report.blocks), heading("months"), table))


def _in_one(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks with the tables of units put into one, each under its caption."""
    body: list[tuple[Cell, ...]] = []
    for block in blocks:
        if isinstance(block, Table) and block.head == (_head(),):
            body += [(Cell(block.caption, columns=_COLUMNS),), *map(_without_facts, block.body)]
            continue
        if body:
            yield Table(both("inventory_report.lines"), (_head(),), tuple(body))
            body = []
        yield block


def _without_facts(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Cells whose facts stand with the months."""
    return tuple(replace(each, facts=()) for each in cells)


def _head() -> tuple[Cell, ...]:
    *narrow, source = row("parameter", "value", "measured_in", "source_and_evidence")
    return (*narrow, replace(source, columns=_WIDE))


def _by_unit(account: Account) -> dict[tuple[str, str], list[_Source]]:
    found: dict[tuple[str, str, str, str, str, bool], list[Line]] = {}
    for line in account.every_line:
        if account.share(line.unit, line.month):
            key = (line.unit, line.method, line.term, line.item, line.gas, account.inside(line))
            found.setdefault(key, []).append(line)
    told: dict[tuple[str, str], list[_Source]] = {}
    for (unit, method, *_, counts), lines in found.items():
        told.setdefault((unit, method), []).append(_Source(tuple(lines), counts))
    return told


def _rows(
    account: Account, source: _Source, evidence: Evidence, numbers: Mapping[str, int]
) -> Iterator[tuple[Cell, ...]]:
    first = source.lines[0]
    term = term_of(account, first)
    names = {each.key: each.name for each in term.parameters}
    said = Text(
        *(f"{_called(account, first, lang)} ＝ {worded(term.formula, names, lang)}" for lang in LANGUAGES)
    )
    yield (Cell(said, columns=_COLUMNS),)
    inputs: dict[tuple[str, str, bool], list[Input]] = {}
    for line in source.lines:
        for given in line.inputs:
            inputs.setdefault((given.parameter, given.factor, bool(given.fact)), []).append(given)
    mean = _means(account, source, inputs)
    for (parameter, factor, _), given in inputs.items():
        from_where = (
            _from_factor(account, factor, numbers) if factor else _from_facts(account, given, evidence)
        )
        yield (
            Cell(names[parameter]),
            _value(account, given, mean.get(parameter)),
            Cell(_unit(given[0].unit)),
            Cell(from_where, columns=_WIDE),
        )
    yield _result(account, source)


def _called(account: Account, line: Line, lang: str) -> str:
    name = getattr(term_of(account, line).name, lang)
    return f"{name} · {item(line.item, lang)}" if line.item else str(name)


def _means(
    account: Account, source: _Source, inputs: Mapping[tuple[str, str, bool], list[Input]]
) -> dict[str, Decimal]:
    """Of parameters that vary; none where one has values of two origins, each of which has a row of its own."""
    if len({parameter for parameter, *_ in inputs}) < len(inputs):
        return {}
    first = source.lines[0]
    total = sum((Fraction(each.mass, 10**PLACES) for each in source.lines), Fraction(0))
    amounts = (parameter for (parameter, *_), given in inputs.items() if _is_amount(account, given))
    return means(
        term_of(account, first), source.lines, amounts, places_of(total, potential(account, first.gas))
    )


def _is_amount(account: Account, given: list[Input]) -> bool:
    return bool((entry := account.by_fact.get(given[0].fact)) and entry.parameter == AMOUNT)


def _value(account: Account, given: list[Input], mean: Decimal | None) -> Cell:
    """The sum of an amount; what is no amount as it is, or its weighted mean and from the least to the greatest of the months."""
    facts = tuple(dict.fromkeys(each.fact for each in given if each.fact))
    if _is_amount(account, given):
        return stated(sum((each.value for each in given), Decimal(0)), facts)
    low, high = min(each.value for each in given), max(each.value for each in given)
    if low == high:
        return stated(low, facts)
    finest = Decimal(1).scaleb(min(int(each.value.as_tuple().exponent) for each in given))
    ends = [each.quantize(finest) for each in (low, high)]
    zh, en = ("–".join(quantity(each, lang) for each in ends) for lang in LANGUAGES)
    if mean is None:
        return Cell(Text(zh, en), facts, number=True)
    said = (quantity(mean, lang) for lang in LANGUAGES)
    return Cell(both("inventory_report.mean_of", mean=Text(*said), range=Text(zh, en)), facts, number=True)


def _unit(code: str) -> Text:
    """A unit in words; nothing behind a share, which is a pure number in a formula."""
    return BLANK if code == SHARE else in_words(code)


def _from_factor(account: Account, id: str, numbers: Mapping[str, int]) -> Text:
    return Text(
        *(
            word("inventory_report.factor_number", lang, n=numbers[id], cited=cited(account, id, lang))
            for lang in LANGUAGES
        )
    )


def _from_facts(account: Account, given: list[Input], evidence: Evidence) -> Text:
    facts = list(dict.fromkeys(each.fact for each in given if each.fact))
    if not facts:
        return both("inventory.constant")
    kinds = dict.fromkeys(account.by_fact[id].evidence for id in facts if id in account.by_fact)
    named = [(each.reference, each.day) for id in facts for each in evidence.get(id, ())]

    def told(lang: str) -> str:
        of = word("list.comma", lang).join(
            getattr(EVIDENCE_NAMES[kind], lang) for kind in kinds if kind in EVIDENCE_NAMES
        )
        numbers = evidence_said(named, lang, _NAMED) or word("inventory_report.no_evidence_number", lang)
        return word(
            "inventory_report.from_facts",
            lang,
            kinds=of or "–",
            numbers=numbers,
            n=counted("months", lang, len(facts)),
        )

    return Text(*(told(lang) for lang in LANGUAGES))


def _result(account: Account, source: _Source) -> tuple[Cell, ...]:
    """What a source emitted in the year: the whole mass; of what counts, the part, its mass, and what it adds to the total."""
    gas, months = source.lines[0].gas, len(source.lines)
    n = Text(*(counted("months", lang, months) for lang in LANGUAGES))
    masses = [(Fraction(each.mass, 10**PLACES), account.part(each)) for each in source.lines]
    total = sum((mass for mass, _ in masses), Fraction(0))
    weight = potential(account, gas)
    gwp, places = said_in(exact(weight)), places_of(total, weight)
    name = Cell(both("inventory_report.emitted", gas=gas))
    if not source.counts:
        said = both("inventory_report.not_counted", gwp=gwp, equivalent=tonnes(total * weight), n=n)
        return name, number(total, (), places), Cell(in_words("t")), Cell(said, columns=_WIDE)
    inside = sum((mass * part for mass, part in masses), Fraction(0))
    if inside == total:
        said = both("inventory_report.weighed", gwp=gwp, n=n)
    else:
        finest = places_of(inside, weight)
        places = max(places, finest)
        part = _percent(inside, total, places, finest)
        said = both("inventory_report.weighed_part", part=part, mass=tonnes(inside, finest), gwp=gwp, n=n)
    return (
        name, number(total, (), places), Cell(in_words("t")), Cell(said, columns=_WIDE - 1), number(inside * weight),
    )  # fmt: skip


def _percent(inside: Fraction, total: Fraction, places: int, finest: int) -> Text:
    """The part of a printed mass that counts, in percent; a dash where masses with and without a sign leave nothing to be a part of."""
    whole = Fraction(held(total, places))
    return said_in(percent_of(inside / total, whole, held(inside, finest))) if whole else BLANK


def _month(account: Account, line: Line, counts: bool, evidence: Evidence) -> tuple[Cell, ...]:
    term = term_of(account, line)
    values = {each.parameter: (each.value, each.unit) for each in line.inputs}
    facts = list(dict.fromkeys(each.fact for each in line.inputs if each.fact))
    weight = potential(account, line.gas)
    named = [(each.reference, each.day) for id in facts for each in evidence.get(id, ())]
    thing = Text(*(item(line.item, lang) if line.item else "—" for lang in LANGUAGES))
    total, part = Fraction(line.mass, 10**PLACES) * weight, account.part(line)
    weighed = total * part if counts else total
    share = percent_of(part, total, held(weighed, PLACES_SHOWN)) if total else exact(100 * part)
    return (
        Cell(account.title(line.unit)), Cell(same(line.unit)), Cell(same(line.month)), Cell(term.name), Cell(thing),
        Cell(Text(*(written(term.formula, values, lang) for lang in LANGUAGES))), Cell(same(line.gas)),
        stated(mass(line).normalize() + 0 if line.mass else Decimal(0)), stated(share) if counts else Cell(BLANK), stated(exact(weight)),
        number(weighed),
        Cell(both("inventory_report.yes" if counts else "inventory_report.no")),
        Cell(Text(*(evidence_said(named, lang) or "—" for lang in LANGUAGES))), Cell(same(" ".join(id[:SHORT] for id in facts) or "—")),
    )  # fmt: skip
