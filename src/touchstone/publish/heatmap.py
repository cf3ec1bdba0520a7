"""A heat map: a table of shares as squares that are darker the larger they are, with every number written in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from math import isfinite

from touchstone.publish.format import Unwritable, quantity
from touchstone.publish.frame import framed, titled
from touchstone.publish.scale import text_width

_FONT = 12
_INK = (53, 84, 107)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """What is to be drawn.

    Attributes:
        title: what is shown.
        rows, columns: their names; entry i, j of `values` is what row i takes from column j.
        values: (rows, columns) decimals as they are to be written.
        alt: the map in one sentence.
        own: whether the diagonal is a series' own share, drawn without a shade so that it does not drown the rest.
    """

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[Decimal, ...], ...]
    alt: str
    own: bool = True


def heatmap_svg(drawn: HeatMap, lang: str, square: int = 46) -> str:
    """Draw a heat map; each square is `square` x 30 pixels.

    Raises:
        Unwritable: there is nothing to draw, or the values do not fit the names.
    """
    if not drawn.rows or [len(row) for row in drawn.values] != [len(drawn.columns)] * len(drawn.rows):
        raise Unwritable(f"heat map {drawn.title!r}: the values do not fit the names")
    left = 10 + max(text_width(name, _FONT) for name in drawn.rows)
    top = 36 + max(text_width(name, _FONT) for name in drawn.columns) * 0.72
    width, height = left + square * len(drawn.columns) + top * 0.6, top + 30 * len(drawn.rows) + 8
    parts = [*_head(drawn, left, top, square), *_squares(drawn, lang, left, top, square)]
    return framed(parts, width, height, drawn.alt, _FONT)


def _head(drawn: HeatMap, left: float, top: float, square: int) -> Iterator[str]:
    yield titled(drawn.title)
    for j, name in enumerate(drawn.columns):
        x = left + square * (j + 0.5)
        yield (
            f'<text class="c-label" x="{x:.0f}" y="{top - 8:.0f}" transform="rotate(-45 {x:.0f} {top - 8:.0f})" '
            f'fill="#26231d">{escape(name)}</text>'
        )
    for i, name in enumerate(drawn.rows):
        yield f'<text class="c-label" x="{left - 8:.0f}" y="{top + 30 * i + 19:.0f}" text-anchor="end" fill="#26231d">{escape(name)}</text>'


def _squares(drawn: HeatMap, lang: str, left: float, top: float, square: int) -> Iterator[str]:
    most = max(
        (abs(v) for i, row in enumerate(drawn.values) for j, v in enumerate(row) if _shaded(drawn, i, j)),
        default=Decimal(1),
    )
    for i, row in enumerate(drawn.values):
        for j, value in enumerate(row):
            shade = float(abs(value) / most) if most and _shaded(drawn, i, j) else 0.0
            x, y = left + square * j, top + 30 * i
            ink = "#ffffff" if shade > 0.55 else "#26231d"
            css = "c-strong" if shade > 0.55 else "c-label"
            yield (
                f'<rect class="c-cell" x="{x:.0f}" y="{y:.0f}" width="{square - 2}" height="28" '
                f'fill="rgb{_INK}" fill-opacity="{0.06 + 0.86 * shade:.2f}"/>'
                f'<text class="{css}" x="{x + square / 2 - 1:.0f}" y="{y + 18:.0f}" text-anchor="middle" fill="{ink}">'
                f"{quantity(value, lang)}</text>"
            )


def _shaded(drawn: HeatMap, row: int, column: int) -> bool:
    return not drawn.own or drawn.rows[row] != drawn.columns[column]


def decimals(values: Sequence[Sequence[float]], places: int = 1) -> tuple[tuple[Decimal, ...], ...]:
    """Statistics as decimals of so many places, ready to be written. Raises Unwritable: one is not finite."""
    return tuple(tuple(decimal(value, places) for value in row) for row in values)


def decimal(value: float, places: int = 1) -> Decimal:
    """A statistic as a decimal of so many places. Raises Unwritable: it is not finite."""
    if not isfinite(value):
        raise Unwritable(f"{value!r} is not a finite number")
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places))
