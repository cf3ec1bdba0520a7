"""How a bulletin writes its figures: prices with both ends, changes without their sign, days without their year."""

from calendar import month_name
from datetime import date
from decimal import Decimal

from touchstone.facts.fact import Fact
from touchstone.facts.quote import Quote
from touchstone.facts.text import Text
from touchstone.publish.bulletin.layout import Layout
from touchstone.publish.format import dash, number, with_unit

NOTHING = Text("", "")


def digits(value: Decimal) -> Text:
    """A number with the digits it has."""
    return Text(number(value, "zh"), number(value, "en"))


def ends(quote: Quote) -> Text:
    """A quote without its unit: both ends, or the single price."""
    if not quote.is_range:
        return digits(quote.low)
    zh, en = (number(quote.low, lang) + dash(lang) + number(quote.high, lang) for lang in ("zh", "en"))
    return Text(zh, en)


def price(quote: Quote, layout: Layout) -> Text:
    """A quote with its unit: 90—110元/公斤, 90\N{EN DASH}110 yuan/kg."""
    return _with_unit(ends(quote), quote.unit, layout)


def size(change: Fact, layout: Layout) -> Text:
    """How large a change is, without its sign: the verb before it gives the direction."""
    return _with_unit(digits(abs(change.value)), change.unit, layout)


def day(value: date, with_year: bool) -> Text:
    """A day in words. An issue over the turn of a year says the year of every day: one would be read on in the next."""
    zh, en = f"{value.month}月{value.day}日", f"{value.day} {month_name[value.month]}"
    return Text(f"{value.year}年{zh}", f"{en} {value.year}") if with_year else Text(zh, en)


def listed(names: list[Text]) -> Text:
    """A list of names."""
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))


def _with_unit(written: Text, code: str, layout: Layout) -> Text:
    unit = layout.unit(code) if code != "%" else Text("%", "%")
    return Text(with_unit(written.zh, unit.zh, "zh"), with_unit(written.en, unit.en, "en"))
