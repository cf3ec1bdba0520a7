"""Make data/pathway/calibration.toml: by how much forecasts of what swings round a level are widened so that they hold what they say.

    python tools/calibrate_reverting.py

For histories of each length, simulated with each persistence and what came after, the 80 % interval of each horizon is scaled until it
holds 80 %. The factor of a persistence acts through the confidence in it, so the factors are found in rounds. Fixed seed, same result; four
minutes.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.special import ndtri, stdtr

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from touchstone.calc.pathway.case import Floats
from touchstone.calc.pathway.chance.reverting import (
    PERSISTENCES,
    conditional,
    confidence,
    spread,
    swings,
)

LENGTHS = (12, 15, 20, 27, 40, 70)
AHEAD = np.array([1, 2, 4, 7, 12, 20, 30])
BACKS = np.array([-0.2, 0.2, 0.5, 0.7, 0.8, 0.9, 0.96, 0.985])
HISTORIES, ROUNDS, SEED, SHARE = 8_000, 8, 20, 0.8
EDGE = ndtri((1 + SHARE) / 2)
Told = tuple[Floats, Floats, Floats, Floats]
OUT = Path(__file__).parents[1] / "src/touchstone/data/pathway/calibration.toml"


def factors(length: int) -> Floats:
    """(H, B) of one length."""
    made = swings(BACKS, length + int(AHEAD[-1]), HISTORIES, np.random.default_rng((SEED, length)))
    parts = [_told(each[:, :length], each[:, length - 1 + AHEAD]) for each in made]
    return np.array([_factors(parts, length - 1, h) for h in range(len(AHEAD))])


def _factors(parts: list[Told], freedom: int, h: int) -> Floats:
    """(B,) of one horizon: in rounds, each by what it holds; then all together, so that the most and the least held lie evenly round 80 %."""
    found = np.ones(len(BACKS))
    for _ in range(ROUNDS):
        found = found * np.array([np.quantile(each, SHARE) for each in _far(parts, found, freedom, h)]) / EDGE
    low, high = 0.7, 1.4
    for _ in range(10):
        middle = (low + high) / 2
        held = [(each < EDGE).mean() for each in _far(parts, middle * found, freedom, h)]
        low, high = (low, middle) if max(held) + min(held) > 2 * SHARE else (middle, high)
    return found * middle


def _far(parts: list[Told], found: Floats, freedom: int, h: int) -> Iterator[Floats]:
    """(N,) of each persistence: how far from the middle what came lies, as a standard normal number, by what is told with these factors."""
    wide = np.interp(PERSISTENCES, BACKS, found)
    for weights, middle, scale, came in parts:
        centre = (weights * middle[h]).sum(1)
        moved = centre + (came[:, h] - centre) / (weights @ wide)
        below = (weights * stdtr(freedom, (moved[:, None] - middle[h]) / scale[h])).sum(1)
        yield np.abs(ndtri(np.clip(below, 1e-9, 1 - 1e-9)))


def _told(past: Floats, came: Floats) -> Told:
    """Weights (N, G), middles and scales (H, N, G) of what is told of each history, and what came (N, H)."""
    level, sd, doubt = conditional(past)
    left = PERSISTENCES ** AHEAD[:, None, None]
    middle = level + left * (past[:, -1:] - level)
    return confidence(past), middle, sd * spread(AHEAD, doubt).T[:, None], came


def main() -> None:
    told = [
        "# By how much the deviations of what swings round a level are widened: a row for each number of years ahead, a column for each persistence.",
        f"# source: tools/calibrate_reverting.py, {HISTORIES} simulated histories of each length and persistence, seed {SEED}",
        "",
        f"years_ahead = {AHEAD.tolist()}",
        f"persistences = {BACKS.tolist()}",
    ]
    for length in LENGTHS:
        rows = ",\n  ".join(str([round(float(each), 3) for each in row]) for row in factors(length))
        told += ["", "[[history]]", f"values = {length}", f"factors = [\n  {rows},\n]"]
        print(length, flush=True)
    OUT.write_text("\n".join(told) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
