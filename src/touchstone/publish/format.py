"""The one formatter: how a number, its unit and its context are written, in Chinese and English.

Everything a person reads goes through here, so a figure looks the same on a page, in a table
and in a mail. The printed digits are kept ("74.0" stays "74.0"); what cannot be written is an
error, never a guess.
"""

from decimal import Decimal

from touchstone.errors import TouchstoneError
from touchstone.facts.fact import Fact
from touchstone.facts.unit import format_unit
from touchstone.publish.words import LANGUAGES, catalogue, word

_MINUS = "\N{MINUS SIGN}"
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_CHANGES = ("yoy", "mom", "qoq", "change")


class Unwritable(TouchstoneError):
    """The formatter was given something it cannot write down."""


def number(value: Decimal, lang: str, *, signed: bool = False, grouped: bool = False) -> str:
    """A number with the digits it has: grouped in English, a real minus, "+" where `signed`.

    >>> number(Decimal("-10400.50"), "en"), number(Decimal("10400.50"), "zh")
    ('−10,400.50', '10400.50')
    """
    _language(lang)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise Unwritable(f"{value!r} is not a finite decimal number")
    digits = format(abs(value), ",f" if grouped or lang == "en" else "f")
    if value < 0:
        return _MINUS + digits
    return "+" + digits if signed and value > 0 else digits


def quantity(value: Decimal, lang: str, *, signed: bool = False) -> str:
    """A number that is read for its size (tonnes, money, emissions): grouped by thousands in both languages.

    Prices are not: Chinese quotes are printed without separators, and are compared with print digit by digit.

    >>> quantity(Decimal("-10400.50"), "zh"), quantity(Decimal("8765360"), "en")
    ('−10,400.50', '8,765,360')
    """
    return number(value, lang, signed=signed, grouped=True)


def value(fact: Fact, lang: str) -> str:
    """The number of a fact without its unit: hedge, sign, both ends of a range."""
    signed = is_change(fact.measure)
    text = number(_printed(fact), lang, signed=signed)
    if fact.value_high is not None:
        text += dash(lang) + number(fact.value_high, lang, signed=signed)
    if fact.approx is None:
        return text
    return word(f"approx.{fact.approx}", lang, value=text)


def amount(fact: Fact, lang: str) -> str:
    """The number of a fact with its unit: 约620.2万吨, over 620.2×10,000 t."""
    return with_unit(value(fact, lang), fact.unit, lang)


def with_unit(text: str, printed: str, lang: str) -> str:
    """Put a unit behind a written number, with the space its language wants."""
    name = unit(printed, lang)
    if name[:1].isdigit():
        return f"{text}×{name}"
    close = not name or name == "%" or (lang == "zh" and not name[0].isascii())
    return text + name if close else f"{text} {name}"


def interval(fact: Fact, lang: str) -> str:
    """The rounding interval: 620.2 [620.15, 620.25]."""
    low, high = number(fact.low, lang), number(fact.high, lang)
    return f"{value(fact, lang)} [{low}, {high}]"


def unit(printed: str, lang: str) -> str:
    """A unit as printed; in English its Chinese words are put into English (万吨: 10,000 t).

    Raises:
        UnknownUnit: Chinese words that are no unit.
    """
    _language(lang)
    return printed if lang == "zh" or printed.isascii() else format_unit(printed, lang)


def gas(code: str) -> str:
    """A gas as it is printed.

    >>> gas("CO2"), gas("C2F6")
    ('CO₂', 'C₂F₆')
    """
    return code.translate(_SUBSCRIPTS)


def name(code: str | None, lang: str) -> str:
    """The name of a code (place, subject); words that are no code stay as printed, "" for None."""
    _language(lang)
    if code is None:
        return ""
    from touchstone.facts.vocabulary import vocabulary

    return vocabulary().name(code, lang)


def dash(lang: str) -> str:
    """The sign between the two ends of a range."""
    _language(lang)
    return "—" if lang == "zh" else "\N{EN DASH}"


def measure(code: str, lang: str) -> str:
    """The name of a measure; one the vocabulary lacks is named by its parts (area.mom: 面积环比).

    A code of which some part has no name stays a code: it says which measure is meant, a guess would not.
    """
    whole = name(code, lang)
    head, dot, tail = code.rpartition(".")
    if not dot or _is_term(code):
        return whole
    if not (_is_term(tail) and (_is_term(head) or "." in head)):
        return code
    parts = (measure(head, lang), name(tail, lang))
    return "".join(parts) if lang == "zh" else ", ".join(parts)


def where(place: str, lang: str) -> str:
    """A place in a document in words: `page 3` is 第 3 页; the address of a cell stays as it is."""
    _language(lang)
    return word("list.comma", lang).join(_where(part, lang) for part in place.split(", "))


def chance(probability: float, lang: str) -> str:
    """A chance in percent: 49%, 0.3%, <0.1%."""
    _language(lang)
    percent = 100 * probability
    if not 0 <= percent <= 100:
        raise Unwritable(f"{probability!r} is not a probability")
    if percent < 0.1:
        return "<0.1%"
    return f"{percent:.0f}%" if percent >= 10 else f"{percent:.1f}%"


def size(octets: int, lang: str) -> str:
    """The size of a file: 49 kB, 1.2 MB."""
    _language(lang)
    for step, symbol in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if octets >= step:
            scaled = octets / step
            return f"{scaled:.1f} {symbol}" if scaled < 10 else f"{scaled:.0f} {symbol}"
    return f"{octets} B"


def is_change(measure: str) -> bool:
    """Whether a measure is a change, whose sign is always written."""
    return measure.rpartition(".")[2] in _CHANGES


def _is_term(code: str) -> bool:
    from touchstone.facts.vocabulary import vocabulary

    try:
        return bool(vocabulary().term(code))
    except KeyError:
        return False


def _where(part: str, lang: str) -> str:
    kind, _, number_text = part.rpartition(" ") if part[-1:].isdigit() else (part, "", "")
    key = f"where.{kind.replace(' ', '_')}"
    return word(key, lang, n=number_text) if key in catalogue() else part


def _printed(fact: Fact) -> Decimal:
    """The value; a computed one is rounded once, here, to the place its half-width can carry."""
    if fact.status != "derived" or fact.half_width == 0:
        return fact.value
    place = Decimal(1).scaleb((2 * fact.half_width).adjusted())
    return fact.value if fact.value.is_nan() else fact.value.quantize(place)


def _language(lang: str) -> None:
    if lang not in LANGUAGES:
        raise Unwritable(f"{lang!r} is not one of the languages {', '.join(LANGUAGES)}")
