"""Derived facts going back into the ledger: what is new, and what takes the place of an earlier result."""

from collections.abc import Iterable
from dataclasses import replace

from touchstone.facts.fact import Fact


def fresh(facts: Iterable[Fact], kept: Iterable[Fact]) -> list[Fact]:
    """The facts to append: those not kept yet, each replacing what was worked out of the same before.

    Args:
        facts: just worked out, parents before children.
        kept: the derived facts that count now.

    Two derived facts are states of one number where they agree in everything but value and parents: a corrected
    input gives a new number in the place of the old one, not a second one beside it.
    """
    before = {_what(fact): fact.id for fact in kept}
    known = set(before.values())
    return [replace(fact, replaces=before.get(_what(fact))) for fact in facts if fact.id not in known]


def _what(fact: Fact) -> tuple[object, ...]:
    return (fact.rule, fact.subject, fact.measure, fact.place, fact.period, fact.base, fact.unit)
