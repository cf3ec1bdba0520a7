"""Exchange rates: dated, stated by somebody, and never filled without saying so."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from touchstone.errors import NoRate
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency, span
from touchstone.facts.text import Text
from touchstone.facts.unit import unit

REACH = 10
"""Calendar days a rate may be carried forward over days without one: the longest closure of the interbank market
(the National Day week joined with weekends) has eight."""


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """How much of `quote` one `base` costs.

    Attributes:
        base, quote: ISO 4217 codes.
        value: exact.
        period: the day (or the month, for a monthly mean) the rate was stated for.
        facts: the facts it stands on; two for a cross rate.
        note: said beside every use: another day's rate, a monthly mean, a cross rate; else None.
    """

    base: str
    quote: str
    value: Fraction
    period: str
    facts: tuple[str, ...]
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class _Stated:
    first: date
    last: date
    value: Fraction
    fact: Fact


class ExchangeRates:
    """The rates of a workspace: facts of measure `exchange_rate` whose unit is one currency per another."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._days: dict[tuple[str, str], list[_Stated]] = defaultdict(list)
        self._months: dict[tuple[str, str], list[_Stated]] = defaultdict(list)
        for fact in facts:
            if fact.period and (pair := _pair(fact)):
                kept = self._days if frequency(fact.period) == "D" else self._months
                kept[pair].append(
                    _Stated(*span(fact.period), Fraction(fact.value) * unit(fact.unit).factor, fact)
                )
        for several in (*self._days.values(), *self._months.values()):
            several.sort(key=lambda stated: stated.last)

    def on(self, day: date, base: str, quote: str, reach: int = REACH) -> ExchangeRate:
        """The rate for a day.

        The rate of the day itself; else the last one at most `reach` calendar days before, said in its note;
        else the mean of the month the day lies in, said too; else a cross rate of two such.

        Raises:
            NoRate: nobody stated one within reach.
        """
        if base == quote:
            return ExchangeRate(base, quote, Fraction(1), day.isoformat(), ())
        found = self._direct(day, base, quote, reach) or self._crossed(day, base, quote, reach)
        if found is None:
            raise _absent(day, base, quote, reach)
        return found

    def _direct(self, day: date, base: str, quote: str, reach: int) -> ExchangeRate | None:
        for pair, inverse in (((quote, base), False), ((base, quote), True)):
            if stated := self._before(pair, day, reach) or self._of_month(pair, day):
                value = 1 / stated.value if inverse else stated.value
                assert stated.fact.period
                return ExchangeRate(
                    base, quote, value, stated.fact.period, (stated.fact.id,), _note(stated, day)
                )
        return None

    def _before(self, pair: tuple[str, str], day: date, reach: int) -> _Stated | None:
        stated = self._days.get(pair, [])
        place = bisect_right(stated, day, key=lambda each: each.last)
        return stated[place - 1] if place and (day - stated[place - 1].last).days <= reach else None

    def _of_month(self, pair: tuple[str, str], day: date) -> _Stated | None:
        covering = [each for each in self._months.get(pair, []) if each.first <= day <= each.last]
        return min(covering, key=lambda each: each.last - each.first, default=None)

    def _crossed(self, day: date, base: str, quote: str, reach: int) -> ExchangeRate | None:
        known = {name for pair in (*self._days, *self._months) for name in pair}
        for middle in sorted(known - {base, quote}):
            first, second = (
                self._direct(day, base, middle, reach),
                self._direct(day, middle, quote, reach),
            )
            if first and second:
                notes = [Text(f"（经{middle}套算）", f"Cross rate by {middle}."), first.note, second.note]
                said = [note for note in notes if note]
                note = Text("".join(n.zh for n in said), " ".join(n.en for n in said))
                value = first.value * second.value
                return ExchangeRate(base, quote, value, first.period, (*first.facts, *second.facts), note)
        return None


def _pair(fact: Fact) -> tuple[str, str] | None:
    """(CNY, USD) of 元/美元; None where the unit is no rate of exchange."""
    powers = dict(unit(fact.unit).dimension)
    above = [name for name, power in powers.items() if power == 1]
    below = [name for name, power in powers.items() if power == -1]
    return (above[0], below[0]) if len(powers) == 2 and len(above) == len(below) == 1 else None


def _note(stated: _Stated, day: date) -> Text | None:
    if stated.first <= day <= stated.last:
        if stated.first == stated.last:
            return None
        return Text(f"（{stated.fact.period}期间均值）", f"Mean of {stated.fact.period}.")
    return Text(f"（{day}无牌价，取{stated.last}）", f"No rate on {day}; that of {stated.last} is used.")


def _absent(day: date, base: str, quote: str, reach: int) -> NoRate:
    return NoRate(
        "RATE-001", f"{base}/{quote} {day}", f"no rate on this day or in the {reach} days before",
        f"a rate of {quote} per {base}", "nothing was converted",
        "import a series of exchange rates that covers the day: touchstone import --list",
        zh=(f"当日及此前{reach}天都没有牌价", f"{base}兑{quote}的汇率", "没有换算",
            "导入覆盖该日的汇率序列：touchstone import --list"),
    )  # fmt: skip
