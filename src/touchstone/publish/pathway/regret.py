"""What plans are regretted by: the mean as a bar, what nine futures of ten stay below as a tick, the largest as the end of a line."""

from collections.abc import Iterator
from dataclasses import dataclass

from touchstone.facts.text import Text
from touchstone.publish.drawing import Drawing
from touchstone.publish.format import Unwritable
from touchstone.publish.frame import framed
from touchstone.publish.pathway.pen import FONT, figure, head, in_words, written
from touchstone.publish.pathway.rows import BAR, Bars, bars
from touchstone.publish.scale import text_width
from touchstone.publish.words import word


@dataclass(frozen=True, slots=True)
class Row:
    """A plan: its mean regret, what nine of ten futures stay below, and the largest."""

    name: Text
    mean: float
    high: float
    most: float


@dataclass(frozen=True, slots=True)
class Regret(Drawing):
    """What is drawn: plans in the order given, in one unit."""

    title: Text
    unit: Text
    rows: tuple[Row, ...]

    def svg(self, lang: str, width: int = 760) -> str:
        """Draw it; see `Drawing.svg`."""
        if not self.rows:
            raise Unwritable(f"regrets {self.title.en!r}: no plan")
        parts, top = head(self.title, in_words(self.unit, lang), lang, width)
        said = [figure(row.most, lang) for row in self.rows]
        tail = 10 + max(text_width(text, FONT) for text in said)
        names = [in_words(row.name, lang) for row in self.rows]
        ends = [value for row in self.rows for value in (row.mean, row.most)]
        on = bars(names, [0.0, max(*ends, 1e-9)], lang, width, top, tail)
        parts += [*on.names(), *on.axes(lang)]
        for n, row in enumerate(self.rows):
            parts += _row(row, on, n, said[n])
        return framed(parts, width, on.bottom + 26, self.alt(lang))

    def alt(self, lang: str) -> str:
        """Every plan with its mean and largest regret."""
        told = (
            word("robust.row_alt", lang, name=in_words(row.name, lang), mean=figure(row.mean, lang), most=figure(row.most, lang))
            for row in self.rows
        )  # fmt: skip
        return (
            f"{in_words(self.title, lang)}{word('list.colon', lang)}{word('list.semicolon', lang).join(told)}"
        )


def _row(row: Row, on: Bars, n: int, said: str) -> Iterator[str]:
    y, zero, middle = on.bar(n), on.x(0), on.bar(n) + BAR / 2
    yield f'<rect class="c-node" x="{zero:.1f}" y="{y:.1f}" width="{max(on.x(row.mean) - zero, 1):.1f}" height="{BAR}" fill="#35546b" fill-opacity=".8"/>'
    d = f"M{zero:.1f} {middle:.1f}H{on.x(row.most):.1f}m0 -4v8M{on.x(row.high):.1f} {y:.1f}v{BAR}"
    yield f'<path class="c-actual" d="{d}" fill="none" stroke="#26231d" stroke-width="1.4"/>'
    yield written(on.x(row.most) + 7, y + 11.5, said)
