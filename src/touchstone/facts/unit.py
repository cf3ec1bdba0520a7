"""Units as printed: exact conversion between what is comparable, refusal of everything else.

A unit is a multiplier, a numerator and up to three denominators: 亿千瓦时, 万吨/年, 美元/磅,
千克标准煤/万元, "million tonnes", "yuan per kg". Its dimension is a product of base dimensions.
Currencies and counting words are dimensions of their own, percent and percentage points differ,
and so do tonnes, tonnes of coal equivalent and tonnes of CO2: none turns into another silently.
"""

from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import cache, lru_cache

from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.alternation import alternation
from touchstone.facts.characters import simplify
from touchstone.facts.unit_parts import Part, multipliers, parts
from touchstone.facts.unit_table import Dimension, key, table

_SPACE = "[ \u00a0\u2009\u202f\u3000]?"
_RATIO: Dimension = (("ratio", 1),)


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit understood.

    Attributes:
        code: canonical code with its power of ten, `1e4 t`, `CNY/kg`; `unit(code)` gives it back.
        dimension: base dimensions with exponents; empty for a bare number (亿).
        factor: base units of the dimension per unit, the multiplier included.
        multiplier: power of ten in front of the numerator (万吨 has 10000), 1 where there is none.
        zh, en: the unit in words that fit behind a number.
        is_count: it counts things (家, companies); every counting word is its own dimension.
    """

    code: str
    dimension: Dimension
    factor: Fraction
    multiplier: int
    zh: str
    en: str
    is_count: bool


@lru_cache(maxsize=65536)
def unit(text: str) -> Unit:
    """The unit of a printed form.

    Args:
        text: a unit without its number, in either language; full-width forms, traditional
            characters and inner spaces are accepted, "" is the unit of a bare number.

    Raises:
        UnknownUnit: the form is not in data/units.toml; the message has the nearest that are.

    >>> unit("万吨／年").code, unit("kWh/t-Al").zh
    ('1e4 t/yr', '千瓦时/吨')
    """
    found = parts(text.strip()) or parts(simplify(text.strip()))
    if found is None:
        raise UnknownUnit(_unknown(text))
    return _built(found)


def _built(found: tuple[Part, ...]) -> Unit:
    first = found[0]
    dimension = _product(
        [(part.row.dimension if part.row else (), 1 if part is first else -1) for part in found]
    )
    factor = Fraction(1)
    for part in found:
        size = (part.row.factor if part.row else 1) * Fraction(10) ** part.power
        factor = factor * size if part is first else factor / size
    cancelled = len(found) > 1 and not dimension
    return Unit(
        code="/".join(_code(part) for part in found),
        dimension=_RATIO if cancelled else dimension,
        factor=factor,
        multiplier=10**first.power,
        zh="/".join(map(_chinese, found)),
        en="/".join(_english(part, behind_number=part is first) for part in found),
        is_count=len(found) == 1 and first.row is not None and first.row.is_count,
    )


def _product(factors: list[tuple[Dimension, int]]) -> Dimension:
    total: dict[str, int] = {}
    for dimension, sign in factors:
        for name, exponent in dimension:
            total[name] = total.get(name, 0) + sign * exponent
    return tuple(sorted((name, exponent) for name, exponent in total.items() if exponent))


def _code(part: Part) -> str:
    return " ".join(
        filter(None, (f"1e{part.power}" if part.power else "", part.row.code if part.row else ""))
    )


def _chinese(part: Part) -> str:
    name = part.row.zh if part.row else ""
    return table().power_names[part.power][0] + name.removeprefix("个") if part.power else name


def _english(part: Part, behind_number: bool) -> str:
    name = "" if part.row is None else part.row.many if behind_number else part.row.symbol
    return " ".join(filter(None, (table().power_names[part.power][1] if part.power else "", name)))


def _unknown(text: str) -> str:
    near = get_close_matches(key(text), list(table().exact), n=3, cutoff=0.5)
    hint = ", ".join(near) or "吨, 千瓦时, 元/吨, t, kWh, USD/lb"
    return (
        f"{text!r} is not a unit of data/units.toml; nearest: {hint}. Correct it, or add it to the table.\n"
        f"单位“{text}”不在 data/units.toml 中；相近的有：{hint}。请改正，或在表中补充。"
    )


def convert(
    value: Decimal | Fraction | int, from_: str | Unit, to: str | Unit, by: str | None = None
) -> Fraction:
    """Convert exactly.

    Args:
        value: a number in `from_`; a float is refused, because it is not what was printed.
        by: name of an equivalence of data/units.toml (`coal-equivalent`) where the dimensions differ.

    Raises:
        UnitMismatch: the units measure different things and no equivalence was named that joins them.
        UnknownUnit: a unit or the equivalence is not known.

    >>> convert(Decimal("93.2"), "万吨", "t")
    Fraction(932000, 1)
    """
    if isinstance(value, float):
        raise TypeError("convert() takes a Decimal, Fraction or int: a float has lost the printed digits")
    return Fraction(value) * _rate(from_, to, by)


@lru_cache(maxsize=65536)
def _rate(from_: str | Unit, to: str | Unit, by: str | None) -> Fraction:
    """How many `to` are one `from_`."""
    start, end = (unit(each) if isinstance(each, str) else each for each in (from_, to))
    rate = start.factor / end.factor
    return rate if start.dimension == end.dimension else rate * _bridge(start, end, by)


def _bridge(start: Unit, end: Unit, by: str | None) -> Fraction:
    """Factor between two dimensions by a named equivalence, to the power in which it occurs."""
    if by is not None and by not in table().equivalences:
        raise UnknownUnit(f"no equivalence {by!r}; known 已知换算: {', '.join(table().equivalences)}")
    if by is not None:
        known = table().equivalences[by]
        one, other = unit(known.start), unit(known.to)
        step = dict(_product([(one.dimension, 1), (other.dimension, -1)]))
        gap = dict(_product([(start.dimension, 1), (end.dimension, -1)]))
        power = next((gap[name] // size for name, size in step.items() if name in gap), 0)
        if power and gap == {name: size * power for name, size in step.items()}:
            return (known.factor * other.factor / one.factor) ** power
    raise UnitMismatch(_mismatch(start, end))


def _mismatch(start: Unit, end: Unit) -> str:
    return (
        f"{start.code} measures {dimension_words(start.dimension, 'en')}, "
        f"{end.code} measures {dimension_words(end.dimension, 'en')}: they cannot be converted.\n"
        f"{start.zh}表示{dimension_words(start.dimension, 'zh')}，"
        f"{end.zh}表示{dimension_words(end.dimension, 'zh')}，不能换算。"
    )


def resized(value: Decimal, start: Unit, end: Unit) -> Decimal | None:
    """A value in another size of its unit (万元/吨 and 元/吨), to the last digit; None where decimals cannot say it so.

    What a pound is in kilograms is no size of one unit: it would print digits that nobody stated.

    >>> resized(Decimal("1.3"), unit("元/克"), unit("元/公斤"))
    Decimal('1300.0')
    """
    rate = start.factor / end.factor
    digits = str(rate.numerator * rate.denominator)
    if (
        start.dimension != end.dimension
        or 1 not in (rate.numerator, rate.denominator)
        or digits.strip("0") != "1"
    ):
        return None
    return value * (Decimal(rate.numerator) / rate.denominator)


def dimension_words(dimension: Dimension, lang: str) -> str:
    """A dimension in words: `mass`, `money in CNY per mass`; zh `金额（CNY）/质量`."""
    language = 0 if lang == "zh" else 1
    if not dimension:
        return ("无量纲数", "a bare number")[language]
    known = {(): ("1", "1")} | table().dimensions
    if dimension in known:
        return known[dimension][language]
    for below, words in known.items():
        above = _product([(dimension, 1), (below, 1)])
        if above in known:
            return f"{known[above][language]}{('/', ' per ')[language]}{words[language]}"
    return " ".join(name if exponent == 1 else f"{name}^{exponent}" for name, exponent in dimension)


def same_kind(a: str | Unit, b: str | Unit) -> bool:
    """True where two units measure the same thing, so that their values can be compared.

    >>> same_kind("元/公斤", "万元/吨"), same_kind("美元", "元"), same_kind("%", "个百分点")
    (True, False, False)
    """
    first, second = (unit(each) if isinstance(each, str) else each for each in (a, b))
    return first.dimension == second.dimension


def format_unit(code: str, lang: str) -> str:
    """A unit in the words of a language, ready to stand behind a number.

    >>> format_unit("亿元", "en"), format_unit("USD/lb", "zh")
    ('100 million yuan', '美元/磅')
    """
    return unit(code).zh if lang == "zh" else unit(code).en


@cache
def surfaces() -> tuple[str, ...]:
    """Every printed form of a simple unit, longest first."""
    return tuple(sorted({*table().anywhere, *table().behind_slash}, key=lambda form: (-len(form), form)))


@cache
def unit_pattern() -> str:
    """Regex source that matches one printed unit, for use inside a larger pattern.

    It has no capturing group, prefers the longest reading, takes a multiplier, compound parts and
    single inner spaces, and wants half-width letters (see `simplify`). A Latin unit is not
    followed by a letter or digit. Whatever it matches, `unit` understands.
    """
    above, below, power = alternation(table().anywhere), alternation(table().behind_slash), multipliers()
    times = f"(?:{power}(?:-|{_SPACE}[余多]?{_SPACE}))"
    per = f"(?:{_SPACE}[/／每]{_SPACE}|[ ]per[ ](?!(?i:cent|mille))|[ ]an?[ ])"
    return f"(?:(?:{times}?{above}|{power}(?!分之|分点))(?:{per}{times}?{below}){{0,3}})"
