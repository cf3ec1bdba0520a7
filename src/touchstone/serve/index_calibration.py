"""What `touchstone index` says of calibrations: the one in force, the limits history proposes, and what a new one changed."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import typer

from touchstone.publish import dates
from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.index.calibration import Calibration
    from touchstone.calc.index.kept import KeptIndex
    from touchstone.calc.index.recalibrated import Pair, Recalibrated
    from touchstone.calc.index.recipe import Recipe
    from touchstone.flow import Workspace


def print_calibration(
    opened: "Workspace", made: "KeptIndex", as_of: date | None, bands: int | None, as_json: bool, lang: str
) -> None:
    """What the levels of an index stand on, its weights by their subjective part, and the limits that history would give.

    `bands` of them, 3 or 5; None takes as many as the recipe has.
    """
    import numpy as np

    from touchstone.calc.index.bands import proposal

    kept = opened.index_calibration(made.recipe, as_of)
    levels = np.array([np.nan if level is None else level for level in made.levels])
    recipe = opened.index_recipe(made.recipe, as_of)
    found = proposal(recipe, made.periods, levels, kept.since, kept.until, bands)
    parts = opened.index_sensitivity(made.recipe, as_of)
    if as_json:
        by_part = {
            f"{part:g}": dict(zip(each.indicators, each.weights, strict=True)) for part, each in parts.items()
        }
        terminal.print_json(
            {
                "calibration": asdict(kept),
                "weights": by_part,
                "proposal": asdict(found),
                "synthetic": made.synthetic,
            }
        )
        return
    typer.echo(shown(kept.text()))
    _print_weights(recipe, parts, lang)
    said = word(
        "index.proposal", lang, since=found.since, until=found.until, n=found.count, mean=f"{found.mean:.1f}",
        deviation=f"{found.deviation:.1f}", one=_listed(found.by_deviation), two=_listed(found.by_frequency),
        limits=_listed(found.limits), shares=", ".join(f"{share:.0%}" for share in found.shares),
    )  # fmt: skip
    typer.echo(said)
    if made.synthetic:
        typer.echo(word("index.synthetic_note", lang), err=True)


def _print_weights(recipe: "Recipe", parts: "dict[float, Calibration]", lang: str) -> None:
    """The weights for each part of the subjective ones; one line where the recipe has no others."""
    if recipe.weights.objective == "none":
        typer.echo(word("index_command.weights_same", lang))
        return
    typer.echo(word("index_command.weights", lang, parts=", ".join(f"{part:g}" for part in parts)))
    for column, key in enumerate(next(iter(parts.values())).indicators):
        said = "  ".join(f"{each.weights[column]:.4f}" for each in parts.values())
        typer.echo(shown(f"  {getattr(recipe.indicator(key).name, lang)}  {said}"))


def print_recalibrated(done: "Recalibrated", as_json: bool, lang: str) -> None:
    """What a new calibration changed: sample, k, limits of the bands, and weight, scale and fences of each indicator."""
    old, new = done.before, done.after
    if as_json:
        plain = {"same": done.same, "before": asdict(old) if old else None, "after": asdict(new)}
        limits = {"limits_before": done.limits, "limits_after": done.recipe.bands.limits}
        terminal.print_json(plain | limits | {"indicators": [asdict(each) for each in done.indicators]})
        return
    if done.same and old:
        typer.echo(word("index.recalibrated_same", lang, day=dates.day(old.day, lang)))
    else:
        typer.echo(word("index.recalibrated", lang, until_now=dates.day(old.day, lang) if old else "—"))
    samples = [f"{each.since}–{each.until}" if each else "—" for each in (old, new)]
    rows = {
        "index.recalibrated_sample": " → ".join(samples),
        "index.recalibrated_factor": _pair((old.factor if old else None, new.factor), 4),
        "index.recalibrated_drift": _pair((old.drift if old else None, new.drift), 4),
        "index.recalibrated_limits": f"{_listed(done.limits)} → {_listed(done.recipe.bands.limits)}",
    }
    for key, said in rows.items():
        typer.echo(f"  {word(key, lang)}  {said}")
    names = {each.key: getattr(each.name, lang) for each in done.recipe.indicators}
    for each in done.indicators:
        said = word(
            "index.recalibrated_of", lang, weight=_pair(each.weight, 4), scale=_pair(each.scale, 3), low=_pair(each.low, 2),
            high=_pair(each.high, 2),
        )  # fmt: skip
        typer.echo(shown(f"  {names.get(each.key, each.key)}  {said}"))


def _pair(given: "Pair", places: int) -> str:
    before, after = ("—" if each is None else f"{each:.{places}f}" for each in given)
    return f"{before} → {after}"


def _listed(values: "tuple[float, ...]") -> str:
    return ", ".join(f"{value:.1f}" for value in values)
