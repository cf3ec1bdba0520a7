"""The size of a rate of exchange: whether it can be the rate of the units it is declared for.

Source: data/rates.toml, a band for a pair with a shipped history; other pairs are held against what is known of them.
"""

import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from touchstone.errors import UnknownUnit
from touchstone.facts.fact import Fact
from touchstone.facts.period import span
from touchstone.facts.text import Text
from touchstone.facts.unit import unit

RATE = "exchange_rate"
"""The measure of a rate of exchange."""
Pair = tuple[str, str]
"""(quote, base): CNY, USD of yuan per dollar."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A rate of a size it cannot have: what it comes to for one unit, and what was due."""

    found: Text
    due: Text


def pair_of(words: str) -> Pair | None:
    """(CNY, USD) of 元/美元 and 元/百美元; None where the unit is no rate of exchange."""
    try:
        powers = dict(unit(words).dimension)
    except UnknownUnit:
        return None
    above = [name for name, power in powers.items() if power == 1]
    below = [name for name, power in powers.items() if power == -1]
    return (above[0], below[0]) if len(powers) == 2 and len(above) == len(below) == 1 else None


class KnownRates:
    """The rates that are known before others are taken in."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._known: dict[Pair, list[tuple[date, Fraction]]] = defaultdict(list)
        for fact in facts:
            if fact.period and fact.value > 0 and (pair := pair_of(fact.unit)):
                (one, value) = _one_way(pair, fact.value, fact.unit)
                self._known[one].append((span(fact.period)[0], value))
        for several in self._known.values():
            several.sort()

    def doubt(self, value: Decimal, words: str, period: str) -> Doubt | None:
        """Why a rate above zero cannot be one of its unit; None where nothing speaks against it.

        >>> KnownRates().doubt(Decimal("7.17"), "元/百美元", "2024-01-02").found.en
        '0.0717 CNY for 1 USD'
        """
        printed = pair_of(words)
        if printed is None:
            return None
        pair, rate = _one_way(printed, value, words)
        due = _outside(pair, rate) if pair in _bands() else self._apart(pair, rate, span(period)[0])
        return due and Doubt(_said(rate, pair), due)

    def _apart(self, pair: Pair, rate: Fraction, day: date) -> Text | None:
        known = self._known.get(pair)
        if not known:
            return None
        place = bisect_left(known, (day, Fraction(0)))
        beside = known[max(0, place - 1) : place + 1]
        nearest, other = min(beside, key=lambda each: abs((each[0] - day).days))
        factor = _declared()["series"]["factor"]
        if 1 / Fraction(factor) < rate / other < factor:
            return None
        near = _said(other, pair)
        return Text(
            f"与已知最近一期（{nearest}）的{near.zh}相差不到{factor}倍",
            f"less than {factor} times apart from the nearest known, {near.en} on {nearest}",
        )


def _outside(pair: Pair, rate: Fraction) -> Text | None:
    """What is due where a rate lies outside the band of its pair."""
    row = _bands()[pair]
    margin = Fraction(row["margin"])
    low, high = Fraction(row["low"]) / margin, Fraction(row["high"]) * margin
    if low <= rate <= high:
        return None
    ends = f"{_digits(low)}–{_digits(high)}"
    return Text(
        f"1{pair[1]}合{ends}{pair[0]}（{row['source']['zh']}，上下各放宽到{row['margin']}倍）",
        f"{ends} {pair[0]} for 1 {pair[1]} ({row['source']['en']}, widened {row['margin']} times each way)",
    )


def _one_way(pair: Pair, value: Decimal, words: str) -> tuple[Pair, Fraction]:
    """A rate for one unit, in the direction that has a band; else by the alphabet."""
    rate = Fraction(value) * unit(words).factor
    turned = (pair[1], pair[0])
    turns = turned in _bands() or (pair not in _bands() and turned < pair)
    return (turned, 1 / rate) if turns else (pair, rate)


def _said(rate: Fraction, pair: Pair) -> Text:
    return Text(f"1{pair[1]}合{_digits(rate)}{pair[0]}", f"{_digits(rate)} {pair[0]} for 1 {pair[1]}")


def _digits(rate: Fraction) -> str:
    """Four significant digits, never in exponents."""
    return f"{Decimal(f'{float(rate):.4g}'):f}"


@cache
def _bands() -> dict[Pair, dict[str, Any]]:
    return {(row["quote"], row["base"]): row for row in _declared()["pair"]}


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(files("touchstone").joinpath("data/rates.toml").read_text("utf-8"))
