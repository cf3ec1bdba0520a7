"""HiGHS on one model: options, progress, stopping from another thread, and what it found.

HiGHS is imported where it is used: it costs start-up time.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np

from touchstone.calc.pathway.case import Floats
from touchstone.calc.pathway.deployment.build import Model

if TYPE_CHECKING:
    from highspy import Highs

SIMPLEX_BELOW = 2_500
"""Rows below which the simplex method is the faster one (measured: docs/decisions/0023)."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve is.

    Attributes:
        phase: "simplex", "interior point", "whole", "clusters" or "paths".
        seconds: since it began; steps: iterations so far.
        cost, bound: yuan of the best plan and below which none can be; NaN while unknown.
    """

    phase: str
    seconds: float
    steps: int
    cost: float = np.nan
    bound: float = np.nan


Told = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Found:
    """What the solver found, in the units of the model.

    Attributes:
        status: "optimal", "stopped" (time or somebody) or HiGHS's own word.
        values: of the columns, None where no usable ones were found; duals: of the rows; empty of a model with whole columns.
        objective, bound: in the model's money.
    """

    status: str
    values: Floats | None
    duals: Floats
    objective: float
    bound: float
    seconds: float
    steps: int
    method: str


class Solver:
    """One HiGHS with one model in it; run again after a change it starts from the basis it ended with."""

    def __init__(self, model: Model, method: str = "auto", seed: int = 1, gap: float = 1e-4) -> None:
        """Hand a model over.

        Args:
            method: "ipm", "simplex" or "auto", which chooses by size.
            gap: within which a plan of whole lines counts as optimal.
        """
        import highspy

        self.model = model
        small = len(model.row_lower) < SIMPLEX_BELOW
        self.method = method if method != "auto" else "simplex" if small else "ipm"
        self.highs: Highs = highspy.Highs()
        self.highs.silent()
        for name, value in (
            ("threads", 1),
            ("parallel", "off"),
            ("random_seed", seed),
            ("mip_rel_gap", gap),
            ("solver", "choose" if model.whole.size else self.method),
            ("run_crossover", "off"),
        ):
            self.highs.setOptionValue(name, value)
        self.highs.passModel(_program(model))

    def begin(self, values: Floats) -> None:
        """Give it a solution to go on from: values of all columns."""
        import highspy

        known = highspy.HighsSolution()
        known.col_value = list(values)
        self.highs.setSolution(known)

    def run(self, seconds: float = np.inf, told: Told | None = None, stop: Event | None = None) -> Found:
        """Solve for at most `seconds`; `told` hears of it, and it ends soon after `stop` is set."""
        import highspy

        began = time.perf_counter()
        whole = bool(self.model.whole.size)
        heard = _hearing(self, began, whole, told, stop)
        highs = self.highs
        events = (highs.cbMipInterrupt,) if whole else (highs.cbIpmInterrupt, highs.cbSimplexInterrupt)
        if heard:
            for each in events:
                each.subscribe(heard)
        highs.setOptionValue("time_limit", float(highs.getRunTime() + max(seconds, 0.0)))
        highs.run()
        if heard:
            for each in events:
                each.unsubscribe(heard)
        state, info = highs.getModelStatus(), highs.getInfo()
        status = "optimal" if state == highspy.HighsModelStatus.kOptimal else highs.modelStatusToString(state)
        if state in (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt):
            status = "stopped"
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        usable = feasible if whole else status == "optimal"
        solution = highs.getSolution()
        steps = info.mip_node_count if whole else max(info.ipm_iteration_count, info.simplex_iteration_count)
        return Found(
            status,
            np.array(solution.col_value) if usable else None,
            np.array(solution.row_dual) if usable and not whole else np.zeros(0),
            info.objective_function_value,
            info.mip_dual_bound if whole else info.objective_function_value if usable else -np.inf,
            time.perf_counter() - began,
            int(steps),
            "whole" if whole else self.method,
        )


def name() -> str:
    """The solver and its version."""
    import highspy

    return f"HiGHS {highspy.Highs().version()}"


def _hearing(
    solver: Solver, began: float, whole: bool, told: Told | None, stop: Event | None
) -> Callable[[Any], None] | None:
    if told is None and stop is None:
        return None
    yuan, last = solver.model.yuan, [0.0]
    phase = "whole" if whole else {"ipm": "interior point"}.get(solver.method, solver.method)

    def heard(event: Any) -> None:
        if stop is not None and stop.is_set():
            event.interrupt()
        now = time.perf_counter() - began
        if told is None or now - last[0] < 0.2:
            return
        last[0] = now
        out = event.data_out
        if whole:
            told(
                Progress(
                    phase,
                    now,
                    int(out.mip_node_count),
                    out.mip_primal_bound * yuan,
                    out.mip_dual_bound * yuan,
                )
            )
        else:
            told(Progress(phase, now, int(max(out.ipm_iteration_count, out.simplex_iteration_count))))

    return heard


def _program(model: Model) -> Any:
    import highspy

    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = len(model.row_lower), len(model.cost)
    program.col_cost_ = model.cost
    program.col_lower_ = np.zeros(len(model.cost))
    program.col_upper_ = model.upper
    program.row_lower_, program.row_upper_ = model.row_lower, model.row_upper
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = model.matrix.indptr.astype(np.int32)
    program.a_matrix_.index_ = model.matrix.indices.astype(np.int32)
    program.a_matrix_.value_ = np.asarray(model.matrix.data, float)
    if model.whole.size:
        kinds = np.full(len(model.cost), highspy.HighsVarType.kContinuous, object)
        kinds[model.whole] = highspy.HighsVarType.kInteger
        program.integrality_ = list(kinds)
    return program
