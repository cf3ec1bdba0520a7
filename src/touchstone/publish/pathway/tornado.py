"""A tornado: how far each driver swings a result, the widest first."""

from collections.abc import Iterator
from dataclasses import dataclass

from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS, Drawing
from touchstone.publish.format import Unwritable
from touchstone.publish.frame import framed
from touchstone.publish.pathway.pen import (
    amount,
    figure,
    head,
    in_words,
    lines,
    linked,
    written,
)
from touchstone.publish.pathway.rows import BAR, Bars, bars
from touchstone.publish.scale import text_width
from touchstone.publish.words import word

_LOW, _HIGH = "#35546b", "#8a6410"


@dataclass(frozen=True, slots=True)
class Swing:
    """A driver: the result at its low and at its high value, and how those values are written."""

    name: Text
    low: float
    high: float
    low_said: Text = NO_WORDS
    high_said: Text = NO_WORDS
    address: str = ""


@dataclass(frozen=True, slots=True)
class Tornado(Drawing):
    """What is drawn: swings around the result `base`, the widest first; `unit` is that of the result."""

    title: Text
    unit: Text
    base: float
    swings: tuple[Swing, ...]
    note: Text = NO_WORDS

    def svg(self, lang: str, width: int = 760) -> str:
        """Draw it; see `Drawing.svg`."""
        if not self.swings:
            raise Unwritable(f"tornado {self.title.en!r}: no driver")
        below = word("pathway_drawing.tornado_below", lang, base=amount(self.base, self.unit, lang))
        parts, top = head(self.title, below, lang, width)
        every = sorted(self.swings, key=lambda s: -abs(s.high - s.low))
        ends = [v for s in every for v in (s.low, s.high)]
        rows = [in_words(s.name, lang) for s in every]
        room = (max(self.base, *ends) - min(self.base, *ends)) * (
            0.2 if any(s.low_said.zh for s in every) else 0
        )
        on = bars(rows, [self.base, *ends, min(ends) - room, max(ends) + room], lang, width, top)
        parts += [*on.names(), *on.axes(lang)]
        for n, swing in enumerate(every):
            parts.append(linked(swing.address, _told(swing, lang), "".join(_swing(self, swing, on, n, lang))))
        parts.append(
            f'<path class="c-zero" d="{on.upright(on.x(self.base))}" stroke="#26231d" stroke-width="1.4"/>'
        )
        note, bottom = lines(in_words(self.note, lang), 0, on.bottom + 26, width)
        role = "group" if any(s.address for s in every) else "img"
        return framed([*parts, *note], width, bottom + 2, self.alt(lang), role=role)

    def alt(self, lang: str) -> str:
        """The base, and the drivers that swing it most."""
        every = sorted(self.swings, key=lambda s: -abs(s.high - s.low))[:3]
        return word(
            "pathway_drawing.tornado_alt", lang, title=in_words(self.title, lang), base=amount(self.base, self.unit, lang),
            told=word("list.clause", lang).join(_told(s, lang) for s in every),
        )  # fmt: skip


def _swing(drawn: Tornado, swing: Swing, on: Bars, n: int, lang: str) -> Iterator[str]:
    """Two bars from the base, solid for the high value of the driver, hollow for the low one; one under the other where both go the same way."""
    y, base = on.bar(n), on.x(drawn.base)
    same = (swing.low - drawn.base) * (swing.high - drawn.base) > 0
    tall = BAR / 2 if same else BAR
    for value, top, css, look in (
        (swing.low, y, "c-low", f'fill="{_LOW}" fill-opacity=".15" stroke="{_LOW}" stroke-width="1.3"'),
        (swing.high, y + BAR - tall, "c-high", f'fill="{_HIGH}"'),
    ):
        x = on.x(value)
        yield f'<rect class="{css}" x="{min(x, base):.1f}" y="{top:.1f}" width="{max(abs(x - base), 1):.1f}" height="{tall:.1f}" {look}/>'
    if same:  # words have no room at two ends of one side
        return
    said = {swing.low: in_words(swing.low_said, lang), swing.high: in_words(swing.high_said, lang)}
    left, right = min(swing.low, swing.high), max(swing.low, swing.high)
    for value, anchor, shift in ((left, "end", -5), (right, "start", 5)):
        text = said.get(value, "")
        x = on.x(value) + shift
        wide = text_width(text, 12)
        room = x - wide > on.left - 8 if anchor == "end" else x + wide < on.right + 16
        if text and left != right and room:
            yield written(x, y + 11.5, text, "c-soft", anchor, 12)


def _told(swing: Swing, lang: str) -> str:
    return word(
        "pathway_drawing.swing",
        lang,
        name=in_words(swing.name, lang),
        low=figure(swing.low, lang),
        high=figure(swing.high, lang),
    )
