"""Do prices share a long-run relation, and how many? Johansen's rank tests.

Source: "linkage.cointegration" in data/methods/econometrics.toml; critical values: `critical_values`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.linkage.allowed import among, checked_level, one_of
from touchstone.calc.linkage.critical_values import (
    Deterministic,
    Statistic,
    Table,
    rank_critical,
    rank_probability,
)
from touchstone.calc.linkage.diagnostics import Diagnosis, caveat, diagnosed
from touchstone.calc.linkage.error_correction import chosen_lags, described, solved
from touchstone.calc.linkage.methods import assumptions
from touchstone.calc.linkage.panel import Panel, several
from touchstone.calc.linkage.reduced_rank import Equations, Form, LongRun, Specification
from touchstone.calc.linkage.regression import least_squares
from touchstone.calc.linkage.statement import Statement, sample_of
from touchstone.calc.linkage.wording import probability
from touchstone.errors import UnusableSeries
from touchstone.facts.text import Text, plural

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ABSENT = 1e-10
"""A coefficient this small, beside the largest of its relation, is none: nothing can be scaled by it."""


@dataclass(frozen=True, slots=True)
class RankTest:
    """One test of the rank.

    Attributes:
        rank: number of relations under the null.
        statistic: trace or maximum-eigenvalue statistic.
        p: asymptotic probability by Doornik's gamma approximation, whichever table the critical values come from.
        critical: critical values at 10, 5 and 1 %.
    """

    rank: int
    statistic: float
    p: float
    critical: tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Cointegration:
    """The rank tests of some series, and their long-run relations.

    Attributes:
        names: the N series; `terms`: the same and the deterministic term inside the relations, M in all.
        eigenvalues: (N,), the largest first.
        trace, largest: one test for each rank from 0 to N - 1.
        rank, rank_by_largest: first rank that the statistic does not reject; N if it rejects all.
        relations: (M, N), beta, each column scaled to 1 at the series normalised on.
        loadings: (N, N), alpha for that scale.
        used: rows left after lags.
    """

    names: tuple[str, ...]
    terms: tuple[str, ...]
    eigenvalues: "NDArray[np.float64]"
    trace: tuple[RankTest, ...]
    largest: tuple[RankTest, ...]
    rank: int
    rank_by_largest: int
    relations: "NDArray[np.float64]"
    loadings: "NDArray[np.float64]"
    used: int
    statement: Statement


def johansen(
    given: Panel,
    *,
    lags: int | None = None,
    largest_lags: int = 8,
    deterministic: Deterministic = "ci",
    season: int = 0,
    specification: Specification = "transitory",
    table: Table = "doornik-1998",
    normalise: str | None = None,
    level: float = 0.95,
) -> Cointegration:
    """Test how many long-run relations the series of a panel share.

    Args:
        given: levels (logs of prices), each integrated of order one.
        lags: K, lags of the levels, at least 1; None chooses it by BIC up to `largest_lags`.
        deterministic: none; ci, a constant inside the relations; co, a constant outside; li, a constant outside and a
            trend inside.
        season: periods in a year for centred seasonal dummies; 0 for none.
        table: where critical values are taken from.
        normalise: series whose coefficient is 1 in each relation; None takes the first.

    Raises:
        UnusableSeries: one series alone, too short for the lags, collinear, or the series normalised on stands in no relation.
    """
    several(given)
    one_of("table", table, Table)
    checked_level(level)
    among(("series", "序列"), [normalise or given.names[0]], given.names)
    form = Form(chosen_lags(given, lags, largest_lags), deterministic, season, specification)
    part, arranged, found = solved(given, form)
    rows = len(arranged.changes)
    trace, largest = (_tests(found, kind, form, rows, table) for kind in ("trace", "largest"))
    ranks = _first_kept(trace, level), _first_kept(largest, level)
    scale = _scale(part, found, normalise or part.names[0])
    diagnoses = _examined(part, arranged, form, level)
    statement = Statement(
        method="linkage.cointegration",
        sample=sample_of(part),
        parameters=(*described(form, lags is None), ("critical_values", table), ("level", f"{level}")),
        assumptions=(
            *assumptions("linkage.cointegration"),
            _asymptotic(form, rows),
            *(each.text() for each in diagnoses),
        ),
        sentence=_sentence(part.names, (trace, largest), ranks, caveat(*diagnoses)),
    )
    return Cointegration(
        part.names, (*part.names, *form.restricted), found.eigenvalues, trace, largest, *ranks,
        found.relations / scale, found.loadings * scale, rows, statement,
    )  # fmt: skip


def _tests(found: LongRun, kind: Statistic, form: Form, rows: int, table: Table) -> tuple[RankTest, ...]:
    import numpy as np

    terms = -rows * np.log1p(-found.eigenvalues)
    statistics = terms[::-1].cumsum()[::-1] if kind == "trace" else terms
    return tuple(
        RankTest(
            rank, statistic, rank_probability(statistic, kind, form.deterministic, len(terms) - rank),
            rank_critical(kind, form.deterministic, len(terms) - rank, table),
        )
        for rank, statistic in enumerate(map(float, statistics))
    )  # fmt: skip


def _first_kept(tests: tuple[RankTest, ...], level: float) -> int:
    return next((test.rank for test in tests if test.p >= 1 - level), len(tests))


def _scale(part: Panel, found: LongRun, name: str) -> "NDArray[np.float64]":
    """(N,) coefficient of the series normalised on, in each relation."""
    import numpy as np

    row = found.relations[part.names.index(name)]
    if (np.abs(row) <= _ABSENT * np.abs(found.relations).max(axis=0)).any():
        raise UnusableSeries(
            "LINK-205", name, "no coefficient in one of the relations", "a series that stands in each relation",
            "no relation was scaled", "name another series to normalise on, or leave this one out",
            zh=("在某个关系中系数为零", "在每个关系中都出现的序列", "没有对关系作标准化", "改用其他序列作标准化，或去掉这一序列"),
        )  # fmt: skip
    return row


def _examined(part: Panel, arranged: Equations, form: Form, level: float) -> tuple[Diagnosis, Diagnosis]:
    """Tests of the residuals of the model in which no rank is imposed."""
    import numpy as np

    design = np.concatenate([arranged.levels, arranged.free], axis=1)
    left = least_squares(arranged.changes, design, part.names).residuals
    return diagnosed(left, form.lags, len(part.names) ** 2 * form.lags, level)


def _asymptotic(form: Form, rows: int) -> Text:
    return Text(
        f"临界值为渐近值；有效样本{rows}期、{form.lags}阶滞后，小样本下容易多认定长期关系",
        f"critical values are asymptotic; with {rows} rows and {form.lags} lags, a small sample finds relations too often",
    )


def _sentence(
    names: tuple[str, ...],
    tests: tuple[tuple[RankTest, ...], tuple[RankTest, ...]],
    ranks: tuple[int, int],
    note: Text,
) -> Text:
    trace, largest = tests
    rank, other = ranks
    told = trace[max(rank - 1, 0)]
    numbers = Text(*(f"{told.statistic:.2f}{comma}p {probability(told.p)}" for comma in ("，", ", ")))
    if rank == len(names):
        zh = f"迹检验拒绝一切单位根（{numbers.zh}），{'、'.join(names)}看来是平稳的"
        en = f"The trace test rejects every unit root ({numbers.en}): {', '.join(names)} look stationary"
    else:
        zh = f"迹检验在{'、'.join(names)}之间{f'认定{rank}个' if rank else '未发现'}长期关系（{numbers.zh}）"
        en = f"The trace test finds {plural(rank, 'long-run relation') if rank else 'no long-run relation'} among {', '.join(names)} ({numbers.en})"
    if other != rank:
        first = largest[max(other - 1, 0)]
        apart = Text(*(f"{first.statistic:.2f}{comma}p {probability(first.p)}" for comma in ("，", ", ")))
        zh += f"；最大特征根检验认定{other}个（{apart.zh}），两者不一致"
        en += f"; the maximum-eigenvalue test finds {other} ({apart.en}), so the rank is in doubt"
    return Text(f"{zh}。{note.zh}", f"{en}.{note.en}")
