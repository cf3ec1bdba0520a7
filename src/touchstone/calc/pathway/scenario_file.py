"""Scenarios as files (TOML): a text to a `Scenario`, or everything that is wrong with it, in the planner's words with file and line."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from touchstone.calc.field import Table
from touchstone.calc.pathway.course import courses_of, percent
from touchstone.calc.pathway.lines_of_toml import Unparsed, head_of, lines_of, parsed
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.pathway.scenario import Retirement, Scenario, inherited
from touchstone.calc.pathway.scenario_fields import known_fields
from touchstone.calc.pathway.scenario_rules import adoption_of, aim_of, level_of, retirement_of
from touchstone.errors import Refusal
from touchstone.facts.text import Text

_T = TypeVar("_T")
_EXAMPLE = 'name = { zh = "本省方案", en = "our plan" }, base = "reference"'


def base_of(text: str) -> str:
    """The key of the scenario that a file inherits from, "" for none or where the file cannot be read."""
    try:
        base = parsed(text).get("base", "")
    except Unparsed:
        return ""
    return base if isinstance(base, str) else ""


def read_scenario(text: str, file: str, key: str, base: Scenario | None = None) -> Scenario:
    """The scenario of a file, with what it inherits.

    Args:
        file: how the user knows it, for messages; key: of the scenario; base: that it names, already read.

    Raises:
        UnusablePathway: SCENARIO-001 a field, SCENARIO-002 no TOML, SCENARIO-005 a rule without indicator, SCENARIO-006 a line retires twice,
            SCENARIO-022 nothing in it; the first, with the others in `also`.
    """
    try:
        given = parsed(text)
    except Unparsed as error:
        raise refusal("SCENARIO-002", f"{file}:{error.line}", reason=error.said) from None
    if not given:
        raise refusal("SCENARIO-022", file, example=_EXAMPLE)
    lines = lines_of(text)

    def where(place: str) -> str:
        return f"{file}:{head_of(lines, place.removeprefix(f'{file} '))}"

    def faulty(_: str, place: str, found: Text, expected: Text) -> UnusablePathway:
        return refusal("SCENARIO-001", f"{where(place)} {place}", found=found, expected=expected)

    wrong: list[Refusal] = []
    scenario = _scenario(Table(given, file, faulty), lines, key, where, wrong)
    wrong += _twice(scenario)
    if wrong:
        wrong[0].also = tuple(wrong[1:])
        raise wrong[0]
    return inherited(base, scenario) if base else replace(scenario, line=(key,))


def _scenario(
    top: Table, lines: dict[str, int], key: str, where: Callable[[str], str], wrong: list[Refusal]
) -> Scenario:
    source = _try(lambda: top.word("source", ""), "", wrong)
    _try(lambda: known_fields(top), None, wrong)
    power = _tables(top, "power", wrong)
    carbon = _tables(top, "carbon", wrong, whole=True).get("carbon")
    return Scenario(
        key,
        _try(lambda: top.text("name"), Text(key, key), wrong),
        top.file,
        stated=lines,
        years=_try(lambda: _years(top), (), wrong),
        decisions=_try(
            lambda: top.whole("decisions", 0, 1950, 2200) if top.has("decisions") else None, None, wrong
        ),
        discount=_try(
            lambda: percent(top, "discount", None, 0.0, 0.3) if top.has("discount") else None, None, wrong
        ),
        discount_at=where("discount") if top.has("discount") else "",
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
            if (level := _try(lambda each=each: level_of(each, where), None, wrong))
        },
        priced_power=_try(
            lambda: carbon.yes("power", False) if carbon and carbon.has("power") else None, None, wrong
        ),
        retirements=tuple(_each(top, "retire", lambda row: retirement_of(row, where), wrong)),
        adoptions=tuple(_each(top, "adopt", lambda row: adoption_of(row, where), wrong)),
        aims=tuple(_each(top, "rule", lambda row: aim_of(row, source, where), wrong)),
        drivers=tuple(_each(top, "driver", lambda row: {**_kept(row, where), "key": row.key()}, wrong)),
        together=tuple(_each(top, "together", lambda row: _kept(row, where), wrong)),
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
