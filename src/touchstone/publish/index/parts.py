"""The indicators of one period of an index, by what they add: the same rows for the page and the note."""

from dataclasses import dataclass
from decimal import Decimal

from touchstone.calc.index.attribution import simple
from touchstone.calc.index.kept import KeptIndex, KeptIndicator
from touchstone.publish.format import number
from touchstone.publish.heatmap import decimal


@dataclass(frozen=True, slots=True)
class Part:
    """An indicator and what it adds.

    Attributes:
        own: the indicator.
        move: how far it moved, in percent where `relative`, else in its unit; None without a value this time.
        points: contribution to the level, None without a value.
        cut: whether the move was cut off before it was weighed.
        weight: of this period, between 0 and 1.
        facts: ids of the printed figures that the move stands on.
    """

    own: KeptIndicator
    move: Decimal | None
    relative: bool
    points: Decimal | None
    cut: bool
    weight: float
    facts: tuple[str, ...]

    def moved(self, lang: str) -> str:
        """The move in words, "" without one."""
        if self.move is None:
            return ""
        return number(self.move, lang, signed=True) + ("%" if self.relative else "")


def parts(kept: KeptIndex) -> tuple[Part, ...]:
    """The indicators by what they add, the largest first; those without a value this time last."""
    known = {each.key: each for each in kept.indicators}
    made = [_part(kept, column, known[key]) for column, key in enumerate(kept.keys) if key in known]
    return tuple(sorted(made, key=lambda part: (part.points is None, -(part.points or 0))))


def _part(kept: KeptIndex, column: int, own: KeptIndicator) -> Part:
    row = kept.row
    moved, points = kept.moved[row][column], kept.contributions[row][column]
    relative = own.kind == "level"
    there = moved is not None and points is not None
    return Part(
        own,
        decimal(simple(own.sign * moved) if relative else own.sign * moved) if moved is not None else None,
        relative,
        decimal(points, 2) if there and points is not None else None,
        kept.cut[row][column],
        kept.weights[row][column] or 0.0,
        _facts(own, kept.attribution.before, kept.last) if there else (),
    )


def _facts(own: KeptIndicator, *periods: str) -> tuple[str, ...]:
    """A move stands on the figures of its period and of the one before."""
    behind = dict(zip(own.periods, own.facts, strict=True))
    return tuple(dict.fromkeys(id for period in periods for id in behind.get(period, ())))
