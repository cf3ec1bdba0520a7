"""A chart: what is to be drawn. `publish.draw` makes an SVG of it.

The same chart goes into a page, a mail and a printed report, so it holds no size, no colour
and no language: only what is shown, in which unit, and where it comes from.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from touchstone.publish.dates import period
from touchstone.publish.format import Unwritable, number, unit
from touchstone.publish.words import word

KINDS = ("line", "range", "bar")


@dataclass(frozen=True, slots=True)
class Trace:
    """One row of values, a value for each place on the x axis (None where there is none).

    `highs` are the upper ends of a low-high pair; `vintage` marks an earlier statement of the
    same series, drawn thin behind the current one. `mark` ("fails" or "other") makes each value a
    mark of its own beside the line: what else is printed for that period.
    `limit` is a threshold, not data: a thin dashed grey line. At the places `broken`, which have no
    value, a band is interrupted; at others without one it runs on.
    """

    name: str
    values: tuple[Decimal | None, ...]
    highs: tuple[Decimal | None, ...] = ()
    vintage: bool = False
    mark: str = ""
    limit: bool = False
    broken: frozenset[int] = frozenset()

    def points(self) -> list[Decimal]:
        """Every value present, upper ends included."""
        return [v for v in (*self.values, *self.highs) if v is not None]

    def joined(self) -> bool:
        """Whether two values follow each other, so that a line is drawn."""
        return any(a is not None and b is not None for a, b in pairwise(self.values))


@dataclass(frozen=True, slots=True)
class Chart:
    """What is to be drawn.

    Attributes:
        kind: one of `KINDS`; `range` draws the band between `values` and `highs`.
        title: what is shown, without its unit.
        x: period codes in order.
        series: one or more traces, each as long as `x`.
        unit: the unit of every value, as printed; "" for a bare number.
        note: a sentence under the chart, or "".
        sources: names of the documents.
        gap: days without a value beyond which a line is broken; 0 for never.
        ends: of the axis of values, where it has natural ones (a share runs from 0 to 100); None lets the values decide.
    """

    kind: str
    title: str
    x: tuple[str, ...]
    series: tuple[Trace, ...]
    unit: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()
    gap: int = 0
    ends: tuple[Decimal, Decimal] | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise Unwritable(f"a chart of kind {self.kind!r}; there are {', '.join(KINDS)}")
        for trace in self.series:
            if len(trace.values) != len(self.x) or len(trace.highs) not in (0, len(self.x)):
                raise Unwritable(f"chart {self.title!r}: trace {trace.name!r} does not fit its x axis")
        if not self.x or not any(trace.points() for trace in self.series):
            raise Unwritable(f"chart {self.title!r}: there is nothing to draw")

    def current(self) -> tuple[Trace, ...]:
        """The traces that are neither vintages nor limits nor marks beside the line."""
        return tuple(trace for trace in self.series if not (trace.vintage or trace.mark or trace.limit))

    def limits(self) -> tuple[Trace, ...]:
        """The thresholds."""
        return tuple(trace for trace in self.series if trace.limit)


def alt(chart: Chart, lang: str) -> str:
    """The chart in one sentence, for a reader who cannot see it."""
    points = [p for trace in chart.current() or chart.series for p in trace.points()]
    return word(
        f"chart.alt_{chart.kind}",
        lang,
        title=chart.title,
        first=period(chart.x[0], lang),
        last=period(chart.x[-1], lang),
        low=number(min(points), lang),
        high=number(max(points), lang),
        unit=unit(chart.unit, lang) or word("chart.no_unit", lang),
        n=sum(
            any(trace.values[place] is not None for trace in chart.series) for place in range(len(chart.x))
        ),
    )
