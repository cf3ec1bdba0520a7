"""A unit as an inventory sees it: where it stands, to whom it belongs, and which methods hold for it in a month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from touchstone.calc.carbon.method import Method
from touchstone.facts.period import span


@dataclass(frozen=True, slots=True)
class Plant:
    """A unit with everything that it inherits.

    Attributes:
        key: of its node; owners: the nodes above it, the nearest first.
        place: place code.
        methods: keys, each with the first day it is applied; options: declared for them.
        data_years: years whose factors stand in for those of a year that are not published yet.
    """

    key: str
    owners: tuple[str, ...]
    place: str
    methods: tuple[tuple[str, date | None], ...]
    options: Mapping[str, str]
    data_years: Mapping[int, int] = field(default_factory=dict)

    def in_use(self, month: str, known: Mapping[str, Method]) -> tuple[Method, ...]:
        """The methods applied in a month, in the order they were declared.

        A method that is taken up later takes the place of an earlier one that is meant for the same sector or product: a
        guideline that follows another. Methods meant for nobody in particular (purchased energy) stand beside every other.
        """
        last = span(month)[1]
        since = {key: day for key, day in self.methods if key in known and (day or date.min) <= last}
        return tuple(
            known[key]
            for key, day in since.items()
            if not any(
                _follows(known[other], known[key]) and (after or date.min) > (day or date.min)
                for other, after in since.items()
                if other != key
            )
        )


def _follows(after: Method, before: Method) -> bool:
    return bool(_meant(after) & _meant(before))


def _meant(method: Method) -> set[str]:
    return {*(f"sector {each}" for each in method.sectors), *(f"product {each}" for each in method.products)}


def months(given: Iterable[str]) -> tuple[str, ...]:
    """Months in order, each once."""
    return tuple(sorted(set(given), key=span))
