"""A treemap: a whole cut into areas as large as its parts, each with its name and its share written in or beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from touchstone.publish.format import Unwritable
from touchstone.publish.frame import framed, headed
from touchstone.publish.scale import text_width, wrapped

_FONT, _LINE = 13, 17


@dataclass(frozen=True, slots=True)
class Area:
    """One part: its name, its size (above 0), how that is written, and the address it leads to, "" for none."""

    name: str
    size: Decimal
    said: str
    address: str = ""


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
    parts, small = list(title), list[str]()
    for area, box in zip(areas, boxes, strict=True):
        lines = _fitting(area, box)
        if not lines:
            small.append(f"{len(small) + 1} {area.name} {area.said}")
            lines = [str(len(small))] if box.width >= _LINE and box.height >= _LINE else []
        parts.append(_drawn(area, box, lines))
    listed = [line for each in small for line in wrapped(each, width, _FONT)]
    below = top + height + 20
    parts += [
        f'<text class="c-label" x="0" y="{below + _LINE * n:.0f}" fill="#26231d">{escape(line)}</text>'
        for n, line in enumerate(listed)
    ]
    role = "group" if any(area.address for area in areas) else "img"
    return framed(parts, width, top + height + 8 + _LINE * len(listed), drawn.alt, role=role)


def _drawn(area: Area, box: _Box, lines: Sequence[str]) -> str:
    said = "".join(
        f'<text class="c-label" x="{box.x + 5:.1f}" y="{box.y + 16 + _LINE * n:.1f}" fill="#26231d">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    body = (
        f"<title>{escape(area.name)} {escape(area.said)}</title>"
        f'<rect class="c-area" x="{box.x + 1:.1f}" y="{box.y + 1:.1f}" width="{max(box.width - 2, 1):.1f}" '
        f'height="{max(box.height - 2, 1):.1f}" fill="#e4ddcd" stroke="#6b6557"/>{said}'
    )
    if not area.address:
        return f"<g>{body}</g>"
    return f'<a href="{escape(area.address)}">{body}</a>'


def _fitting(area: Area, box: _Box) -> list[str]:
    """The name and what is said, in lines that fit the area; empty where they do not."""
    room = box.width - 10
    lines = [*wrapped(area.name, room, _FONT), area.said]
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
