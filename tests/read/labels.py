"""Labelled texts: how a reading is scored against figures that a careful reader marked by hand.

A label is one JSON object a line: quote, start, end, value, value_high, unit, measure, period, form.
A figure read is right at a tier when it overlaps a label that no better reading has taken, and

    number    the number is that of the label, with its sign
    unit      and the amount is, in the unit printed or in a convertible one
    measure   and it measures the same (data/label_measures.toml says what labels call a measure)
    period    and it is about the same time

A range counts once for each of its ends. Readings without words of their own (form `implicit`)
and labels of dates are left out on both sides.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.unit import convert
from touchstone.publish.labels import labels

TIERS = ("number", "unit", "measure", "period")
_ENDS = {"price": ("price_low", "price_high"), "band": ("band_low", "band_high")}


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a label or a reading: where it stands and what is said of it."""

    start: int
    end: int
    value: Fraction
    unit: str
    measure: str
    period: str | None
    quote: str

    def overlaps(self, other: "Point") -> bool:
        return min(self.end, other.end) > max(self.start, other.start)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one or several texts; `right[tier]` of `labels` were found, by `readings` figures."""

    labels: int
    readings: int
    right: dict[str, int]
    missed: tuple[Point, ...]
    extra: tuple[Point, ...]

    def recall(self, tier: str) -> float:
        return self.right[tier] / self.labels

    def precision(self, tier: str) -> float:
        return self.right[tier] / self.readings


def labelled(path: Path) -> list[Point]:
    """The counted points of a label file."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [point for row in rows if row["form"] in ("digit", "zh") for point in _points(row)]


def points(document: Document, facts: Iterable[Fact]) -> list[Point]:
    """The points of figures as read."""
    rows = labels(document, facts)
    return [point for row in rows if row["form"] in ("digit", "zh") for point in _points(row)]


def _points(row: dict) -> list[Point]:
    values = [row["value"]] if row.get("value_high") is None else [row["value"], row["value_high"]]
    measures = _ENDS.get(row["measure"], (row["measure"],) * 2) if len(values) == 2 else (row["measure"],)
    return [
        Point(
            row["start"], row["end"], Fraction(str(value)), row["unit"] or "", measure, row["period"], row["quote"]
        )
        for value, measure in zip(values, measures, strict=True)
    ]  # fmt: skip


def score(gold: list[Point], read: list[Point]) -> Score:
    """Match each label with at most one reading, the best first."""
    pairs = sorted(
        (-_tier(g, r), abs(g.start - r.start), i, j)
        for i, g in enumerate(gold)
        for j, r in enumerate(read)
        if g.overlaps(r) and _tier(g, r)
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for tier, _, i, j in pairs:
        if i not in matched and j not in taken:
            matched[i] = -tier
            taken.add(j)
    right = {name: sum(t >= n for t in matched.values()) for n, name in enumerate(TIERS, 1)}
    missed = tuple(g for i, g in enumerate(gold) if matched.get(i, 0) < 2)
    return Score(len(gold), len(read), right, missed, tuple(r for j, r in enumerate(read) if j not in taken))


def total(scores: Iterable[Score]) -> Score:
    """Several texts as one."""
    all_ = list(scores)
    return Score(
        sum(s.labels for s in all_),
        sum(s.readings for s in all_),
        {tier: sum(s.right[tier] for s in all_) for tier in TIERS},
        tuple(p for s in all_ for p in s.missed),
        tuple(p for s in all_ for p in s.extra),
    )


def _tier(gold: Point, read: Point) -> int:
    same = gold.value == read.value
    if not (same and gold.unit == read.unit or _same_amount(gold, read)):
        return int(same)
    if gold.measure != read.measure:
        return 2
    return 4 if gold.period == read.period else 3


def _same_amount(gold: Point, read: Point) -> bool:
    if gold.unit.casefold() == read.unit.casefold():
        return gold.value == read.value
    try:
        return convert(read.value, read.unit, gold.unit) == gold.value
    except (UnknownUnit, UnitMismatch):
        return False
