"""What a scenario takes as given, written out for its report: every course, decision, technology value and driver with its source, file and line."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.course import COURSES, WILD, Course
from touchstone.calc.pathway.plan import Plan
from touchstone.calc.pathway.scenario import Adoption
from touchstone.calc.pathway.technology import SYNTHETIC, Technology, Value
from touchstone.facts.text import Text
from touchstone.publish.pathway.paper import Assumption
from touchstone.publish.pathway.pen import figure, share
from touchstone.publish.pathway.shown import place_name, product_name
from touchstone.publish.pathway.target import both
from touchstone.publish.words import LANGUAGES, word


def assumptions(given: Compiled, plan: Plan) -> Iterator[Assumption]:
    """What was assumed: register, rate of discount, courses, retirements, technology rules, values of technologies that stand in the plan, drivers."""
    scenario, case = given.scenario, given.case
    lines = given.register.lines
    made_up = sum(line.source == SYNTHETIC for line in lines)
    said = both("pathway_reported.lines", n=len(lines), made_up=made_up)
    yield Assumption(both("pathway_reported.register"), said, _plain("pathway/register.csv"))
    yield Assumption(
        both("pathway_reported.discount"),
        _each(lambda lang: share(case.discount, lang)),
        _plain(scenario.file),
    )
    for path, course in scenario.courses.items():
        yield Assumption(
            _course_name(given, path), _course_said(path, course), _stated(course.source, course.where)
        )
    for retired in scenario.retirements:
        line = given.register.of(retired.line)
        name = line.name if line else _plain(retired.line)
        yield Assumption(
            both("pathway_reported.retires", line=name), _plain(str(retired.year)), _plain(retired.where)
        )
    for rule in scenario.adoptions:
        yield Assumption(
            both("pathway_reported.adopts", technology=given.catalogue[rule.technology].name),
            _taken(given, rule),
            _plain(rule.where),
        )
    yield from _technologies(given, plan)
    for driver in scenario.drivers:
        name = Text(**driver["name"]) if driver.get("name") else _plain(driver["key"])
        yield Assumption(both("pathway_reported.driver", name=name), _driver(driver), _plain(driver["where"]))


def _course_name(given: Compiled, path: tuple[str, ...]) -> Text:
    if path[0] == "power":
        name = both(f"pathway_reported.power_{path[2]}", contract=given.scenario.contracts[path[1]])
        return both("pathway_reported.at", name=name, place=place_name(path[3])) if len(path) > 3 else name
    if path[:2] == ("carbon", "free"):
        return both("pathway_reported.carbon_free", product=product_name(path[2]))
    if path[0] == "carbon":
        return both("pathway_reported.carbon_price")
    if len(path) == 2:
        return both(f"pathway_reported.{path[0]}", product=product_name(path[1]))
    return both(f"pathway_reported.{path[0]}_{path[2]}", product=product_name(path[1]))


def _course_said(path: tuple[str, ...], course: Course) -> Text:
    unit = next(unit for each, unit in COURSES.items() if _fits(each, path))

    def said(lang: str) -> str:
        values = (
            f"{year}{word('list.colon', lang)}{figure(v, lang) + ' ' + unit if unit else share(v, lang)}"
            for year, v in course.points
        )
        grown = word("pathway_reported.grows", lang, rate=share(course.growth, lang)) if course.growth else ""
        return word("list.semicolon", lang).join(values) + grown

    return _each(said)


def _fits(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return len(pattern) <= len(path) and all(
        want in (WILD, have) for want, have in zip(pattern, path, strict=False)
    )


def _taken(given: Compiled, rule: Adoption) -> Text:
    """Which lines, how much of them, and when."""
    chosen, names = rule.chosen, []
    for key in chosen.lines:
        line = given.register.of(key)
        names.append(line.name if line else _plain(key))
    if chosen.product:
        names.append(product_name(chosen.product))
    if chosen.place:
        names.append(place_name(chosen.place))
    names += [_plain(each) for each in (chosen.enterprise, chosen.technology) if each]
    where = _each(lambda lang: word("list.semicolon", lang).join(getattr(each, lang) for each in names))
    lines = where if names else both("pathway_reported.all_lines")
    part = _each(lambda lang: share(rule.share, lang))
    return both("pathway_reported.taken", share=part, lines=lines, since=rule.since, until=rule.until)


def _technologies(given: Compiled, plan: Plan) -> Iterator[Assumption]:
    """Values of every process and measure that stands in some year of the plan, as they are taken."""
    used = dict[str, Technology]()
    for t in np.flatnonzero(plan.standing.any((0, 2))):
        state = given.states[t]
        used |= {each.key: each for each in (state.process, *state.measures)}
    for technology in used.values():
        for parameter in dict.fromkeys(each.parameter for each in technology.values):
            if (value := technology.value(parameter)) is not None:
                name = both(
                    "pathway_reported.technology",
                    technology=technology.name,
                    parameter=both(f"pathway_reported.of_{parameter.replace('.', '_')}"),
                )
                yield Assumption(name, _plain(f"{value.printed} {value.unit}".strip()), _cited(value))


def _cited(value: Value) -> Text:
    return _stated(" ".join(filter(None, (value.document, value.clause, f"[{value.tag}]"))), value.where)


def _driver(row: Mapping[str, Any]) -> Text:
    fields = (
        "of",
        "product",
        "place",
        "contract",
        "technology",
        "kind",
        "distribution",
        "mean",
        "spread",
        "range",
        "low",
        "mode",
        "high",
        "values",
        "weights",
    )
    return _plain(
        "; ".join(f"{field} = {row[field]}" for field in fields if row.get(field) not in (None, ""))
    )


def _stated(source: str, where: str) -> Text:
    return _plain("; ".join(filter(None, (source, where))))


def _plain(said: str) -> Text:
    return Text(said, said)


def _each(said: Callable[[str], str]) -> Text:
    return Text(*(said(lang) for lang in LANGUAGES))
