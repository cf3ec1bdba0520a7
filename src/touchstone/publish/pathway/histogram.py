"""In which year the peak comes: a bar for the chance of each year, and one of its own for no peak within the horizon."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from touchstone.facts.text import Text
from touchstone.publish.drawing import Drawing
from touchstone.publish.format import Unwritable, chance
from touchstone.publish.frame import framed
from touchstone.publish.pathway.pen import (
    LINE,
    Key,
    broken,
    head,
    in_words,
    is_narrow,
    keys,
    shortened,
    swatch,
    written,
)
from touchstone.publish.pathway.plane import Plane, named_years
from touchstone.publish.scale import text_width, ticks, wrapped
from touchstone.publish.words import word

_EARLY, _LATE, _NEVER = "#35546b", "#8fa9ba", "#7a3b4e"


@dataclass(frozen=True, slots=True)
class Histogram(Drawing):
    """What is drawn.

    Attributes:
        title: what is shown; kind: which kind of chance it is (a fixed plan under uncertain drivers, or plans made anew), in a sentence.
        years: rising; chances: for each the chance, 0 to 1, that the peak comes in it; never: that it does not come within the horizon.
        before: the year before which a peak is asked for; None for no such year.
    """

    title: Text
    kind: Text
    years: Sequence[int]
    chances: Sequence[float]
    never: float
    before: int | None = None

    def __post_init__(self) -> None:
        every = (*self.chances, self.never)
        if len(self.chances) != len(self.years) or min(every) < 0 or not abs(sum(every) - 1) <= 1e-6:
            raise Unwritable(f"histogram {self.title.en!r}: a chance for each year, and all of them 1 in sum")

    def early(self) -> float:
        """The chance that the peak comes before the year asked for; of all years where none is."""
        before = self.before if self.before is not None else self.years[-1] + 1
        return min(1.0, sum(c for year, c in zip(self.years, self.chances, strict=True) if year < before))

    def svg(self, lang: str, width: int = 760) -> str:
        """Draw it; see `Drawing.svg`."""
        parts, top = head(self.title, in_words(self.kind, lang), lang, width)
        if self.before is not None:
            said = broken(_before_said(self, lang, "pathway_drawing.before"), width)
            parts += [written(0, top + 10 + LINE * n, line, bold=True) for n, line in enumerate(said)]
            top += LINE * len(said) + 6
        on, never = _room(self, lang, width, top + LIFT)
        parts += [*_axes(self, on, never, lang), *_bars(self, on, never, lang), *_before(self, on)]
        below, bottom = keys(_keys(self, lang), width, on.bottom + 32 + 16 * (len(_never_lines(lang)) - 1))
        return framed([*parts, *below], width, bottom + 2, self.alt(lang))

    def alt(self, lang: str) -> str:
        """The chances that matter, and the likeliest year."""
        likeliest = max(zip(self.chances, self.years, strict=True))
        said = word(
            "pathway_drawing.histogram_alt", lang, title=in_words(self.title, lang), year=likeliest[1],
            most=chance(likeliest[0], lang), never=chance(self.never, lang),
        )  # fmt: skip
        return said + (
            _before_said(self, lang, "pathway_drawing.before_alt") if self.before is not None else ""
        )


LIFT = 14
"""Pixels over the bars for what is written on them."""


def _room(drawn: Histogram, lang: str, width: float, top: float) -> tuple[Plane, float]:
    """The plane of the years, and the middle of the bar of no peak, which stands apart at the right."""
    most = 100 * max(*drawn.chances, drawn.never)
    found = ticks(Decimal(0), shortened(most), 4)
    left = 20 + max(text_width(f"{tick}%", 13) for tick in found)
    wide = max(text_width(line, 13) for line in _never_lines(lang))
    slot = max(wide, 34.0)
    right = width - slot - 18
    inset = (right - left) / (2 * len(drawn.years))
    tall = 180 if is_narrow(width) else 220
    on = Plane(left + inset, right - inset, top, top + tall, drawn.years[0], drawn.years[-1], tuple(found))
    return on, width - slot / 2 - 2


def _step(drawn: Histogram, on: Plane) -> float:
    span = drawn.years[-1] - drawn.years[0]
    return (on.right - on.left) / span if span else 40.0


def _axes(drawn: Histogram, on: Plane, never: float, lang: str) -> Iterator[str]:
    left, right = on.left - _step(drawn, on) / 2, on.right + _step(drawn, on) / 2
    for tick in on.ticks:
        y = on.y(float(tick))
        yield f'<path class="c-grid" d="M{left:.0f} {y:.1f}H{right:.0f}" stroke="#e2ddd0"/>'
        yield written(left - 7, y + 4.5, f"{tick}%", "c-soft", "end")
    for year in named_years(drawn.years, on.right - on.left):
        yield written(on.x(year), on.bottom + 18, str(year), "c-soft", "middle")
    for n, line in enumerate(_never_lines(lang)):
        yield written(never, on.bottom + 18 + 16 * n, line, "c-label", "middle")


def _never_lines(lang: str) -> list[str]:
    return wrapped(word("pathway_drawing.never", lang), 68, 13)


def _bars(drawn: Histogram, on: Plane, never: float, lang: str) -> Iterator[str]:
    wide = max(2.0, min(40.0, _step(drawn, on) * 0.8))
    for year, each in zip(drawn.years, drawn.chances, strict=True):
        early = drawn.before is None or year < drawn.before
        css, ink = ("c-early", _EARLY) if early else ("c-late", _LATE)
        yield _bar(on.x(year), wide, each, on, css, ink, f"{year}: {chance(each, lang)}", dashed=False)
    yield _bar(never, 30, drawn.never, on, "c-never", _NEVER, chance(drawn.never, lang), dashed=True)
    yield written(never, on.y(100 * drawn.never) - 6, chance(drawn.never, lang), anchor="middle", bold=True)


def _bar(
    x: float, wide: float, each: float, on: Plane, css: str, ink: str, told: str, *, dashed: bool
) -> str:
    """A bar; the one of no peak is hollow with a dashed edge, so that it is told without its colour."""
    y = on.y(100 * each)
    look = (
        f'fill="{ink}" fill-opacity=".14" stroke="{ink}" stroke-dasharray="4 3" stroke-width="1.5"'
        if dashed
        else f'fill="{ink}"'
    )
    return (
        f'<rect class="{css}" x="{x - wide / 2:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{on.bottom - y:.1f}" {look}>'
        f"<title>{escape(told)}</title></rect>"
    )


def _before(drawn: Histogram, on: Plane) -> Iterator[str]:
    """A line before the year asked for."""
    if drawn.before is None:
        return
    half = _step(drawn, on) / 2
    x = min(max(on.x(drawn.before) - half, on.left - half), on.right + half)
    yield f'<path class="c-limit" d="M{x:.1f} {on.top - LIFT + 4:.1f}V{on.bottom + 6:.1f}" stroke="#ad2117" stroke-width="1.6" stroke-dasharray="5 4"/>'


def _before_said(drawn: Histogram, lang: str, key: str) -> str:
    return word(key, lang, year=drawn.before, chance=chance(drawn.early(), lang))


def _keys(drawn: Histogram, lang: str) -> Iterator[Key]:
    if drawn.before is not None:
        yield Key(swatch("c-early", _EARLY), word("pathway_drawing.early", lang, year=drawn.before))
        yield Key(swatch("c-late", _LATE), word("pathway_drawing.late", lang, year=drawn.before))
