"""A Sankey diagram: bands from column to column, each as wide as what flows in it, every end with its name and number."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from touchstone.publish.format import Unwritable
from touchstone.publish.frame import framed, headed
from touchstone.publish.scale import wrapped

_FONT, _LINE, _BAR = 13, 16, 12


@dataclass(frozen=True, slots=True)
class End:
    """A place that flows lead to or from: its column from the left, its name, and what is written under it."""

    key: str
    column: int
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Flow:
    """What passes from one end to one in a column further right; the size is above 0."""

    start: str
    end: str
    size: Decimal


@dataclass(frozen=True, slots=True)
class Sankey:
    """What is drawn: ends, flows, a title with its unit, and the diagram in one sentence."""

    title: str
    ends: tuple[End, ...]
    flows: tuple[Flow, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class _Bar:
    x: float
    y: float
    height: float
    room: float


def sankey_svg(drawn: Sankey, width: int = 880, height: int = 360) -> str:
    """Draw a Sankey diagram; in each column the largest stands first, and none is so close that names would touch.

    Raises:
        Unwritable: there is nothing to draw, or a flow is not above 0.
    """
    if not drawn.flows or any(flow.size <= 0 for flow in drawn.flows):
        raise Unwritable(f"sankey {drawn.title!r}: every flow needs a size above 0")
    title, room = headed(drawn.title, width)
    bars = _bars(drawn, width, height, 34.0 + room)
    bottom = max(bar.y + bar.room for bar in bars.values())
    parts = [*title, *_bands(drawn, bars), *_ends(drawn, bars, width)]
    return framed(parts, width, bottom + 8, drawn.alt)


def _bars(drawn: Sankey, width: float, height: float, top: float) -> dict[str, _Bar]:
    size = {end.key: _size(drawn, end.key) for end in drawn.ends}
    columns = sorted({end.column for end in drawn.ends})
    scale = height / max(float(sum(size[end.key] for end in drawn.ends if end.column == c)) for c in columns)
    wide = _label_width(width, len(columns))
    found: dict[str, _Bar] = {}
    for place, column in enumerate(columns):
        x = place * (width - wide - _BAR) / max(len(columns) - 1, 1)
        y = top
        for end in sorted((e for e in drawn.ends if e.column == column), key=lambda e: -size[e.key]):
            tall = max(float(size[end.key]) * scale, 1.0)
            lines = len(_lines(end, wide))
            room = max(tall, _LINE * lines) + 8
            found[end.key] = _Bar(x, y, tall, room)
            y += room
    return found


def _size(drawn: Sankey, key: str) -> Decimal:
    """What flows through an end: the larger of what comes and what goes."""
    into = sum((flow.size for flow in drawn.flows if flow.end == key), Decimal(0))
    return max(into, sum((flow.size for flow in drawn.flows if flow.start == key), Decimal(0)))


def _label_width(width: float, columns: int) -> float:
    return min(170.0, width / columns - _BAR - 10)


def _lines(end: End, wide: float) -> list[str]:
    return [*wrapped(end.name, wide, _FONT), *wrapped(end.said, wide, _FONT)]


def _bands(drawn: Sankey, bars: dict[str, _Bar]) -> Iterator[str]:
    out, into = dict.fromkeys(bars, 0.0), dict.fromkeys(bars, 0.0)
    order = {key: bar.y for key, bar in bars.items()}
    sizes = {key: _size(drawn, key) for key in bars}
    for flow in sorted(drawn.flows, key=lambda f: (order[f.start], order[f.end])):
        start, end = bars[flow.start], bars[flow.end]
        first = start.height * float(flow.size / sizes[flow.start])
        last = end.height * float(flow.size / sizes[flow.end])
        a, b = start.y + out[flow.start], end.y + into[flow.end]
        out[flow.start] += first
        into[flow.end] += last
        x, far = start.x + _BAR, end.x
        middle = (x + far) / 2
        yield (
            f'<path class="c-band" d="M{x:.1f} {a:.1f}C{middle:.1f} {a:.1f} {middle:.1f} {b:.1f} {far:.1f} {b:.1f}'
            f"V{b + last:.1f}C{middle:.1f} {b + last:.1f} {middle:.1f} {a + first:.1f} {x:.1f} {a + first:.1f}Z"
            f'" fill="#b9b2a0" fill-opacity="0.45"/>'
        )


def _ends(drawn: Sankey, bars: dict[str, _Bar], width: float) -> Iterator[str]:
    wide = _label_width(width, len({end.column for end in drawn.ends}))
    for end in drawn.ends:
        bar = bars[end.key]
        yield f'<rect class="c-node" x="{bar.x:.1f}" y="{bar.y:.1f}" width="{_BAR}" height="{bar.height:.1f}" fill="#35546b"/>'
        for n, line in enumerate(_lines(end, wide)):
            yield (
                f'<text class="c-label" x="{bar.x + _BAR + 6:.1f}" y="{bar.y + 13 + _LINE * n:.1f}" fill="#26231d">'
                f"{escape(line)}</text>"
            )
