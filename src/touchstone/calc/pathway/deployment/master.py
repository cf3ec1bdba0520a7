"""The model of choosing among known ways: every line takes a mixture of its ways, and what lines share is held for all together."""

from threading import Event
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array, csc_array, vstack

from touchstone.calc.pathway.case import Floats
from touchstone.calc.pathway.deployment.bound import Bounding
from touchstone.calc.pathway.deployment.pool import Pool, owners

if TYPE_CHECKING:
    from highspy import Highs


class Master:
    """The choice among the ways of a pool; lines that are not simple (`paths.slots`) stay in it with all they may do."""

    def __init__(self, bounding: Bounding, pool: Pool, seed: int = 1) -> None:
        """Hand the model over to the solver."""
        import highspy

        model = bounding.model
        self.bounding, self.model, self.pool = bounding, model, pool.only(np.zeros(len(pool.line), bool))
        line = owners(model)
        self.width = len(line)
        simple = bounding.parts.simple
        self.lines = np.flatnonzero(simple)
        self.own = np.concatenate((np.flatnonzero(~simple[line]), np.arange(self.width, model.at.count)))
        local = np.concatenate(
            [getattr(model.rows, part)[~simple].ravel() for part in ("standing", "capacity", "output")]
        )
        self.local = local[local >= 0]
        self.matrix = csc_array(vstack([bounding.matrix, model.matrix.tocsr()[self.local]]))
        rows = np.concatenate((bounding.shared, self.local))
        ones = np.ones(len(self.lines))
        table = csc_array(vstack([self.matrix[:, self.own], coo_array((len(ones), len(self.own)))]))
        table.sort_indices()
        program = highspy.HighsLp()
        program.num_row_, program.num_col_ = len(rows) + len(ones), len(self.own)
        program.col_cost_, program.col_upper_ = model.cost[self.own], model.upper[self.own]
        program.col_lower_ = np.zeros(len(self.own))
        program.row_lower_ = np.concatenate((model.row_lower[rows], ones))
        program.row_upper_ = np.concatenate((model.row_upper[rows], ones))
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        program.a_matrix_.start_ = table.indptr.astype(np.int32)
        program.a_matrix_.index_ = table.indices.astype(np.int32)
        program.a_matrix_.value_ = np.asarray(table.data, float)
        self.highs: Highs = highspy.Highs()
        self.highs.silent()
        for name, value in (
            ("threads", 1),
            ("parallel", "off"),
            ("random_seed", seed),
            ("solver", "simplex"),
        ):
            self.highs.setOptionValue(name, value)
        self.highs.passModel(program)
        self.add(pool)

    def add(self, pool: Pool) -> None:
        """Make ways known."""
        pool = pool.only(self.bounding.parts.simple[pool.line])
        place = np.full(len(self.bounding.parts.simple), -1)
        place[self.lines] = np.arange(len(self.lines))
        count = len(pool.line)
        chosen = coo_array(
            (np.ones(count), (place[pool.line], np.arange(count))), shape=(len(self.lines), count)
        )
        table = csc_array(vstack([self.matrix[:, : self.width] @ pool.ways, chosen]))
        table.data[np.abs(table.data) < 1e-9] = 0.0
        table.eliminate_zeros()
        table.sort_indices()
        cost = self.model.cost[: self.width] @ pool.ways
        self.highs.addCols(
            count, cost, np.zeros(count), np.full(count, np.inf), table.nnz,
            table.indptr[:-1].astype(np.int32), table.indices.astype(np.int32), np.asarray(table.data, float),
        )  # fmt: skip
        self.pool = self.pool + pool

    def run(self, seconds: float, stop: Event | None = None) -> tuple[float, Floats] | None:
        """Cost and duals (shared,) of the best mixture, from where the last run ended; None where there was no time for it."""
        import highspy

        highs = self.highs
        if stop is not None and not highs.cbSimplexInterrupt.callbacks:
            highs.cbSimplexInterrupt.subscribe(lambda event: event.interrupt() if stop.is_set() else None)
        for fresh in (False, True):
            if fresh:  # a basis can be numerically bad after columns came; from none it works
                highs.clearSolver()
            highs.setOptionValue("time_limit", float(highs.getRunTime() + max(seconds, 0.0)))
            highs.run()
            if highs.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                duals = np.array(highs.getSolution().row_dual)
                return highs.getInfo().objective_function_value, duals[: len(self.bounding.shared)]
            if highs.getModelStatus() in (
                highspy.HighsModelStatus.kTimeLimit,
                highspy.HighsModelStatus.kInterrupt,
            ):
                return None
        return None

    def values(self) -> Floats:
        """(columns,) of the full model: the mixture of the last run."""
        taken = np.maximum(np.array(self.highs.getSolution().col_value), 0.0)
        values = np.zeros(self.model.at.count)
        own, share = taken[: len(self.own)], taken[len(self.own) :]
        total = np.bincount(self.pool.line, share, len(self.bounding.parts.simple))[self.pool.line]
        values[: self.width] = self.pool.ways @ (share / np.where(total > 0, total, 1))
        values[self.own] = own
        return values
