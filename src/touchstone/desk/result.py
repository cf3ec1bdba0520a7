"""What one test said about an assessment: its verdict, the arithmetic, and the words it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from touchstone.facts.fact import fact_id
from touchstone.facts.text import Text

VERDICTS = ("fails", "holds", "untested")
"""`untested` says why in its arithmetic: no earlier assessment, no trading calendar."""


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a test.

    Attributes:
        test: id of the declared test.
        verdict: one of `VERDICTS`.
        arithmetic: what was compared, with its numbers.
        inputs: ids of the inputs concerned.
        quotes: their words as reported.
    """

    test: str
    verdict: str
    arithmetic: Text
    inputs: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Stable while nothing it rests on changes: letting one failure pass lets no later one pass."""
        return fact_id(self.test, self.verdict, self.arithmetic.en, *self.inputs)

    def content(self) -> dict[str, Any]:
        """Its fields as plain values, for the trail."""
        return {
            "test": self.test, "verdict": self.verdict, "zh": self.arithmetic.zh, "en": self.arithmetic.en,
            "inputs": list(self.inputs), "quotes": list(self.quotes),
        }  # fmt: skip


def result_from(content: Mapping[str, Any]) -> Result:
    """A result as the trail holds it."""
    arithmetic = Text(content["zh"], content["en"])
    return Result(
        content["test"], content["verdict"], arithmetic, tuple(content["inputs"]), tuple(content["quotes"])
    )
