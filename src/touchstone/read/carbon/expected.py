"""What a table of activity data may say: the units, items and quantities that are known, handed in by whoever knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from touchstone.facts.characters import fold
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Unit:
    """A node of the organisation that data can be stated for.

    Attributes:
        names: in both languages; first and last, the months it is there, "" where open.
        evidenced: item and parameter of every value that a method asks evidence for.
    """

    names: tuple[str, ...]
    first: str
    last: str
    evidenced: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantity of an item.

    Attributes:
        names: words for the parameter.
        unit: any unit of the same kind is read.
        low, high: the value in `unit` lies between; None where nothing bounds it.
        default: of the library in `unit`, for messages; None where it has none.
    """

    names: tuple[Text, ...]
    unit: str
    low: Fraction | None
    high: Fraction | None
    default: Fraction | None


@dataclass(frozen=True, slots=True)
class Expected:
    """All that may be stated.

    Attributes:
        units: by key.
        items: names by key; quantities by item and parameter.
        evidence: names by key.
    """

    units: Mapping[str, Unit]
    items: Mapping[str, tuple[str, ...]]
    quantities: Mapping[tuple[str, str], Measured]
    evidence: Mapping[str, tuple[str, ...]]

    def unit(self, words: str) -> str | None:
        """The key of a unit that is written by its key or one of its names, None where no single one is."""
        return _one(words, {key: unit.names for key, unit in self.units.items()})

    def item(self, words: str) -> str | None:
        """The key of an item by its key, name or alias."""
        return _one(words, self.items)

    def parameter(self, words: str, item: str) -> str | None:
        """The parameter of an item by its key or a name."""
        return _one(words, self.parameters(item))

    def kind_of_evidence(self, words: str) -> str | None:
        """The evidence by its key or name; `none` where nothing is written."""
        return _one(words, self.evidence) if words else "none"

    def parameters(self, item: str) -> dict[str, tuple[str, ...]]:
        """The names of all that can be stated of an item, by key."""
        return {
            parameter: tuple(word for name in measured.names for word in (name.zh, name.en))
            for (of, parameter), measured in self.quantities.items()
            if of == item
        }


def _one(words: str, among: Mapping[str, tuple[str, ...]]) -> str | None:
    if words in among:
        return words
    sought = fold(words).strip()
    found = [key for key, names in among.items() if sought in (fold(key), *map(fold, names))]
    return found[0] if len(found) == 1 else None
