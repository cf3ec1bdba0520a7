"""Indicators: what a target can be about, in which unit, within what bounds, and by which words documents state it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that targets are set for.

    Attributes:
        unit: in which its values are kept; low, high: what it can be, None where nothing bounds it.
        words: groups; a sentence that has all words of one group speaks of it. without: words that take it out again.
    """

    key: str
    name: Text
    unit: str
    low: Fraction | None
    high: Fraction | None
    words: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]

    def within(self, value: Fraction) -> Fraction:
        """The value, held within what it can be."""
        if self.low is not None and value < self.low:
            return self.low
        return self.high if self.high is not None and value > self.high else value

    def possible(self, value: Fraction) -> bool:
        """Whether it can have the value."""
        return self.within(value) == value

    def said(self, sentence: str) -> tuple[str, ...]:
        """The words by which a sentence speaks of it; empty where it does not."""
        if any(word in sentence for word in self.without):
            return ()
        return max(
            (group for group in self.words if all(word in sentence for word in group)),
            key=_length,
            default=(),
        )


def _length(group: tuple[str, ...]) -> int:
    return sum(map(len, group))


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by key, from `data/targets/indicators.toml`."""
    text = files("touchstone").joinpath("data/targets/indicators.toml").read_text("utf-8")
    return {key: _indicator(key, row) for key, row in tomllib.loads(text).items()}


def _indicator(key: str, row: Mapping[str, Any]) -> Indicator:
    low, high = (Fraction(each) if each else None for each in row.get("range", ("", "")))
    words, without = tuple(map(tuple, row["words"])), tuple(row.get("without", ()))
    return Indicator(key, Text(row["name"]["zh"], row["name"]["en"]), row["unit"], low, high, words, without)
