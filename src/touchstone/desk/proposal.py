"""The proposal: what a method makes of the inputs, with every step, before anybody judges.

The order of inputs decides who is heard: deals alone where they reach the minimum of data, else also bids and
offers, else also indications. Below the minimum the proposal is still shown, and a person must judge in words.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from touchstone.desk.declared import conditions, kinds, named
from touchstone.desk.input import Input
from touchstone.desk.method import Method
from touchstone.desk.wording import plain, unit_in
from touchstone.facts.text import Text
from touchstone.facts.unit import convert


@dataclass(frozen=True, slots=True)
class Aside:
    """An input that does not meet the method: by which of its conditions, and how."""

    input: str
    criterion: str
    why: Text


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the method gives.

    Attributes:
        low, high: the ends, rounded; None where no input forms that end.
        met: the minimum of data was reached, and both ends were formed.
        used: ids of the inputs it stands on, in the order of the method.
        unneeded: ids of inputs that meet the method and were not reached by the order.
        aside: inputs that do not meet the method.
        arithmetic: how each end came about.
    """

    low: Decimal | None
    high: Decimal | None
    met: bool
    used: tuple[str, ...]
    unneeded: tuple[str, ...]
    aside: tuple[Aside, ...]
    arithmetic: Text

    @property
    def value(self) -> tuple[Decimal, Decimal] | None:
        """Low and high, None where an end is missing."""
        return None if self.low is None or self.high is None else (self.low, self.high)

    def content(self) -> dict[str, Any]:
        """Its fields as plain values, for the trail."""
        return {
            "low": None if self.low is None else str(self.low), "high": None if self.high is None else str(self.high),
            "met": self.met, "used": list(self.used), "unneeded": list(self.unneeded),
            "aside": [[each.input, each.criterion, each.why.zh, each.why.en] for each in self.aside],
            "arithmetic": [self.arithmetic.zh, self.arithmetic.en],
        }  # fmt: skip


def proposal_from(content: Mapping[str, Any]) -> Proposal:
    """A proposal as the trail holds it."""
    low, high = (None if content[end] is None else Decimal(content[end]) for end in ("low", "high"))
    aside = tuple(Aside(input, criterion, Text(zh, en)) for input, criterion, zh, en in content["aside"])
    return Proposal(
        low, high, content["met"], tuple(content["used"]), tuple(content["unneeded"]), aside,
        Text(*content["arithmetic"]),
    )  # fmt: skip


def propose(method: Method, day: date, inputs: Iterable[Input], excluded: Iterable[str] = ()) -> Proposal:
    """Apply a method to what is known about a day.

    Args:
        inputs: all inputs of the quotation, of any day; those of other days are passed over without a word.
        excluded: ids of inputs that people left out.
    """
    left_out = set(excluded)
    near = [each for each in inputs if _is_near(method, day, each) and each.id not in left_out]
    reasons = {each.id: why for each in near if (why := why_not(method, day, each))}
    conforming = [each for each in near if each.id not in reasons]
    used, met = _heard(method, conforming)
    low, low_words = _end(method, "low", used)
    high, high_words = _end(method, "high", used)
    ids = [each.id for each in used]
    return Proposal(
        low, high, met and low is not None and high is not None, tuple(ids),
        tuple(each.id for each in conforming if each.id not in set(ids)),
        tuple(Aside(id, criterion, why) for id, (criterion, why) in reasons.items()),
        Text(f"最低：{low_words.zh}\n最高：{high_words.zh}", f"low: {low_words.en}\nhigh: {high_words.en}"),
    )  # fmt: skip


def why_not(method: Method, day: date, given: Input) -> tuple[str, Text] | None:
    """The condition of the method that an input does not meet, and how; None where it meets all."""
    if not is_in_window(method, day, given):
        moment = f"{given.day}{f' {given.at:%H:%M}' if given.at else ''}"
        return _reason("window", lambda _lang: moment)
    if given.ends_in(method.unit) is None:
        return _reason("unit", lambda lang: f"{unit_in(given.unit, lang)} ≠ {unit_in(method.unit, lang)}")
    if method.least and given.quantity is not None and _is_small(method, given):
        lots = ((given.quantity, given.quantity_unit), method.least)
        return _reason(
            "quantity", lambda lang: " < ".join(f"{n:f} {unit_in(unit, lang)}" for n, unit in lots)
        )
    if method.tax and given.tax and given.tax != method.tax:
        return _reason("tax", lambda lang: getattr(named("columns", "tax")[given.tax], lang))
    if method.delivery and given.delivery and given.delivery.casefold() != method.delivery.casefold():
        return _reason("delivery", lambda _lang: f"{given.delivery} ≠ {method.delivery}")
    return None


