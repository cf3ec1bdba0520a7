"""Least-cost deployment: 300 plants x 31 years x 8 technologies against linopy and Pyomo, and 1,000 optimised scenarios of 60 plants.

    python benchmarks/pathway.py [--quick]

All synthetic, from one seed. Processor seconds throughout, HiGHS on one thread for everybody, rivals in processes of their own. The plain
formulation has a column for everything and is what linopy writes and hands to HiGHS (interior point without crossover,
as ours). Of the scenarios, rebuilding and solving the full model each time is measured on a sample and taken to all by proportion.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np
from pathway_nation import draw, nation

from touchstone.calc.pathway.case import Case
from touchstone.calc.pathway.deployment.build import build
from touchstone.calc.pathway.deployment.exact import exact
from touchstone.calc.pathway.deployment.result import Options
from touchstone.calc.pathway.deployment.scenarios import TRAINED, scenarios
from touchstone.calc.pathway.deployment.solve import deploy
from touchstone.calc.pathway.deployment.solver import Solver

ROOT = Path(__file__).resolve().parents[1]
PEER = ROOT / ".uv" / "peers" / "bin" / "python"
FULL, QUICK = (300, 31, 60, 1000, 8), (16, 6, 12, 24, 2)
"""Plants, years; plants of the scenarios, draws, and how many of them the full model is solved for."""
Result = TypeVar("Result")


def spent(work: Callable[[], Result]) -> tuple[float, Result]:
    """Processor seconds of this process and those it waited for, and the answer."""

    def used() -> float:
        kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return sum(each.ru_utime + each.ru_stime for each in map(resource.getrusage, kinds))

    began = used()
    answer = work()
    return used() - began, answer


def saved(case: Case, path: Path) -> None:
    """The arrays of a case for the rivals."""
    arrays = {part.name: getattr(case, part.name) for part in fields(case)}
    kept = {name: value for name, value in arrays.items() if isinstance(value, np.ndarray | float)}
    for name in ("limit", "lines", "price", "indicator"):
        kept[f"rule_{name}"] = np.array([getattr(rule, name) for rule in case.rules])
    np.savez(path, **kept)


def rival(which: str, path: Path, *more: str) -> list[float] | None:
    """What a rival prints; None where it is not installed."""
    if not PEER.exists():
        return None
    command = [
        str(PEER),
        "-W",
        "ignore",
        str(ROOT / "benchmarks" / "peers" / "pathway.py"),
        which,
        str(path),
        *more,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        if "ModuleNotFoundError" in done.stderr:
            return None
        raise RuntimeError(done.stderr)
    return [float(each) for each in done.stdout.splitlines()[-1].split()]


def built(case: Case, path: Path, rounds: int) -> None:
    """Print what building costs everybody, the best of some turns."""
    ours, linopy, pyomo = [], [], []
    for _ in range(rounds):
        ours.append(spent(lambda: Solver(build(case)))[0])
        linopy.append(rival("linopy", path))
        pyomo.append(rival("pyomo", path))
    best = min(ours)
    print("Building the model, processor s, best of", rounds, "turns:\n")
    print("| | build and hand over to HiGHS | times ours |\n|---|---|---|")
    print(f"| Touchstone | {best:.2f} | 1 |")
    for name, turns in (("linopy", linopy), ("Pyomo (not handed over)", pyomo)):
        times = [turn[0] + turn[1] for turn in turns if turn]
        print(
            f"| {name} | {min(times):.2f} | {min(times) / best:.1f} |"
            if times
            else f"| {name} | not installed | |"
        )
    print("\nMust be: linopy at least 1, Pyomo at least 3.\n")


def solved(case: Case, path: Path) -> None:
    """Print what the full plan costs plainly and by us."""
    plain = rival("linopy", path, "--solve", "off")
    full, reduced = spent(lambda: exact(case, "ipm"))
    ours, plan = spent(lambda: deploy(case, Options(level="paths")))
    optimum = reduced.found.objective * reduced.model.yuan
    print(
        f"The full plan, {len(case.lines)} plants x {len(case.years)} years x {len(case.technologies)} technologies:\n"
    )
    print(
        "| | rows | columns | processor s | plain / this | cost, yuan | against the plain |\n|---|---|---|---|---|---|---|"
    )
    if plain:
        first = plain[0] + plain[1] + plain[4]
        print(f"| plain, HiGHS | {plain[2]:.0f} | {plain[3]:.0f} | {first:.1f} | 1 | {plain[5]:.6e} | 0 |")
    else:
        first, plain = full, [0.0, 0.0, 0.0, 0.0, 0.0, optimum]
        print("| plain, HiGHS | not installed: compared with our full model | | | | | |")
    rows, columns = len(reduced.model.row_lower), len(reduced.model.cost)
    print(
        f"| our full model, HiGHS | {rows} | {columns} | {full:.1f} | {first / full:.1f} | {optimum:.6e} | {optimum / plain[5] - 1:+.1e} |"
    )
    cost = plan.cost + plan.missed
    print(
        f"| clusters, then way by way | | | {ours:.1f} | {first / ours:.1f} | {cost:.6e} | {cost / plain[5] - 1:+.4%} |"
    )
    print(
        f"\nProven without the full model: at most {plan.gap:.4%} above the optimum. "
        "Must be: 5 times as fast, cost within 0.5 %.\n"
    )


def drawn(plants: int, draws: int, sample: int, years: int) -> None:
    """Print what optimised scenarios cost by rebuilding and by us."""
    case = nation(plants, years)
    chosen = [TRAINED + (draws - TRAINED) * number // sample for number in range(sample)]
    naive, optima = spent(lambda: [exact(draw(case, number), "ipm") for number in chosen])
    began = time.perf_counter()
    ours, outcomes = spent(lambda: list(scenarios(case, draw, draws, processes=2)))
    taken = time.perf_counter() - began
    off = [
        (outcomes[number].cost + outcomes[number].missed) / (each.found.objective * each.model.yuan) - 1
        for number, each in zip(chosen, optima, strict=True)
    ]
    print(f"{draws:,} optimised scenarios of {plants} plants x {years} years:\n")
    print("| | processor s | times as fast |\n|---|---|---|")
    print(f"| full model rebuilt each time (from {sample} draws) | {naive / sample * draws:,.0f} | 1 |")
    print(
        f"| what lines do in {TRAINED} unlike draws, bettered where needed | {ours:,.0f} | {naive / sample * draws / ours:.1f} |"
    )
    print(
        f"\nWith two processes {taken:,.0f} s. Proven gap at most {max(each.gap for each in outcomes):.3%}; against the full model on the "
        f"{sample} draws: {max(off):+.4%} at most, {np.mean(off):+.4%} on average. Must be: 10 times as fast."
    )


def main() -> None:
    """Print the comparison in Markdown."""
    quick = "--quick" in sys.argv
    plants, years, fewer, draws, sample = QUICK if quick else FULL
    case = nation(plants, years)
    with TemporaryDirectory() as place:
        path = Path(place) / "case.npz"
        saved(case, path)
        built(case, path, 1 if quick else 3)
        solved(case, path)
    drawn(fewer, draws, sample, years)


if __name__ == "__main__":
    main()
