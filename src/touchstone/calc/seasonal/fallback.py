"""The fallback: effects of feasts and days worked by regression, then STL. Where X-13 does not run, and where it is wanted.

Source: "seasonal.stl" in data/methods/seasonal.toml. It has no automatic outliers (STL is robust instead), no forecast, no
M statistics and no sliding spans; `why` of the result says that it was used.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from touchstone.calc.seasonal.airline import airline
from touchstone.calc.seasonal.choice import Choice
from touchstone.calc.seasonal.diagnostics import Check, checked
from touchstone.calc.seasonal.parts import Forecast, Parts, finite
from touchstone.calc.seasonal.specification import Specification, of_choice, regressors, with_trading
from touchstone.calc.seasonal.trading import counted_how, leap, weekday_regressors
from touchstone.calc.seasonal.windows import Effects, search, to_search
from touchstone.calc.timeseries import TimeSeries, without_gaps
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def by_regression_and_stl(given: TimeSeries, choice: Choice) -> Parts:
    """Adjust a series without X-13.

    Raises:
        UnusableSeries: the series has gaps, which only X-13 can estimate (SERIES-002), or a part of it comes out as no number
            (SEASON-011).
        numpy.linalg.LinAlgError: its declared regressors cannot be told from each other in the sample.
    """
    import numpy as np

    without_gaps(given)
    log = choice.transform == "log" or (choice.transform == "auto" and bool((given.values > 0).all()))
    values = np.log(given.values) if log else given.values
    every = 4 if given.frequency == "Q" else 12
    spec, notes = of_choice(choice), ()
    if to_search(choice):
        found = search(
            choice,
            lambda effects, trading: _aicc(values, _columns(_with(spec, effects, trading), given), every),
        )
        spec, notes = _with(spec, found.effects, found.trading), found.notes
    columns = _columns(spec, given)
    effect = np.zeros(len(given))
    if columns.shape[1]:
        effect = columns @ airline(values, columns, every).coefficients
    seasonal, trend, rest = _stl(values - effect, every)
    adjusted = values - effect - seasonal

    def back(part: "NDArray[np.float64]") -> tuple[float, ...]:
        return tuple(map(float, np.exp(part) if log else part))

    parts = Parts(
        adjusted=back(adjusted),
        seasonal=back(seasonal),
        trend=back(trend),
        irregular=back(rest),
        calendar=back(effect),
        forecast=Forecast((), (), (), ()),
        multiplicative=log,
        outliers=(),
        estimated=(),
        model=None,
        diagnostics=_season_left(adjusted, every, given.periods[-1]),
        notes=(*notes, *_on_trading(spec, given)),
        warnings=(),
    )
    return finite(given.key, given.periods, parts)


def _on_trading(spec: Specification, given: TimeSeries) -> tuple[Text, ...]:
    return (counted_how(given.periods),) if spec.trading == "china" else ()


def _with(spec: Specification, effects: Effects, trading: str) -> Specification:
    return with_trading(replace(spec, effects=effects), trading)


def _aicc(values: "NDArray[np.float64]", columns: "NDArray[np.float64]", every: int) -> float:
    import numpy as np

    try:
        return airline(values, columns, every).aicc
    except np.linalg.LinAlgError:
        return float("inf")


def _columns(spec: Specification, given: TimeSeries) -> "NDArray[np.float64]":
    """The regressors of the specification over the sample: (T, k)."""
    import numpy as np

    ours = [each[: len(given)] for each in regressors(spec, given.periods).values()]
    own = []
    if "td1coef" in spec.own:
        own = list(weekday_regressors(given.periods).T)
    elif "lpyear" in spec.own:
        own = [np.array([leap(period) for period in given.periods])]
    columns = (*ours, *own)
    return np.column_stack(columns) if columns else np.empty((len(given), 0))


def _stl(values: "NDArray[np.float64]", every: int) -> "tuple[NDArray[np.float64], ...]":
    """Season, trend and rest of robust STL."""
    from statsmodels.tsa.seasonal import STL

    found = STL(values, period=every, robust=True).fit()
    return found.seasonal, found.trend, found.resid


def _season_left(adjusted: "NDArray[np.float64]", every: int, last: str) -> tuple[Check, ...]:
    """The F test of calendar periods on the changes of the adjusted series, as X-13 makes it below its table D 11."""
    import numpy as np
    from scipy.stats import f_oneway

    changes = np.diff(adjusted)
    p = f_oneway(*(changes[start::every] for start in range(every))).pvalue
    return (checked("season.left", float(100 * p), last),)
