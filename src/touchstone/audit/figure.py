"""A figure under audit: a fact in base units, with the interval its printing allows."""

import re
from dataclasses import dataclass
from decimal import Decimal

from touchstone.audit.interval import Interval
from touchstone.audit.subject import stem
from touchstone.facts.fact import Fact

CHANGES = frozenset({"yoy", "mom", "wow", "qoq", "growth", "change", "change_vs_base"})
_THOUSAND_DIGITS = 3
_THOUSANDS = Decimal(500)
"""Half a thousand: what a figure printed with zeros down from its thousands may have lost."""
_HEDGES = {"over": ("逾", "≥"), "under": ("不足", "≤"), "near": ("近", "~"), "about": ("约", "~")}
_CHINESE = re.compile("[\u4e00-\u9fff]")
_HEDGED = re.compile("[上下内]$|左右|余|多|or (?:more|less|so)")
"""A hedge inside the quote itself: 5%以上, 30余项."""
SHARES = frozenset({"share", "ratio", "rate"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One fact, ready for arithmetic.

    Attributes:
        fact: the fact.
        face: its value in base units (kg, CNY, W, % ...).
        span: the interval its printing allows, in base units; hedges (约, 逾, 近) widen it.
        scale: base units in one printed unit.
        dimension: what the unit measures (`mass`, `CNY/mass`, `%`), or the unit itself where it is a
            counting word (`项`); "" for a bare number.
        stem: what the subject is at heart, for joins (see `touchstone.audit.subject`).
        kind: level, change, share, count or target.
        place: where, for joins: that of the fact, or of the sentence; None for the home country.
        circle: the circle of enterprises it is counted for (重点企业), "" for all.
    """

    fact: Fact
    face: Decimal
    span: Interval
    scale: Decimal
    dimension: str
    stem: str
    kind: str
    place: str | None = None
    circle: str = ""

    @property
    def start(self) -> int:
        """Where the figure starts in its document."""
        return self.fact.locator.start if self.fact.locator else -1

    @property
    def end(self) -> int:
        """Where the figure ends in its document."""
        return self.fact.locator.end if self.fact.locator else -1

    @property
    def printed(self) -> str:
        """Value and unit, for the arithmetic: `620.2万吨`, `1.885 million tonnes`."""
        return with_unit(str(self.fact.value), self.fact.unit)

    @property
    def said(self) -> str:
        """The printed words with the hedge that stands in front of them: 逾八成; a sign, `≥5%`, where they are no words."""
        quote, approx = self.fact.quote, self.fact.approx
        if approx is None or _HEDGED.search(quote):
            return quote
        return _HEDGES[approx][not _CHINESE.search(quote)] + quote

    @property
    def relation(self) -> str:
        """How what is computed must stand to the figure: 超5% is met by 8%, a fall 超5% by -8%."""
        more, less = (">=", "<=") if self.face >= 0 else ("<=", ">=")
        return {"over": more, "under": less}.get(self.fact.approx or "", "=")

    @property
    def is_price(self) -> bool:
        """A price itself, not its change or growth."""
        return self.kind == "level" and self.fact.measure.split(".")[0] == "price"

    @property
    def is_positive(self) -> bool:
        """Can it stand under a fraction: is all of its interval above zero?"""
        return self.span.low > 0

    @property
    def interval_printed(self) -> str:
        """The interval in the printed unit: `[620.15, 620.25]`."""
        return show(self.span, self.scale)


def show(span: Interval, scale: Decimal = Decimal(1)) -> str:
    """An interval in units of `scale`, six significant digits: `[620.15, 620.25]`."""
    return f"[{number(span.low / scale)}, {number(span.high / scale)}]"


def number(value: Decimal) -> str:
    """A number for the arithmetic: six significant digits or all before the point, never in exponents."""
    text = f"{value:.{max(6, value.adjusted() + 2)}g}"
    if "e" in text.lower():
        text = f"{Decimal(text):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_unit(amount: str, unit: str) -> str:
    """A number and its unit; a word in Latin letters stands apart: `5万吨`, `14.186 million tonnes`."""
    return f"{amount} {unit}" if unit[:1].isascii() and unit[:1].isalpha() else f"{amount}{unit}"


def rough(value: Decimal) -> str:
    """A ratio of a rough check, two significant digits (three from ten on): `0.14`, `1.8`, `126`."""
    text = f"{value:.{3 if abs(value) >= 10 else 2}g}"
    return f"{Decimal(text):f}"


def root(measure: str) -> str:
    """What is measured, whether of a month or since January, its level or its growth.

    >>> root("output.cumulative.yoy"), root("price.low")
    ('output', 'price.low')
    """
    words = [word for word in measure.split(".") if word not in CHANGES and word != "cumulative"]
    return ".".join(words)


def kind(measure: str, status: str = "reported") -> str:
    """What sort of quantity a measure is: level, change, share, count or target."""
    last = measure.rsplit(".", 1)[-1]
    if last in CHANGES:
        return "change"
    if last in SHARES:
        return "share"
    if status == "target" or measure.startswith("target"):
        return "target"
    return "count" if measure == "count" else "level"


def figure(fact: Fact, unit: tuple[str, Decimal]) -> Figure:
    """A fact as a figure; `unit` is its base unit and the scale to it."""
    dimension, scale = unit
    return Figure(
        fact,
        fact.value * scale,
        _span(fact, dimension, scale),
        scale,
        dimension,
        stem(fact.subject),
        kind(fact.measure, fact.status),
        fact.place,
    )


def _span(fact: Fact, dimension: str, scale: Decimal) -> Interval:
    """A whole number of things is counted, not rounded; everything else is an interval."""
    counted = kind(fact.measure) == "count" and scale == 1 and fact.value == fact.value.to_integral_value()
    if counted and fact.approx is None and fact.value_high is None and dimension != "%":
        return Interval(fact.value, fact.value)
    span = _printed_span(fact)
    if _is_round(fact):
        span = Interval(min(span.low, fact.value - _THOUSANDS), max(span.high, fact.value + _THOUSANDS))
    return span.times(scale)


def _is_round(fact: Fact) -> bool:
    """870,000 tonnes: zeros in place of a multiplier do not say how far the figure was rounded."""
    if fact.measure.startswith("price") or fact.half_width < 0.1 or fact.value_high is not None:
        return False
    if fact.locator and fact.locator.row is not None:
        return False  # the cells beside it show how far the figures of a table are rounded
    last = fact.value.normalize().as_tuple().exponent if fact.value else 0
    return isinstance(last, int) and last >= _THOUSAND_DIGITS


def _printed_span(fact: Fact) -> Interval:
    """What the printing allows, in printed units.

    约3600 allows half a unit of its last significant digit (3550 to 3650), 逾八成 one leading
    unit above (8 to 9), 近30亿 half a leading unit below (25 to 30).
    """
    value, half = fact.value, fact.half_width
    size, sign = abs(value), -1 if value < 0 else 1
    match fact.approx if fact.value_high is None else None:
        case "about":
            half = max(half, Decimal(10) ** _last_digit(value) / 2)
            return Interval(value - half, value + half)
        case "over":
            ends = (size, size + _leading(value))
        case "under":
            ends = (size - _leading(value), size)
        case "near":
            ends = (size - _leading(value) / 2, size + half)
        case _:
            return Interval(fact.low, fact.high)
    return Interval(min(sign * e for e in ends), max(sign * e for e in ends))


def _leading(value: Decimal) -> Decimal:
    return Decimal(10) ** (value.adjusted() if value else 0)


def _last_digit(value: Decimal) -> int:
    """Power of ten of the last digit that is not a zero: 3600 → 2, 21.96 → -2."""
    if not value:
        return 0
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
