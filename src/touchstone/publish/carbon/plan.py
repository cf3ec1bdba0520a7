"""The data-quality-control plan of an enterprise: which parameter is measured how, how often, on what evidence, and by whom.

Rows are those of its activity template; tiers are those of its methods; evidence is what it stated so far. Frequencies and
roles are proposals (`data/carbon/plan.toml`, [I]).
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from touchstone.calc.carbon.activity import AMOUNT, EVIDENCE, Entry
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.factors.reference import items, over
from touchstone.calc.carbon.method import Method, Parameter
from touchstone.calc.carbon.organisation import Node, Organisation
from touchstone.calc.carbon.quality.declared import declared
from touchstone.facts.text import Text
from touchstone.publish.carbon.asked import Asked, Sheet, asked
from touchstone.publish.format import unit as printed
from touchstone.publish.report.report import Block, Cell, Heading, Paragraph, Report, Sentence, Table
from touchstone.publish.words import LANGUAGES, word

_LATE = "evidence-late"


def plan(
    organisation: Organisation, enterprise: str, year: int, methods: Mapping[str, Method], entries: Iterable[Entry], day: date
) -> Report:  # fmt: skip
    """The plan of an enterprise (or any node) for a year.

    Args:
        entries: of any units; they say which rows there are and what their evidence is.
        day: the plan is dated.

    Raises:
        UnusableDeclaration: ORG-013 no such node, ORG-015 nothing of it is there in the year.
    """
    given = list(entries)
    stated = {(each.unit, each.item, each.parameter) for each in given}
    sheet = asked(organisation, enterprise, year, methods, library(), stated)
    used = [
        methods[key] for unit in sheet.units for key, _ in organisation.nodes[unit].methods if key in methods
    ]
    own = list({method.key: method for method in used}.values())
    blocks = (
        *_units(organisation, sheet, methods), *_parameters(organisation, sheet, methods, given), *_checks(own), *_open(own),
    )  # fmt: skip
    name = organisation.nodes[enterprise].name
    title = Text(word("plan.title", "zh", name=name.zh), word("plan.title", "en", name=name.en))
    return Report(title, _words("byline", year=year), day, blocks, _words("footer"))


def _units(organisation: Organisation, sheet: Sheet, methods: Mapping[str, Method]) -> Iterator[Block]:
    yield Heading(_words("units"))
    body = []
    for key, name in sheet.units.items():
        node = organisation.nodes[key]
        applied = [methods[method].name for method, _ in node.methods if method in methods]
        product = items()[node.product].name if node.product else Text("—", "—")
        body.append((Cell(name), Cell(product), Cell(_joined(applied, "；", "; "))))
    yield Table(_words("units_table"), (_head("unit", "product", "methods"),), tuple(body))


def _parameters(
    organisation: Organisation, sheet: Sheet, methods: Mapping[str, Method], entries: list[Entry]
) -> Iterator[Block]:
    yield Heading(_words("parameters"))
    evidence: dict[tuple[str, str, str], Counter[str]] = {}
    for each in entries:
        evidence.setdefault((each.unit, each.item, each.parameter), Counter())[each.evidence] += 1
    head = _head("item", "measured_in", "tiers", "how", "often", "record", "role")
    for key, name in sheet.units.items():
        rows = [row for row in sheet.rows if row.unit == key]
        if rows:
            node = organisation.nodes[key]
            body = tuple(_row(row, node, methods, evidence) for row in rows)
            yield Table(name, (head,), body, wide=True)


def _row(
    row: Asked,
    node: Node,
    methods: Mapping[str, Method],
    evidence: Mapping[tuple[str, str, str], Counter[str]],
) -> tuple[Cell, ...]:
    quantity = row.quantity
    seen = evidence.get((row.unit, quantity.item, quantity.parameter))
    kind = (
        max(seen, key=lambda each: (seen[each], -EVIDENCE.index(each)))
        if seen
        else _expected(quantity.item, quantity.parameter)
    )
    told = _table()["evidence"][kind]
    basis = _words("stated" if seen else "expected")
    item = items()[quantity.item].name
    name = (
        item
        if quantity.parameter == AMOUNT
        else Text(f"{item.zh}：{quantity.names[0].zh}", f"{item.en}: {quantity.names[0].en}")
    )
    how = Text(f"{told['how']['zh']}（{basis.zh}）", f"{told['how']['en']} ({basis.en})")
    return (
        Cell(name), Cell(Text(printed(quantity.unit, "zh"), printed(quantity.unit, "en"))), Cell(_tiers(row, node, methods)), Cell(how),
        Cell(Text(**told["often"])), Cell(row.evidence or Text(**told["record"])), Cell(Text(**told["role"])),
    )  # fmt: skip


def _expected(item: str, parameter: str) -> str:
    """The kind of evidence that a value should have."""
    return str(
        _table()["property"] if parameter != AMOUNT else _table()["expected"].get(items()[item].kind, "none")
    )


def _tiers(row: Asked, node: Node, methods: Mapping[str, Method]) -> Text:
    """The tiers of a value in the order in which the methods of its unit try them; what no method asks for is only reported."""
    found: dict[str, None] = {}
    for key, _ in node.methods:
        if key in methods:
            for parameter in _asking(methods[key], row.quantity.item, row.quantity.parameter):
                found.update((tier.kind, None) for tier in parameter.tiers)
    named = [_words(kind) for kind in found] or [_words("reported")]
    return _joined(named, word("plan.then", "zh"), word("plan.then", "en"))


def _asking(method: Method, item: str, parameter: str) -> Iterator[Parameter]:
    """The parameters of a method that this value can be measured for."""
    for term in method.terms:
        for each in term.parameters:
            for tier in each.tiers:
                here = tier.of.partition("{")[0]
                meant = (
                    item.startswith(here)
                    if "{" in tier.of
                    else item == here
                    if here
                    else item in over(term.over)
                )
                if tier.kind == "measured" and tier.factor == parameter and meant:
                    yield each


def _checks(methods: list[Method]) -> Iterator[Block]:
    yield Heading(_words("checks"))
    late = declared()[_LATE]
    if {method.key for method in methods} & set(late.parameters["methods"]):
        said = _words("deadline", days=late.parameters["days"], since=late.parameters["since"])
        yield Paragraph((Sentence(said, kind="rule", rule=_LATE),))
    body = tuple(
        (
            Cell(each.name), Cell(_words(each.severity)), Cell(Text(*[f"{each.points} ({each.most})"] * 2)),
            Cell(each.words["remedy"]),
        )
        for each in declared().values()
    )  # fmt: skip
    yield Table(_words("checks_table"), (_head("check", "severity", "points", "remedy"),), body)


def _open(methods: list[Method]) -> Iterator[Block]:
    points = [(method, point) for method in methods for point in method.open_points]
    if points:
        yield Heading(_words("open"))
    for method, point in points:
        yield Paragraph(
            (Sentence(Text(f"{point.zh}。", f"{point.en}."), kind="rule", rule=method.key),), method.name
        )


def _head(*keys: str) -> tuple[Cell, ...]:
    return tuple(Cell(_words(key)) for key in keys)


def _joined(texts: Iterable[Text], zh: str, en: str) -> Text:
    every = list(texts)
    return Text(zh.join(each.zh for each in every) or "—", en.join(each.en for each in every) or "—")


def _words(key: str, **values: object) -> Text:
    return Text(*(word(f"plan.{key}", lang, **values) for lang in LANGUAGES))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("touchstone").joinpath("data/carbon/plan.toml").read_text("utf-8"))
