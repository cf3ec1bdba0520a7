"""Adjustment by X-13ARIMA-SEATS: identified once a year, estimated anew every month on the stored model.

Source: "seasonal.x13" and "seasonal.stored" in data/methods/seasonal.toml.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from touchstone.calc.seasonal.choice import Choice, KeptModel
from touchstone.calc.seasonal.diagnostics import Check, checks
from touchstone.calc.seasonal.feasts import onwards
from touchstone.calc.seasonal.output import arima, diagnostics, outlier_period, table, variables
from touchstone.calc.seasonal.parts import Forecast, Parts, finite
from touchstone.calc.seasonal.program import Output, run
from touchstone.calc.seasonal.refused import program_error
from touchstone.calc.seasonal.specification import Specification, of_choice, with_trading, written
from touchstone.calc.seasonal.trading import counted_how
from touchstone.calc.seasonal.windows import Effects, search, to_search
from touchstone.calc.timeseries import TimeSeries
from touchstone.errors import UnusableSeries
from touchstone.facts.period import period_after
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AIRLINE = "(0 1 1)(0 1 1)"
_TOO_LONG, _ERROR = "SEASON-004", "SEASON-003"
_TABLES = ("10", "11", "12", "13", "16")
_PREFIX = {"x11": "d", "seats": "s"}


def identified(given: TimeSeries, choice: Choice) -> Parts:
    """Adjust a series with a model identified on it: transformation, windows, days worked, ARIMA order, outliers.

    Raises:
        UnusableSeries: X-13 is not there, refuses, or takes too long (SEASON-002 to SEASON-004).

    Where the automatic choice of the ARIMA order takes too long, the airline model is taken instead, and a note says so.
    """
    spec, best, notes = of_choice(choice), (), ()
    if to_search(choice):
        spec = replace(spec, transform=_transform(given, choice, spec))
        chosen = search(choice, lambda effects, trading: _aicc(given, choice, spec, effects, trading))
        spec, best = with_trading(replace(spec, effects=chosen.effects), chosen.trading), chosen.best
        notes = chosen.notes
    try:
        output = run(given.key, written(spec, given.periods, given.values), choice.seconds)
    except UnusableSeries as error:
        if error.code != _TOO_LONG or spec.arima != "auto":
            raise
        spec = replace(spec, arima=AIRLINE)
        output = run(given.key, written(spec, given.periods, given.values), choice.seconds)
        notes += (Text(f"ARIMA模型的自动识别超过{choice.seconds:g}秒，改用{AIRLINE}模型",
                      f"automatic identification of the ARIMA model took more than {choice.seconds:g} seconds; {AIRLINE} was taken"),)  # fmt: skip
    said = diagnostics(output.files["udg"])
    own, outliers = variables(output.files["mdl"])
    log = _logs(said) if spec.transform == "auto" else spec.transform == "log"
    found = checks(said, given.periods[-1])
    model = KeptModel(
        given.key, choice.model_key, given.periods[-1], log, arima(said), own, spec.effects, spec.trading, outliers, best,
        tuple(check for check in found if check.key.startswith("spans.")),
    )  # fmt: skip
    return _parts(given, spec, model, output, found, notes)


def estimated_anew(given: TimeSeries, choice: Choice, model: KeptModel) -> Parts:
    """Adjust a series on a stored model: its parameters are estimated, outliers looked for only behind its sample.

    Raises:
        UnusableSeries: as `identified`.
    """
    spec = _stored(given, choice, model)
    output = run(given.key, written(spec, given.periods, given.values), choice.seconds)
    found = checks(diagnostics(output.files["udg"]), given.periods[-1])
    return _parts(given, spec, model, output, (*found, *model.spans), ())


def specification_file(given: TimeSeries, choice: Choice, model: KeptModel) -> str:
    """The file with which anybody can run the stored model on the program of the Census Bureau."""
    return written(_stored(given, choice, model), given.periods, given.values)


def _stored(given: TimeSeries, choice: Choice, model: KeptModel) -> Specification:
    inside = [each for each in model.outliers if given.periods[0] < outlier_period(each) <= given.periods[-1]]
    return Specification(
        "log" if model.log else "none", model.arima, (*model.own, *inside), (), model.effects, model.trading,
        choice.outliers, period_after(model.identified), choice.decomposition, False, choice.forecast,
    )  # fmt: skip


def _transform(given: TimeSeries, choice: Choice, spec: Specification) -> str:
    """What all candidates of the search share: criteria do not compare between transformations."""
    if choice.transform != "auto":
        return choice.transform
    if (given.values <= 0).any():
        return "none"
    alone = replace(spec, arima=_searched_with(choice), outliers=(), tested=(), decomposition=None)
    output = run(given.key, written(alone, given.periods, given.values), choice.seconds)
    return "log" if _logs(diagnostics(output.files["udg"])) else "none"


def _logs(said: Mapping[str, str]) -> bool:
    """What the automatic transformation decided; it takes no logarithm, and does not say so, where a value is not above zero."""
    return said.get("aictrans", "").startswith("Log")


def _aicc(given: TimeSeries, choice: Choice, spec: Specification, effects: Effects, trading: str) -> float:
    tried = replace(
        spec, arima=_searched_with(choice), outliers=(), tested=(), effects=effects, decomposition=None
    )
    try:
        text = written(with_trading(tried, trading), given.periods, given.values)
        output = run(given.key, text, choice.seconds)
    except UnusableSeries as error:
        if error.code != _ERROR:
            raise
        return float("inf")
    return float(diagnostics(output.files["udg"])["aicc"])


def _searched_with(choice: Choice) -> str:
    return AIRLINE if choice.arima == "auto" else choice.arima


def _parts(
    given: TimeSeries, spec: Specification, model: KeptModel, output: Output, found: tuple[Check, ...], notes: tuple[Text, ...]
) -> Parts:  # fmt: skip
    assert spec.decomposition
    letter, files = _PREFIX[spec.decomposition], output.files
    if missing := [name for name in (f"{letter}{part}" for part in _TABLES) if name not in files]:
        raise program_error(given.key, f"no table {missing[0]}; {' '.join(output.warnings)}")
    seasonal, adjusted, trend, irregular, combined = (
        table(files[f"{letter}{part}"])[: len(given)] for part in _TABLES
    )
    # table 18 of SEATS is the original by the adjusted series: it holds the season too
    calendar = combined / seasonal if model.log else combined - seasonal
    parts = Parts(
        adjusted=_floats(adjusted),
        seasonal=_floats(seasonal),
        trend=_floats(trend),
        irregular=_floats(irregular),
        calendar=_floats(calendar),
        forecast=_forecast(given, spec, files),
        multiplicative=model.log,
        outliers=variables(files["mdl"])[1],
        estimated=given.gaps,
        model=model,
        diagnostics=found,
        notes=(*notes, *_on_trading(model, given)),
        warnings=output.warnings,
    )  # fmt: skip
    return finite(given.key, given.periods, parts)


def _forecast(given: TimeSeries, spec: Specification, files: Mapping[str, str]) -> Forecast:
    """What X-13 expects of the periods that were asked for; SEATS itself takes more, which nobody asked for."""
    if not spec.forecast:
        return Forecast((), (), (), ())
    ahead = onwards(given.periods, spec.forecast)[len(given) :]
    return Forecast(ahead, *(_floats(table(files["fct"], column)[: spec.forecast]) for column in (1, 2, 3)))


def _on_trading(model: KeptModel, given: TimeSeries) -> tuple[Text, ...]:
    return (counted_how(given.periods),) if model.trading == "china" else ()


def _floats(values: "NDArray[np.float64]") -> tuple[float, ...]:
    return tuple(map(float, values))
