"""Exchange rates: dated, stated by somebody, and never filled without saying so."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from touchstone.errors import NoRate
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency, span
from touchstone.facts.rate_size import Pair, pair_of
from touchstone.facts.refused_rates import is_absent, refusal_of
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

    def __init__(self, facts: Iterable[Fact], name_of: Mapping[str, str] | None = None) -> None:
        self._days: dict[Pair, list[_Stated]] = defaultdict(list)
        self._months: dict[Pair, list[_Stated]] = defaultdict(list)
        self._refused: dict[tuple[Pair, str], NoRate] = {}
        for (pair, period), several in _by_period(facts).items():
            last = max(fact.published or date.min for fact in several)
            latest = [fact for fact in several if (fact.published or date.min) == last]
            if refused := refusal_of(latest, pair, period, name_of or {}):
                self._refused[pair, period] = refused
                continue
            best = min(latest, key=lambda fact: (fact.half_width, fact.id))
            kept = self._days if frequency(period) == "D" else self._months
            kept[pair].append(_Stated(*span(period), Fraction(best.value) * unit(best.unit).factor, best))
        for stated in (*self._days.values(), *self._months.values()):
            stated.sort(key=lambda each: each.last)

    @property
    def problems(self) -> tuple[NoRate, ...]:
        """Why a stated rate is not used: zero or negative, or another is stated for the same day."""
        return tuple(self._refused.values())

    def on(self, day: date, base: str, quote: str, reach: int = REACH) -> ExchangeRate:
        """The rate for a day.

        The rate of the day itself; else the last one at most `reach` calendar days before, said in its note;
        else the mean of the month the day lies in, said too; else a cross rate of two such.

        Raises:
            NoRate: nobody stated one within reach, or what is stated for the day itself cannot be used.
        """
        if base == quote:
            return ExchangeRate(base, quote, Fraction(1), day.isoformat(), ())
        found = self._direct(day, base, quote, reach) or self._crossed(day, base, quote, reach)
        if found is None:
            raise is_absent(day, base, quote, reach)
        return found

    def _direct(self, day: date, base: str, quote: str, reach: int) -> ExchangeRate | None:
        """A day before a month, whichever way round it is stated."""
        pairs = (((quote, base), False), ((base, quote), True))
        for pair, _ in pairs:
            if refused := self._refused.get((pair, day.isoformat())):
                raise refused
        days = [(each, inverse) for pair, inverse in pairs if (each := self._before(pair, day, reach))]
        months = [(each, inverse) for pair, inverse in pairs if (each := self._of_month(pair, day))]
        if not days and not months:
            return None
        stated, inverse = max(days, key=lambda found: found[0].last) if days else months[0]
        value = 1 / stated.value if inverse else stated.value
        assert stated.fact.period
        return ExchangeRate(base, quote, value, stated.fact.period, (stated.fact.id,), _note(stated, day))

    def _before(self, pair: Pair, day: date, reach: int) -> _Stated | None:
        stated = self._days.get(pair, [])
        place = bisect_right(stated, day, key=lambda each: each.last)
        return stated[place - 1] if place and (day - stated[place - 1].last).days <= reach else None

    def _of_month(self, pair: Pair, day: date) -> _Stated | None:
        return next((each for each in self._months.get(pair, []) if each.first <= day <= each.last), None)

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


def _by_period(facts: Iterable[Fact]) -> dict[tuple[Pair, str], list[Fact]]:
    """The rates of days and of months; the mean of a longer time is the rate of no day in it."""
    found: dict[tuple[Pair, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.period and frequency(fact.period) in ("D", "M") and (pair := pair_of(fact.unit)):
            found[pair, fact.period].append(fact)
    return found


def _note(stated: _Stated, day: date) -> Text | None:
    if stated.first <= day <= stated.last:
        if stated.first == stated.last:
            return None
        return Text(f"（{stated.fact.period}期间均值）", f"Mean of {stated.fact.period}.")
    return Text(f"（{day}无牌价，取{stated.last}）", f"No rate on {day}; that of {stated.last} is used.")
