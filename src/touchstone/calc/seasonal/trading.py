"""Working days of a period, as regressors: what a month with a day more or less of work does.

Two ways: `weekdays` lets X-13 contrast Mondays to Fridays with weekends, as if there were no holidays; `china` counts the
days worked by the State Council's notices, make-up days included. Years without a notice count Mondays to Fridays; each
part is measured from its own mean, so that the change from one way of counting to the other is no step. A notice that is
added for a year to come moves nothing: the means are those of declared years, and in a sample only notices of years that
it reaches count. Each of these was known when the first figure of its year came out. Source:
"seasonal.trading" in data/methods/seasonal.toml; the notices: data/calendars/china.toml.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from touchstone.calc.linkage.methods import declared
from touchstone.calc.seasonal.feasts import calendar_periods
from touchstone.facts.calendar import calendar
from touchstone.facts.period import span
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CALENDAR = "CN.spot"
_SATURDAY = 5


def working_days(period: str, until: int | None = None) -> tuple[int, bool]:
    """The days worked in a period, and whether the State Council's notices say so for the whole of it.

    Args:
        period: a month or a quarter.
        until: the last year whose notice counts; None: every notice there is.

    >>> working_days("2020-10")
    (17, True)
    """
    start, end = span(period)
    known = calendar(_CALENDAR)
    if known.first <= start and end <= known.last and (until is None or end.year <= until):
        return len(known.trading_days(start, end)), True
    return sum(day.weekday() < _SATURDAY for day in _days(start, end)), False


def working_day_regressor(periods: Sequence[str], last: str) -> "NDArray[np.float64]":
    """Days worked in each period, less the mean of its calendar period among the years counted the same way: (T,) days.

    Args:
        periods: T of them; those of a forecast among them.
        last: last period of the sample; notices of later years do not count.
    """
    import numpy as np

    until = int(last[:4])
    means = _means(periods[0])
    counted = [(period, *working_days(period, until)) for period in periods]
    return np.array([days - means[known][period[4:]] for period, days, known in counted])


def counted_how(periods: Sequence[str]) -> Text:
    """Which of the periods of a sample are counted by notices and which by weekdays."""
    until = int(periods[-1][:4])
    noticed = [period for period in periods if working_days(period, until)[1]]
    if not noticed:
        return Text(
            "样本各期都没有国务院放假通知，工作日按周一至周五计",
            "no period has a notice of the State Council; Mondays to Fridays are counted",
        )
    reach = f"{noticed[0]}..{noticed[-1]}"
    if len(noticed) == len(periods):
        return Text(
            f"{reach}的工作日按国务院放假通知计（含调休）",
            f"days worked in {reach} by the notices of the State Council, make-up days included",
        )
    return Text(
        f"{reach}的工作日按国务院放假通知计（含调休），其余时期没有通知，按周一至周五计",
        f"days worked in {reach} by the notices of the State Council, make-up days included; other periods have no notice, and Mondays to Fridays are counted",
    )


def weekday_regressors(periods: Sequence[str]) -> "NDArray[np.float64]":
    """Mondays to Fridays against weekends (td1coef of X-13), and the 29th of February: (T, 2) days."""
    import numpy as np

    rows = []
    for period in periods:
        start, end = span(period)
        days = (end - start).days + 1
        worked = sum(day.weekday() < _SATURDAY for day in _days(start, end))
        rows.append((worked - 2.5 * (days - worked), leap(period)))
    return np.array(rows)


def leap(period: str) -> float:
    """The leap year regressor of X-13: 0.75 in a period with the 29th of February, -0.25 in its like of other years."""
    start, end = span(period)
    if not start.month <= 2 <= end.month:
        return 0.0
    return 0.75 if monthrange(start.year, 2)[1] > 28 else -0.25


@cache
def _means(like: str) -> dict[bool, dict[str, float]]:
    """Mean days worked by calendar period: by the notices of the declared years, and of weekdays over the declared span."""
    return {True: _mean(like, "noticed", None), False: _mean(like, "span", 0)}


def _mean(like: str, declared_as: str, until: int | None) -> dict[str, float]:
    reach = declared("seasonal")[declared_as]
    years = range(reach["first"], reach["last"] + 1)
    return {
        name: sum(working_days(f"{year}{name}", until)[0] for year in years) / len(years)
        for name in calendar_periods(like)
    }


def _days(start: date, end: date) -> list[date]:
    return [start + timedelta(n) for n in range((end - start).days + 1)]
