"""Consolidation: what a group is made of on a day, and which share of each part is its own.

Source: the two approaches are those of the GHG Protocol corporate standard, chapter 3 (equity share, control).
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from touchstone.calc.carbon.factors.refusal import refusal
from touchstone.calc.carbon.organisation import Node, Organisation
from touchstone.calc.carbon.organisation_checks import ancestors, owners
from touchstone.errors import UnusableDeclaration
from touchstone.facts.period import span
from touchstone.facts.vocabulary import vocabulary

APPROACHES = ("equity", "control")
"""Equity: the product of the shares down a chain, the chains added. Control: all of what is controlled, nothing of the rest."""


def node(organisation: Organisation, key: str) -> Node:
    """A node. Raises UnusableDeclaration: ORG-013, there is none of this key."""
    if key not in organisation.nodes:
        raise refusal(UnusableDeclaration, "ORG-013", key, known=", ".join(organisation.nodes)[:300])
    return organisation.nodes[key]


def life(organisation: Organisation, key: str) -> tuple[date, date]:
    """First and last day on which a node and all it is part of are there; the first may be after the last."""
    every = [node(organisation, key), *(organisation.nodes[each] for each in ancestors(organisation, key))]
    return max(each.since or date.min for each in every), min(each.until or date.max for each in every)


def there(organisation: Organisation, key: str, month: str) -> bool:
    """Whether a node is there in a month, or on some days of it (any other period is taken as a whole)."""
    first, last = span(month)
    since, until = life(organisation, key)
    return since <= last and until >= max(first, since)


def below(organisation: Organisation, key: str, day: date) -> tuple[str, ...]:
    """A node and everything that is part of it on a day, in the order of the file."""
    node(organisation, key)
    return tuple(
        each
        for each in organisation.nodes
        if key in (each, *ancestors(organisation, each)) and _is_there(organisation, each, day)
    )


def share(organisation: Organisation, group: str, key: str, day: date, approach: str) -> Fraction:
    """The share of a node that counts as a group's own on a day, from 0 to 1.

    Args:
        group: key of the node that consolidates; of itself it has all.
        approach: of `APPROACHES`.

    A node without holdings goes with the one it is part of; see `organisation_checks.owners`.

    Raises:
        UnusableDeclaration: ORG-013 no such node, ORG-014 no such approach.
    """
    _check(approach)
    for each in (group, key):
        node(organisation, each)
    if not _is_there(organisation, key, day):
        return Fraction(0)
    return _share(organisation, group, key, day, approach)


def perimeter(organisation: Organisation, group: str, month: str, approach: str) -> dict[str, Fraction]:
    """The nodes that count for a group in a month, in the order of the file, each with its share above 0.

    Args:
        month: period code 2024-03 (any other period is taken as a whole).

    The share is that of the last day of the month, so a holding that changes hands within a month counts for the whole month
    with whoever has it at the end. A node closed within the month counts with the share of its own last day.
    """
    _check(approach)
    node(organisation, group)
    found: dict[str, Fraction] = {}
    for key in organisation.nodes:
        if there(organisation, key, month):
            day = min(span(month)[1], life(organisation, key)[1])
            part = _share(organisation, group, key, day, approach)
            if part:
                found[key] = part
    return found


def province(organisation: Organisation, key: str) -> str:
    """The place code of the province a node stands in, "" where its place is not known."""
    place = node(organisation, key).place
    while place.count("-") and len(place) > len("CN-00"):
        place = vocabulary().parent(place) or ""
    return place


def by_province(organisation: Organisation, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Nodes by the province they stand in, "" where that is not known."""
    return _grouped((province(organisation, key), key) for key in keys)


def by_park(organisation: Organisation, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Nodes by their industrial park, "" where they are in none."""
    return _grouped((node(organisation, key).park, key) for key in keys)


def methods_on(organisation: Organisation, key: str, day: date) -> tuple[str, ...]:
    """Keys of the methods that a node applies on a day, by its own declaration; the last begun first."""
    begun = [(first or date.min, method) for method, first in node(organisation, key).methods]
    return tuple(method for first, method in sorted(begun, reverse=True) if first <= day)


def _share(organisation: Organisation, group: str, key: str, day: date, approach: str) -> Fraction:
    if key == group:
        return Fraction(1)
    held = owners(organisation, key, day)
    if approach == "control":
        ruled = any(
            controls and _share(organisation, group, owner, day, approach) for owner, _, controls in held
        )
        return Fraction(int(ruled))
    parts = (part * _share(organisation, group, owner, day, approach) for owner, part, _ in held)
    return sum(parts, Fraction(0))


def _is_there(organisation: Organisation, key: str, day: date) -> bool:
    since, until = life(organisation, key)
    return since <= day <= until


def _check(approach: str) -> None:
    if approach not in APPROACHES:
        raise refusal(UnusableDeclaration, "ORG-014", approach, choices=", ".join(APPROACHES))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, key in pairs:
        found[name] = (*found.get(name, ()), key)
    return found
