"""The wall and the cards as data: JSON twins whole, CSV twins one row a light or a card."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from touchstone.calc.warning.backtest import Backtest
from touchstone.calc.warning.kept import KeptWall
from touchstone.calc.warning.light import Light


def wall_data(wall: KeptWall, materials: Sequence[str]) -> dict[str, Any]:
    """The lights of these materials with reasons, without their history."""
    lights = [asdict(light) for light in wall.lights if light.material in materials]
    for light in lights:
        del light["strip"]
    return {
        "day": wall.day, "computed": wall.computed, "lights": lights,
        "turns": [asdict(turn) for turn in wall.turns if turn.material in materials],
        "refused": [asdict(each) for each in wall.refused],
    }  # fmt: skip


def light_row(light: Light) -> dict[str, Any]:
    """A light as one flat row."""
    return {
        "material": light.material, "name_zh": light.name.zh, "name_en": light.name.en, "frequency": light.frequency,
        "side": light.side, "period": light.period, "colour": light.colour, "score": light.score, "mode": light.mode,
        "since": light.spell.since if light.spell else None, "rolled_from": light.rolled_from, "computed": light.computed,
        "outdated": light.outdated, "by_hand": light.override.author if light.override else None, "words_zh": light.words.zh, "words_en": light.words.en,
        "facts": list(light.facts),
    }  # fmt: skip


def rows_of(lights: Iterable[Light]) -> list[dict[str, Any]]:
    """Lights as rows, in order."""
    return [light_row(light) for light in lights]


def backtest_data(found: Backtest) -> dict[str, Any]:
    """The back-test whole."""
    return asdict(found)
