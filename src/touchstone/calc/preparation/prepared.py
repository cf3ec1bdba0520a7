"""What preparation gives: derived facts with their parents, what a reader must be told of them, and what could not be made."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from touchstone.errors import Refusal
from touchstone.facts.fact import Fact, fact_id
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reader must know of one period.

    Attributes:
        period: of the derived fact it is about.
        kind: falls, revised, estimated, coarse, differs.
        said: the sentence.
        facts: ids of the facts it stands on.
    """

    period: str
    kind: str
    said: Text
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Derived facts of one series, by period.

    Attributes:
        method: key of the formula in data/methods.
        facts: each names the formula in `rule` and what it was made from in `parents`.
        flags: in order of period.
        left_out: periods that could not be made, each with its reason.
    """

    method: str
    facts: tuple[Fact, ...]
    flags: tuple[Flag, ...]
    left_out: tuple[Refusal, ...]


def derived(rule: str, like: Fact, measure: str, period: str, value: Decimal, half: Decimal, parents: Sequence[Fact],
            unit: str | None = None, status: str = "derived") -> Fact:  # fmt: skip
    """A fact worked out from others, of the subject and place of one of them.

    It is known from the day the last of its parents was published; where one of those is unknown, so is this.
    """
    ids, days = tuple(parent.id for parent in parents), [parent.published for parent in parents]
    unit = like.unit if unit is None else unit
    known = [day for day in days if day]
    return Fact(
        id=fact_id(rule, measure, like.subject, like.place, period, value, unit, *ids),
        subject=like.subject, measure=measure, period=period, value=value, unit=unit, half_width=half, source="",
        locator=None, rule=rule, subject_words=like.subject_words, place=like.place, status=status, parents=ids,
        published=max(known) if len(known) == len(days) else None,
    )  # fmt: skip


def what(fact: Fact) -> str:
    """The series of a fact, as refusals name it."""
    return " ".join(part for part in (fact.subject, fact.measure, fact.place) if part)


def places(value: Decimal) -> int:
    """Decimals that a figure was printed with.

    >>> places(Decimal("12.50")), places(Decimal("1E+3"))
    (2, 0)
    """
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "a printed figure is finite"
    return max(0, -exponent)
