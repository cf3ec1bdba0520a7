"""A fixed plan made ready for thousands of futures: the states in use on each line, and lines that count alike taken together.

A state in use is a technology on a line with capacity (standing by the plan, or where a project is late). A cell is all lines that no
supply and no rule tells apart, a class all technologies that no rule tells apart; what a rule asks for is a sum over these.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csc_array, csr_array, lil_array

from touchstone.calc.pathway.accounts import Accounts, accounts
from touchstone.calc.pathway.case import Bools, Case, Floats, Ints
from touchstone.calc.pathway.chance.driver import Driver
from touchstone.calc.pathway.chance.projects import Projects, projects
from touchstone.calc.pathway.chance.reach import Reach, lost, reach
from touchstone.calc.pathway.chance.sample import Draws
from touchstone.calc.pathway.plan import Plan

PARTS = ("output", "power", "direct", "energy", "running", "remade")
"""What a tonne made brings, in the order of `Prepared.brings`."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan ready to be simulated. U states in use, Q cells, S combinations of drivers that a saving hangs on.

    Attributes:
        cells: the case with cells in the place of lines and classes in that of technologies: its supply, product, benchmark and rules.
        made: the accounts of the plan itself.
        line, technology, cell: (U,) indices, states of one cell and cells of one product together.
        in_cell: for each cell its states; in_product: for each product.
        standing: (U, Y) t/a; use: (U, Y) t of output for a t/a by the plan; load: (U, Y) the same at most, never below the plan's.
        savings: S drivers of savings.
        brings: (6 + 3 S, U) of a tonne made: see `PARTS`, and for each of these drivers what `lost` says.
        shifts: (U, E) t/a that each project takes away or leaves standing while it is late.
        of_supply, of_product: (G, Q) and (K, Q), 1 where a cell is of it; of_class: (Q x classes, U), 1 where a state in use is.
        paid: (N, Y) yuan a year for projects of the plan by part; fixed: (Y,) for what is too small to be a project.
        planned: (K, Y) t made by the plan; expected: (G, Y) MWh used by it.
        needs_standing: whether a rule asks for what stands.
    """

    case: Case
    plan: Plan
    cells: Case
    made: Accounts
    reach: Reach
    projects: Projects
    line: Ints
    technology: Ints
    cell: Ints
    in_cell: tuple[slice, ...]
    in_product: tuple[slice, ...]
    standing: Floats
    use: Floats
    load: Floats
    savings: tuple[int, ...]
    brings: Floats
    shifts: csc_array
    of_supply: csr_array
    of_product: csr_array
    of_class: csc_array
    paid: Floats
    fixed: Floats
    planned: Floats
    expected: Floats
    needs_standing: bool


def prepared(case: Case, plan: Plan, draws: Draws) -> Prepared:
    """The plan of the case, ready for these draws; raises as `reach` does."""
    planned = projects(case, plan)
    reached = reach(case, draws.drivers, planned)
    cells, of_line, classes = _cells(case)
    line, technology = np.nonzero(_in_use(case, plan, planned))
    order = np.lexsort((of_line[line], case.product[line]))
    line, technology = line[order], technology[order]
    output, standing = plan.output[line, technology], plan.standing[line, technology]
    standing = np.where(standing > 0, standing, output)
    use = _use(plan, line, standing, output)
    savings = tuple(driver for driver, _ in reached.rows.get("saving", ()))
    brings = _brings(case, [draws.drivers[driver] for driver in savings], line, technology)
    needs = any(rule.indicator in ("benchmark.share", "technology.share", "capacity") for rule in case.rules)
    made, paid = accounts(case, plan), _paid(case, planned)
    return Prepared(
        case,
        plan,
        cells,
        made,
        reached,
        planned,
        line,
        technology,
        of_line[line],
        _runs(of_line[line], len(cells.supply)),
        _runs(case.product[line], len(case.products)),
        standing,
        use,
        np.maximum(case.load[line], use),
        savings,
        brings,
        _shifts(planned, line, technology),
        _sums(cells.supply, len(case.supplies)),
        _sums(cells.product, len(case.products)),
        csc_array(
            _sums(of_line[line] * cells.benchmark.shape[1] + classes[line, technology], cells.benchmark.size)
        ),
        paid,
        made.costs["investment"] - paid.sum(0),
        _sums(case.product, len(case.products)) @ made.output,
        _sums(case.supply, len(case.supplies)) @ made.power,
        needs,
    )


def _runs(sorted_keys: Ints, count: int) -> tuple[slice, ...]:
    """For each key, where it stands among keys of which equal ones stand together."""
    found = []
    for key in range(count):
        rows = np.flatnonzero(sorted_keys == key)
        found.append(slice(int(rows[0]), int(rows[-1]) + 1) if len(rows) else slice(0, 0))
    return tuple(found)


def _paid(case: Case, planned: Projects) -> Floats:
    paid = np.zeros((len(case.years), len(case.parts)))
    np.add.at(paid, planned.year, planned.paid * planned.amount[:, None])
    return paid.T.cumsum(1)


def _in_use(case: Case, plan: Plan, planned: Projects) -> Bools:
    used = np.maximum(plan.standing, plan.output).max(2) > 0
    used[planned.line, planned.after] = True
    changes = planned.before >= 0
    used[planned.line[changes], planned.before[changes]] = True
    return used & case.allowed


def _use(plan: Plan, line: Ints, standing: Floats, output: Floats) -> Floats:
    """(U, Y): output of a t/a; where nothing of a state stands, that of its line, so that what a late project leaves is used alike."""
    stands, makes = plan.standing.sum(1), plan.output.sum(1)
    of_line = np.divide(makes, stands, out=np.zeros_like(makes), where=stands > 0)
    return np.divide(output, standing, out=of_line[line], where=standing > 0)


def _cells(case: Case) -> tuple[Case, Ints, Ints]:
    """The case with cells and classes, the cell of each line, and the class (P, T) of each technology on it."""
    marks = np.array([case.product, case.supply, *(rule.lines for rule in case.rules)], dtype=np.int64)
    _, first, cell = np.unique(marks.T, axis=0, return_index=True, return_inverse=True)
    named = [rule.technologies for rule in case.rules if rule.technologies is not None]
    sides = [np.broadcast_to(each, case.benchmark.shape).ravel() for each in (case.benchmark, *named)]
    found, classes = np.unique(np.array(sides, dtype=np.int64).T, axis=0, return_inverse=True)
    column = iter(found[:, 1:].T.astype(bool))
    rules = tuple(
        replace(
            rule, lines=rule.lines[first], technologies=None if rule.technologies is None else next(column)
        )
        for rule in case.rules
    )
    made = replace(
        case,
        product=case.product[first],
        supply=case.supply[first],
        benchmark=np.tile(found[:, 0].astype(bool), (len(first), 1)),
        rules=rules,
    )
    return made, cell.reshape(-1), classes.reshape(case.benchmark.shape)


def _sums(of: Ints, count: int) -> csr_array:
    """(count, rows): adds up rows by what they are of."""
    return csr_array((np.ones(len(of)), (of, np.arange(len(of)))), shape=(count, len(of)))


def _brings(case: Case, savings: Sequence[Driver], line: Ints, technology: Ints) -> Floats:
    at = (line, technology)
    made = [
        np.ones(len(line)),
        case.electricity[at],
        case.direct[at],
        case.energy[at],
        case.running[at],
        case.of_scrap[technology],
    ]
    back = [lost(case, driver)[:, line, technology] for driver in savings]
    return np.nan_to_num(np.vstack([np.array(made), *back]))


def _shifts(planned: Projects, line: Ints, technology: Ints) -> csc_array:
    state = {at: row for row, at in enumerate(zip(line.tolist(), technology.tolist(), strict=True))}
    found = lil_array((len(line), len(planned)))
    for row, (where, before, after) in enumerate(
        zip(planned.line, planned.before, planned.after, strict=True)
    ):
        for state_in, sign in ((after, -1), (before, 1)):
            if state_in >= 0:
                found[state[int(where), int(state_in)], row] = sign * planned.amount[row]
    return csc_array(found)
