"""A unit as an inventory sees it: where it stands, to whom it belongs, and which methods hold for it in a month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from touchstone.calc.carbon.method import Method
from touchstone.calc.carbon.methods.applicable import in_force
from touchstone.facts.period import span


@dataclass(frozen=True, slots=True)
class Plant:
    """A unit with everything that it inherits.

    Attributes:
        key: of its node; owners: the nodes above it, the nearest first.
        place: place code; grid: its regional grid where that had to be said, "" for none.
        methods: keys, each with the first day it is applied; options: declared for them.
        data_years: by year, those whose factors stand in where it has none, in order.
        wider_places: by year, of `factors.context.WIDER`: what stands in where the place has values, though none of the year.
        from_others: days on which its own electricity comes from another enterprise or province, and is worked out as if bought.
    """

    key: str
    owners: tuple[str, ...]
    place: str
    methods: tuple[tuple[str, date | None], ...]
    options: Mapping[str, str]
    data_years: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    wider_places: Mapping[int, str] = field(default_factory=dict)
    grid: str = ""
    from_others: tuple[tuple[date | None, date | None], ...] = ()

    def takes(self, month: str) -> bool:
        """Whether own electricity comes from another enterprise or province in a month."""
        last = span(month)[1]
        return any((since or date.min) <= last <= (until or date.max) for since, until in self.from_others)

    def in_use(self, month: str, known: Mapping[str, Method]) -> tuple[Method, ...]:
        """The methods applied in a month, in the order they were declared.

        A method counts on the days it is in force, from the day it was taken up. One that follows another takes its place. Of two
        that are meant for the same sector or product, and neither follows the other, the first declared counts: two accounts of one
        plant are not added up. Methods meant for nobody in particular (purchased energy) stand beside every other.
        """
        return self._in_use(month, known)[0]

    def beside(self, month: str, known: Mapping[str, Method]) -> tuple[tuple[Method, Method], ...]:
        """The methods that are left out in a month because another one, named with them, accounts for the plant."""
        return self._in_use(month, known)[1]

    def _in_use(
        self, month: str, known: Mapping[str, Method]
    ) -> tuple[tuple[Method, ...], tuple[tuple[Method, Method], ...]]:
        last = span(month)[1]
        taken = [known[key] for key, day in self.methods if key in known and (day or date.min) <= last]
        taken = [each for each in taken if in_force(each, last)]
        followed = {key for each in taken for key in each.follows}
        used: list[Method] = []
        beside: list[tuple[Method, Method]] = []
        for each in taken:
            if each.key in followed:
                continue
            rival = next((other for other in used if _meant(other) & _meant(each)), None)
            if rival:
                beside.append((each, rival))
            else:
                used.append(each)
        return tuple(used), tuple(beside)


def _meant(method: Method) -> set[str]:
    return {*(f"sector {each}" for each in method.sectors), *(f"product {each}" for each in method.products)}


def months(given: Iterable[str]) -> tuple[str, ...]:
    """Months in order, each once."""
    return tuple(sorted(set(given), key=span))
