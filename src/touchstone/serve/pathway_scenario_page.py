"""A scenario: what it assumes and decides, what it has from its base and what is its own, each value with the line of the file and its source."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

import numpy as np

from touchstone.calc.pathway.case import INDICATORS
from touchstone.calc.pathway.chance.declared import drivers_of
from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.course import COURSES, Course
from touchstone.calc.pathway.scenario import Aim, Chosen, Scenario
from touchstone.calc.target.indicator import indicators
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.publish.pathway.shown import (
    milestones,
    of_indicator,
    peak_said,
    place_name,
    product_name,
    targets,
)
from touchstone.publish.pathway.target import both
from touchstone.serve.pathway_drivers import drivers_said, names_of
from touchstone.serve.pathway_drivers import name_of as driver_name
from touchstone.serve.pathway_guarded import cited, guarded, one_of, sourced, text_of, written
from touchstone.serve.pathway_stated_page import stated_address
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.pathway_technology_pages import shown_adoption
from touchstone.serve.pathway_workbench import nothing
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

NEW, CHANGED, SAME = "new", "changed", "same"
"""How something of a scenario stands to its base."""


def scenario_page(shelf: Shelf, key: str, lang: str) -> Page:
    """A scenario by its key."""
    return guarded(shelf, lambda: _page(shelf, key, lang))


def _page(shelf: Shelf, key: str, lang: str) -> Page:
    stock = shelf.stock.pathways()
    if not stock.files.folder.exists():
        return nothing(stock, _refusal_of(lambda: stock.register))
    own = one_of(stock.scenarios, key, "scenario")
    if isinstance(own, Refusal):
        raise own
    base = stock.scenarios.get(own.line[-2]) if len(own.line) > 1 else None
    base = None if isinstance(base, Refusal) else base
    years = [own.years[y] for y in milestones(own.years)]
    courses = [_course(path, each, own, base, years, lang) for path, each in own.courses.items()]
    usable = stock.usable[key]
    found = None if isinstance(usable, Refusal) else stock.projected(key)
    shown = {
        "own": own, "base": base, "years": years, "file": own.file, "synthetic": stock.synthetic,
        "inherits": [(each, _name(stock, each), f"/pathway/scenario/{quote(each)}") for each in own.line],
        "heirs": [(each, _name(stock, each), f"/pathway/scenario/{quote(each)}") for each, other in stock.scenarios.items()
                  if not isinstance(other, Refusal) and key in other.line[:-1]],
        "others": [(each, _name(stock, each), f"/pathway/scenario/{quote(each)}", each == key) for each in stock.scenarios],
        "groups": [(group, [each for each in courses if each["path"][0] == group]) for group in dict.fromkeys(each["path"][0] for each in courses)],
        "levels": [_level(product, own, base, lang) for product in own.levels],
        "aims": [_aim(each, base, years, lang) for each in own.aims],
        "adoptions": [{**shown_adoption(each), "own": each, "technology_name": _technology(stock, each.technology),
                       "page": f"/pathway/technologies/{quote(each.technology)}", "state": _state(each, base.adoptions if base else None)}
                      for each in own.adoptions],
        "retirements": [{"own": each, "stated": stated_address(each.where), "address": f"/pathway/line/{quote(each.line)}",
                         "state": _state(each, base.retirements if base else None)} for each in own.retirements],
        "drivers": _drivers(own, base, usable), "together": own.together,
        "driver_names": {each["key"]: driver_name(each) for each in own.drivers if "key" in each},
        "problems": [usable, *usable.also] if isinstance(usable, Refusal) else [],
        "told": [] if found is None else found.given.told,
        "peak": None if found is None else peak_said(found), "targets": () if found is None else targets(found),
    }  # fmt: skip
    return Page(
        "pathway_scenario.html",
        shown,
        lambda: _told(own, base),
        lambda: [_flat(each, own) for each in courses],
    )


def _refusal_of(make: Callable[[], object]) -> Refusal:
    try:
        make()
    except Refusal as problem:
        return problem
    raise AssertionError("a folder that is not there has a register")


def _name(stock: PathwayStock, key: str) -> Text:
    each = stock.scenarios.get(key)
    return Text(key, key) if each is None or isinstance(each, Refusal) else each.name


def _technology(stock: PathwayStock, key: str) -> Text:
    return stock.catalogue[key].name if key in stock.catalogue else Text(key, key)


def course_name(path: tuple[str, ...], own: Scenario) -> Text:
    """What a course is of, in words."""
    match path:
        case ("demand" | "load" as what, product):
            return both(f"pathway_page.course_{what}", name=product_name(product))
        case ("recycled" | "outside" as what, product, field):
            return both(f"pathway_page.course_{what}_{field}", name=product_name(product))
        case ("power", contract, field, *place):
            name = own.contracts.get(contract, Text(contract, contract))
            said = both(f"pathway_page.course_power_{field}", name=name)
            return (
                Text(f"{said.zh}（{place_name(place[0]).zh}）", f"{said.en} ({place_name(place[0]).en})")
                if place
                else said
            )
        case ("carbon", "free", product):
            return both("pathway_page.course_carbon_free", name=product_name(product))
    return both("pathway_page.course_carbon_price")


def _own_unit(path: tuple[str, ...]) -> str:
    """The unit models take a course in; "" for a share."""
    wild = next(known for known in COURSES if _alike(known, path[:3] if path[0] == "power" else path))
    return COURSES[wild]


def _alike(known: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return len(known) == len(path) and all(
        one in ("*", other) for one, other in zip(known, path, strict=True)
    )


def _course(
    path: tuple[str, ...], course: Course, own: Scenario, base: Scenario | None, years: list[int], lang: str
) -> dict[str, Any]:
    """A course for a page: its values by year in the unit models take, those that a year states marked."""
    unit, stated = _own_unit(path), {year for year, _ in course.points}
    values = course.at(np.array(years, dtype=np.int64)) * (1 if unit else 100)
    before = base.courses.get(path) if base else None
    return {
        "path": path, "name": course_name(path, own), "unit": (unit or "%").replace("CO2", "CO₂"), "printed_unit": course.unit,
        "values": [(written(float(value), lang), year in stated) for year, value in zip(years, values, strict=True)],
        "numbers": dict(zip(years, values.tolist(), strict=True)), "growth": f"{course.growth:+.1%}" if course.growth else "",
        "points": [(year, written(value * (1 if unit else 100), lang)) for year, value in course.points],
        "where": course.where, "stated": stated_address(course.where), "source": sourced(course.source), "raw": course.source,
        "anchor": anchor(course.where), "state": SAME if base is None or before == course else CHANGED if before else NEW,
    }  # fmt: skip


def anchor(where: str) -> str:
    """The place of a course on the page, by file and line: reference-119."""
    file, _, number = where.removeprefix("pathway/scenarios/").partition(".toml:")
    return f"{file}-{number}"


def _state(own: object, before: Iterable[object] | None) -> str:
    return SAME if before is None or own in before else NEW


def _level(product: str, own: Scenario, base: Scenario | None, lang: str) -> dict[str, Any]:
    level = own.levels[product]
    unit = "kWh/t" if level.of == "electricity" else "kgce/t"
    before = base.levels.get(product) if base else None
    return {
        "name": product_name(product), "of": level.of, "limit": written(level.limit * 1000, lang), "unit": unit, "where": level.where,
        "stated": stated_address(level.where), "source": cited(level.document, ""), "state": SAME if base is None or before == level else CHANGED,
    }  # fmt: skip


def _aim(aim: Aim, base: Scenario | None, years: list[int], lang: str) -> dict[str, Any]:
    before = next((each for each in base.aims if each.key == aim.key), None) if base else None
    return {
        "own": aim, "indicator": indicators()[aim.indicator].name, "limits": [(year, of_indicator(value, aim.indicator)) for year, value in aim.course.points],
        "chosen": chosen_said(aim.chosen), "where": aim.where, "stated": stated_address(aim.where), "source": cited(aim.document, aim.clause),
        "price": written(aim.price, lang), "state": SAME if base is None or before == aim else CHANGED if before else NEW,
    }  # fmt: skip


def chosen_said(chosen: Chosen) -> list[Text]:
    """Which lines are meant, in words; nothing for all."""
    said = [Text(key, key) for key in chosen.lines]
    said += [product_name(chosen.product)] if chosen.product else []
    said += [place_name(chosen.place)] if chosen.place else []
    return said + [Text(each, each) for each in (chosen.enterprise, chosen.technology) if each]


_PLAIN = ("key", "of", "kind", "distribution", "where", "name")


def _drivers(own: Scenario, base: Scenario | None, usable: Compiled | Refusal) -> list[dict[str, Any]]:
    """The drivers of a scenario in words; as they were typed where the scenario cannot be used."""
    rows = [_driver(each, base) for each in own.drivers]
    if isinstance(usable, Refusal) or not own.drivers:
        return rows
    said = drivers_said(own.drivers, drivers_of(own)[0], names_of(usable))
    return [{**row, "said": each} for row, each in zip(rows, said, strict=True)]


def _driver(given: Any, base: Scenario | None) -> dict[str, Any]:
    where = str(given.get("where", ""))
    rest = {name: value for name, value in given.items() if name not in _PLAIN}
    return {
        "own": given, "rest": rest, "said": None, "where": where, "stated": stated_address(where),
        "state": SAME if base is None or any(each == given for each in base.drivers) else NEW,
    }  # fmt: skip


def _told(own: Scenario, base: Scenario | None) -> dict[str, Any]:
    """The scenario as JSON: stated points in the units models take, with place and source."""
    courses = [
        {
            "of": ".".join(path), "unit": _own_unit(path) or "1", "points": {str(year): value for year, value in each.points}, "growth": each.growth,
            "stated_at": each.where, "source": each.source, "own": base is None or base.courses.get(path) != each,
        }
        for path, each in own.courses.items()
    ]  # fmt: skip
    aims = [
        {
            "key": each.key, "name": text_of(each.name), "indicator": each.indicator, "unit": INDICATORS[each.indicator], "sense": each.sense,
            "points": {str(year): value for year, value in each.course.points}, "document": each.document, "clause": each.clause, "stated_at": each.where,
        }
        for each in own.aims
    ]  # fmt: skip
    adoptions = [
        {"technology": each.technology, "share": each.share, "from": each.since, "until": each.until, "lines": each.chosen.lines,
         "product": each.chosen.product, "place": each.chosen.place, "stated_at": each.where}
        for each in own.adoptions
    ]  # fmt: skip
    return {
        "scenario": own.key, "name": text_of(own.name), "file": own.file, "inherits": own.line, "years": own.years, "discount": own.discount,
        "courses": courses, "rules": aims, "adoptions": adoptions,
        "retirements": [{"line": each.line, "year": each.year, "stated_at": each.where} for each in own.retirements],
        "drivers": [dict(each) for each in own.drivers], "together": [dict(each) for each in own.together],
    }  # fmt: skip


def _flat(course: dict[str, Any], own: Scenario) -> dict[str, Any]:
    return {
        "scenario": own.key, "course": ".".join(course["path"]), "unit": course["unit"], "state": course["state"], "stated_at": course["where"],
        "source": course["raw"], **{str(year): value for year, value in course["numbers"].items()},
    }  # fmt: skip
