"""Organisations as files: TOML (`carbon/organisation.toml` of a workspace) to an `Organisation`, or everything that is wrong with it."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from touchstone.calc.carbon.factors.refusal import refusal
from touchstone.calc.carbon.method import Method
from touchstone.calc.carbon.organisation import KINDS, Figure, Holding, Node, Organisation, Transfer
from touchstone.calc.carbon.organisation_checks import problems
from touchstone.calc.carbon.organisation_choices import data_years, wider_places
from touchstone.calc.carbon.particulars import particulars_of
from touchstone.calc.field import Table
from touchstone.errors import Refusal, UnusableDeclaration
from touchstone.facts.activity import AMOUNT
from touchstone.facts.text import Text

_TOP = ("data_years", "wider_places", "node", "holding", "transfer", "figure")
_NODE = (
    "key", "name", "kind", "parent", "place", "grid", "park", "sector", "product", "capacity", "methods", "options", "since", "until",
    "trading",
    "particulars",
)  # fmt: skip
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?) ?[%％]|(\d+)/(\d+)")
_CAPACITY = re.compile(r"\d+(?:\.\d+)?")
_T = TypeVar("_T")


def read_organisation(
    text: str, file: str, methods: Mapping[str, Method]
) -> tuple[Organisation | None, tuple[Refusal, ...]]:
    """An organisation, or all reasons why there is none: one wrong node would make every sum above it wrong.

    Args:
        text: TOML; file: how the user knows it, for messages.
        methods: that can be declared, by key.

    Returns:
        The nodes have what they inherit: place, grid, park, sector and methods where they say nothing, options one by one.
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (refusal(UnusableDeclaration, "ORG-002", file, reason=str(error)),)
    return _built(given, file, methods)


def organisation_of(text: str, file: str, methods: Mapping[str, Method]) -> Organisation:
    """As `read_organisation`. Raises UnusableDeclaration: the first of what is wrong, ORG-001 to ORG-012, with the others in `also`."""
    found, wrong = read_organisation(text, file, methods)
    if found is None:
        wrong[0].also = wrong[1:]
        raise wrong[0]
    return found


def _built(
    given: dict[str, Any], file: str, methods: Mapping[str, Method]
) -> tuple[Organisation | None, tuple[Refusal, ...]]:
    wrong: list[Refusal] = []
    unread: list[Refusal] = []
    top = Table(given, file, _faulty)
    try:
        top.only(_TOP)
    except Refusal as problem:
        wrong.append(problem)
    stated = Organisation(
        {}, tuple(_each(top, "holding", _holding, wrong)), tuple(_each(top, "transfer", _transfer, wrong)), data_years(top, wrong),
        tuple(_each(top, "figure", _figure, wrong)), wider_places(top, wrong),
    )  # fmt: skip
    for node in _each(top, "node", _node, unread):
        if node.key in stated.nodes:
            wrong.append(refusal(UnusableDeclaration, "ORG-007", f"{file} node[{node.key}]", found=node.key))
        stated.nodes[node.key] = node
    if not stated.nodes and not (wrong or unread):
        wrong.append(top.wrong("node", "at least one [[node]]", "至少一个[[node]]", ""))
    # What names a node that could not be read is not wrong itself; all others are told at once.
    wrong = [
        *unread,
        *wrong,
        *(problems(stated, file, methods, inherited) if stated.nodes and not unread else ()),
    ]
    return (None, tuple(wrong)) if wrong else (inherited(stated), ())


def inherited(stated: Organisation) -> Organisation:
    """The organisation with what each node takes over from those above it; parents must be a tree."""
    done: dict[str, Node] = {}

    def of(key: str) -> Node:
        if key not in done:
            node = stated.nodes[key]
            done[key] = _under(of(node.parent), node) if node.parent else node
        return done[key]

    return replace(stated, nodes={key: of(key) for key in stated.nodes})


def _under(above: Node, node: Node) -> Node:
    return replace(
        node,
        place=node.place or above.place,
        park=node.park or above.park,
        sector=node.sector or above.sector,
        grid=node.grid or (above.grid if node.place in ("", above.place) else ""),
        methods=node.methods or above.methods,
        trading=above.trading if node.trading is None else node.trading,
        options=tuple(sorted({**dict(above.options), **dict(node.options)}.items())),
    )


