"""What stands beside a fan: its key and its courses in words; and whether it can be drawn at all."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from touchstone.publish.format import Unwritable
from touchstone.publish.pathway.pen import (
    DASHES,
    INKS,
    SHAPES,
    Key,
    amount,
    figure,
    in_words,
    is_there,
    present,
    share,
    stroke,
    swatch,
)
from touchstone.publish.words import word

if TYPE_CHECKING:
    from touchstone.publish.pathway.fan import Course, Fan

MOST = 4
"""Courses that can be told apart in one drawing."""
MARKED = 12
"""Years up to which every point of a course is marked; beyond, every fifth year is."""


def check(drawn: "Fan") -> None:
    """See that it can be drawn. Raises Unwritable: too many courses, rows of other lengths than the years, a peak outside them."""
    if not 1 <= len(drawn.courses) <= MOST:
        raise Unwritable(
            f"fan {drawn.title.en!r}: {len(drawn.courses)} courses; 1 to {MOST} can be told apart"
        )
    rows = [
        *(c.values for c in drawn.courses), *(row for c in drawn.courses for b in c.bands for row in (b.low, b.high)),
        *(limit.values for limit in drawn.limits), drawn.actual if len(drawn.actual) else drawn.years,
    ]  # fmt: skip
    if any(len(row) != len(drawn.years) for row in rows):
        raise Unwritable(f"fan {drawn.title.en!r}: a row of values does not fit its {len(drawn.years)} years")
    if any(c.peak is not None and c.peak not in drawn.years for c in drawn.courses):
        raise Unwritable(f"fan {drawn.title.en!r}: a peak lies outside its years")


def opacity(drawn: "Fan") -> float:
    """One band lies on another: a layer of each must stay pale."""
    return 0.2 if len(drawn.courses) == 1 else 0.13


def is_marked(drawn: "Fan") -> bool:
    """Several courses are told apart by marks; a few years are seen by them."""
    return len(drawn.courses) > 1 or len(drawn.years) <= MARKED


def entries(drawn: "Fan", lang: str) -> Iterator[Key]:
    """The key: courses, bands, what was measured, limits."""
    for place, course in enumerate(drawn.courses):
        shape, dot = (SHAPES[place], f"c-dot{place}") if is_marked(drawn) else ("", "")
        name = in_words(course.name, lang)
        if course.peak is not None and len(drawn.courses) > 1:
            name = word("pathway_drawing.peaks", lang, name=name, year=course.peak)
        yield Key(stroke(f"c-ink{place}", INKS[place], DASHES[place], 2.2, shape, dot), name)
    shares = sorted({band.share for course in drawn.courses for band in course.bands})
    for n, each in enumerate(shares):
        layers = len(shares) - n
        sample = "".join(swatch("c-dot0", INKS[0], opacity(drawn)) for _ in range(layers))
        yield Key(sample, word("pathway_drawing.band", lang, share=share(each, lang)))
    if len(drawn.actual):
        sample = stroke("c-actual", "#26231d", "", 1.2, "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0", "c-label")
        yield Key(sample, word("pathway_drawing.actual", lang))
    for limit in drawn.limits:
        alone = sum(1 for _ in present(limit.values)) == 1
        mark = '<path class="c-limit" d="M3 12h18m-9 0v-9m-4 0h8" fill="none" stroke="#ad2117" stroke-width="2"/>'
        yield Key(mark if alone else stroke("c-limit", "#ad2117", "5 4", 1.6), in_words(limit.name, lang))


def course_said(drawn: "Fan", course: "Course", lang: str) -> str:
    """A course in words: its first and last value, and its peak."""
    there = [(year, v) for year, v in zip(drawn.years, course.values, strict=True) if is_there(v)]
    if not there:
        return word("pathway_drawing.nothing_of", lang, name=in_words(course.name, lang))
    (first, start), (last, end) = there[0], there[-1]
    said = word(
        "pathway_drawing.course_alt", lang, name=in_words(course.name, lang), first=first, last=last,
        start=figure(start, lang), end=amount(end, drawn.unit, lang),
    )  # fmt: skip
    return said if course.peak is None else said + word("pathway_drawing.peak_alt", lang, year=course.peak)
