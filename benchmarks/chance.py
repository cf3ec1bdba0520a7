"""Ten thousand futures of the least-cost plan of 60 smelters over 31 years, drawn and worked out on one core.

    python benchmarks/chance.py [--quick]

The plan is without the dust of solvers, as all results are. The rival is what anybody would write first with the same parts: the case
of each future, and its accounts, one after the other (the plan's output and power as they stand; late projects and what demand does to
lines left out, which is less work). The bar is held against processor seconds. Both must agree in the mean of what power emits where
only its factor is uncertain.
"""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import numpy as np
from pathway_nation import nation

from touchstone.calc.pathway.accounts import accounts
from touchstone.calc.pathway.case import Case
from touchstone.calc.pathway.chance.driver import Correlation, Driver
from touchstone.calc.pathway.chance.law import law
from touchstone.calc.pathway.chance.projects import projects
from touchstone.calc.pathway.chance.reoptimised import drawn
from touchstone.calc.pathway.chance.simulate import futures, simulate
from touchstone.calc.pathway.deployment.result import Options
from touchstone.calc.pathway.deployment.solve import deploy
from touchstone.calc.pathway.plan import Plan
from touchstone.calc.pathway.rounding import clean_plan

SECONDS, MEGABYTES = 2.0, 500.0
Result = TypeVar("Result")


def drivers() -> tuple[Driver, ...]:
    """Ten: walks of demand, scrap, factor and prices; levels of what technologies do, cost and when they come."""

    def walk(key: str, of: str, sd: float) -> Driver:
        return Driver(key, of, "growth", law("normal", "benchmark", mean=0.0, sd=sd))

    def level(key: str, of: str, low: float, mode: float, high: float, alike: float = 0.0) -> Driver:
        return Driver(
            key, of, "level", law("triangular", "benchmark", low=low, mode=mode, high=high), alike=alike
        )

    return (
        walk("demand", "demand", 0.015),
        walk("scrap", "recycled", 0.03),
        walk("factor", "grid.factor", 0.015),
        walk("power", "power.price", 0.05),
        walk("carbon", "carbon.price", 0.1),
        level("saving", "saving", 0.6, 0.9, 1.1),
        level("investment", "investment", 0.85, 1.0, 1.4),
        level("delivery", "delivery", 0.6, 0.95, 1.0),
        level("load", "load", 0.95, 1.0, 1.02),
        level("late", "delay", 0.0, 1.0, 4.0, alike=0.3),
    )


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What it gives, and the processor seconds it took."""
    began = time.process_time()
    return work(), time.process_time() - began


def agree(case: Case, plan: Plan, count: int) -> float:
    """The relative difference of both ways where they answer the same question."""
    same = (Driver("factor", "power.factor", "growth", law("normal", "benchmark", mean=0.0, sd=0.02)),)
    draws = futures(case, [plan], same, count, 1)
    one_by_one = np.array([accounts(drawn(case, draws, row), plan).emissions for row in range(count)])
    return float(np.abs(simulate(case, plan, draws).emissions / one_by_one - 1).max())


def main() -> None:
    quick = "--quick" in sys.argv
    lines, count, few = (4, 100, 20) if quick else (60, 10_000, 200)
    case = nation(lines)
    plan = clean_plan(case, deploy(case, Options(seconds=20)).plan)
    draws, drawing = timed(
        lambda: futures(case, [plan], drivers(), count, 1, (Correlation(("power", "carbon"), 0.4),))
    )
    found, working = timed(lambda: simulate(case, plan, draws))
    bare = replace(case, rules=())
    _, ruleless = timed(lambda: simulate(bare, plan, draws))
    _, plain = timed(lambda: [accounts(drawn(case, draws, row), plan) for row in range(few)])
    plain *= count / few
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{lines} lines, {len(case.years)} years, {len(draws.drivers)} drivers, ", end="")
    print(
        f"{len(projects(case, plan))} projects, {len(case.rules)} rules, {count:,} futures; {found.kind.en}.\n"
    )
    peak = found.peaks().before(2030)
    print("| what | result | must reach |\n|---|---|---|")
    bar = "" if quick else f"{SECONDS:.0f} s"
    print(f"| drawn and worked out | {drawing + working:.2f} s | {bar} |")
    print(f"| of it drawn | {drawing:.2f} s | |")
    print(f"| worked out without rules | {ruleless:.2f} s | |")
    print(
        f"| one by one ({few} futures, scaled) | {plain:.1f} s, {plain / (drawing + working):.0f} times | |"
    )
    print(f"| memory at most, the optimum found before included | {memory:.0f} MB | {MEGABYTES:.0f} MB |")
    print(f"| both ways apart by | {agree(case, plan, few):.0e} | 1e-09 |")
    print(f"| peak before 2030 | {peak.share:.1%} ± {peak.error:.1%} | |")


if __name__ == "__main__":
    main()
