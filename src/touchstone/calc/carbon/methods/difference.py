"""What is different between two editions of a method, as plain values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any, Literal

from touchstone.calc.carbon.formula.written import source
from touchstone.calc.carbon.method import Method, Option, Parameter, Term, Tier
from touchstone.facts.text import Text

Kind = Literal[
    "method", "option-added", "option-removed", "option-changed", "term-added", "term-removed", "term-changed", "formula-changed",
    "parameter-added", "parameter-removed", "parameter-changed", "tier-added", "tier-removed", "open-added", "open-settled",
]  # fmt: skip
NOTHING = Text("", "")
_OF_METHOD = (
    "document",
    "valid_from",
    "valid_to",
    "gwp",
    "products",
    "sectors",
    "name",
    "boundary",
    "applies",
)
_OF_TERM = ("name", "over", "scope", "gas", "unit", "level", "when", "clause")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different.

    Attributes:
        kind: what happened; where: key of the term or option, "" for the method as a whole.
        what: the field, or key of the parameter.
        before, after: as the files say it, keys and formulas alike in both languages; `NOTHING` where there is nothing.
    """

    kind: Kind
    where: str
    what: str
    before: Text
    after: Text


def difference(a: Method, b: Method) -> tuple[Change, ...]:
    """The changes from edition `a` to `b`: the method, its options, its terms in the order of `b` and then those removed.

    A term or option is the same where its key is. A tier is compared as a whole, and its place in the order counts.
    """
    return (*_fields("method", "", a, b, _OF_METHOD), *_options(a, b), *_terms(a, b), *_open(a, b))


def _fields(kind: Kind, where: str, a: Any, b: Any, names: tuple[str, ...]) -> Iterator[Change]:
    for name in names:
        before, after = getattr(a, name), getattr(b, name)
        if before != after:
            yield Change(kind, where, name, _said(before), _said(after))


def _options(a: Method, b: Method) -> Iterator[Change]:
    old, new = ({option.key: option for option in each.options} for each in (a, b))
    for key, option in new.items():
        if key not in old:
            yield Change("option-added", key, "choices", NOTHING, _choices(option))
        elif old[key] != option:
            yield Change("option-changed", key, "choices", _choices(old[key]), _choices(option))
    for key, option in old.items():
        if key not in new:
            yield Change("option-removed", key, "choices", _choices(option), NOTHING)


def _choices(option: Option) -> Text:
    """The choices, the preset with a star."""
    return _said(tuple(f"{each.key}*" if each.key == option.preset else each.key for each in option.choices))


def _terms(a: Method, b: Method) -> Iterator[Change]:
    old, new = ({term.key: term for term in each.terms} for each in (a, b))
    for key, term in new.items():
        if key in old:
            yield from _term(old[key], term)
        else:
            yield Change("term-added", key, "formula", NOTHING, _said(source(term.formula)))
    for key, term in old.items():
        if key not in new:
            yield Change("term-removed", key, "formula", _said(source(term.formula)), NOTHING)


def _term(a: Term, b: Term) -> Iterator[Change]:
    yield from _fields("term-changed", b.key, a, b, _OF_TERM)
    if a.formula != b.formula:
        yield Change("formula-changed", b.key, "formula", _said(source(a.formula)), _said(source(b.formula)))
    old, new = ({parameter.key: parameter for parameter in each.parameters} for each in (a, b))
    for key, parameter in new.items():
        if key in old:
            yield from _parameter(b.key, old[key], parameter)
        else:
            yield Change("parameter-added", b.key, key, NOTHING, _said(parameter.unit))
    for key, parameter in old.items():
        if key not in new:
            yield Change("parameter-removed", b.key, key, _said(parameter.unit), NOTHING)


def _parameter(where: str, a: Parameter, b: Parameter) -> Iterator[Change]:
    for name in ("name", "unit"):
        before, after = getattr(a, name), getattr(b, name)
        if before != after:
            yield Change("parameter-changed", where, f"{b.key}.{name}", _said(before), _said(after))
    added = [tier for tier in b.tiers if tier not in a.tiers]
    removed = [tier for tier in a.tiers if tier not in b.tiers]
    yield from (Change("tier-added", where, b.key, NOTHING, _tier(tier)) for tier in added)
    yield from (Change("tier-removed", where, b.key, _tier(tier), NOTHING) for tier in removed)
    if not added and not removed and a.tiers != b.tiers:
        before, after = (_joined("; ", map(_tier, each.tiers)) for each in (a, b))
        yield Change("parameter-changed", where, f"{b.key}.tiers", before, after)


def _open(a: Method, b: Method) -> Iterator[Change]:
    yield from (
        Change("open-added", "", "open", NOTHING, _said(each))
        for each in b.open_points
        if each not in a.open_points
    )
    yield from (
        Change("open-settled", "", "open", _said(each), NOTHING)
        for each in a.open_points
        if each not in b.open_points
    )


def _tier(tier: Tier) -> Text:
    """`default, of anode, document cn-ndrc-2013-al`: the fields that say something."""
    every = [(field.name, getattr(tier, field.name)) for field in fields(tier) if field.name != "kind"]
    said = [(name, _said(value)) for name, value in every if value not in ("", None)]
    return _joined(
        ", ", [_said(tier.kind), *(Text(f"{name} {of.zh}", f"{name} {of.en}") for name, of in said)]
    )


def _said(value: Any) -> Text:
    match value:
        case None:
            return NOTHING
        case Text():
            return value
        case tuple():
            return _joined(", ", map(_said, value))
    return Text(str(value), str(value))


def _joined(by: str, every: Iterable[Text]) -> Text:
    said = list(every)
    return Text(by.join(each.zh for each in said), by.join(each.en for each in said))
