"""What an organisation cannot be: unknown keys, wrong nesting, circles, more than the whole owned, days that contradict each other."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from itertools import combinations, groupby

from touchstone.calc.carbon.factors.reference import grids, items, sectors
from touchstone.calc.carbon.factors.refusal import refusal
from touchstone.calc.carbon.method import Method
from touchstone.calc.carbon.organisation import KINDS, Figure, Holding, Node, Organisation, Transfer
from touchstone.errors import Refusal, UnusableDeclaration
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary

_NODES = Text("本文件的节点", "the nodes of this file")
_PLACES = Text("地区代码", "the codes of places")
_ITEMS = Text("data/carbon/items.toml", "data/carbon/items.toml")
_GRIDS = Text("data/carbon/grids.toml", "data/carbon/grids.toml")
_SECTORS = Text("data/carbon/sectors.toml", "data/carbon/sectors.toml")
_MEASURES = Text("指标代码", "the codes of measures")
_METHODS = Text("核算方法", "the methods")
_Inherit = Callable[[Organisation], Organisation]


def problems(
    stated: Organisation, file: str, methods: Mapping[str, Method], inherit: _Inherit
) -> Iterator[Refusal]:
    """Everything that is wrong, node by node; what rests on a sound tree is looked at only where it is one.

    Args:
        stated: nodes as they stand in the file; `inherit` gives them what they take over.
    """
    broken = [*_keys(stated, file, methods), *_nesting(stated, file), *_days(stated, file)]
    yield from broken
    yield from _methods(stated, file, methods)
    if broken:
        return
    yield from _options(stated, inherit(stated), file, methods)
    yield from _owned(stated, file)
    yield from _owned_in_a_circle(stated, file)
    yield from _twice(stated, file)


def active(each: Holding | Transfer | Figure, day: date) -> bool:
    """Whether it holds on a day."""
    return _from(each) <= day <= _to(each)


def owners(organisation: Organisation, key: str, day: date) -> tuple[tuple[str, Fraction, bool], ...]:
    """Who has a share of a node on a day: owner, share, whether it controls.

    A node that no holding ever names belongs wholly to the one it is part of. One that is named is owned on the days of its
    holdings only: before it was bought and after it was sold nobody here has a share.
    """
    named = [each for each in organisation.holdings if each.owned == key]
    if named:
        return tuple((each.owner, each.share, each.controls) for each in named if active(each, day))
    parent = organisation.nodes[key].parent
    return ((parent, Fraction(1), True),) if parent else ()


def _keys(stated: Organisation, file: str, methods: Mapping[str, Method]) -> Iterator[Refusal]:
    for node in stated.nodes.values():
        at = f"{file} node[{node.key}]"
        yield from _unknown(f"{at}.parent", node.parent, stated.nodes, _NODES)
        yield from _unknown(
            f"{at}.place", node.place, {term.code for term in vocabulary().terms("place")}, _PLACES
        )
        yield from _unknown(f"{at}.grid", node.grid, grids(), _GRIDS)
        yield from _unknown(f"{at}.sector", node.sector, sectors(), _SECTORS)
        yield from _unknown(f"{at}.product", node.product, items(), _ITEMS)
        for key, _ in node.methods:
            yield from _unknown(f"{at}.methods", key, methods, _METHODS)
    for holding in stated.holdings:
        at = f"{file} holding[{holding.owner}→{holding.owned}]"
        yield from _unknown(f"{at}.owner", holding.owner, stated.nodes, _NODES)
        yield from _unknown(f"{at}.owned", holding.owned, stated.nodes, _NODES)
    for transfer in stated.transfers:
        at = _transfer_at(file, transfer)
        yield from _unknown(f"{at}.item", transfer.item, items(), _ITEMS)
        yield from _unknown(f"{at}.maker", transfer.maker, stated.nodes, _NODES)
        yield from _unknown(f"{at}.user", transfer.user, stated.nodes, _NODES)
        if transfer.maker == transfer.user:
            yield refusal(UnusableDeclaration, "ORG-011", at, item=transfer.item, node=transfer.maker)
    for figure in stated.figures:
        at = _figure_at(file, figure)
        yield from _unknown(f"{at}.unit", figure.unit, stated.nodes, _NODES)
        yield from _unknown(f"{at}.item", figure.item, items(), _ITEMS)
        yield from _unknown(
            f"{at}.measure", figure.measure, {term.code for term in vocabulary().terms("measure")}, _MEASURES
        )


def _figure_at(file: str, figure: Figure) -> str:
    return f"{file} figure[{figure.unit} {figure.item} {figure.parameter}]"


def _unknown(where: str, key: str, known: Collection[str], table: Text) -> Iterator[Refusal]:
    if key and key not in known:
        near = get_close_matches(key, list(known), n=3, cutoff=0.4)
        hint = Text(f"；相近的有{'、'.join(near)}", f"; nearest: {', '.join(near)}") if near else Text("", "")
        yield refusal(UnusableDeclaration, "ORG-003", where, found=key, table=table, hint=hint)


def _nesting(stated: Organisation, file: str) -> Iterator[Refusal]:
    for node in stated.nodes.values():
        at, above = f"{file} node[{node.key}].parent", stated.nodes.get(node.parent)
        if (node.parent == "") != (node.kind == KINDS[0]):
            yield refusal(UnusableDeclaration, "ORG-004", at, what=node.kind, above=node.parent or "-")
        elif above and (circle := _circle(node.key, lambda key: (stated.nodes[key].parent,), stated.nodes)):
            yield refusal(UnusableDeclaration, "ORG-005", at, circle=" → ".join(circle))
        elif above and KINDS.index(above.kind) >= KINDS.index(node.kind):
            yield refusal(
                UnusableDeclaration, "ORG-004", at, what=node.kind, above=f"{above.key} ({above.kind})"
            )


def _circle(start: str, ahead: Callable[[str], Iterable[str]], known: Collection[str]) -> tuple[str, ...]:
    """A way from a node back to itself, its ends included; () where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = set[str]()
    while ways:
        way = ways.pop()
        for key in ahead(way[-1]):
            if key == start:
                return (*way, key)
            if key in known and key not in seen:
                seen.add(key)
                ways.append((*way, key))
    return ()


