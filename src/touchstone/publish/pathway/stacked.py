"""Layers on each other: where each has its edges, year by year and where it changes its sign; and where its number stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot

from touchstone.publish.pathway.pen import badge
from touchstone.publish.pathway.plane import Plane

_ENOUGH = 17
"""Pixels an area must be high to hold its number."""
_CLOSE = 1e-6
"""Years on either side of a change of sign."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Years with those between, where a layer changes its sign; for each layer its lower and upper edge there."""

    at: list[float]
    edges: list[list[tuple[float, float]]]


def stacked(years: Sequence[int], base: Sequence[float], layers: Sequence[Sequence[float]]) -> Stack:
    """Layers on a base: what is above 0 upwards from it, what is below 0 downwards; all by year, finite."""
    at = _places(years, layers)
    above = [_at(years, base, x) for x in at]
    below = list(above)
    edges = list[list[tuple[float, float]]]()
    for layer in layers:
        edge = list[tuple[float, float]]()
        for n, x in enumerate(at):
            value = _at(years, layer, x)
            if value >= 0:
                edge.append((above[n], above[n] + value))
                above[n] += value
            else:
                edge.append((below[n] + value, below[n]))
                below[n] += value
        edges.append(edge)
    return Stack(at, edges)


def _places(years: Sequence[int], layers: Sequence[Sequence[float]]) -> list[float]:
    """The years, and on either side of each change of sign a place, so that an area jumps to the other side of the base there."""
    found = {float(year) for year in years}
    for layer in layers:
        for n in range(len(years) - 1):
            a, b = layer[n], layer[n + 1]
            if a * b < 0:
                x = years[n] + (years[n + 1] - years[n]) * a / (a - b)
                found |= {x - _CLOSE, x + _CLOSE}
            elif a * b == 0 and a + b < 0:  # an empty year stands above; what hangs begins beside it
                found.add(years[n] + _CLOSE if a == 0 else years[n + 1] - _CLOSE)
    return sorted(found)


def _at(years: Sequence[int], values: Sequence[float], x: float) -> float:
    """The value at a place between two years, on the straight line."""
    n = max(0, min(sum(year <= x for year in years) - 1, len(years) - 2))
    if len(years) == 1:
        return values[0]
    part = (x - years[n]) / (years[n + 1] - years[n])
    return values[n] + (values[n + 1] - values[n]) * part


def numbers(stack: Stack, on: Plane) -> Iterator[str]:
    """The number of each layer where it is thickest; one too thin to hold it has it outside all areas, with a line to it."""
    taken = list[tuple[float, float]]()
    for place, edge in enumerate(stack.edges, 1):
        spots = sorted(
            ((high - low, x, (low + high) / 2) for x, (low, high) in zip(stack.at, edge, strict=True)),
            reverse=True,
        )
        thick = [(on.x(x), on.y(middle)) for size, x, middle in spots if on.y(0) - on.y(size) >= _ENOUGH]
        found = _free(((min(max(x, on.left + 10), on.right - 10), y) for x, y in thick), taken)
        if found:
            yield badge(*found, str(place))
        elif spots[0][0] > 0:
            yield from _outside(stack, on, taken, (on.x(spots[0][1]), on.y(spots[0][2])), str(place))


def _outside(
    stack: Stack, on: Plane, taken: list[tuple[float, float]], tip: tuple[float, float], said: str
) -> Iterator[str]:
    """A number over or under all areas, as near to `tip` as others leave room."""
    spots = list[tuple[float, float]]()
    for n, at in enumerate(stack.at):
        x, edges = on.x(at), [edge[n] for edge in stack.edges]
        top, bottom = on.y(max(high for _, high in edges)), on.y(min(low for low, _ in edges))
        spots += [(x, top - 14 - lift) for lift in (0, 18)] + [(x, bottom + 14 + lift) for lift in (0, 18)]
    inside = [
        (x, y) for x, y in spots if on.left + 10 <= x <= on.right - 10 and on.top - 4 < y < on.bottom - 8
    ]
    nearest = sorted(inside, key=lambda spot: hypot(spot[0] - tip[0], spot[1] - tip[1]))
    if found := _free(nearest, taken):
        yield f'<path class="c-actual" d="M{found[0]:.1f} {found[1]:.1f}L{tip[0]:.1f} {tip[1]:.1f}" stroke="#26231d" stroke-width=".8"/>'
        yield badge(*found, said)


def _free(
    spots: Iterable[tuple[float, float]], taken: list[tuple[float, float]]
) -> tuple[float, float] | None:
    """The first place that no other number stands on, which is taken then."""
    for x, y in spots:
        if all(abs(x - a) > 20 or abs(y - b) > 17 for a, b in taken):
            taken.append((x, y))
            return x, y
    return None
