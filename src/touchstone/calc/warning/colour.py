"""From a score to a colour, and what the colour means: in severity, how far from normal; in direction, which way.

The words stand in data/warning/shared/legend.toml, and the legend is printed beside every light.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from touchstone.calc.warning.rule import MODES
from touchstone.facts.text import Text

_FILE = Path(__file__).parents[2] / "data" / "warning" / "shared" / "legend.toml"
_STRICT = 1e-9


def colour(score: float | None, mode: str) -> str:
    """The colour of a score.

    Severity: |score| to 2/3 blue, to 4/3 yellow, above red, so that three levels have three colours and two have yellow
    and red. Direction: 2 red, above zero yellow, below zero light blue, -2 blue. Zero is green; no score is grey.

    Raises:
        ValueError: no such mode.

    >>> [colour(s, "severity") for s in (None, 0, 2 / 3, -4 / 3, 2)]
    ['grey', 'green', 'blue', 'yellow', 'red']
    >>> [colour(s, "direction") for s in (-2, -1, 0, 1, 2)]
    ['blue', 'light_blue', 'green', 'yellow', 'red']
    """
    if mode not in MODES:
        raise ValueError(f"mode {mode!r} is none of {', '.join(MODES)}")
    if score is None:
        return "grey"
    if score == 0:
        return "green"
    if mode == "severity":
        size = abs(score)
        return "blue" if size <= 2 / 3 + _STRICT else "yellow" if size <= 4 / 3 + _STRICT else "red"
    if score > 0:
        return "red" if score >= 2 - _STRICT else "yellow"
    return "blue" if score <= -2 + _STRICT else "light_blue"


def legend(mode: str) -> Text:
    """What the colours mean in a mode."""
    return Text(**_words()[mode])


def named(kind: str, key: str) -> Text:
    """What a colour, side, role or frequency is called.

    >>> named("colours", "red").zh
    '红'
    """
    return Text(**_words()[kind][key])


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
