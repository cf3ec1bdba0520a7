"""`touchstone methods`: the guidelines as data; what is different between two, also in the numbers of a plant."""

from dataclasses import asdict, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from touchstone.calc.carbon.inventory.lines import Worked
    from touchstone.calc.carbon.method import Method
    from touchstone.flow import Workspace


def methods(
    key: Annotated[
        str,
        typer.Argument(
            metavar="[KEY]", help="A method, all if none. 方法，不写则列出全部。", show_default=False
        ),
    ] = "",
    against: Annotated[
        str, typer.Option("--against", help="What is different. 与另一方法比较。", metavar="KEY")
    ] = "",
    unit: Annotated[
        str, typer.Option("--unit", help="In the numbers of a unit. 用该单元的数据核算。", metavar="UNIT")
    ] = "",
    month: Annotated[str, typer.Option("--month", help="Of a month. 月份。", metavar="YYYY-MM")] = "",
    workspace: Folder = HERE,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """Accounting methods: terms, formulas, parameters, open points · 核算方法"""
    spoken = terminal.language(lang)
    if bool(unit) != bool(month) or (unit and not key):
        usage = "KEY [--against KEY] --unit UNIT --month YYYY-MM"
        raise terminal.wrong(
            "COMMAND-033", "methods", given=" ".join((key, unit, month)).strip() or "–", known=usage
        )
    known = _known(workspace)
    asked = [_of(known, each) for each in (key, against) if each]
    if unit:
        _print_worked(terminal.workspace(workspace), asked, unit, month, as_json, spoken)
        return
    if against:
        _print_difference(asked[0], asked[1], as_json, spoken)
    elif as_json:
        terminal.print_json([_data(each) for each in asked or known.values()])
    elif key:
        from touchstone.calc.carbon.factors.library import library
        from touchstone.publish.carbon.method_said import method_said

        for line in method_said(asked[0], library(), spoken):
            typer.echo(shown(line))
    else:
        for each in known.values():
            since = each.valid_from or "…"
            typer.echo(shown(f"{each.key}  {getattr(each.name, spoken)}  {since} – {each.valid_to or '…'}"))


def worked(opened: "Workspace", method: "Method", unit: str, month: str) -> "Worked":
    """The lines of a unit and month as this method alone would have them.

    Raises:
        UnusableDeclaration: ORG-013, there is no such unit.
    """
    from touchstone.calc.carbon.consolidation import node
    from touchstone.calc.carbon.inventory.inventory import plant_of
    from touchstone.calc.carbon.inventory.lines import lines_of

    organisation = opened.organisation()
    node(organisation, unit)
    plant = replace(plant_of(organisation, unit), methods=((method.key, None),))
    entries = [each for each in opened.activity() if each.unit == unit and each.month == month]
    return lines_of(plant, entries, opened.factors(), {method.key: method})


def _print_worked(
    opened: "Workspace", asked: "list[Method]", unit: str, month: str, as_json: bool, lang: str
) -> None:
    """The terms of one method or two side by side, gas by gas, and the difference of masses."""
    from touchstone.calc.carbon.line import PLACES
    from touchstone.publish.carbon.labelled import figure, item

    made = [worked(opened, each, unit, month) for each in asked]
    if as_json:
        terminal.print_json({method.key: asdict(each) for method, each in zip(asked, made, strict=True)})
        return
    masses: dict[tuple[str, str, str], list[int]] = {}
    names = {term.key: term.name for method in asked for term in method.terms}
    for place, each in enumerate(made):
        for line in each.lines:
            row = masses.setdefault((line.term, line.item, line.gas), [0] * len(made))
            row[place] += line.mass
    if not masses:
        raise terminal.wrong(
            "COMMAND-033", unit, given=f"{unit} {month}", known=word("methods.with_data", lang)
        )
    typer.echo("  ".join(f"{each.key:>20}" for each in asked))
    for (term, thing, gas), row in masses.items():
        tonnes = [figure(Fraction(each, 10**PLACES), lang, 6) if each else "–" for each in row]
        change = figure(Fraction(row[-1] - row[0], 10**PLACES), lang, 6, signed=True) if len(row) == 2 else ""
        said = f"{getattr(names[term], lang)} · {item(thing, lang)} · t {gas}"
        typer.echo(
            shown(
                "  ".join([*(f"{each:>20}" for each in tonnes), *([f"{change:>20}"] if change else []), said])
            )
        )
    for method, each in zip(asked, made, strict=True):
        for gone in dict.fromkeys(
            (gone.term, gone.item, getattr(gone.why, lang)) for gone in each.missing if gone.term
        ):
            said = " · ".join((method.key, getattr(names[gone[0]], lang), item(gone[1], lang)))
            typer.echo(shown(word("inventory.missing_line", lang, what=said, why=gone[2])), err=True)


def _print_difference(a: "Method", b: "Method", as_json: bool, lang: str) -> None:
    """The earlier edition first, what changes results before what is only worded otherwise."""
    from touchstone.calc.carbon.factors.reference import documents
    from touchstone.calc.carbon.methods.difference import difference
    from touchstone.serve.method_changes import in_order, told_changes

    editions = in_order(a, b)
    if as_json:
        terminal.print_json([asdict(each) for each in difference(*editions)])
        return
    group = ""
    for each in told_changes(*editions, documents(), lang):
        if each.group != group:
            group = each.group
            typer.echo(word(f"change.group_{group}", lang))
        at = " ".join(filter(None, (each.what, word("list.comma", lang).join(each.where))))
        kind = word("change.tiers" if each.kind == "tiers" else f"methods_change.{each.kind}", lang)
        said = f"{each.before or '–'} → {each.after or '–'}"
        typer.echo(shown("  ".join(filter(None, ("", kind, f"{at}: {said}" if at else said)))))


def _known(folder: Path) -> "Mapping[str, Method]":
    from touchstone.calc.carbon.methods.method_file import read_methods

    return read_methods(folder / "carbon" / "methods")[0]


def _of(known: "Mapping[str, Method]", key: str) -> "Method":
    if key not in known:
        raise terminal.wrong("COMMAND-033", key, given=key, known=", ".join(known))
    return known[key]


def _data(method: "Method") -> dict[str, object]:
    from touchstone.calc.carbon.formula.written import source

    terms = [
        {
            **asdict(replace(each, parameters=())),
            "formula": source(each.formula),
            "parameters": [asdict(parameter) for parameter in each.parameters],
        }
        for each in method.terms
    ]
    return {**asdict(replace(method, terms=(), checks=())), "terms": terms}
