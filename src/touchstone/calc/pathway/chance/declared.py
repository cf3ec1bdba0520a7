"""Drivers as a planner writes them in a scenario, `[[driver]]` and `[[together]]`, to drivers that can be drawn."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

from touchstone.calc.field import Table
from touchstone.calc.pathway.case import Case
from touchstone.calc.pathway.chance.driver import TARGETS, Correlation, Driver, checked, correlations
from touchstone.calc.pathway.chance.history import AMONG, FEWEST, Estimate, Walk, estimate
from touchstone.calc.pathway.chance.law import Law, law, spanning
from touchstone.calc.pathway.chance.reach import there
from touchstone.calc.pathway.chance.reverting import Reverting
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.pathway.scenario import Scenario
from touchstone.errors import Refusal
from touchstone.facts.text import Text

Given = TypeVar("Given")
Made = TypeVar("Made")
_FIELDS = (
    "key", "of", "kind", "distribution", "product", "place", "contract", "technology", "lines", "since", "alike", "source", "spread", "low",
    "mode", "high", "range", "values", "weights", "mean", "history", "process", "name", "where",
)  # fmt: skip
_OF_LAW = {
    "normal": ("spread", "mean", "range"), "lognormal": ("spread", "mean", "range"), "triangular": ("low", "mode", "high"),
    "uniform": ("low", "high", "range"), "discrete": ("values", "weights"), "history": ("history", "process"),
}  # fmt: skip
"""What each distribution, or a history, is declared by; a field of another one would have no effect."""
_GENERAL = tuple(field for field in _FIELDS if not any(field in own for own in _OF_LAW.values()))
_NARROWED = ("product", "place", "contract", "technology")


def drivers_of(scenario: Scenario) -> tuple[tuple[Driver, ...], tuple[Correlation, ...]]:
    """The drivers of a scenario and what moves together; none where it declares none.

    Raises:
        UnusablePathway: SCENARIO-001, a field; CHANCE-001 to CHANCE-009 and CHANCE-020, what cannot be drawn; CHANCE-021, what is known until
            outside the years; CHANCE-024, several histories of which one is short. The first, with the others in `also`.
    """
    drivers, wrong = _each(_driver, scenario.drivers)
    together, crossed = _each(_correlation, scenario.together)
    wrong += [*_outside(scenario, drivers), *_short(drivers)]
    if problems := wrong + crossed:
        problems[0].also = tuple(problems[1:])
        raise problems[0]
    return checked(tuple(drivers), scenario.file), tuple(together)


def unfit(scenario: Scenario, case: Case) -> list[Refusal]:
    """What is wrong with the drivers of a scenario: with themselves, with each other, or with what the case has."""
    try:
        drivers, together = drivers_of(scenario)
        correlations(drivers, together)
    except UnusablePathway as problem:
        return [problem, *problem.also]
    return list(_each(partial(there, case), drivers)[1])


def _each(make: Callable[[Given], Made], rows: Iterable[Given]) -> tuple[list[Made], list[UnusablePathway]]:
    """What is made of each, and why nothing could be of some."""
    found: list[Made] = []
    wrong: list[UnusablePathway] = []
    for row in rows:
        try:
            found.append(make(row))
        except UnusablePathway as problem:
            wrong.append(problem)
    return found, wrong


def _outside(scenario: Scenario, drivers: Iterable[Driver]) -> Iterator[UnusablePathway]:
    """Drivers known until the last year or longer, which would move nothing; or, unless a history says so, not even the year before the first."""
    span = scenario.span()
    first, last = int(span[0]), int(span[-1])
    for driver in drivers:
        early = isinstance(driver.law, Law) and driver.since is not None and driver.since < first - 1
        if driver.since is not None and (early or driver.since >= last):
            yield refusal("CHANCE-021", driver.where, found=driver.since, first=first - 1, last=last - 1)


def _short(drivers: Iterable[Driver]) -> Iterator[UnusablePathway]:
    """Histories of few values among several: each alone holds what it says, their sum more."""
    learned = [(driver, driver.law) for driver in drivers if isinstance(driver.law, Walk | Reverting)]
    for driver, course in learned:
        process = "walk" if isinstance(course, Walk) else "reverting"
        if len(learned) > 1 and course.values < AMONG[process]:
            said = {"count": len(learned), "process": process, "fewest": AMONG[process]}
            yield refusal("CHANCE-024", driver.where, found=course.values, **said)


def _driver(row: Mapping[str, Any]) -> Driver:
    given = _table(row)
    given.only(_FIELDS)
    given.only(
        (*_GENERAL, *_OF_LAW.get("history" if given.has("history") else given.word("distribution"), _FIELDS))
    )
    of = given.choice("of", tuple(TARGETS))
    kind = given.choice("kind", ("level", "growth"), "level")
    narrowed = {name: given.word(name) for name in _NARROWED if given.has(name)}
    since = given.whole("since", 0, 1950, 2200) if given.has("since") else None
    if given.has("history"):
        if given.has("since"):
            raise given.wrong(
                "since",
                "no such field: a history is known to its last year",
                "不写该字段：历史数据的末年就是最后已知年份",
            )
        learned = _history(given, row["where"])
        kind, own, since = "growth", learned.course, learned.year
    else:
        own = _law(given, of, kind, row["where"])
    return Driver(
        given.key(), of, kind, own, **narrowed, lines=given.words("lines") if given.has("lines") else (), since=since,
        alike=_part(given, "alike") if given.has("alike") else 0.0, source=given.word("source", ""), where=row["where"],
    )  # fmt: skip


def _history(given: Table, where: str) -> Estimate:
    """What the past tells of how far the years ahead may stray from what the scenario says: `history = { 2015 = 40.9, 2016 = 45.2, … }`."""
    told = given.table("history")
    wrong = next(
        (field for field in told.fields() if not (field.isascii() and field.isdecimal() and len(field) == 4)),
        "",
    )
    if wrong:
        raise told.wrong(wrong, "a year", "年份")
    values = {int(field): told.number(field, None, 0.0, 1e18) for field in told.fields()}
    return estimate(values, where, given.choice("process", tuple(FEWEST), "walk"))


def _law(given: Table, of: str, kind: str, where: str) -> Law:
    """The law; shares are of what the scenario says ("90 %"), a delay is in years, a growth is what a year's growth may differ by."""
    name = given.word("distribution")
    read: Callable[[Table, str], float] = _years if of == "delay" else _share
    middle = 0.0 if kind == "growth" or of == "delay" else 1.0
    if given.has("range"):
        low, high = (read(_one(given, "range", each, where), "range") for each in _list(given, "range", 2))
        return spanning(name, where, low, high)
    if name == "lognormal" and kind == "growth":
        raise given.wrong(
            "distribution",
            "normal, triangular, uniform or discrete: a growth differs by more or less than nothing",
            "normal、triangular、uniform或discrete：增速的偏差可正可负",
        )
    if name in ("normal", "lognormal"):
        centre = {"normal": "mean", "lognormal": "median"}[name]
        spread = read(given, "spread")
        if spread < 0:
            raise given.wrong("spread", "0 or more", "不小于0")
        return law(
            name, where, **{centre: read(given, "mean") if given.has("mean") else middle, "sd": spread}
        )
    if name == "discrete":
        values = [read(_one(given, "values", each, where), "values") for each in _list(given, "values")]
        weights = [_part(_one(given, "weights", each, where), "weights") for each in _list(given, "weights")]
        return law(name, where, values=tuple(values), weights=tuple(weights))
    wanted = ("low", "mode", "high") if name == "triangular" else ("low", "high")
    return law(name, where, **{each: read(given, each) for each in wanted if given.has(each)})


