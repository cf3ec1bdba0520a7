"""What a split of January and February goes by: the figures of an indicator and of the purchasing managers' index."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from touchstone.calc.preparation.first_months import Evidence
from touchstone.calc.timeseries import TimeSeries, time_series
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency
from touchstone.facts.series import latest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def evidence(
    key: str, months: Sequence[Fact], combined: Sequence[Fact], pmi: Mapping[str, Fact], both: Fact
) -> Evidence:
    """What every rule may ask for.

    Args:
        key: of the indicator.
        months: of the series, those of earlier years that were taken apart already among them.
        combined: its figures of January and February together.
        pmi: purchasing managers' index by month.
        both: the figure that is to be taken apart.
    """
    by_month = {fact.period: fact for fact in latest(months) if fact.period and frequency(fact.period) == "M"}
    others = tuple(fact for fact in combined if fact.id != both.id)
    return Evidence(pmi, by_month, _apart(key, months, combined), others)


def _apart(key: str, months: Sequence[Fact], combined: Sequence[Fact]) -> TimeSeries:
    """The series without the months that were only published together."""
    series = time_series(key, [fact for fact in months if fact.status != "estimated"], "M")
    hidden = {month for fact in combined if fact.period for month in (fact.period[:7], fact.period[-7:])}
    return replace(series, values=_without(series, hidden)) if len(series) else series


def _without(series: TimeSeries, hidden: set[str]) -> "NDArray[np.float64]":
    import numpy as np

    gone = np.array([period in hidden for period in series.periods])
    return np.where(gone, np.nan, series.values)
