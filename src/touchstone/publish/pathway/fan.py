"""A fan: what comes to pass by year, with the bands in which so many of the draws lie; and up to four scenarios side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS, Drawing
from touchstone.publish.frame import framed
from touchstone.publish.pathway.fan_key import MARKED, check, course_said, entries, is_marked, opacity
from touchstone.publish.pathway.pen import (
    DASHES,
    INKS,
    SHAPES,
    head,
    in_words,
    is_there,
    keys,
    lines,
    path,
    present,
    share,
    written,
)
from touchstone.publish.pathway.plane import Plane, axes, plane
from touchstone.publish.words import word

Values = Sequence[float | None]
"""One for each year; None or not-a-number where there is none."""


@dataclass(frozen=True, slots=True)
class Band:
    """Between `low` and `high` lies the `share` (0 to 1) of the draws, in each year for itself."""

    share: float
    low: Values
    high: Values


@dataclass(frozen=True, slots=True)
class Course:
    """One scenario: its name, its median (or its only values), bands from any to any share, and the year of its peak if it has one."""

    name: Text
    values: Values
    bands: tuple[Band, ...] = ()
    peak: int | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A target or a cap by year; where only one year has a value it is drawn as a mark in that year."""

    name: Text
    values: Values


@dataclass(frozen=True, slots=True)
class Fan(Drawing):
    """What is drawn.

    Attributes:
        title: what is shown; unit: of every value, as printed; note: a sentence below, such as how many draws, or which are fixed.
        years: rising; each row of values is as long.
        courses: 1 to 4; actual: what was measured, or (); limits: targets and caps.
        zero: whether the axis begins at zero.
    """

    title: Text
    unit: Text
    years: Sequence[int]
    courses: tuple[Course, ...]
    actual: Values = ()
    limits: tuple[Limit, ...] = ()
    note: Text = NO_WORDS
    zero: bool = True

    def svg(self, lang: str, width: int = 760) -> str:
        """Draw it; see `Drawing.svg`."""
        check(self)
        parts, top = head(self.title, in_words(self.unit, lang), lang, width)
        on = plane(self.years, list(_every(self)), lang, width, top, zero=self.zero)
        parts += [*axes(on, lang, self.years), *_bands(self, on), *_limits(self, on), *_lines(self, on, lang)]
        more, bottom = keys(entries(self, lang), width, on.bottom + 30)
        note, bottom = lines(on.cut(lang) + in_words(self.note, lang), 0, bottom, width)
        return framed([*parts, *more, *note], width, bottom + 2, self.alt(lang))

    def alt(self, lang: str) -> str:
        """The first and last value of each course, and its peak."""
        told = word("list.clause", lang).join(course_said(self, course, lang) for course in self.courses)
        return word("pathway_drawing.fan_alt", lang, title=in_words(self.title, lang), told=told)


def _every(drawn: Fan) -> Iterator[float]:
    """Every value that needs room."""
    for course in drawn.courses:
        yield from present(course.values)
        for band in course.bands:
            yield from present((*band.low, *band.high))
    yield from present(drawn.actual)
    for limit in drawn.limits:
        yield from present(limit.values)


def _bands(drawn: Fan, on: Plane) -> Iterator[str]:
    """Bands from the widest to the narrowest, so that what is likelier is darker."""
    for place, course in enumerate(drawn.courses):
        for band in sorted(course.bands, key=lambda each: -each.share):
            for area in _areas(drawn.years, band, on):
                yield (
                    f'<path class="c-dot{place}" d="{area}z" fill="{INKS[place]}" fill-opacity="{opacity(drawn):.2f}">'
                    f"<title>{share(band.share, 'en')}</title></path>"
                )


def _areas(years: Sequence[int], band: Band, on: Plane) -> Iterator[str]:
    there = [is_there(a) and is_there(b) for a, b in zip(band.low, band.high, strict=True)]
    low = [a if t else None for a, t in zip(band.low, there, strict=True)]
    high = [b if t else None for b, t in zip(band.high, there, strict=True)]
    for below, above in zip(on.runs(years, low), on.runs(years, high), strict=True):
        if len(below) > 1:
            yield path([*above, *below[::-1]])