def _correlation(row: Mapping[str, Any]) -> Correlation:
    given = _table(row)
    given.only(("drivers", "correlation", "where"))
    return Correlation(given.words("drivers"), given.number("correlation", None, -1.0, 1.0), row["where"])


def _share(given: Table, field: str, default: float | None = None) -> float:
    """A percentage in quotes as a share."""
    if default is not None and not given.has(field):
        return default
    said = given.plain().get(field)
    if isinstance(said, str) and said.replace("％", "%").strip().endswith("%"):
        try:
            return float(said.replace("％", "%").strip().removesuffix("%")) / 100
        except ValueError:
            pass
    raise given.wrong(field, 'a percentage in quotes, "5 %"', "引号中的百分数，如“5 %”")


def _part(given: Table, field: str) -> float:
    """A part of one, as a number or as a percentage in quotes."""
    said = given.plain().get(field)
    return _share(given, field) if isinstance(said, str) else given.number(field, None, 0.0, 1e6)


def _years(given: Table, field: str) -> float:
    """A number of years."""
    return given.number(field, None, -50, 50)


def _list(given: Table, field: str, length: int = 0) -> list[Any]:
    said = given.plain().get(field)
    if not isinstance(said, list) or not said or (length and len(said) != length):
        raise given.wrong(field, f"a list of {length or 'values'}", f"{length or '若干'}个值的列表")
    return said


def _one(given: Table, field: str, value: Any, where: str) -> Table:
    """A value of a list as a field of its own, so that it is read like any other."""
    return _table({field: value, "where": where})


def _table(row: Mapping[str, Any]) -> Table:
    where = str(row["where"])

    def faulty(_: str, field: str, found: Text, expected: Text) -> UnusablePathway:
        return refusal("SCENARIO-001", f"{where} driver.{field}", found=found, expected=expected)

    return Table(dict(row), where, faulty)
