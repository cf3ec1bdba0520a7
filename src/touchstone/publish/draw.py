"""Charts as SVG: one small drawing for page, mail and print, about 3 kB.

Colours are attributes that a style sheet may override by class (dark mode); traces also
differ in dash and marker, so nothing is told by colour alone.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape

from touchstone.facts.period import span
from touchstone.publish.chart import Chart, Trace, alt
from touchstone.publish.dates import period
from touchstone.publish.format import number, unit
from touchstone.publish.frame import framed, headed
from touchstone.publish.scale import apart, text_width, ticks, with_room, wrapped
from touchstone.publish.words import word

_INKS = ("#8a6410", "#35546b", "#7a3b4e", "#4c6a3f")
_DASHES = ("", "6 3", "2 3", "9 3 2 3")
_FONT = 13
_MARKS = {
    "fails": ("m-6-6l12 12m0-12l-12 12", "#ad2117", "c-fails"),
    "other": ("m0-7l7 7-7 7-7-7z", "#645e50", "c-other"),
}
_MARKED = 48
"""Periods beyond which the points of a line have no marks: they would run into each other."""
_STRONG = ("c-fails", "c-other")
_Pair = tuple[float, float, float]
"""Where a range is drawn: x, and the y of its low and its high end."""
_LOW, _HIGH = 1, 2
_LIMIT = ("#9a927f", "4 4")
"""Ink and dash of a threshold."""
_SMALL, _LINE = 12, 16
"""Type of the sentence under a chart, and the height of its lines."""
_STEMS = 24
"""Above so many ranges each one is no longer drawn by itself: stems would run together."""
_EVERY = 400
"""Above so many, those that fall on one pixel are drawn as one."""


def svg(chart: Chart, lang: str, width: int = 720, height: int = 320) -> str:
    """Draw a chart `width` x `height` pixels large; text is never scaled below 13 pixels."""
    frame = _Frame(chart, lang, width, height)
    parts = [*_head(chart, lang, frame), *_axes(frame), *_traces(chart, frame), *_foot(frame)]
    return framed(parts, width, height, alt(chart, lang))


class _Frame:
    """The drawing area: where a value and a period are, and what the axes say."""

    def __init__(self, chart: Chart, lang: str, width: int, height: int) -> None:
        points = [p for trace in chart.series for p in trace.points()]
        low, high = min(points), max(points)
        if chart.ends:
            low, high = chart.ends
        elif chart.kind == "bar":
            low, high = min(low, Decimal(0)), max(high, Decimal(0))
        else:
            room = (high - low) / 12
            low, high = low - room, high + room
        self.ticks = ticks(low, high)
        self.tick_texts = [number(t, lang) for t in self.ticks]
        self.width, self.height = width, height
        self.left = 14 + max(text_width(t, _FONT) for t in self.tick_texts)
        ends = [text_width(t.name, _FONT) for t in _named(chart)]
        self.right = width - 24 - max(ends, default=_FONT)
        self.title, self.room = headed(chart.title, width)
        self.note = wrapped(_below(chart, lang), width, _SMALL) if _below(chart, lang) else []
        self.top = self.room + (62 if chart.unit else 44)
        self.bottom = height - 34 - (22 + _LINE * (len(self.note) - 1) if self.note else 0)
        self.x_texts = [period(code, lang) for code in chart.x]
        self.days = [sum(d.toordinal() for d in span(code)) / 2 for code in chart.x]
        self.gap = chart.gap
        self.xs = self._positions()

    def _positions(self) -> list[float]:
        """By date where the periods differ, so that a missing month is a gap."""
        days = self.days
        inset = 30.0
        room = self.right - self.left - 2 * inset
        if len(days) == 1:
            return [self.left + inset + room / 2]
        if days[-1] <= days[0]:
            return [self.left + inset + room * i / (len(days) - 1) for i in range(len(days))]
        return [self.left + inset + room * (d - days[0]) / (days[-1] - days[0]) for d in days]

    def y(self, value: Decimal) -> float:
        """Where a value lies, in pixels from the top."""
        share = float((value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0]))
        return round(self.bottom - share * (self.bottom - self.top), 1)


def _head(chart: Chart, lang: str, frame: _Frame) -> Iterator[str]:
    yield from frame.title
    if chart.unit:
        yield f'<text class="c-soft" x="0" y="{37 + frame.room}" fill="#6b6557">{escape(unit(chart.unit, lang))}</text>'


def _axes(frame: _Frame) -> Iterator[str]:
    for value, text in zip(frame.ticks, frame.tick_texts, strict=True):
        y = frame.y(value)
        yield f'<path class="c-grid" d="M{frame.left:.0f} {y}H{frame.right:.0f}" stroke="#e2ddd0"/>'
        yield f'<text class="c-soft" x="{frame.left - 8:.0f}" y="{y + 4.5:.1f}" text-anchor="end" fill="#6b6557">{text}</text>'
    widths = [text_width(text, _FONT) for text in frame.x_texts]
    places = [min(max(x, w / 2), frame.width - w / 2) for x, w in zip(frame.xs, widths, strict=True)]
    for i in with_room(places, widths):
        yield f'<path class="c-grid" d="M{frame.xs[i]:.1f} {frame.bottom}v5" stroke="#b9b2a0"/>'
        yield (
            f'<text class="c-soft" x="{places[i]:.1f}" y="{frame.bottom + 20}" text-anchor="middle" '
            f'fill="#6b6557">{escape(frame.x_texts[i])}</text>'
        )


def _traces(chart: Chart, frame: _Frame) -> Iterator[str]:
    for trace in chart.series:
        if trace.vintage:
            yield _line(trace.values, frame, "#9a927f", "3 3", 1, "c-vintage")
            if len(chart.x) <= _MARKED:
                yield _shapes(
                    trace.values, frame, "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0", "#9a927f", "c-vintage"
                )
    for trace in chart.limits():
        yield _line(trace.values, frame, *_LIMIT, 1, "c-vintage")
    for i, trace in enumerate(chart.current()):
        ink = _INKS[i % len(_INKS)]
        if chart.kind == "bar":
            yield from _bars(trace, frame, i, len(chart.current()), ink)
        elif chart.kind == "range":
            yield from _band(trace, frame, i, ink)
        else:
            yield _line(trace.values, frame, ink, _DASHES[i % len(_DASHES)], 2, f"c-ink{i % len(_INKS)}")
            if len(chart.x) <= _MARKED:
                yield from _markers(trace.values, frame, i, ink)
    yield from _end_names(_named(chart), frame)
    for trace in chart.series:
        if trace.mark:
            yield _shapes(trace.values, frame, *_MARKS[trace.mark])


def _line(
    values: tuple[Decimal | None, ...], frame: _Frame, ink: str, dash: str, width: float, css: str
) -> str:
    path, pen, before = "", "M", frame.days[0]
    for x, day, value in zip(frame.xs, frame.days, values, strict=True):
        if frame.gap and day - before > frame.gap:
            pen = "M"
        path += f"{pen}{x:.1f} {frame.y(value)}" if value is not None else ""
        pen, before = "M" if value is None else "L", day
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path class="{css}" d="{path}" fill="none" stroke="{ink}" stroke-width="{width}"{dashes}/>'


def _markers(values: tuple[Decimal | None, ...], frame: _Frame, index: int, ink: str) -> Iterator[str]:
    shapes = ("m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0", "m-4-4h8v8h-8z", "m0-5l5 9h-10z", "m0-5l5 5-5 5-5-5z")
    shape = shapes[index % len(shapes)]
    path = "".join(
        f"M{x:.1f} {frame.y(value)}{shape}"
        for x, value in zip(frame.xs, values, strict=True)
        if value is not None
    )
    yield f'<path class="c-dot{index % len(_INKS)}" d="{path}" fill="{ink}"/>'


def _shapes(values: tuple[Decimal | None, ...], frame: _Frame, shape: str, ink: str, css: str) -> str:
    """An open shape at each value."""
    places = zip(frame.xs, values, strict=True)
    path = "".join(f"M{x:.1f} {frame.y(value)}{shape}" for x, value in places if value is not None)
    return f'<path class="{css}" d="{path}" fill="none" stroke="{ink}" stroke-width="{2 if css in _STRONG else 1}"/>'


def _band(trace: Trace, frame: _Frame, index: int, ink: str) -> Iterator[str]:
    runs = list(_runs(trace, frame))
    several, css = sum(map(len, runs)), f"c-ink{index % len(_INKS)}"
    areas = "".join(_area(run, several) for run in runs if len(run) > 1)
    if areas:
        fill = f'class="c-dot{index % len(_INKS)} {css}" fill="{ink}" fill-opacity=".16"'
        yield f'<path {fill} d="{areas}" stroke="{ink}" stroke-width="1.2" stroke-linejoin="round"/>'
    alone = [pair for run in runs for pair in run if several <= _STEMS or len(run) == 1]
    if alone:
        stems = "".join(f"M{x - 6:.1f} {low}h12m-6 0V{high}m-6 0h12" for x, low, high in alone)
        yield f'<path class="{css}" d="{stems}" fill="none" stroke="{ink}" stroke-width="2"/>'


def _runs(trace: Trace, frame: _Frame) -> Iterator[list[_Pair]]:
    """The ranges of a band up to each place where it is broken."""
    run: list[_Pair] = []
    for place, (x, low, high) in enumerate(
        zip(frame.xs, trace.values, trace.highs or trace.values, strict=True)
    ):
        if place in trace.broken and run:
            yield run
            run = []
        if low is not None:
            run.append((x, frame.y(low), frame.y(low if high is None else high)))
    if run:
        yield run


def _area(pairs: list[_Pair], several: int) -> str:
    """A stretch of a band that has so many ranges in all."""
    every = several <= _EVERY
    ends = (*_thinned(pairs, _HIGH, every), *_thinned(pairs, _LOW, every)[::-1])
    return f"M{'L'.join(f'{x:g} {y:g}' for x, y in ends)}z"


def _thinned(pairs: list[_Pair], end: int, every: bool) -> list[tuple[float, float]]:
    """One end of a band, else with at most one point a pixel: of several the outermost, so that no peak is lost."""
    outermost = min if end == _HIGH else max  # pixels count from the top
    columns: dict[float, float] = {}
    for pair in pairs:
        x = round(pair[0], 1) if every else float(round(pair[0]))
        columns[x] = outermost(columns.get(x, pair[end]), pair[end])
    return list(columns.items())


def _bars(trace: Trace, frame: _Frame, index: int, of: int, ink: str) -> Iterator[str]:
    gaps = [b - a for a, b in zip(frame.xs, frame.xs[1:], strict=False)] or [80.0]
    wide = max(3.0, min(48.0, 0.7 * min(gaps)) / of)
    zero = frame.y(Decimal(0))
    for x, value in zip(frame.xs, trace.values, strict=True):
        if value is not None:
            y = frame.y(value)
            left = x - wide * of / 2 + wide * index
            yield (
                f'<rect class="c-dot{index % len(_INKS)}" x="{left:.1f}" y="{min(y, zero)}" '
                f'width="{wide:.1f}" height="{abs(zero - y):.1f}" fill="{ink}"/>'
            )


def _named(chart: Chart) -> tuple[Trace, ...]:
    """The traces whose names stand at their ends: a single one is named by the title."""
    named = (*chart.current(), *chart.limits())
    return named if len(named) > 1 else ()


def _end_names(traces: Sequence[Trace], frame: _Frame) -> Iterator[str]:
    """The name of each trace beside its last value, or as near as the names above it let it stand."""
    last = [next((v for v in reversed(trace.values) if v is not None), None) for trace in traces]
    wanted = sorted((frame.y(value), i) for i, value in enumerate(last) if value is not None)
    places = apart([y for y, _ in wanted], _FONT + 2, frame.bottom)
    for y, (_, i) in zip(places, wanted, strict=True):
        css, ink = (
            ("c-soft", "#6b6557") if traces[i].limit else (f"c-dot{i % len(_INKS)}", _INKS[i % len(_INKS)])
        )
        yield f'<text class="{css}" x="{frame.right + 6:.0f}" y="{y + 4.5:.1f}" fill="{ink}">{escape(traces[i].name)}</text>'


def _below(chart: Chart, lang: str) -> str:
    """The sentence under a chart, with its documents."""
    if not chart.sources:
        return chart.note
    source = word("chart.sources", lang, names=word("list.comma", lang).join(chart.sources))
    return f"{chart.note} {source}".strip()


def _foot(frame: _Frame) -> Iterator[str]:
    for line, text in enumerate(reversed(frame.note)):
        y = frame.height - 6 - _LINE * line
        yield f'<text class="c-soft" x="0" y="{y}" font-size="{_SMALL}" fill="#6b6557">{escape(text)}</text>'
