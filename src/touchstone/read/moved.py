"""Moves told without a unit: 由2000涨到2050. Their unit is that of the other end, or of the price told before."""

import re
from functools import cache

from touchstone.facts.unit import unit_pattern
from touchstone.read.delivery import without_delivery
from touchstone.read.measure import Around, kind_of
from touchstone.read.subject import code_of, is_subject, noun
from touchstone.read.token import Token
from touchstone.read.walk import Walk

_FAR = 3
"""A price does not move to three times its size between two sentences; a number that far away is something else."""


def is_completed(token: Token, walk: Walk, around: Around) -> bool:
    """Give a bare end of a move the unit of the last price told of its subject, else of the heading; False where none is.

    The subject is the same where the clause names none, or that one again.
    """
    said = without_delivery(noun(around.gap))
    last = walk.priced
    if last and (not is_subject(said) or code_of(said) == code_of(last.subject)):
        if last.token.value / _FAR < token.value < last.token.value * _FAR:
            token.unit = last.token.unit
    elif walk.headed and (not is_subject(said) or code_of(said) == code_of(walk.subject)):
        token.unit = walk.headed
    return bool(token.unit)


def price_unit_of(heading: str) -> str:
    """The unit of price that a heading prints in brackets: 镁锭（元/吨）; "" for none."""
    found = _in_brackets().search(heading)
    return found[1] if found and kind_of(found[1]) == "price" else ""


@cache
def _in_brackets() -> re.Pattern[str]:
    return re.compile(rf"[（(](?:单位[:：])?\s?({unit_pattern()})\s?[）)]")