def _days(stated: Organisation, file: str) -> Iterator[Refusal]:
    every: list[tuple[str, Node | Holding | Transfer | Figure]] = [
        *((f"{file} node[{each.key}]", each) for each in stated.nodes.values()),
        *((f"{file} holding[{each.owner}→{each.owned}]", each) for each in stated.holdings),
        *((_transfer_at(file, each), each) for each in stated.transfers),
        *((_figure_at(file, each), each) for each in stated.figures),
    ]
    for at, each in every:
        if each.since and each.until and each.until < each.since:
            yield refusal(UnusableDeclaration, "ORG-008", f"{at}.until", since=each.since, until=each.until)


def _methods(stated: Organisation, file: str, methods: Mapping[str, Method]) -> Iterator[Refusal]:
    for node in stated.nodes.values():
        for key, first in node.methods:
            found = methods.get(key)
            if not (found and first):
                continue
            if not (found.valid_from or date.min) <= first <= (found.valid_to or date.max):
                span = f"{found.valid_from or '…'} – {found.valid_to or '…'}"
                at = f"{file} node[{node.key}].methods.{key}"
                yield refusal(UnusableDeclaration, "ORG-009", at, method=key, day=first, span=span)


def _options(
    stated: Organisation, whole: Organisation, file: str, methods: Mapping[str, Method]
) -> Iterator[Refusal]:
    """An option is declared where a method of the node, or of one below it, has it."""
    for node in stated.nodes.values():
        if not node.options:
            continue
        below = [each for each in whole.nodes.values() if node.key in (each.key, *ancestors(whole, each.key))]
        used = [methods[key] for key in {key for each in below for key, _ in each.methods}]
        choices: dict[str, set[str]] = {}
        for of, option in ((each, option) for each in used for option in each.options):
            for key in (option.key, f"{of.key}.{option.key}"):
                choices.setdefault(key, set()).update(choice.key for choice in option.choices)
        for key, given in node.options:
            if given not in choices.get(key, ()):
                at = f"{file} node[{node.key}].options.{key}"
                there_are = ", ".join(sorted(choices.get(key) or choices)) or "-"
                yield refusal(UnusableDeclaration, "ORG-010", at, option=key, found=given, choices=there_are)


