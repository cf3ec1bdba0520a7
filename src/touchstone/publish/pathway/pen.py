"""What drawings of pathways are written with: inks, words, samples of a key, numbers.

Inks are attributes that a style sheet overrides by class (`c-dot0`, `c-ink0`, `c-wedge0`) where a page is dark.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from html import escape
from math import isfinite
from typing import TypeGuard

from touchstone.facts.text import Text
from touchstone.publish.format import Unwritable, quantity
from touchstone.publish.frame import headed
from touchstone.publish.scale import text_width, wrapped

FONT, LINE, SMALL = 13, 17, 12
INKS = ("#8a6410", "#35546b", "#7a3b4e", "#4c6a3f")
DASHES = ("", "7 3", "2 3", "9 3 2 3")
SHAPES = ("m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0", "m-4-4h8v8h-8z", "m0-5l5 9h-10z", "m0-5l5 5-5 5-5-5z")
FILLS = ("#8fa9ba", "#d3b06a", "#a3b894", "#7a3b4e", "#35546b", "#c295a3", "#8a6410", "#4c6a3f")
"""Of areas and bars, by their place; neighbours differ in lightness, and each bears its number."""
_SAMPLE = 28
_WIDER = 1.06
"""How much wider than reckoned some fonts run."""
_ROOM = Context(prec=330)
"""Digits for the largest number there is, so that no figure is too long to be rounded."""
_NARROW = 520
"""Pixels below which a drawing is one for a phone."""


@dataclass(frozen=True, slots=True)
class Key:
    """A line of a key: a sample drawn in a box of 24 x 12 pixels, and what it means."""

    sample: str
    name: str


def is_narrow(width: float) -> bool:
    """Whether a drawing of so many pixels is one for a phone."""
    return width < _NARROW


def in_words(text: Text, lang: str) -> str:
    """A text in one language."""
    return text.zh if lang == "zh" else text.en


def figure(value: float, lang: str, digits: int = 4, *, signed: bool = False) -> str:
    """A result of a model with so many digits that count; the whole part is never rounded.

    Raises:
        Unwritable: it is not finite.

    >>> figure(1234567.8, "en"), figure(0.123456, "zh"), figure(-2.5, "en", signed=True), figure(0, "en", signed=True)
    ('1,234,568', '0.1235', '−2.5', '0')
    """
    return quantity(shortened(value, digits), lang, signed=signed)


def shortened(value: float, digits: int = 4) -> Decimal:
    """A number as a decimal with so many digits that count, no zero at its end; see `figure`."""
    if not isfinite(value):
        raise Unwritable(f"{value!r} is not a finite number")
    exact = Decimal(repr(float(value)))
    places = max(0, digits - 1 - exact.adjusted()) if exact else 0
    found = exact.quantize(Decimal(1).scaleb(-min(places, 12)), context=_ROOM)
    if found == found.to_integral_value():
        return found.quantize(Decimal(1), context=_ROOM)
    return found.normalize(_ROOM)


def alike(values: Iterable[float], lang: str, digits: int = 4) -> list[str]:
    """Results of one kind that stand together, all with as many decimals as leave the largest of them so many digits that count; zeros stay.

    Raises:
        Unwritable: one of them is not finite.

    >>> alike([196.04, 2410.7, 0.5], "en", 5)
    ['196.0', '2,410.7', '0.5']
    """
    every = [float(value) for value in values]
    if not all(map(isfinite, every)):
        raise Unwritable(f"{every!r} are not all finite numbers")
    largest = Decimal(repr(max(map(abs, every), default=0.0)))
    places = min(max(0, digits - 1 - largest.adjusted()), 12) if largest else 0
    unit, room = Decimal(1).scaleb(-places), Context(prec=330)  # digits for the largest number there is
    rounded = [Decimal(repr(each)).quantize(unit, context=room) for each in every]
    return [quantity(each if each else abs(each), lang) for each in rounded]


def amount(value: float, unit: Text, lang: str) -> str:
    """A result with its unit; one that begins with a number is multiplied: 3,420×10,000 t CO2e."""
    text, name = figure(value, lang), in_words(unit, lang)
    if name[:1].isdigit():
        return f"{text}×{name}"
    close = not name or name[0] == "%" or (lang == "zh" and not name[0].isascii())
    return text + name if close else f"{text} {name}"


def share(value: float, lang: str, *, signed: bool = False) -> str:
    """A share in percent, with one place below 10: 84%, 3.2%."""
    percent = 100 * value
    places = 0 if abs(percent) >= 9.95 else 1
    return quantity(Decimal(f"{percent:.{places}f}"), lang, signed=signed) + "%"


def written(
    x: float,
    y: float,
    said: str,
    css: str = "c-label",
    anchor: str = "",
    size: int = 0,
    *,
    bold: bool = False,
) -> str:
    """Words in a drawing, with their lower left corner (or what `anchor` says) at x, y."""
    ink = "#6b6557" if css == "c-soft" else "#26231d"
    more = f' text-anchor="{anchor}"' if anchor else ""
    more += f' font-size="{size}"' if size else ""
    more += ' font-weight="600"' if bold else ""
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}"{more} fill="{ink}">{escape(said)}</text>'


def broken(said: str, width: float, size: int = FONT) -> list[str]:
    """Words in lines that fit a width in any font."""
    return wrapped(said, width / _WIDER, size)


def lines(said: str, x: float, top: float, width: float, css: str = "c-soft") -> tuple[list[str], float]:
    """A sentence in as many lines as it needs from `top` on, and where it ends."""
    if not said:
        return [], top
    rows = broken(said, width, SMALL)
    parts = [written(x, top + 12 + 16 * n, row, css, size=SMALL) for n, row in enumerate(rows)]
    return parts, top + 16 * len(rows) + 4


def head(title: Text, below: str, lang: str, width: float) -> tuple[list[str], float]:
    """Title, and what stands under it in grey (the unit, what is counted); and where the drawing may begin."""
    parts, room = headed(in_words(title, lang), width)
    more, bottom = lines(below, 0, 24.0 + room, width)
    return [*parts, *more], bottom + 6 if below else 30.0 + room


def keys(entries: Iterable[Key], width: float, top: float) -> tuple[list[str], float]:
    """A key in as many rows as it needs; and where it ends."""
    parts, x, y = list[str](), 0.0, top
    for key in entries:
        rows = broken(key.name, width - _SAMPLE)
        wide = _SAMPLE + max(text_width(row, FONT) for row in rows) * _WIDER + 14
        if x and x + wide - 14 > width:
            x, y = 0.0, y + LINE + 4
        parts.append(f'<g transform="translate({x:.1f} {y + 2:.1f})">{key.sample}</g>')
        parts += [written(x + _SAMPLE, y + 13 + LINE * n, row) for n, row in enumerate(rows)]
        x += wide
        if len(rows) > 1:
            x, y = 0.0, y + LINE * len(rows) + 4
    return parts, y + (LINE + 6 if x else 2)


def swatch(css: str, ink: str, opacity: float = 1.0, mark: str = "") -> str:
    """A sample of an area, with its number if it has one."""
    see = f' fill-opacity="{opacity}"' if opacity < 1 else ""
    area = f'<rect class="{css}" width="22" height="13" fill="{ink}"{see}/>'
    return area + (badge(11, 6.5, mark) if mark else "")


def stroke(css: str, ink: str, dash: str = "", width: float = 2, shape: str = "", dot: str = "") -> str:
    """A sample of a line, with its mark if it has one."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    line = f'<path class="{css}" d="M0 6.500h24" fill="none" stroke="{ink}" stroke-width="{width}"{dashes}/>'
    return line + (f'<path class="{dot}" d="M12 6.500{shape}" fill="{ink}"/>' if shape else "")


def badge(x: float, y: float, said: str) -> str:
    """A number in a small disc, by which an area or a mark is found in its list."""
    wide = max(7.5, text_width(said, 11) / 2 + 3)
    return (
        f'<rect class="c-badge" x="{x - wide:.1f}" y="{y - 7.5:.1f}" width="{2 * wide:.1f}" height="15" rx="7.5" fill="#fffdf9" '
        f'stroke="#6b6557" stroke-width=".8"/><text class="c-label" x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" '
        f'font-size="11" fill="#26231d">{escape(said)}</text>'
    )


def path(points: Sequence[tuple[float, float]]) -> str:
    """A line through points; "" for none."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if points else ""


def linked(address: str, told: str, body: str) -> str:
    """A mark with what it says to the pointer; a link where it leads somewhere."""
    inner = f"<title>{escape(told)}</title>{body}"
    return f'<a href="{escape(address)}">{inner}</a>' if address else f"<g>{inner}</g>"


def present(values: Iterable[float | None]) -> Iterator[float]:
    """The values that are there: None and not-a-number are places without one."""
    return (value for value in values if is_there(value))


def is_there(value: float | None) -> TypeGuard[float]:
    """Whether a place has a value."""
    return value is not None and isfinite(value)
