"""Files of methods: TOML to `Method`, checked to the last unit, or which field of which file is wrong."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from touchstone.calc.carbon.formula.expression import Expression, names
from touchstone.calc.carbon.formula.parse import parse
from touchstone.calc.carbon.formula.units import ITEM, ITEM_UNITS, problem
from touchstone.calc.carbon.method import LEVELS, Check, Choice, Method, Option, Parameter, Term
from touchstone.calc.carbon.methods.known import check_key, check_over, units_of
from touchstone.calc.carbon.methods.parameter_file import parameter_of
from touchstone.calc.carbon.methods.unfit import (
    faulty,
    no_method,
    not_toml,
    undeclared_name,
    unknown_unit,
    wrong_days,
    wrong_units,
)
from touchstone.calc.field import Table
from touchstone.errors import Refusal, UnknownUnit
from touchstone.facts.unit import unit

FOLDER = Path(__file__).parents[3] / "data" / "carbon" / "methods"
GWP_SETS = ("", "SAR", "AR4", "AR5", "AR6")
GASES = ("CO2", "CH4", "N2O", "CF4", "C2F6", "SF6", "CO2e", "")
"""Gases a term may give; "" for what is no emission, such as heat or electricity reported beside the total."""
_TOP = (
    "name", "document", "valid_from", "valid_to", "gwp", "boundary", "applies", "products", "sectors", "open", "option", "parameter",
    "term", "check", "follows", "trading",
)  # fmt: skip
_TERM = (
    "key",
    "name",
    "over",
    "scope",
    "gas",
    "unit",
    "level",
    "when",
    "formula",
    "clause",
    "parameter",
    "needed",
)


def read_methods(own: Path | None = None) -> tuple[dict[str, Method], tuple[Refusal, ...]]:
    """All methods by key, those of a workspace's folder `own` (carbon/methods) before the shipped ones of the same key, and why
    files were refused. A refused file of the workspace hides the shipped one too: it was meant to take its place."""
    found: dict[str, Method] = {}
    refused: list[Refusal] = []
    taken: set[str] = set()
    for path in _files(own):
        if path.stem in taken:
            continue
        taken.add(path.stem)
        try:
            found[path.stem] = _shipped(path.stem) if path.parent == FOLDER else method_of(path)
        except Refusal as problem_:
            refused.append(problem_)
    return dict(sorted(found.items())), tuple(refused)


def methods(own: Path | None = None) -> dict[str, Method]:
    """As `read_methods`, where a single wrong file is an error. Raises UnusableDeclaration: METHOD-001 to 007, FORMULA-001."""
    found, refused = read_methods(own)
    if refused:
        raise refused[0]
    return found


def method(key: str, own: Path | None = None) -> Method:
    """One method. Raises UnknownSeries: there is none of this key; UnusableDeclaration: its own file is wrong."""
    path = next((path for path in _files(own) if path.stem == key), None)
    if path is None:
        raise no_method(key, sorted({path.stem for path in _files(own)}))
    return _shipped(key) if path.parent == FOLDER else method_of(path)


def _files(own: Path | None) -> Iterator[Path]:
    for folder in (own, FOLDER):
        if folder and folder.is_dir():
            yield from sorted(folder.glob("*.toml"))


@cache
def _shipped(key: str) -> Method:
    return method_of(FOLDER / f"{key}.toml")


def method_of(path: Path) -> Method:
    """The method of a file.

    Raises:
        UnusableDeclaration: METHOD-001 a field is wrong, 002 no TOML, 003 a formula has an undeclared name, 004 its units do not
            agree, 005 unknown unit, 006 unknown item, kind, sector or document, 007 wrong days, FORMULA-001 no formula.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise not_toml(path.name, str(error)) from error
    return _built(path.stem, Table(given, path.name, faulty))


def _built(key: str, top: Table) -> Method:
    top.only(_TOP)
    document = top.word("document")
    check_key("documents", document, f"{top.file} document")
    options = tuple(_option(each) for each in top.rows("option")) if top.has("option") else ()
    if options:
        top.distinct("option", [option.key for option in options])
    shared = top.table("parameter", {})
    terms = tuple(_term(each, shared, options) for each in top.rows("term"))
    top.distinct("term", [term.key for term in terms])
    checks = tuple(_check(each, shared, options) for each in top.rows("check")) if top.has("check") else ()
    _all_used(shared, [*terms, *checks])
    since, until = top.day("valid_from"), top.day("valid_to")
    if since and until and until < since:
        raise wrong_days(f"{top.file} valid_to", since, until)
    return Method(
        key=key,
        name=top.text("name"),
        document=document,
        valid_from=since,
        valid_to=until,
        gwp=top.choice("gwp", GWP_SETS),
        boundary=top.text("boundary"),
        applies=top.text("applies"),
        products=_keys(top, "products", "items"),
        sectors=_keys(top, "sectors", "sectors"),
        options=options,
        terms=terms,
        checks=checks,
        open_points=tuple(top.texts("open")),
        follows=tuple(top.words("follows")) if top.has("follows") else (),
        trading=top.yes("trading", False),
    )


