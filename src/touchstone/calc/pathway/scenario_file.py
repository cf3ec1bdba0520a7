"""Scenarios as files (TOML): a text to a `Scenario`, or everything that is wrong with it, in the planner's words with file and line."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.field import Table
from touchstone.calc.pathway.case import INDICATORS
from touchstone.calc.pathway.course import COURSES, courses_of, measured, percent, read_course
from touchstone.calc.pathway.lines_of_toml import line_of, lines_of
from touchstone.calc.pathway.places import places
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.pathway.scenario import Adoption, Aim, Chosen, Level, Retirement, Scenario, inherited
from touchstone.errors import Refusal
from touchstone.facts.text import Text

_T = TypeVar("_T")
_TOP = (
    "name", "base", "source", "years", "milestones", "decisions", "discount", "demand", "load", "recycled", "outside", "power", "carbon", "benchmark",
    "retire", "adopt", "rule", "driver", "together",
)  # fmt: skip
_CHOICE = ("lines", "product", "place", "enterprise", "technology")
_SHARES = ("renewable.share", "benchmark.share", "recycled.share", "technology.share")
_UNITS = {
    "emissions": "tCO2e",
    "decline": "tCO2e",
    "peak": "tCO2e",
    "intensity": "tCO2e/t",
    "energy": "tce",
    "energy.intensity": "tce/t",
    "capacity": "t/yr",
    "output": "t",
}
_AT = re.compile(r"at line (\d+)")
GASES = ("all", "direct", "power")


def base_of(text: str) -> str:
    """The key of the scenario that a file inherits from, "" for none or where the file cannot be read."""
    try:
        base = tomllib.loads(text).get("base", "")
    except tomllib.TOMLDecodeError:
        return ""
    return base if isinstance(base, str) else ""


def read_scenario(text: str, file: str, key: str, base: Scenario | None = None) -> Scenario:
    """The scenario of a file, with what it inherits.

    Args:
        file: how the user knows it, for messages; key: of the scenario; base: that it names, already read.

    Raises:
        UnusablePathway: SCENARIO-001 a field, SCENARIO-002 no TOML, SCENARIO-005 a rule without indicator, SCENARIO-006 a line retires twice;
            the first, with the others in `also`.
    """
    try:
        given = tomllib.loads(text.removeprefix("\ufeff"))
    except (RecursionError, ValueError) as error:
        line = _AT.search(str(error))
        raise refusal("SCENARIO-002", f"{file}:{line[1]}" if line else file, reason=str(error)) from None
    lines = lines_of(text)

    def where(place: str) -> str:
        number = line_of(lines, place.removeprefix(f"{file} "))
        return f"{file}:{number}" if number else file

    def faulty(_: str, place: str, found: Text, expected: Text) -> UnusablePathway:
        return refusal("SCENARIO-001", f"{where(place)} {place}", found=found, expected=expected)

    wrong: list[Refusal] = []
    scenario = _scenario(Table(given, file, faulty), file, key, where, wrong)
    wrong += _twice(scenario)
    if wrong:
        wrong[0].also = tuple(wrong[1:])
        raise wrong[0]
    return inherited(base, scenario) if base else replace(scenario, line=(key,))


def _scenario(top: Table, file: str, key: str, where: Callable[[str], str], wrong: list[Refusal]) -> Scenario:
    source = _try(lambda: top.word("source", ""), "", wrong)
    _try(lambda: _known_fields(top), None, wrong)
    power = _tables(top, "power", wrong)
    carbon = _tables(top, "carbon", wrong, whole=True).get("carbon")
    return Scenario(
        key,
        _try(lambda: top.text("name"), Text(key, key), wrong),
        file,
        years=_try(lambda: _years(top), (), wrong),
        decisions=_try(
            lambda: top.whole("decisions", 0, 1950, 2200) if top.has("decisions") else None, None, wrong
        ),
        discount=_try(
            lambda: percent(top, "discount", None, 0.0, 0.3) if top.has("discount") else None, None, wrong
        ),
        courses=dict(_try(lambda: list(courses_of(top, source, where, wrong)), [], wrong)),
        contracts={
            name: _try(
                lambda each=each, name=name: each.text("name") if each.has("name") else Text(name, name),
                Text(name, name),
                wrong,
            )
            for name, each in power.items()
        },
        levels={
            name: level
            for name, each in _tables(top, "benchmark", wrong).items()
            if (level := _try(lambda each=each: _level(each, where), None, wrong))
        },
        priced_power=_try(
            lambda: carbon.yes("power", False) if carbon and carbon.has("power") else None, None, wrong
        ),
        retirements=tuple(_each(top, "retire", lambda row: _retirement(row, where), wrong)),
        adoptions=tuple(_each(top, "adopt", lambda row: _adoption(row, where), wrong)),
        aims=tuple(_each(top, "rule", lambda row: _aim(row, source, where), wrong)),
        drivers=tuple(_each(top, "driver", lambda row: {**_kept(row, where), "key": row.key()}, wrong)),
        together=tuple(_each(top, "together", lambda row: _kept(row, where), wrong)),
    )


def _known_fields(top: Table) -> None:
    """Every field at every level is one of those that are read. Raises Refusal: one is not."""
    top.only(_TOP)
    for name in ("demand", "load", "recycled", "outside", "benchmark"):
        for product in top.table(name).fields() if top.has(name) else ():
            if product not in items():
                raise top.table(name).wrong(
                    product, "a product of data/carbon/items.toml", "data/carbon/items.toml中的产品"
                )
    inner = {
        name: tuple(path[2] for path in COURSES if path[0] == name and len(path) == 3)
        for name in ("recycled", "outside", "power")
    }
    for name, known in inner.items():
        for each in top.table(name).tables().values() if top.has(name) else ():
            each.only((*known, "name", "places") if name == "power" else known)
            for place, stated in (
                each.table("places").tables().items() if name == "power" and each.has("places") else ()
            ):
                stated.only(known)
                if place not in places():
                    raise each.table("places").wrong(place, "the code of a place, CN-35", "地区代码，如CN-35")
    if top.has("carbon"):
        top.table("carbon").only(("price", "power", "free"))
        free = top.table("carbon").table("free", {})
        for product in free.fields():
            if product not in items():
                raise free.wrong(
                    product, "a product of data/carbon/items.toml", "data/carbon/items.toml中的产品"
                )


def _years(top: Table) -> tuple[int, ...]:
    if top.has("milestones"):
        if top.has("years"):
            raise top.wrong("years", "either years or milestones", "years与milestones二者之一")
        years = _whole(top, "milestones")
        if len(years) < 2 or sorted(set(years)) != years or not 1950 <= years[0] < years[-1] <= 2200:
            raise top.wrong("milestones", "at least two years that rise", "至少两个递增的年份")
        return tuple(years)
    if not top.has("years"):
        return ()
    ends = _whole(top, "years")
    if len(ends) != 2 or not 1950 <= ends[0] < ends[1] <= 2200 or ends[1] - ends[0] > 100:
        raise top.wrong(
            "years",
            "first and last year, [2020, 2050], at most 100 years apart",
            "首年与末年，如[2020, 2050]，相隔不超过100年",
        )
    return tuple(range(ends[0], ends[1] + 1))


def _whole(top: Table, field: str) -> list[int]:
    """Whole numbers of a list. Raises Refusal: one is none."""
    found = top.numbers(field)
    if any(not each.is_integer() for each in found):
        raise top.wrong(field, "whole years", "整数年份")
    return [int(each) for each in found]


def _retirement(given: Table, where: Callable[[str], str]) -> Retirement:
    given.only(("line", "year"))
    return Retirement(given.word("line"), given.whole("year", -1, 1950, 2200), where(given.at("line")))


def _adoption(given: Table, where: Callable[[str], str]) -> Adoption:
    given.only(
        ("technology", "from", "until", "share", "of", *(each for each in _CHOICE if each != "technology"))
    )
    since = given.whole("from", -1, 1950, 2200)
    until = given.whole("until", since, 1950, 2200)
    if until < since:
        raise given.wrong("until", f"a year from {since} on", f"{since}年或以后的年份")
    share = percent(given, "share", 1.0, 0.0, 1.0)
    return Adoption(
        given.word("technology"), _chosen(given, "of"), share, since, until, where(given.at("technology"))
    )


def _aim(given: Table, source: str, where: Callable[[str], str]) -> Aim:
    key = given.key()
    if not given.has("indicator"):
        raise refusal("SCENARIO-005", where(given.at("key")), rule=key, known=", ".join(INDICATORS))
    given.only(
        (
            "key",
            "name",
            "indicator",
            "least",
            "most",
            "until",
            "gases",
            "price",
            "source",
            "clause",
            "technologies",
            *_CHOICE,
        )
    )
    indicator = given.choice("indicator", tuple(INDICATORS))
    if given.has("least") == given.has("most"):
        raise given.wrong("most", "either least or most", "least与most二者之一", "")
    narrowed = next(
        (field for field in ("lines", "place", "enterprise", "technology") if given.has(field)), ""
    )
    if indicator == "recycled.share" and narrowed:
        raise given.wrong(
            narrowed,
            "no such field: metal from scrap is supplied to a product, not to a place or a line",
            "不写该字段：再生金属按产品供应，不属于某地或某线",
        )
    sense = "least" if given.has("least") else "most"
    unit = "" if indicator in _SHARES else _UNITS[indicator]
    course = read_course(
        given.table(sense),
        unit,
        given.word("source", source),
        lambda field: where(given.at(f"{sense}.{field}")),
    )
    return Aim(
        key,
        given.text("name") if given.has("name") else Text(key, key),
        indicator,
        sense,
        course,
        given.whole("until", 0, 1950, 2200) if given.has("until") else None,
        _chosen(given, "technology"),
        given.choice("gases", GASES, "all"),
        given.number("price", None, 0.0, 1e9) if given.has("price") else None,
        given.words("technologies") if given.has("technologies") else (),
        given.word("source", source),
        given.word("clause", ""),
        where(given.at("key")),
    )


def _level(given: Table, where: Callable[[str], str]) -> Level:
    given.only(("electricity", "energy", "unit", "source"))
    if given.has("electricity") == given.has("energy"):
        raise given.wrong("energy", "either electricity or energy", "electricity与energy二者之一", "")
    of = "electricity" if given.has("electricity") else "energy"
    own = "MWh/t" if of == "electricity" else "tce/t"
    value = measured(given, of, given.number(of, None, 0.0, 1e6), given.word("unit"), own)
    return Level(of, value, given.word("source"), where(given.at(of)))


def _chosen(given: Table, technology: str) -> Chosen:
    lines = given.words("lines") if given.has("lines") else ()
    if given.has("place") and given.word("place") not in places():
        raise given.wrong("place", "the code of a place, CN-35", "地区代码，如CN-35")
    if given.has("product"):
        given.choice("product", tuple(items()))
    return Chosen(
        lines,
        given.word("product", ""),
        given.word("place", ""),
        given.word("enterprise", ""),
        given.word(technology, ""),
    )


def _kept(given: Table, where: Callable[[str], str]) -> dict[str, Any]:
    """A table as it is, with where it stands: what it means is for the models of chance."""
    return {**given.plain(), "where": where(given.at(given.fields()[0] if given.fields() else ""))}


def _twice(scenario: Scenario) -> Iterator[UnusablePathway]:
    seen: dict[str, Retirement] = {}
    for each in scenario.retirements:
        if before := seen.get(each.line):
            yield refusal(
                "SCENARIO-006",
                each.where,
                line=each.line,
                year=each.year,
                before=before.where,
                earlier=before.year,
            )
        seen.setdefault(each.line, each)
    keys: dict[str, str] = {}
    for kind, key, where in (
        *(("rule", each.key, each.where) for each in scenario.aims),
        *(("driver", each.get("key", ""), each["where"]) for each in scenario.drivers),
    ):
        if f"{kind} {key}" in keys:
            found = Text(
                f"{kind}“{key}”，{keys[f'{kind} {key}']}已有",
                f"the {kind} {key}, which {keys[f'{kind} {key}']} has already",
            )
            yield refusal(
                "SCENARIO-001", where, found=found, expected=Text("每个key只出现一次", "each key once")
            )
        keys.setdefault(f"{kind} {key}", where)


def _try(read: Callable[[], _T], otherwise: _T, wrong: list[Refusal]) -> _T:
    """What is read, or `otherwise` with the reason added to `wrong`: all faults of a file are told at once."""
    try:
        return read()
    except Refusal as problem:
        wrong.append(problem)
        return otherwise


def _each(top: Table, field: str, read: Callable[[Table], _T], wrong: list[Refusal]) -> Iterator[_T]:
    rows = _try(lambda: list(top.rows(field)) if top.has(field) else [], [], wrong)
    for row in rows:
        try:
            yield read(row)
        except Refusal as problem:
            wrong.append(problem)


def _tables(top: Table, field: str, wrong: list[Refusal], whole: bool = False) -> dict[str, Table]:
    if not top.has(field):
        return {}
    return _try(lambda: {field: top.table(field)} if whole else top.table(field).tables(), {}, wrong)
