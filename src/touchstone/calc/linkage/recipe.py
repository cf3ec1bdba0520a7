"""Recipes: which prices are looked at together, on which clock, in which window. Data, not code.

The rows are data/linkage/*.toml and `linkage/*.toml` of a workspace, which go before them.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from touchstone.calc.linkage.alignment import CLOCKS, Basis
from touchstone.calc.linkage.allowed import one_of
from touchstone.calc.linkage.convention import Decomposition
from touchstone.errors import UnreadableFile
from touchstone.facts.text import Text

_FOLDER = Path(__file__).parents[2] / "data" / "linkage"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is looked at together.

    Attributes:
        key: name of its file.
        name: what it is called.
        series: codes of quotations, in the order in which a Cholesky decomposition would take them.
        pairs: for long-run relation and pass-through; the first is asked whether it moves the second.
        markets: those of `pairs` that are one good in two markets; only these are asked where its price is found.
        clock: one of `alignment.CLOCKS`.
        basis: currency and tax all prices are brought to.
        window: periods of a rolling window.
        horizon: periods of the forecast whose error is shared out.
        decomposition: generalised, or cholesky in the order of the series.
        lag: lags of the VAR behind the spillovers; fixed, because one searched for over the whole sample looks ahead.
        lags: the most lags tried for pairs, where the criterion is BIC.
        since: first period code used; "" for all.
        minimum_history: windows before the first comparison with the index's own past.
        source: who chose all this.
    """

    key: str
    name: Text
    series: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    markets: tuple[tuple[str, str], ...]
    clock: str
    basis: Basis
    window: int
    horizon: int
    decomposition: Decomposition
    lag: int
    lags: int
    since: str
    minimum_history: int
    source: Text


def recipes(own: Path | None = None) -> dict[str, Recipe]:
    """All recipes by key, those of a workspace's folder `own` first.

    Raises:
        UnreadableFile: a recipe is not TOML, lacks a field or names a clock or pair that is not there.
    """
    folders = [folder for folder in (own, _FOLDER) if folder and folder.is_dir()]
    found: dict[str, Recipe] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        if path.stem not in found:
            found[path.stem] = _recipe(path)
    return found


def _recipe(path: Path) -> Recipe:
    try:
        return _built(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    except (UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableFile(
            "LINK-009", path.name, str(error), "a recipe with name, series, clock, window, horizon, lag, lags, source",
            "this recipe was not used", "correct it; data/linkage/world-monthly.toml is an example",
            zh=(str(error), "含name、series、clock、window、horizon、lag、lags、source的方案", "此方案未采用",
                "改正后重试；可参照data/linkage/world-monthly.toml"),
        ) from error  # fmt: skip


def _built(key: str, given: dict[str, Any]) -> Recipe:
    known = {
        "name", "series", "pairs", "markets", "clock", "currency", "tax", "window", "horizon", "lag", "lags", "decomposition", "since", "minimum_history",
        "source",
    }  # fmt: skip
    if unknown := set(given) - known:
        raise ValueError(f"unknown field {', '.join(sorted(unknown))}")
    one_of("clock", given["clock"], CLOCKS)
    series, pairs = tuple(given["series"]), tuple((a, b) for a, b in given.get("pairs", ()))
    markets = tuple((a, b) for a, b in given.get("markets", ()))
    if strange := set(markets) - set(pairs):
        raise ValueError(
            f"markets name {', '.join(map(str, sorted(strange)))}, which are not among the pairs"
        )
    if strange := {name for pair in pairs for name in pair} - set(series):
        raise ValueError(f"pairs name {', '.join(sorted(strange))}, which are not among the series")
    if len(set(series)) != len(series) or len(series) < 2:
        raise ValueError("series must be two or more, each once")
    return Recipe(
        key, Text(**given["name"]), series, pairs, markets, given["clock"],
        Basis(given.get("currency", ""), given.get("tax", "")), given["window"], given["horizon"], _decomposition(given), given["lag"], given["lags"],
        given.get("since", ""), given.get("minimum_history", 100), Text(**given["source"]),
    )  # fmt: skip


def _decomposition(given: dict[str, Any]) -> Decomposition:
    named = given.get("decomposition", "generalised")
    one_of("decomposition", named, Decomposition)
    return named
