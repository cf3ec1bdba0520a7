"""Lights of a budget: rules in the order in which they are tried, from `data/targets/warning.toml` or a workspace's own file."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

from touchstone.calc.target.rows import Row, rows, whole
from touchstone.facts.text import Text

ENDS = ("low", "middle", "high")
"""What of a projection a rule looks at: the ends of its interval, and itself."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A light: shown where an end of the projection is above a share of the budget."""

    key: str
    name: Text
    of: str
    above: Fraction
    why: Text


@dataclass(frozen=True, slots=True)
class Rules:
    """The lights in the order in which they are tried, and the coverage of the interval, from 0 to 1."""

    coverage: Fraction
    lights: tuple[Rule, ...]


def lit(
    rules: Rules, limit: Fraction, middle: Fraction | None, low: Fraction | None = None, high: Fraction | None = None
) -> Rule | None:  # fmt: skip
    """The first light that applies to a value (`middle`) and the ends of its interval; of a value without one, the rules of its ends say nothing."""
    ends = {"low": low, "middle": middle, "high": high}
    return next((rule for rule in rules.lights if (end := ends[rule.of]) is not None and end > limit * rule.above), None)  # fmt: skip


def read_rules(text: str, file: str = "warning.toml") -> Rules:
    """The lights of a file. Raises UnusablePathway: TARGET-001 to TARGET-010, with file and line; one wrong light leaves none."""
    top = whole(text, file)
    return Rules(top.quantity("coverage", "%") / 100, tuple(_rule(row) for row in rows(text, file, "light")))


def _rule(row: Row) -> Rule:
    row.only("key", "name", "of", "above", "why")
    return Rule(
        row.words("key"),
        row.text("name"),
        row.choice("of", ENDS),
        row.quantity("above", "%") / 100,
        row.text("why"),
    )


@cache
def shipped() -> Rules:
    """The rules of Touchstone, `data/targets/warning.toml`: its own proposal."""
    return read_rules(files("touchstone").joinpath("data/targets/warning.toml").read_text("utf-8"))
