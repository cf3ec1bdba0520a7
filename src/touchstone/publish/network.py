"""A network: who passes how much on to whom. Drawn as SVG for page, print and mail, like `publish.draw`.

Filled nodes give more than they take, hollow ones take more than they give, dashed ones may do either; an arrow points from giver to taker and
is as wide as what passes on balance. Weak arrows are left out, and the note says how many.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import atan2, cos, hypot, pi, sin

from touchstone.publish.format import Unwritable
from touchstone.publish.frame import framed, titled
from touchstone.publish.scale import text_width

_FONT = 13
_GIVER, _TAKER, _ARROW = "#8a6410", "#35546b", "#6b6557"


@dataclass(frozen=True, slots=True)
class Node:
    """A series: what it gives to all others together, that less what it takes, and whether chance allows to tell the sign."""

    name: str
    given: float
    net: float
    told: bool = True


@dataclass(frozen=True, slots=True)
class Arrow:
    """What passes on balance from one node to another, by their places in `Network.nodes`."""

    giver: int
    taker: int
    weight: float


@dataclass(frozen=True, slots=True)
class Network:
    """What is to be drawn: nodes in the order they stand around the circle, arrows, a title, a sentence."""

    title: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    alt: str
    note: str = ""


def network(title: str, names: Sequence[str], given: Sequence[float], pairwise: Sequence[Sequence[float]], alt: str, note: str = "",
            arrows: int = 30, told: Sequence[bool] = ()) -> Network:  # fmt: skip
    """Build a network from a table of net pairwise flows.

    Args:
        names: N series.
        given: N totals given to others, same unit as `pairwise`.
        pairwise: (N, N); entry i, j is what i gives to j on balance, so that j, i is its negative.
        arrows: how many to draw at most, the widest first.
        told: of each series whether chance allows to tell giver from taker; all where empty.

    Nodes stand in order of what they give on balance, from the top clockwise.
    """
    net = [sum(row) for row in pairwise]
    order = sorted(range(len(names)), key=lambda i: (-net[i], names[i]))
    place = {i: at for at, i in enumerate(order)}
    every = [
        Arrow(place[i], place[j], pairwise[i][j])
        for i in range(len(names))
        for j in range(len(names))
        if pairwise[i][j] > 0
    ]
    widest = sorted(every, key=lambda a: -a.weight)[:arrows]
    known = told or (True,) * len(names)
    nodes = tuple(Node(names[i], given[i], net[i], known[i]) for i in order)
    return Network(title, nodes, tuple(widest), alt, note)


def network_svg(drawn: Network, width: int = 640, height: int = 560) -> str:
    """Draw a network `width` x `height` pixels large.

    Raises:
        Unwritable: it has fewer than two nodes.
    """
    if len(drawn.nodes) < 2:
        raise Unwritable(f"network {drawn.title!r}: there is nothing to draw")
    places = _places(drawn, width, height)
    parts = [*_head(drawn, height), *_arrows(drawn, places), *_nodes(drawn, places, width)]
    return framed(parts, width, height, drawn.alt)


@dataclass(frozen=True, slots=True)
class _Place:
    x: float
    y: float
    radius: float
    angle: float


def _places(drawn: Network, width: int, height: int) -> list[_Place]:
    """Around an ellipse, with room for the names beside it."""
    most = max(node.given for node in drawn.nodes) or 1.0
    label = max(text_width(node.name, _FONT) for node in drawn.nodes)
    across, down = width / 2 - min(label, width / 4) - 34, (height - 70) / 2 - 44
    found = []
    for i, node in enumerate(drawn.nodes):
        angle = -pi / 2 + 2 * pi * i / len(drawn.nodes)
        radius = 5 + 13 * (max(node.given, 0) / most) ** 0.5
        found.append(
            _Place(width / 2 + across * cos(angle), 46 + (height - 86) / 2 + down * sin(angle), radius, angle)
        )
    return found


def _head(drawn: Network, height: int) -> Iterator[str]:
    yield titled(drawn.title)
    if drawn.note:
        yield f'<text class="c-soft" x="0" y="{height - 6}" font-size="12" fill="#6b6557">{escape(drawn.note)}</text>'


def _arrows(drawn: Network, places: list[_Place]) -> Iterator[str]:
    most = max((arrow.weight for arrow in drawn.arrows), default=1.0)
    for arrow in sorted(drawn.arrows, key=lambda a: a.weight):
        share = arrow.weight / most
        yield _arrow(places[arrow.giver], places[arrow.taker], 0.6 + 4.4 * share, 0.25 + 0.65 * share)


def _arrow(start: _Place, end: _Place, width: float, strength: float) -> str:
    """A line bent towards the middle, from rim to rim, with a head as wide as it deserves."""
    middle_x, middle_y = (start.x + end.x) / 2, (start.y + end.y) / 2
    bend = 0.12
    bent_x, bent_y = middle_x - (end.y - start.y) * bend, middle_y + (end.x - start.x) * bend
    from_x, from_y = _towards(start, bent_x, bent_y, start.radius + 1)
    to_x, to_y = _towards(end, bent_x, bent_y, end.radius + 5 + width)
    angle = atan2(end.y - bent_y, end.x - bent_x)
    size = 3 + 1.6 * width
    tip = _head_path(to_x, to_y, angle, size)
    return (
        f'<path class="c-edge" d="M{from_x:.1f} {from_y:.1f}Q{bent_x:.1f} {bent_y:.1f} {to_x:.1f} {to_y:.1f}" fill="none" '
        f'stroke="{_ARROW}" stroke-width="{width:.1f}" stroke-opacity="{strength:.2f}"/>'
        f'<path class="c-edgehead" d="{tip}" fill="{_ARROW}" fill-opacity="{strength:.2f}"/>'
    )


def _towards(place: _Place, x: float, y: float, far: float) -> tuple[float, float]:
    length = hypot(x - place.x, y - place.y) or 1.0
    return place.x + (x - place.x) / length * far, place.y + (y - place.y) / length * far


def _head_path(x: float, y: float, angle: float, size: float) -> str:
    corners = ((size * 0.9, 0.0), (-size * 0.5, size * 0.7), (-size * 0.5, -size * 0.7))
    turned = [(x + a * cos(angle) - b * sin(angle), y + a * sin(angle) + b * cos(angle)) for a, b in corners]
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in turned) + "z"


def _nodes(drawn: Network, places: list[_Place], width: int) -> Iterator[str]:
    for node, place in zip(drawn.nodes, places, strict=True):
        css, ink, fill, dash = _look(node)
        yield (
            f'<circle class="{css}" cx="{place.x:.1f}" cy="{place.y:.1f}" r="{place.radius:.1f}" '
            f'fill="{fill}" stroke="{ink}" stroke-width="2"{dash}/>'
        )
        side, far = cos(place.angle), place.radius + 7
        anchor = "middle" if abs(side) < 0.15 else "start" if side > 0 else "end"
        y = place.y + sin(place.angle) * far + (4.5 if abs(side) >= 0.15 else (-2 if place.angle < 0 else 12))
        x = min(max(place.x + side * far, 2), width - 2)
        yield f'<text class="c-label" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#26231d">{escape(node.name)}</text>'


def _look(node: Node) -> tuple[str, str, str, str]:
    """Class, ink, fill and dashes of a node."""
    if not node.told:
        return "c-either", _ARROW, "#fffdf9", ' stroke-dasharray="3 3"'
    return ("c-giver", _GIVER, _GIVER, "") if node.net > 0 else ("c-taker", _TAKER, "#fffdf9", "")