def ancestors(organisation: Organisation, key: str) -> tuple[str, ...]:
    """What a node is part of, from the nearest to the whole."""
    above: list[str] = []
    while key := organisation.nodes[key].parent:
        above.append(key)
    return tuple(above)


def _owned(stated: Organisation, file: str) -> Iterator[Refusal]:
    """More than the whole is owned, or two control, on some day; the first such day is named."""
    by_owned = sorted(stated.holdings, key=lambda each: each.owned)
    for owned, group in groupby(by_owned, key=lambda each: each.owned):
        every = list(group)
        starts = sorted({each.since or date.min for each in every})
        at = f"{file} holding[→{owned}]"
        for day in starts:
            now = [each for each in every if active(each, day)]
            total = sum((each.share for each in now), Fraction(0))
            if total > 1:
                shares = ", ".join(f"{each.owner} {_percent(each.share)}" for each in now)
                yield refusal(
                    UnusableDeclaration, "ORG-006", at, total=_percent(total), shares=shares, day=_said(day)
                )
                break
        for day in starts:
            if len(rule := [each.owner for each in every if each.controls and active(each, day)]) > 1:
                yield refusal(UnusableDeclaration, "ORG-012", at, owners=", ".join(rule), day=_said(day))
                break


def _owned_in_a_circle(stated: Organisation, file: str) -> Iterator[Refusal]:
    found: set[frozenset[str]] = set()
    for day in sorted({each.since or date.min for each in stated.holdings}):
        for key in stated.nodes:
            circle = _circle(
                key, lambda each, day=day: [owner for owner, _, _ in owners(stated, each, day)], stated.nodes
            )
            if circle and frozenset(circle) not in found:
                found.add(frozenset(circle))
                at = f"{file} holding[{circle[1]}→{circle[0]}]"
                yield refusal(UnusableDeclaration, "ORG-005", at, circle=" → ".join(circle))


def _twice(stated: Organisation, file: str) -> Iterator[Refusal]:
    """The same owner of the same node, the same transfer, or a figure of the same series or value, stated for the same days."""
    starts = Counter((each.owner, each.owned, each.since) for each in stated.holdings)
    for (owner, owned, _), times in starts.items():
        if times > 1:
            at = f"{file} holding[{owner}→{owned}]"
            yield refusal(UnusableDeclaration, "ORG-007", at, found=f"{owner} → {owned}")
    for transfer, times in Counter(stated.transfers).items():
        if times > 1:
            yield refusal(UnusableDeclaration, "ORG-007", _transfer_at(file, transfer), found=transfer.item)
    for one, other in combinations(stated.figures, 2):
        same_days = _from(one) <= _to(other) and _from(other) <= _to(one)
        series = (one.subject, one.measure, one.place) == (other.subject, other.measure, other.place)
        value = (one.unit, one.item, one.parameter) == (other.unit, other.item, other.parameter)
        if same_days and (series or value):
            found = f"{one.subject} {one.measure}" if series else f"{one.item} {one.parameter}"
            yield refusal(UnusableDeclaration, "ORG-007", _figure_at(file, other), found=found)


def _from(each: Holding | Transfer | Figure) -> date:
    return each.since or date.min


def _to(each: Holding | Transfer | Figure) -> date:
    return each.until or date.max


def _transfer_at(file: str, transfer: Transfer) -> str:
    return f"{file} transfer[{transfer.maker}→{transfer.user}]"


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.6g} %"


def _said(day: date) -> Text:
    return Text("起初", "the first day") if day == date.min else Text(str(day), str(day))