def _limits(drawn: Fan, on: Plane) -> Iterator[str]:
    """A stepless dashed line, or a mark like a lid where one year alone is meant."""
    for limit in drawn.limits:
        given = [
            (year, value) for year, value in zip(drawn.years, limit.values, strict=True) if is_there(value)
        ]
        if len(given) == 1:
            x, y = on.x(given[0][0]), on.y(given[0][1])
            d = f"M{x - 9:.1f} {y:.1f}h18m-9 0v-9m-4 0h8"
            yield f'<path class="c-limit" d="{d}" fill="none" stroke="#ad2117" stroke-width="2"/>'
        else:
            d = on.line(drawn.years, limit.values)
            yield f'<path class="c-limit" d="{d}" fill="none" stroke="#ad2117" stroke-width="1.6" stroke-dasharray="5 4"/>'


def _lines(drawn: Fan, on: Plane, lang: str) -> Iterator[str]:
    for place, course in enumerate(drawn.courses):
        ink, css = INKS[place], f"c-ink{place}"
        dash = f' stroke-dasharray="{DASHES[place]}"' if DASHES[place] else ""
        d = on.line(drawn.years, course.values)
        yield f'<path class="{css}" d="{d}" fill="none" stroke="{ink}" stroke-width="2.2" stroke-linejoin="round"{dash}/>'
        if is_marked(drawn):
            yield _marks(drawn, course, place, on)
    if len(drawn.actual):
        d = on.line(drawn.years, drawn.actual)
        yield f'<path class="c-actual" d="{d}" fill="none" stroke="#26231d" stroke-width="1.2"/>'
        dots = _shaped(drawn.years, drawn.actual, on, "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0")
        yield f'<path class="c-label" d="{dots}" fill="#26231d"/>'
    for place, course in enumerate(drawn.courses):
        yield from _peak(drawn, course, place, on, lang)


def _marks(drawn: Fan, course: Course, place: int, on: Plane) -> str:
    """The shape of a course, at every year of few and every fifth of many."""
    every = len(drawn.years) <= MARKED
    values = [
        v if every or year % 5 == 0 else None for year, v in zip(drawn.years, course.values, strict=True)
    ]
    d = _shaped(drawn.years, values, on, SHAPES[place])
    return f'<path class="c-dot{place}" d="{d}" fill="{INKS[place]}"/>'


def _shaped(years: Sequence[int], values: Values, on: Plane, shape: str) -> str:
    places = zip(years, values, strict=True)
    return "".join(f"M{on.x(year):.1f} {on.y(v):.1f}{shape}" for year, v in places if is_there(v))


def _peak(drawn: Fan, course: Course, place: int, on: Plane, lang: str) -> Iterator[str]:
    """A ring at the peak and a dotted line down to its year; with a single course its year is written, too."""
    if course.peak is None:
        return
    value = course.values[list(drawn.years).index(course.peak)]
    if not is_there(value):
        return
    x, y = on.x(course.peak), on.y(value)
    yield f'<path class="c-ink{place}" d="M{x:.1f} {y:.1f}V{on.bottom:.1f}" stroke="{INKS[place]}" stroke-dasharray="1 3" fill="none"/>'
    yield f'<circle class="c-ring c-ink{place}" cx="{x:.1f}" cy="{y:.1f}" r="6" fill="#fffdf9" stroke="{INKS[place]}" stroke-width="2.2"/>'
    if len(drawn.courses) == 1:
        said = word("pathway_drawing.peak", lang, year=course.peak)
        anchor = "start" if x < (on.left + on.right) / 2 else "end"
        yield written(x + (10 if anchor == "start" else -10), on.bottom - 8, said, anchor=anchor, bold=True)
