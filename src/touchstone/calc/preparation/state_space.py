"""The months of a combined figure by a structural time series model that is told their sum.

Gaussian throughout: y = level + season + noise. The level is a random walk with drift; the season of each calendar month is
a random walk from year to year, and the twelve steps of a year sum to nothing; start, drift and first season are unknown.
Seen are the months that were published, and the sums of those published together. What is expected of the hidden months
given all that is seen is what the Kalman smoother gives; for some hundred months it is solved at once (best linear unbiased
prediction), and the two months add up to their sum by construction. Source: "preparation.split.state-space" in
data/methods/seasonal.toml.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from touchstone.calc.preparation.refused import nothing_to_split_by
from touchstone.calc.timeseries import TimeSeries
from touchstone.facts.fact import Fact

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_YEARS, _LONGEST, _MONTHS = 3, 240, 12
_LEVEL = (0.001, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
_SEASON = (1e-4, 0.001, 0.01, 0.03, 0.1, 0.3)
"""Variance of a month's step of the level and of a year's step of the season, against that of the noise."""


def january_of(series: TimeSeries, combined: Fact, others: Iterable[Fact] = ()) -> float:
    """What is expected of January, in the unit of the series.

    Args:
        series: monthly; nan in the months that were published together or not at all. At most the last twenty years are used.
        combined: of January and February of a year of the series, or of the year behind its end.
        others: figures of January and February of other years.

    Raises:
        UnusableSeries: the sample has fewer than three years in which January and February stand apart, or fewer than
            three years at all: nothing tells them apart then.
    """
    year = int((combined.period or "")[:4])
    known = {p: float(v) for p, v in zip(series.periods, series.values, strict=True) if v == v}
    start = max(int(series.periods[0][:4]), year + 1 - _LONGEST // _MONTHS)
    _told_apart(combined, known, range(start, year))
    end = max(year, int(series.periods[-1][:4]))
    months = [f"{y}-{m:02d}" for y in range(start, end + 1) for m in range(1, 13)]
    rows, values = _seen(months, known, (*others, combined))
    return float(_smoothed(rows, values, len(months))[months.index(f"{year}-01")])


def _told_apart(combined: Fact, known: Mapping[str, float], years: Iterable[int]) -> None:
    """Let pass a sample in which enough years have both months."""
    apart = [year for year in years if f"{year}-01" in known and f"{year}-02" in known]
    if len(apart) < _YEARS:
        what, period = f"{combined.subject} {combined.measure}", combined.period or ""
        zh, en = "至少三年分列的1月和2月数据", "three years in which January and February stand apart"
        raise nothing_to_split_by(what, period, "state-space", zh, en)


def _seen(
    months: Sequence[str], known: Mapping[str, float], combined: Iterable[Fact]
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """What was published of the months: which of them each figure adds up, (n, months), and the figures, (n,)."""
    import numpy as np

    place = {month: row for row, month in enumerate(months)}
    sums = {f.period: float(f.value) for f in combined if f.period and f.period[:7] in place}
    within = {month for period in sums for month in (period[:7], period[-7:])}
    seen = [((m,), value) for m, value in known.items() if m in place and m not in within]
    figures = [*seen, *(((period[:7], period[-7:]), value) for period, value in sums.items())]
    rows = np.zeros((len(figures), len(months)))
    for row, (added, _) in enumerate(figures):
        rows[row, [place[month] for month in added]] = 1
    return rows, np.array([value for _, value in figures])


def _smoothed(
    rows: "NDArray[np.float64]", values: "NDArray[np.float64]", months: int
) -> "NDArray[np.float64]":
    """What is expected of all months, (months,), by the variances that make what is seen, (n, months) and (n,), most likely."""
    tried = [_predicted(rows, values, months, level, season) for level in _LEVEL for season in _SEASON]
    return max(tried, key=lambda each: each[0])[1]


def _predicted(
    rows: "NDArray[np.float64]", values: "NDArray[np.float64]", months: int, level: float, season: float
) -> "tuple[float, NDArray[np.float64]]":
    """The restricted log likelihood, but for a constant, and the prediction."""
    import numpy as np
    from scipy.linalg import cho_factor, cho_solve

    covariance, fixed = _covariance(months, level, season), _fixed(months)
    seen, x = rows @ covariance @ rows.T, rows @ fixed
    factor = cho_factor(seen)
    solved = cho_solve(factor, np.column_stack([x, values]))
    inner = x.T @ solved[:, :-1]
    beta = np.linalg.solve(inner, x.T @ solved[:, -1])
    left = cho_solve(factor, values - x @ beta)
    n = len(values) - x.shape[1]
    squares = float((values - x @ beta) @ left)
    determinants = 2 * np.log(np.diag(factor[0])).sum() + np.linalg.slogdet(inner)[1]
    return float(-0.5 * (n * np.log(squares / n) + determinants)), fixed @ beta + covariance @ rows.T @ left


def _covariance(months: int, level: float, season: float) -> "NDArray[np.float64]":
    import numpy as np

    t = np.arange(months)
    years = t // _MONTHS
    walk = np.minimum.outer(t, t)
    steps = (np.equal.outer(t % _MONTHS, t % _MONTHS) - 1 / _MONTHS) * np.minimum.outer(years, years)
    return np.eye(months) + level * walk + season * steps


def _fixed(months: int) -> "NDArray[np.float64]":
    """Start, drift, and the first season: (months, 13)."""
    import numpy as np

    t = np.arange(months)
    season: Sequence[NDArray[np.float64]] = [
        (t % _MONTHS == m).astype(float) - (t % _MONTHS == _MONTHS - 1) for m in range(_MONTHS - 1)
    ]
    return np.column_stack([np.ones(months), t / months, *season])
