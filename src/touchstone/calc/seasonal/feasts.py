"""Effects of the moving feasts of China: Spring Festival, Dragon Boat, Mid-Autumn.

A feast moves between calendar months from year to year, so what it does to a month is no season. The regressor of a
window of days is the share of the window that falls into a period, less the mean share of that calendar period over a
declared long span: the mean is season and stays with the seasonal factors. Source: "seasonal.feast" in
data/methods/seasonal.toml; dates: the Chinese lunisolar calendar of the package `holidays`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from touchstone.calc.linkage.methods import declared
from touchstone.calc.seasonal.refused import feast_unknown, unknown_choice
from touchstone.facts.period import period_after, span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEASTS = ("spring", "dragon", "autumn")
"""Spring Festival (1st day of the 1st lunar month), Dragon Boat (5th of the 5th), Mid-Autumn (15th of the 8th)."""
FIRST, LAST = 1901, 2099
"""Years of the table of `holidays`."""


@dataclass(frozen=True, slots=True, order=True)
class Effect:
    """A window of days round a feast, from day `first` to day `last`, both included; 0 is the feast itself."""

    feast: str
    first: int
    last: int

    def __post_init__(self) -> None:
        if self.feast not in FEASTS:
            raise unknown_choice("feast", self.feast, FEASTS)
        if self.first > self.last:
            raise unknown_choice(
                "window", (self.first, self.last), ["a first day that is not behind the last"]
            )

    @property
    def name(self) -> str:
        """A short name in letters and digits, as X-13 takes it.

        >>> Effect("spring", -6, -1).name
        'springm6m1'
        """
        return f"{self.feast}{_signed(self.first)}{_signed(self.last)}"


def feast_day(feast: str, year: int) -> date:
    """The day of a feast in a Gregorian year.

    Raises:
        UnusableSeries: the year is not in the table.

    >>> feast_day("spring", 2023).isoformat(), feast_day("autumn", 2020).isoformat()
    ('2023-01-22', '2020-10-01')
    """
    if not FIRST <= year <= LAST:
        raise feast_unknown(feast, year, FIRST, LAST)
    return _table(feast)[year]


def shares(effect: Effect, periods: Sequence[str]) -> "NDArray[np.float64]":
    """The share of the window that falls into each period: (T,), from 0 to 1.

    >>> shares(Effect("spring", -6, -1), ["2023-01", "2023-02"]).tolist()
    [1.0, 0.0]
    """
    import numpy as np

    return np.array([float(_share(effect, period)) for period in periods])


def regressor(effect: Effect, periods: Sequence[str]) -> "NDArray[np.float64]":
    """The shares of the periods, less the mean share of each one's calendar period over the declared span: (T,).

    Shares are exact fractions, rounded once: the same regressor to the last bit, in whatever order it is summed.
    """
    import numpy as np

    means = long_means(effect, periods[0])
    return np.array([float(_share(effect, period) - means[period[4:]]) for period in periods])


@cache
def long_means(effect: Effect, like: str) -> dict[str, Fraction]:
    """The mean share of each calendar period ("-01" … or "-Q1" …) over the declared span of years; they add up to 1."""
    start, end = declared("seasonal")["span"]["first"], declared("seasonal")["span"]["last"]
    counted: Counter[str] = Counter()
    for year in range(start - 1, end + 2):  # a window may reach over New Year
        day = feast_day(effect.feast, year)
        inside = (day + timedelta(n) for n in range(effect.first, effect.last + 1))
        counted.update(_calendar_period(each, like) for each in inside if start <= each.year <= end)
    whole = (end - start + 1) * (effect.last - effect.first + 1)
    return {name: Fraction(counted[name], whole) for name in calendar_periods(like)}


def _calendar_period(day: date, like: str) -> str:
    return f"-Q{(day.month + 2) // 3}" if "Q" in like else f"-{day.month:02d}"


def calendar_periods(like: str) -> tuple[str, ...]:
    """The names of a year's periods of the length of one.

    >>> calendar_periods("2022-Q3")
    ('-Q1', '-Q2', '-Q3', '-Q4')
    """
    return tuple(f"-Q{n}" for n in range(1, 5)) if "Q" in like else tuple(f"-{n:02d}" for n in range(1, 13))


def onwards(periods: Sequence[str], more: int) -> tuple[str, ...]:
    """The periods, and as many more behind them."""
    found = list(periods)
    for _ in range(more):
        found.append(period_after(found[-1]))
    return tuple(found)


@cache
def _share(effect: Effect, period: str) -> Fraction:
    """Windows of the years before and after count too: one may reach over New Year."""
    start, end = span(period)
    inside = 0
    for year in range(max(start.year - 1, FIRST), min(end.year + 1, LAST) + 1):
        day = feast_day(effect.feast, year)
        opens, closes = day + timedelta(effect.first), day + timedelta(effect.last)
        inside += max(0, (min(end, closes) - max(start, opens)).days + 1)
    return Fraction(inside, effect.last - effect.first + 1)


@cache
def tabulated() -> str:
    """A short hash of the days of all feasts, by which a result knows the table it was made with."""
    days = repr([sorted(_table(feast).items()) for feast in FEASTS])
    return blake2b(days.encode(), digest_size=8).hexdigest()


@cache
def _table(feast: str) -> dict[int, date]:
    from holidays.calendars.chinese import _ChineseLunisolar

    lunar = _ChineseLunisolar()
    ask = {
        "spring": lunar.lunar_new_year_date,
        "dragon": lunar.dragon_boat_date,
        "autumn": lunar.mid_autumn_date,
    }
    dated = ((year, ask[feast](year)[0]) for year in range(FIRST, LAST + 1))
    return {year: day for year, day in dated if day}


def _signed(day: int) -> str:
    return f"m{-day}" if day < 0 else f"p{day}"
