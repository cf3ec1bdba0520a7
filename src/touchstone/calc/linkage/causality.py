"""Does the past of one price help to predict another? Toda-Yamamoto tests in levels, over one pair or a whole panel.

The vector autoregression is fitted in levels with d lags more than it needs, and those extra lags are left out of the
test: its chi-squared distribution then holds whether or not the series are integrated or move together in the long run.
Source: "linkage.causality" in data/methods/econometrics.toml.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Literal

from touchstone.calc.linkage.allowed import at_least, checked_level, one_of
from touchstone.calc.linkage.batch import Absent, Batch, pairs_of
from touchstone.calc.linkage.diagnostics import Diagnosis, caveat, diagnosed
from touchstone.calc.linkage.false_discovery import benjamini_hochberg
from touchstone.calc.linkage.lag_choice import Criterion, LagSearch, lag_choices, lag_of
from touchstone.calc.linkage.methods import assumptions
from touchstone.calc.linkage.panel import Panel, checked
from touchstone.calc.linkage.regression import Fit, enough, lagged, least_squares
from touchstone.calc.linkage.statement import Parameters, Sample, Statement, sample_of
from touchstone.calc.linkage.unitroot import integration
from touchstone.calc.linkage.wording import probability
from touchstone.errors import UnusableSeries
from touchstone.facts.text import Text

Variant = Literal["bivariate", "conditional"]
"""bivariate: each pair alone; conditional: given the past of all other series of the panel."""


@dataclass(frozen=True, slots=True)
class Causality:
    """One ordered pair tested.

    Attributes:
        cause, effect: the series.
        given: the other series whose past was held fixed; none in a bivariate test.
        lags, extra: p, the lags tested, and d, the lags added and not tested.
        wald: the statistic, chi-squared with p degrees of freedom where there is no causality.
        p, q: its probability, and the smallest false-discovery rate at which it is called real among the tests made
            together (q equals p for a single test).
        found: q is not above 1 - level.
    """

    cause: str
    effect: str
    given: tuple[str, ...]
    lags: int
    extra: int
    wald: float
    p: float
    q: float
    found: bool
    statement: Statement


@dataclass(frozen=True, slots=True)
class _System:
    """An autoregression of some series in levels, fitted once for all its ordered pairs."""

    names: tuple[str, ...]
    sample: Sample
    lags: int
    extra: int
    fit: Fit
    tested: tuple[Diagnosis, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    """How the systems are set up."""

    lags: int | LagSearch
    level: float
    variant: Variant

    def __post_init__(self) -> None:
        if not isinstance(self.lags, LagSearch):
            at_least("lags", self.lags, 1)
        checked_level(self.level)
        one_of("variant", self.variant, Variant)


_Raw = tuple[_System, str, str, float]
"""A system, cause, effect and Wald statistic: a test before the others made with it are known."""


def toda_yamamoto(
    given: Panel,
    cause: str,
    effect: str,
    *,
    holding: Sequence[str] = (),
    lags: int | None = None,
    largest: int = 8,
    criterion: Criterion = "bic",
    extra: int | None = None,
    level: float = 0.95,
) -> Causality:
    """Test whether the past of `cause` helps to predict `effect`.

    Args:
        given: levels (logs of prices), not returns.
        holding: series whose past is held fixed.
        lags: p; None chooses it from 1 to `largest` by `criterion` on a common sample.
        extra: d, at least the highest order of integration; None takes it from unit-root tests.

    Raises:
        UnusableSeries: too short, collinear, or more extra lags than tested ones, for which the theorem does not hold.
    """
    sought = LagSearch(criterion, largest) if lags is None else lags
    choice = _Choice(sought, level, "conditional" if holding else "bivariate")
    names = (cause, effect, *holding)
    system = _system(given, names, {name: _order(given, name, extra) for name in names}, choice)
    return _concluded([_tested(system, cause, effect)], choice)[0]


def causalities(
    given: Panel,
    *,
    variant: Variant = "bivariate",
    lags: int | None = None,
    largest: int = 8,
    criterion: Criterion = "bic",
    extra: int | None = None,
    level: float = 0.95,
) -> Batch[Causality]:
    """Test every ordered pair of a panel, and control the false-discovery rate over all that could be tested.

    Arguments as in `toda_yamamoto`. A pair that cannot be tested is absent with its reason.
    """
    sought = LagSearch(criterion, largest) if lags is None else lags
    choice = _Choice(sought, level, variant)
    orders = {name: _order(given, name, extra) for name in given.names}
    tests: list[_Raw] = []
    absent: list[Absent] = []
    for names in pairs_of(given) if variant == "bivariate" else (given.names,):
        try:
            system = _system(given, names, orders, choice)
            tests += [_tested(system, *pair) for pair in permutations(names, 2)]
        except UnusableSeries as why:
            absent += [Absent(pair, why) for pair in permutations(names, 2)]
    return Batch(tuple(_concluded(tests, choice)), tuple(absent))


def _order(given: Panel, name: str, extra: int | None) -> int | UnusableSeries:
    """The order of integration, or why there is none: one bad series must not stop the others."""
    if extra is not None:
        at_least("extra", extra, 0)
        return extra
    try:
        return integration(given, name).order
    except UnusableSeries as why:
        return why


def _system(
    given: Panel, names: tuple[str, ...], orders: Mapping[str, int | UnusableSeries], choice: _Choice
) -> _System:
    import numpy as np

    part = checked(given, *names)
    extra = 0
    for name in names:
        if isinstance(order := orders[name], UnusableSeries):
            raise order
        extra = max(extra, order)
    lags = lag_of(part, choice.lags)
    if extra > lags:
        raise _too_much_extra(names, extra, lags)
    rows = len(part) - lags - extra
    enough(names, rows, 1 + len(names) * (lags + extra))
    design = np.column_stack([np.ones(rows), lagged(part.values, lags + extra, rows)])
    fit = least_squares(part.values[len(part) - rows :], design, names)
    tested = diagnosed(fit.residuals, lags + extra, len(names) ** 2 * (lags + extra), choice.level)
    return _System(names, sample_of(part), lags, extra, fit, tested)


def _tested(system: _System, cause: str, effect: str) -> _Raw:
    """The Wald statistic of one ordered pair."""
    import numpy as np

    source, target = system.names.index(cause), system.names.index(effect)
    places = [1 + lag * len(system.names) + source for lag in range(system.lags)]
    effects = system.fit.coefficients[places, target]
    covariance = system.fit.covariance(target)[np.ix_(places, places)]
    return system, cause, effect, float(effects @ np.linalg.solve(covariance, effects))


def _concluded(tests: list[_Raw], choice: _Choice) -> list[Causality]:
    """The tests with their probabilities, alone and among one another, and what they say."""
    from scipy.stats import chi2

    probabilities = [float(chi2.sf(wald, system.lags)) for system, _, _, wald in tests]
    done = []
    for test, p, q in zip(tests, probabilities, benjamini_hochberg(probabilities), strict=True):
        system, cause, effect, wald = test
        rest = tuple(name for name in system.names if name not in (cause, effect))
        found = q <= 1 - choice.level
        statement = Statement(
            method="linkage.causality",
            sample=replace(system.sample, names=(cause, effect, *rest)),
            parameters=_parameters(system, choice, len(tests)),
            assumptions=(*assumptions("linkage.causality"), *(each.text() for each in system.tested)),
            sentence=_sentence(test, rest, (p, q, len(tests)), found),
        )
        done.append(Causality(cause, effect, rest, system.lags, system.extra, wald, p, q, found, statement))
    return done


def _parameters(system: _System, choice: _Choice, together: int) -> Parameters:
    return (
        *lag_choices(system.lags, choice.lags),
        ("extra_lags", f"{system.extra}"),
        ("variant", choice.variant),
        ("statistic", "wald"),
        ("tests_together", f"{together}"),
        ("level", f"{choice.level}"),
    )


def _sentence(test: _Raw, rest: tuple[str, ...], chance: tuple[float, float, int], found: bool) -> Text:
    system, cause, effect, _ = test
    p, q, together = chance
    note, many = caveat(*system.tested), together > 1
    chances = [f"p {probability(p)}", *([f"q {probability(q)}"] if many else [])]
    zh = f"{cause}的过去值{'有助于' if found else '未见有助于'}预测{effect}（{'，'.join(chances)}{f'，共{together}项检验' if many else ''}）"
    en = f"The past of {cause} {'helps to predict' if found else 'is not seen to help predict'} {effect}"
    control = f"在控制{'、'.join(rest)}后，" if rest else ""
    held = f", given {', '.join(rest)}" if rest else ""
    return Text(
        f"{control}{zh}。{note.zh}",
        f"{en}{held} ({', '.join(chances)}{f' over {together} tests' if many else ''}).{note.en}",
    )


def _too_much_extra(names: Sequence[str], extra: int, lags: int) -> UnusableSeries:
    return UnusableSeries(
        "LINK-204", ", ".join(names), f"{extra} extra lags (order of integration) with {lags} tested",
        "no more extra lags than tested ones (Toda & Yamamoto 1995, theorem 1)", "this test was not made",
        f"test at least {extra} lags, or difference the series of order {extra} first",
        zh=(f"额外滞后（单整阶数）{extra}阶，检验滞后{lags}阶", "额外滞后不多于检验滞后（Toda、Yamamoto 1995定理1）", "没有做这项检验", f"检验滞后至少取{extra}阶，或先将{extra}阶单整的序列差分"),
    )  # fmt: skip
