"""What a scenario takes as given, written out for its report: every course, decision, technology value, target and driver with its source, file and line."""

from collections.abc import Callable, Iterator

import numpy as np

from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.course import Course
from touchstone.calc.pathway.plan import Plan
from touchstone.calc.pathway.scenario import Adoption, Aim
from touchstone.calc.pathway.technology import SYNTHETIC, Technology, Value
from touchstone.facts.text import Text
from touchstone.publish.pathway.basis import Assumption, ordered
from touchstone.publish.pathway.coursed import course_name, course_said
from touchstone.publish.pathway.drivers import driver_name, driver_said
from touchstone.publish.pathway.pen import amount, share
from touchstone.publish.pathway.shown import of_indicator, place_name, product_name
from touchstone.publish.pathway.target import both
from touchstone.publish.words import LANGUAGES, word

_PARTS = {
    "demand": "metal",
    "load": "metal",
    "recycled": "metal",
    "outside": "metal",
    "power": "power",
    "carbon": "carbon",
}
_LEVELS = {"electricity": "MWh/t", "energy": "tce/t"}


def assumptions(given: Compiled, plan: Plan) -> tuple[Assumption, ...]:
    """What was assumed: register, levels of efficiency, courses, decisions, values of technologies that stand in the plan, targets, drivers; in order."""
    return ordered(_every(given, plan))


def _every(given: Compiled, plan: Plan) -> Iterator[Assumption]:
    yield from _general(given)
    for path, course in given.scenario.courses.items():
        yield _course(given, path, course)
    yield from _decided(given)
    yield from _technologies(given, plan)
    yield from (_target(aim) for aim in given.scenario.aims)
    yield from _uncertain(given)


def _general(given: Compiled) -> Iterator[Assumption]:
    lines, scenario = given.register.lines, given.scenario
    made_up = sum(line.source == SYNTHETIC for line in lines)
    said = both("pathway_reported.lines", n=len(lines), made_up=made_up)
    yield Assumption(
        both("pathway_reported.register"),
        said,
        _plain("pathway/register.csv"),
        kind="register",
        where="pathway/register.csv:2",
    )
    rate = _each(lambda lang: share(given.case.discount, lang))
    at = scenario.discount_at
    yield Assumption(
        both("pathway_reported.discount"),
        rate,
        _plain(at) if at else both("pathway_basis.preset"),
        kind="discount",
        where=at,
    )
    for product, level in given.levels.items():
        unit = _LEVELS[level.of]
        value = both(
            f"pathway_basis.level_{level.of}",
            value=_each(lambda lang, level=level, unit=unit: amount(level.limit, _plain(unit), lang)),
        )  # type: ignore[misc]
        name = both("pathway_basis.level", product=product_name(product))
        yield Assumption(
            name,
            value,
            _stated(level.document, level.where),
            "general",
            "level",
            product,
            level.where,
            level.document,
        )


def _course(given: Compiled, path: tuple[str, ...], course: Course) -> Assumption:
    first, *rest = path
    kind = f"{first}.{rest[1]}" if first in ("power", "recycled") else first
    about = rest[-1] if first == "carbon" and len(rest) > 1 else "" if first == "carbon" else rest[0]
    source = _stated(course.source, course.where)
    return Assumption(
        course_name(given, path),
        course_said(path, course),
        source,
        _PARTS[first],
        kind,
        about,
        course.where,
        course.source,
    )


def _decided(given: Compiled) -> Iterator[Assumption]:
    for retired in given.scenario.retirements:
        line = given.register.of(retired.line)
        name = both("pathway_reported.retires", line=line.name if line else _plain(retired.line))
        yield Assumption(
            name, _plain(str(retired.year)), _plain(retired.where), "decided", "retire", where=retired.where
        )
    for rule in given.scenario.adoptions:
        name = both("pathway_reported.adopts", technology=given.catalogue[rule.technology].name)
        yield Assumption(name, _taken(given, rule), _plain(rule.where), "decided", "adopt", where=rule.where)


def _target(aim: Aim) -> Assumption:
    def said(lang: str) -> str:
        sense = word(f"pathway_basis.{aim.sense}", lang)
        values = (
            f"{year}{word('list.colon', lang)}{sense}{getattr(of_indicator(v, aim.indicator), lang)}"
            for year, v in aim.course.points
        )
        return word("list.semicolon", lang).join(values)

    source = _stated(" ".join(filter(None, (aim.document, aim.clause))), aim.where)
    return Assumption(
        both("pathway_basis.target", name=aim.name),
        _each(said),
        source,
        "target",
        "target",
        aim.key,
        aim.where,
        aim.document,
    )


def _uncertain(given: Compiled) -> Iterator[Assumption]:
    names = {row["key"]: driver_name(row) for row in given.scenario.drivers}
    for row in given.scenario.drivers:
        source = _stated(row.get("source", ""), row["where"])
        yield Assumption(
            names[row["key"]],
            driver_said(row),
            source,
            "driver",
            "driver",
            row["key"],
            row["where"],
            row.get("source", ""),
        )
    for row in given.scenario.together:
        joined = _each(
            lambda lang, row=row: word("list.comma", lang).join(
                getattr(names[key], lang) for key in row["drivers"] if key in names
            )
        )  # type: ignore[misc]
        value = both("pathway_basis.correlation", value=row["correlation"])
        yield Assumption(
            both("pathway_basis.together", names=joined),
            value,
            _plain(row["where"]),
            "driver",
            "driver",
            where=row["where"],
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
    names += [given.register.owner(chosen.enterprise)] if chosen.enterprise else []
    names += [_plain(chosen.technology)] if chosen.technology else []
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
                said = both(f"pathway_reported.of_{parameter.replace('.', '_')}")
                name = both("pathway_reported.technology", technology=technology.name, parameter=said)
                kind = f"technology.{parameter}"
                printed = _plain(f"{value.printed} {value.unit}".strip())
                yield Assumption(
                    name,
                    printed,
                    _cited(value),
                    "technology",
                    kind,
                    technology.key,
                    value.where,
                    value.document,
                )


def _cited(value: Value) -> Text:
    tag = "" if value.tag == value.document else f"[{value.tag}]"
    return _stated(" ".join(filter(None, (value.document, value.clause, tag))), value.where)


def _stated(source: str, where: str) -> Text:
    """A source and its place; what is made up is said in words."""
    return _each(
        lambda lang: word("list.semicolon", lang).join(filter(None, (_made_up(source, lang), where)))
    )


def _made_up(source: str, lang: str) -> str:
    return word("pathway_basis.synthetic", lang) if source == SYNTHETIC else source


def _plain(said: str) -> Text:
    return Text(said, said)


def _each(said: Callable[[str], str]) -> Text:
    return Text(*(said(lang) for lang in LANGUAGES))
