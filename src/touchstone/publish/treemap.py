"""A treemap: a whole cut into areas as large as its parts, each with its name and its share written in or beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from touchstone.publish.format import Unwritable
from touchstone.publish.frame import framed, headed
from touchstone.publish.scale import text_width, wrapped

_FONT, _LINE = 13, 17
_FILLS = ("#e4ddcd", "#d5dfe4", "#dbe3cf", "#ead6cf", "#ddd5e6", "#e8e3b8")
"""Of the kinds, the largest first; every area of a kind also has its name in its tip, and the legend counts them."""


@dataclass(frozen=True, slots=True)
class Area:
    """One part: its name, its size (above 0), how that is written, the address it leads to and what kind it is of, "" for none."""

    name: str
    size: Decimal
    said: str
    address: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Treemap:
    """What is drawn: the areas in any order, a title with its unit, and the map in one sentence."""

    title: str
    areas: tuple[Area, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float


def treemap_svg(drawn: Treemap, width: int = 880, height: int = 380) -> str:
    """Draw a treemap, the largest area first; one too small for its name has a number, if that fits, and stands in the list below.

    Raises:
        Unwritable: there is nothing to draw, or a size is not above 0.
    """
    if not drawn.areas or any(area.size <= 0 for area in drawn.areas):
        raise Unwritable(f"treemap {drawn.title!r}: every area needs a size above 0")
    title, room = headed(drawn.title, width)
    top = 30 + room
    areas = sorted(drawn.areas, key=lambda area: (-area.size, area.name))
    boxes = _squarified([float(area.size) for area in areas], _Box(0, top, width, height))
    kinds = list(dict.fromkeys(area.kind for area in areas))
    parts, small = list(title), list[str]()
    for area, box in zip(areas, boxes, strict=True):
        lines = _fitting(area, box)
        if not lines:
            small.append(f"{len(small) + 1} {area.name} {area.said}")
            lines = [str(len(small))] if box.width >= _LINE and box.height >= _LINE else []
        parts.append(_drawn(area, box, lines, kinds.index(area.kind) % len(_FILLS)))
    listed = [line for each in small for line in wrapped(each, width, _FONT)]
    below = top + height + 20
    parts += [
        f'<text class="c-label" x="0" y="{below + _LINE * n:.0f}" fill="#26231d">{escape(line)}</text>'
        for n, line in enumerate(listed)
    ]
    foot = top + height + 8 + _LINE * len(listed)
    if len(kinds) > 1:
        legend, foot = _legend(kinds, width, foot + 4)
        parts += legend
    role = "group" if any(area.address for area in areas) else "img"
    return framed(parts, width, foot, drawn.alt, role=role)


def _legend(kinds: Sequence[str], width: float, top: float) -> tuple[list[str], float]:
    """A patch and a name for each kind, in as many rows as they need, and where they end."""
    parts, x, y = list[str](), 0.0, top
    for place, kind in [each for each in enumerate(kinds) if each[1]]:
        wide = 24 + text_width(kind, _FONT) + 16
        if x and x + wide > width:
            x, y = 0.0, y + _LINE + 3
        fill = place % len(_FILLS)
        parts.append(
            f'<rect class="c-area c-kind-{fill}" x="{x + 1:.1f}" y="{y + 1:.1f}" width="14" height="12" fill="{_FILLS[fill]}" stroke="#6b6557"/>'
            f'<text class="c-label" x="{x + 20:.1f}" y="{y + 12:.1f}" fill="#26231d">{escape(kind)}</text>'
        )
        x += wide
    return parts, y + _LINE + 6


def _drawn(area: Area, box: _Box, lines: Sequence[str], fill: int) -> str:
    under = ' text-decoration="underline"' if area.address else ""
    said = "".join(
        f'<text class="c-label" x="{box.x + 5:.1f}" y="{box.y + 16 + _LINE * n:.1f}" fill="#26231d"{under if n == 0 else ""}>{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    told = " · ".join(filter(None, (area.name, area.kind, area.said)))
    body = (
        f"<title>{escape(told)}</title>"
        f'<rect class="c-area c-kind-{fill}" x="{box.x + 1:.1f}" y="{box.y + 1:.1f}" width="{max(box.width - 2, 1):.1f}" '
        f'height="{max(box.height - 2, 1):.1f}" fill="{_FILLS[fill]}" stroke="#6b6557"/>{said}'
    )
    if not area.address:
        return f"<g>{body}</g>"
    return f'<a href="{escape(area.address)}">{body}</a>'


def _fitting(area: Area, box: _Box) -> list[str]:
    """The name and what is said, in lines that fit the area; empty where they do not."""
    room = box.width - 10
    lines = [*wrapped(area.name, room, _FONT), *wrapped(area.said, room, _FONT)]
    fits = box.height >= 8 + _LINE * len(lines) and all(text_width(line, _FONT) <= room for line in lines)
    return lines if fits else []


def _squarified(sizes: Sequence[float], box: _Box) -> Iterator[_Box]:
    """Boxes for sizes in falling order, as near to squares as rows allow (Bruls, Huizing and van Wijk, 2000)."""
    scale = box.width * box.height / sum(sizes)
    areas = [size * scale for size in sizes]
    while areas:
        short = min(box.width, box.height)
        count = 1
        while count < len(areas) and _worst(areas[: count + 1], short) <= _worst(areas[:count], short):
            count += 1
        row, areas = areas[:count], areas[count:]
        deep = sum(row) / short
        along = 0.0
        for area in row:
            long = area / deep
            if box.width >= box.height:
                yield _Box(box.x, box.y + along, deep, long)
            else:
                yield _Box(box.x + along, box.y, long, deep)
            along += long
        if box.width >= box.height:
            box = _Box(box.x + deep, box.y, box.width - deep, box.height)
        else:
            box = _Box(box.x, box.y + deep, box.width, box.height - deep)


def _worst(row: Sequence[float], short: float) -> float:
    """The longest side over the shortest of the least square box of a row."""
    whole = sum(row)
    return max(max(short**2 * area / whole**2, whole**2 / (short**2 * area)) for area in row)
