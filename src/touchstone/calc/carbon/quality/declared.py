"""Declared checks: parameters, weight and words of each, read from `data/carbon/checks.toml`; and what a check finds."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

from touchstone.facts.text import Text

SEVERITIES = ("error", "warning", "notice")
"""An error makes a total wrong; a warning has to be looked at; a notice says something of the plant and not of its data."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found.

    Attributes:
        check: key of the declared check; severity: of `SEVERITIES`.
        month: period code, of a year where the year was looked at; "" where all months were.
        item, parameter: of the entry; parameter "" where several went in.
        said, expected, remedy: what is wrong, what was expected, what to do.
        facts: ids of what it rests on, the value in question first.
    """

    check: str
    severity: str
    unit: str
    month: str
    item: str
    parameter: str
    said: Text
    expected: Text
    remedy: Text
    facts: tuple[str, ...]

    @property
    def id(self) -> str:
        """The same from run to run as long as the check finds the same facts; what an acceptance names."""
        told = "\n".join((self.check, self.unit, self.month, self.item, self.parameter, *self.facts))
        return blake2b(told.encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Declared:
    """A check.

    Attributes:
        points: taken off 100 for each finding; most: for all findings of the check.
        tag: how its parameters are known (F, C, D of a document; I inferred by ourselves); source: from where.
        parameters: as declared; numbers that are compared are strings of decimals.
        words: templates of said, expected and remedy.
    """

    key: str
    name: Text
    severity: str
    points: int
    most: int
    tag: str
    source: str
    parameters: Mapping[str, Any]
    words: Mapping[str, Text]

    def number(self, name: str) -> float:
        """A parameter as a number."""
        return float(self.parameters[name])

    def found(
        self, unit: str, month: str, item: str, parameter: str, facts: Iterable[str], /, **values: object
    ) -> Finding:
        """A finding; `values` fill the gaps of the words, a `Text` in each language. Raises KeyError: a gap is left."""
        said, expected, remedy = (_filled(self.words[part], values) for part in _WORDS)
        return Finding(
            self.key, self.severity, unit, month, item, parameter, said, expected, remedy, tuple(facts)
        )


_WORDS = ("said", "expected", "remedy")


@cache
def declared() -> dict[str, Declared]:
    """All checks by key, in the order of the file."""
    text = files("touchstone").joinpath("data/carbon/checks.toml").read_text("utf-8")
    return {row["key"]: _declared(row) for row in tomllib.loads(text)["check"]}


def shown(value: float) -> str:
    """A number for a sentence: five digits at least, no exponent.

    >>> shown(286540000.0), shown(0.41234567), shown(13412.7)
    ('286,540,000', '0.41235', '13,413')
    """
    if value and abs(value) < 1:
        return f"{value:.5g}" if abs(value) >= 1e-4 else f"{value:.9f}".rstrip("0")
    return f"{value:,.0f}" if abs(value) >= 1e4 else f"{value:.5g}"


def _declared(row: Mapping[str, Any]) -> Declared:
    return Declared(
        row["key"], Text(**row["name"]), row["severity"], row["points"], row["most"], row["tag"], row["source"],
        row.get("parameters", {}), {part: Text(**row[part]) for part in _WORDS},
    )  # fmt: skip


def _filled(words: Text, values: Mapping[str, object]) -> Text:
    def of(lang: str) -> dict[str, object]:
        return {key: getattr(each, lang) if isinstance(each, Text) else each for key, each in values.items()}

    return Text(words.zh.format_map(of("zh")), words.en.format_map(of("en")))
