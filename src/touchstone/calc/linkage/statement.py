"""What a linkage result says, and on what it stands: method, sample, parameters, assumptions, sentence.

Every result of this folder carries one `Statement`; a number without it is not published.
"""

from dataclasses import dataclass

from touchstone.calc.linkage.panel import Panel
from touchstone.facts.text import Text

Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """The data a result stands on: series, first and last period, number of periods used."""

    names: tuple[str, ...]
    first: str
    last: str
    n: int


@dataclass(frozen=True, slots=True)
class Span:
    """A point estimate with its interval; `level` is the coverage asked for, such as 0.95."""

    low: float
    point: float
    high: float
    level: float


@dataclass(frozen=True, slots=True)
class Statement:
    """What stands behind a result.

    Attributes:
        method: key of the formula in data/methods.
        sample: the data used.
        parameters: key and value of each choice (lag, window, horizon, prior, divisor, seed), in order; what they are called,
            and the values that are words, stand in data/methods/parameters.toml.
        assumptions: what must hold for the result to mean what it says.
        sentence: the result in one plain sentence.
    """

    method: str
    sample: Sample
    parameters: Parameters
    assumptions: tuple[Text, ...]
    sentence: Text


def sample_of(given: Panel) -> Sample:
    """The sample a panel is."""
    return Sample(given.names, given.periods[0], given.periods[-1], len(given))
