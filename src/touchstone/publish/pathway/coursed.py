"""Courses of a scenario in words: what is stated by year, and the stated years with their values."""

from collections.abc import Sequence

from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.course import COURSES, WILD, Course
from touchstone.facts.text import Text
from touchstone.publish.pathway.pen import figure, share
from touchstone.publish.pathway.shown import place_name, product_name
from touchstone.publish.pathway.target import both
from touchstone.publish.words import LANGUAGES, word


def course_name(given: Compiled, path: tuple[str, ...]) -> Text:
    """What a course of a scenario is called."""
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


def course_said(path: tuple[str, ...], course: Course) -> Text:
    """The stated years with their values, and how it grows behind them."""
    unit = next(unit for each, unit in COURSES.items() if _fits(each, path))

    def said(lang: str) -> str:
        values = (
            f"{year}{word('list.colon', lang)}{figure(v, lang) + ' ' + unit if unit else share(v, lang)}"
            for year, v in course.points
        )
        grown = word("pathway_reported.grows", lang, rate=share(course.growth, lang)) if course.growth else ""
        return word("list.semicolon", lang).join(values) + grown

    return Text(*map(said, LANGUAGES))


def _fits(pattern: Sequence[str], path: Sequence[str]) -> bool:
    return len(pattern) <= len(path) and all(
        want in (WILD, have) for want, have in zip(pattern, path, strict=False)
    )