def is_in_window(method: Method, day: date, given: Input) -> bool:
    """Whether an input was made after the close `days` days before, and not after the close of the day.

    An input that states no time counts as made at the close of its day.
    """
    closes = method.window.closes or time.max
    moment = datetime.combine(given.day, given.at or closes)
    end = datetime.combine(day, closes)
    return end - timedelta(days=method.window.days) < moment <= end


def rounded(method: Method, value: Fraction) -> Decimal:
    """A price as the method prints it: a multiple of its step, with as many places as the step."""
    steps = value / Fraction(method.step)
    whole = round(steps) if method.rounding == "half-even" else math.floor(steps + Fraction(1, 2))
    return Decimal(whole) * method.step


def _is_near(method: Method, day: date, given: Input) -> bool:
    """Inputs of the day itself are always shown, with the reason why they do not count; others in the window."""
    return given.day == day or is_in_window(method, day, given)


def _reason(condition: str, found: Callable[[str], str]) -> tuple[str, Text]:
    words = conditions()[condition]
    return condition, Text(f"{words.zh}（{found('zh')}）", f"{words.en} ({found('en')})")


def _is_small(method: Method, given: Input) -> bool:
    assert method.least and given.quantity is not None
    least, unit = method.least
    return convert(given.quantity, given.quantity_unit, unit) < Fraction(least)


def _heard(method: Method, conforming: Sequence[Input]) -> tuple[list[Input], bool]:
    """The inputs of as many ranks as the minimum needs, and whether they reach it."""
    heard: list[Input] = []
    for rank in method.order:
        heard += [each for each in conforming if each.kind in rank]
        parties = {party for each in heard for party in each.parties}
        if len(heard) >= method.minimum.inputs and len(parties) >= method.minimum.parties:
            return heard, True
    return heard, False


def _end(method: Method, side: str, used: Sequence[Input]) -> tuple[Decimal | None, Text]:
    """One end of the range, `low` or `high`: of a range that was reported, its own low or high counts."""
    rule = method.low if side == "low" else method.high
    prices: list[tuple[Fraction, Input]] = []
    for each in used:
        if each.kind in rule.of and (ends := each.ends_in(method.unit)):
            prices.append((ends[0] if side == "low" else ends[1], each))
    if not prices:
        zh, en = ([getattr(kinds()[kind], lang) for kind in rule.of] for lang in ("zh", "en"))
        return None, Text(f"没有{'、'.join(zh)}，不成价", f"no {', '.join(en)}: not formed")
    prices.sort(key=lambda pair: pair[0])
    every = [price for price, _ in prices]
    exact = {"lowest": every[0], "highest": every[-1], "mean": sum(every, Fraction(0)) / len(every)}[
        rule.take
    ]
    price = rounded(method, exact)
    name = {"lowest": "min", "highest": "max", "mean": "mean"}[rule.take]
    steps = str(price) if Fraction(price) == exact else f"{plain(exact)} → {price}"
    zh, en = (_sum(method, name, prices, steps, lang) for lang in ("zh", "en"))
    return price, Text(zh, en)


def _sum(method: Method, name: str, prices: Sequence[tuple[Fraction, Input]], steps: str, lang: str) -> str:
    """min(成交 985，买盘 980) = 980 美元/公斤."""
    listed = ("，" if lang == "zh" else ", ").join(
        _stated(method, value, each, lang) for value, each in prices
    )
    return f"{name}({listed}) = {steps} {unit_in(method.unit, lang)}"


def _stated(method: Method, value: Fraction, given: Input, lang: str) -> str:
    """A price in the unit of the method; one that was converted shows what was stated."""
    kind = getattr(kinds()[given.kind], lang)
    if given.ends_in(method.unit) == (given.low, given.high):
        return f"{kind} {plain(value)}"
    return f"{kind} {given.printed} {unit_in(given.unit, lang)} = {plain(value)}"