def _keys(top: Table, field: str, table: str) -> tuple[str, ...]:
    keys = top.words(field)
    for each in keys:
        check_key(table, each, f"{top.file} {field}")
    return keys


def _all_used(shared: Table, formulas: Sequence[Term | Check]) -> None:
    used = {parameter.key for each in formulas for parameter in each.parameters}
    for key in shared.tables():
        if key not in used:
            raise shared.wrong(key, "a parameter of some formula", "某一公式用到的参数", "")


def _option(given: Table) -> Option:
    given.only(("key", "name", "preset", "clause", "choice"))
    choices = tuple(_choice(each) for each in given.rows("choice"))
    given.distinct("choice", [choice.key for choice in choices])
    preset = given.choice("preset", ("", *(choice.key for choice in choices)), "")
    return Option(given.word("key"), given.text("name"), choices, preset, given.word("clause"))


def _choice(given: Table) -> Choice:
    given.only(("key", "name", "note"))
    return Choice(given.word("key"), given.text("name"), given.text("note") if given.has("note") else None)


def _term(given: Table, shared: Table, options: tuple[Option, ...]) -> Term:
    given.only(_TERM)
    over = given.words("over")
    check_over(over, given.at("over"))
    result = given.word("unit", "t")
    when = _when(given, options)
    formula, parameters = _worked(given, shared, _left(options, when), result, units_of(over) or ITEM_UNITS)
    return Term(
        key=given.word("key"),
        name=given.text("name"),
        over=over,
        scope=given.choice("scope", (1, 2, 3)),
        gas=given.choice("gas", GASES),
        unit=result,
        level=given.choice("level", LEVELS),
        when=when,
        formula=formula,
        parameters=parameters,
        clause=given.word("clause"),
        needed=given.yes("needed", False),
    )


def _when(given: Table, options: tuple[Option, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The conditions of a term: `when = { technology = ["cwpb", "swpb"] }`."""
    when = given.table("when", {})
    when.only([option.key for option in options])
    asked = [option for option in options if when.has(option.key)]
    return tuple(
        (option.key, tuple(when.choices(option.key, [choice.key for choice in option.choices], ())))
        for option in asked
    )


def _left(options: tuple[Option, ...], when: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Option, ...]:
    """The options with the choices that are left under the conditions of a term."""
    kept = dict(when)
    return tuple(
        replace(
            option,
            choices=tuple(each for each in option.choices if each.key in kept.get(option.key, (each.key,))),
        )
        for option in options
    )


def _check(given: Table, shared: Table, options: tuple[Option, ...]) -> Check:
    given.only(("key", "name", "formula", "unit", "low", "high", "clause", "parameter"))
    result = given.word("unit")
    formula, parameters = _worked(given, shared, options, result, ITEM_UNITS)
    low, high = (_bound(given, end) for end in ("low", "high"))
    if low is not None and high is not None and high < low:
        raise given.wrong("high", f"not below low, {low}", f"不小于low（{low}）")
    return Check(
        given.word("key"), given.text("name"), formula, parameters, result, low, high, given.word("clause")
    )


def _bound(given: Table, end: str) -> Decimal | None:
    word = given.word(end, "")
    try:
        return Decimal(word) if word else None
    except InvalidOperation as error:
        raise given.wrong(end, "a decimal in quotes", "引号中的十进制数") from error


def _worked(
    given: Table, shared: Table, options: tuple[Option, ...], result: str, items: Sequence[str]
) -> tuple[Expression, tuple[Parameter, ...]]:
    """A formula with its parameters: the term's own declarations go before those of the file. Its units are checked."""
    where = given.at("formula")
    formula = parse(given.word("formula"), where)
    own = given.table("parameter", {})
    tables: Mapping[str, Table] = dict(shared.tables()) | dict(own.tables())
    for key in names(formula):
        if key not in tables:
            raise undeclared_name(where, key, tables)
    parameters = tuple(parameter_of(key, tables[key], options) for key in names(formula))
    units = {parameter.key: parameter.unit for parameter in parameters}
    try:
        unit(result.replace(ITEM, ITEM_UNITS[0]))
        found = problem(formula, units, result, items)
    except UnknownUnit as error:
        raise unknown_unit(given.at("unit"), result) from error
    if found is not None:
        raise wrong_units(where, found, ", ".join(f"{key} {code}" for key, code in units.items()))
    return formula, parameters