def _each(top: Table, field: str, read: Callable[[Table], _T], wrong: list[Refusal]) -> Iterator[_T]:
    """What each table of an array says; what cannot be read is added to `wrong`, and the rest goes on."""
    if not top.has(field):
        return
    rows = top.rows(field)
    while True:
        try:
            yield read(next(rows))
        except StopIteration:
            return
        except Refusal as problem:
            wrong.append(problem)


def _node(given: Table) -> Node:
    given.only(_NODE)
    options = given.table("options", {})
    return Node(
        key=_key(given, "key"),
        name=given.text("name"),
        kind=given.choice("kind", KINDS),
        parent=given.word("parent", ""),
        place=given.word("place", ""),
        grid=given.word("grid", ""),
        park=given.word("park", ""),
        sector=given.word("sector", ""),
        product=given.word("product", ""),
        capacity=_capacity(given),
        methods=_methods(given),
        options=tuple(sorted((key, options.word(key)) for key in options.fields())),
        since=given.day("since"),
        until=given.day("until"),
        trading=_trading(given),
        particulars=particulars_of(given.table("particulars", {})),
    )


def _trading(given: Table) -> bool | date | None:
    """`trading = false`, true, or the first day from which the node is in the scheme; absent, its methods say so."""
    if not given.has("trading"):
        return None
    try:
        return given.yes("trading", False)
    except Refusal:
        pass
    try:
        return given.day("trading")
    except Refusal:
        raise given.wrong(
            "trading",
            "true, false, or the first day in the scheme without quotes, 2021-01-01",
            "true、false，或不带引号的纳入首日，如2021-01-01",
        ) from None


def _methods(given: Table) -> tuple[tuple[str, date | None], ...]:
    """`methods = { cn-ndrc-2013-al = "always", cn-cets-2024-al = 2024-01-01 }`: always is as long as it is in force."""
    table = given.table("methods", {})
    return tuple((key, _from(table, key)) for key in table.fields())


def _from(table: Table, key: str) -> date | None:
    if table.is_word(key, "always"):
        return None
    try:
        return table.day(key)
    except Refusal:
        raise table.wrong(
            key, 'a day without quotes, 2024-01-01, or "always"', '不带引号的日期，如2024-01-01，或"always"'
        ) from None


def _capacity(given: Table) -> Fraction | None:
    said = given.word("capacity", "")
    if said and not _CAPACITY.fullmatch(said):
        raise given.wrong("capacity", 'tonnes a year in quotes, "420000"', '引号中的年产吨数，如"420000"')
    return Fraction(said) if said else None


def _holding(given: Table) -> Holding:
    given.only(("owner", "owned", "share", "controls", "since", "until"))
    if not given.has("controls"):
        raise given.wrong(
            "controls",
            "true or false: who holds half does not always direct",
            "true或false：持股过半不一定控制",
        )
    controls = given.yes("controls", False)
    return Holding(
        given.word("owner"),
        given.word("owned"),
        _share(given),
        controls,
        given.day("since"),
        given.day("until"),
    )


def _share(given: Table) -> Fraction:
    found = _SHARE.fullmatch(given.word("share"))
    share = Fraction(0)
    if found and found[1]:
        share = Fraction(found[1]) / 100
    elif found and int(found[3]):
        share = Fraction(int(found[2]), int(found[3]))
    if not 0 < share <= 1:
        raise given.wrong(
            "share",
            'above 0 and up to 100 %, in quotes: "51 %" or "1/3"',
            '引号中大于0、不超过100%的份额，如"51%"或"1/3"',
        )
    return share


def _transfer(given: Table) -> Transfer:
    given.only(("item", "maker", "user", "since", "until"))
    return Transfer(
        given.word("item"), given.word("maker"), given.word("user"), given.day("since"), given.day("until")
    )


def _figure(given: Table) -> Figure:
    given.only(("unit", "item", "parameter", "subject", "measure", "place", "since", "until"))
    return Figure(
        given.word("unit"), given.word("item"), given.word("parameter", AMOUNT), given.word("subject"), given.word("measure"),
        given.word("place", ""), given.day("since"), given.day("until"),
    )  # fmt: skip


def _key(given: Table, field: str) -> str:
    key = given.word(field)
    if not _KEY.fullmatch(key):
        raise given.wrong(field, "letters, digits and hyphens", "字母、数字和连字符")
    return key


def _faulty(file: str, field: str, found: Text, expected: Text) -> UnusableDeclaration:
    return refusal(UnusableDeclaration, "ORG-001", f"{file} {field}", found=found, expected=expected)
