"""A scenario: what a planner assumes and decides, apart from the register it is about; what it says nothing of it takes from its base."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from touchstone.calc.pathway.case import Ints
from touchstone.calc.pathway.course import Course
from touchstone.calc.pathway.lines_of_toml import head_of
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which lines are meant: those that fit everything that is said; all where nothing is."""

    lines: tuple[str, ...] = ()
    product: str = ""
    place: str = ""
    enterprise: str = ""
    technology: str = ""


@dataclass(frozen=True, slots=True)
class Retirement:
    """A line stands to the end of `year` and no longer; `where` names file and line."""

    line: str
    year: int
    where: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """A technology rule of the projection: `share` of the capacity of the chosen lines has the technology, reached evenly from `since` to `until`."""

    technology: str
    chosen: Chosen
    share: float
    since: int
    until: int
    where: str


@dataclass(frozen=True, slots=True)
class Aim:
    """A cap or target: `course` is the limit from its first stated year on, to `until` where that is said.

    Attributes:
        price: yuan for a unit of the indicator's numerator that is missed, None for the preset.
        document, clause: where it is stated; document is the scenario's own source where nothing is said.
        named: technologies of `technology.share`.
    """

    key: str
    name: Text
    indicator: str
    sense: str
    course: Course
    until: int | None
    chosen: Chosen
    gases: str
    price: float | None
    named: tuple[str, ...]
    document: str
    clause: str
    where: str


@dataclass(frozen=True, slots=True)
class Level:
    """The benchmark level of a product: a line is at it where its use of power, or its energy with power, is at most `limit`.

    Attributes:
        of: "electricity" (MWh/t) or "energy" (tce/t); document: that states it; until: last year in which it states it, None without an end.
    """

    of: str
    limit: float
    document: str
    where: str
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is assumed and decided.

    Attributes:
        line: of bases, the root first, this scenario last. years: that models reckon with, rising.
        decisions: the first year in which the optimum may change anything; the year behind the first of the plan where nothing is said.
        discount: a year, real; discount_at: where it is stated, "" where nobody states one.
        courses: by path as in `COURSES`; a path of four names a contract's course in one place.
        contracts: names of contracts of power, in order; one without a name has its key; the first takes what no other delivers.
        priced_power: whether power's emissions bear the carbon price.
        drivers, together: uncertainty as declared, for `chance`. stated: lines of its own file, by place.
    """

    key: str
    name: Text
    file: str
    line: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    discount: float | None = None
    discount_at: str = ""
    decisions: int | None = None
    courses: Mapping[tuple[str, ...], Course] = field(default_factory=dict)
    contracts: dict[str, Text] = field(default_factory=dict)
    levels: Mapping[str, Level] = field(default_factory=dict)
    priced_power: bool | None = None
    retirements: tuple[Retirement, ...] = ()
    adoptions: tuple[Adoption, ...] = ()
    aims: tuple[Aim, ...] = ()
    drivers: tuple[Mapping[str, Any], ...] = ()
    together: tuple[Mapping[str, Any], ...] = ()
    stated: Mapping[str, int] = field(default_factory=dict)

    def where(self, place: str) -> str:
        """The file and the line of a place in it, or the nearest to it, for messages about what is not there."""
        return f"{self.file}:{head_of(self.stated, place)}"

    def course(self, *path: str) -> Course | None:
        """The course of a path, None where the scenario says nothing."""
        return self.courses.get(path)

    def of_power(self, contract: str, field: str, place: str) -> Course | None:
        """A course of a contract: of the place, of its province, else of everywhere."""
        every = (self.courses.get(("power", contract, field, *at)) for at in ((place,), (place[:5],), ()))
        return next((course for course in every if course), None)

    def span(self) -> Ints:
        """(Y,): the years."""
        return np.array(self.years, dtype=np.int64)


def inherited(base: Scenario, own: Scenario) -> Scenario:
    """The scenario with what its base says where it says nothing.

    A course is taken whole from the nearer. Retirements of a line, aims, drivers by key: the nearer takes the place of the other. Adoptions of one
    technology take the place of all the base has of it.
    """
    anew = {each.technology for each in own.adoptions}
    return replace(
        own,
        line=(*base.line, own.key),
        years=own.years or base.years,
        decisions=base.decisions if own.decisions is None else own.decisions,
        discount=base.discount if own.discount is None else own.discount,
        discount_at=base.discount_at if own.discount is None else own.discount_at,
        courses=_without_places(base.courses, own.courses) | dict(own.courses),
        contracts=base.contracts | _named(base.contracts, own.contracts),
        levels={**base.levels, **own.levels},
        priced_power=base.priced_power if own.priced_power is None else own.priced_power,
        retirements=_behind(base.retirements, own.retirements, lambda each: each.line),
        adoptions=(*(each for each in base.adoptions if each.technology not in anew), *own.adoptions),
        aims=_behind(base.aims, own.aims, lambda each: each.key),
        drivers=_behind(base.drivers, own.drivers, lambda each: each["key"]),
        together=own.together or base.together,
    )


def _without_places(
    base: Mapping[tuple[str, ...], Course], own: Mapping[tuple[str, ...], Course]
) -> dict[tuple[str, ...], Course]:
    """The courses of a base; what it says of a contract in one place is gone where the nearer states it for everywhere."""
    return {path: course for path, course in base.items() if len(path) < 4 or path[:3] not in own}


def _named(base: dict[str, Text], own: dict[str, Text]) -> dict[str, Text]:
    """Contracts that are new, or that have a name of their own: one that only changes a course keeps its name."""
    return {key: name for key, name in own.items() if key not in base or name != Text(key, key)}


def _behind(base: tuple[Any, ...], own: tuple[Any, ...], key: Any) -> tuple[Any, ...]:
    stated = {key(each) for each in own}
    return (*(each for each in base if key(each) not in stated), *own)
