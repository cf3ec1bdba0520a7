"""Which driver matters: how much of what is uncertain about a result is owed to each driver.

Of drivers that do not move together, Sobol' indices: `first` is the share of the variance a driver makes alone, `total` with all it acts
together with. Of those that do, such indices no longer add up or mean much, and Shapley effects share the variance out fairly: they add up
to 1, whatever is correlated. A driver is the whole of what is drawn for it: all years of a walk, all projects of a delay.

Source: Saltelli, A. and others, Variance based sensitivity analysis of model output, Computer Physics Communications 181 (2010) 259-270 [R];
Owen, A. B., Sobol' indices and Shapley value, SIAM/ASA Journal on Uncertainty Quantification 2 (2014) 245-251 [R]; Song, E., Nelson, B. L.
and Staum, J., Shapley effects for global sensitivity analysis: theory and computation, same journal 4 (2016) 1060-1083 [R].
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.stats import sobol_indices

from touchstone.calc.pathway.case import Case, Floats, Ints
from touchstone.calc.pathway.chance.outcome import FixedPlan
from touchstone.calc.pathway.chance.sample import Design, Draws, Scores, pair, worth
from touchstone.calc.pathway.chance.shapley import shapley
from touchstone.calc.pathway.chance.simulate import simulate
from touchstone.calc.pathway.plan import Plan
from touchstone.calc.pathway.refusal import refusal

Model = Callable[[tuple[Floats, ...]], Floats]
"""Results (R, N) of values of drivers, each (N, 1), (N, Y) or (N, projects)."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What each driver is answerable for.

    Attributes:
        drivers: D keys; results: R names. deviation: (R,) standard deviation of each result; results that do not vary have none and NaN.
        first, total: (D, R) Sobol' indices, with their standard errors; empty (0, R) where drivers move together.
        shapley: (D, R) Shapley effects, with their standard errors.
        draws: futures worked out; seed.
    """

    drivers: tuple[str, ...]
    results: tuple[str, ...]
    deviation: Floats
    first: Floats
    first_error: Floats
    total: Floats
    total_error: Floats
    shapley: Floats
    shapley_error: Floats
    draws: int
    seed: int


def results(outcome: FixedPlan, year: int) -> dict[str, Floats]:
    """The results that are asked about, each (N,): year and height of the peak, emissions of a year and of all, cost.

    A future without a peak counts with the last year of the horizon, the earliest in which it could have one.
    """
    peak, at = outcome.peaks(), int(np.flatnonzero(outcome.years == year)[0])
    return {
        "peak.year": peak.year.astype(float),
        "peak.height": peak.height,
        f"emissions.{year}": outcome.emissions[:, at],
        "emissions.cumulative": outcome.cumulative,
        "cost": outcome.cost,
    }


def sensitivity(
    case: Case, plan: Plan, of: Design, year: int, seed: int, *, futures: int = 1024, orders: int = 60
) -> Sensitivity:
    """Which drivers the results of a fixed plan hang on.

    Args:
        of: the drivers, with as many projects as the plan has; year: whose emissions are asked about.
        futures: a power of 2; of Sobol' indices (2 + D) times as many are worked out. orders: of Shapley effects, see `shapley`.

    Raises:
        UnusablePathway: CHANCE-017, the year is not of the case, `futures` is no power of 2, or no driver changes any result.
    """
    if year not in case.years or futures < 16 or futures & (futures - 1):
        raise refusal("CHANCE-017", "sensitivity", found=f"{year}, {futures}", years=_span(case.years))
    names: list[str] = []

    def model(values: tuple[Floats, ...]) -> Floats:
        count = len(values[0])
        edges = np.array([0, count // 2, count])
        found = results(simulate(case, plan, Draws(of.drivers, values, edges, seed, "sobol")), year)
        names[:] = found
        return np.array(list(found.values()))

    return indices(model, of, seed, lambda: tuple(names), futures=futures, orders=orders)


def indices(
    model: Model, of: Design, seed: int, names: Callable[[], tuple[str, ...]], *, futures: int, orders: int
) -> Sensitivity:
    """The sensitivity of any model of the drivers; `names` is asked after the model has been worked out."""
    first, again = pair(of, futures, (seed, 101), "sobol")
    made = [model(worth(of, each)) for each in (first, again)]
    deviation = np.concatenate(made, axis=1).std(1)
    still = deviation <= 1e-12 * np.maximum(np.abs(made[0]).max(1), 1e-300)
    if still.all():
        raise refusal(
            "CHANCE-017", "sensitivity", found=", ".join(d.key for d in of.drivers), years=_span(of.years)
        )
    count, none = len(of.drivers), np.zeros((0, len(deviation)))
    sobol = (none, none, none, none)
    drawn = 2 * futures
    if np.allclose(of.correlation, np.eye(count)):
        mixed = np.array([model(worth(of, _swapped(first, again, row))) for row in range(count)])
        sobol = _sobol(made[0], made[1], mixed, still)
        drawn += count * futures
    owed, error, more = shapley(model, of, seed, futures, orders)
    for each in (owed, error):
        each[:, still] = np.nan
    return Sensitivity(
        tuple(driver.key for driver in of.drivers),
        names(),
        np.where(still, 0.0, deviation),
        *sobol,
        owed,
        error,
        drawn + more,
        seed,
    )


def _sobol(a: Floats, b: Floats, mixed: Floats, still: Ints) -> tuple[Floats, Floats, Floats, Floats]:
    """First and total indices with errors; each (D, R). The errors are those of 10 batches of the same points."""
    moves = np.flatnonzero(~still)
    shape = (len(mixed), len(a))
    # One result of one driver comes back without axes, which SciPy itself stumbles over: so the first goes in twice.
    every = np.append(moves, moves[:1])
    found = [np.full(shape, np.nan) for _ in range(4)]

    def taken(part: Ints) -> tuple[Floats, Floats]:
        got = sobol_indices(
            func={
                "f_A": a[every][:, part],
                "f_B": b[every][:, part],
                "f_AB": mixed[:, every][:, :, part],
            },
            n=len(part),
        )
        orders = (got.first_order, got.total_order)
        first, total = (np.reshape(each, (len(every), -1))[:-1] for each in orders)
        return first, total

    count = a.shape[1]
    whole = taken(np.arange(count))
    batches = [taken(part) for part in np.array_split(np.arange(count), 16)]
    for row in (0, 1):
        found[2 * row][:, moves] = whole[row].T
        spread = np.array([batch[row].T for batch in batches])
        found[2 * row + 1][:, moves] = spread.std(0, ddof=1) / np.sqrt(len(batches))
    return found[0], found[1], found[2], found[3]


def _swapped(first: Scores, again: Scores, row: int) -> Scores:
    """The first with all scores of one driver from the other."""
    waves = first.waves.copy()
    waves[:, row] = again.waves[:, row]
    own = tuple(b if at == row else a for at, (a, b) in enumerate(zip(first.own, again.own, strict=True)))
    return Scores(waves, own)


def _span(years: Ints) -> str:
    return f"{years[0]}–{years[-1]}"
