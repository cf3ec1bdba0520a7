"""Budgets of dual control: the limit of each year, what was used of it, the outlook of the running year, and where each scenario slips."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.target.budget import Year
from touchstone.calc.target.light import Rules
from touchstone.calc.target.warned import Outlook
from touchstone.facts.text import Text
from touchstone.publish.pathway.fan import Course, Fan, Limit
from touchstone.publish.pathway.shown import EMISSIONS, TONNES, course_name, place_name, product_name
from touchstone.publish.pathway.target import both
from touchstone.serve.pathway_budgeted import Budgeted, budgeted, dual_years, pairs
from touchstone.serve.pathway_guarded import cited, guarded, one_of, text_of, written
from touchstone.serve.pathway_kept import against_told, base_told, courses_told, rounded, signed
from touchstone.serve.pathway_measured import account_of
from touchstone.serve.pathway_stated_page import stated_address
from touchstone.serve.pathway_targets_page import choices, pathways_of
from touchstone.serve.pathway_workbench import drawn
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf


def budget_page(shelf: Shelf, chosen: list[str], query: Mapping[str, str], lang: str) -> Page:
    """All budgets of the workspace; `speaks` is the place that its inventory speaks for."""
    return guarded(shelf, lambda: _page(shelf, chosen, query, lang))


def _page(shelf: Shelf, chosen: list[str], query: Mapping[str, str], lang: str) -> Page:
    stock, demands = shelf.stock.pathways(), shelf.workspace.demands()
    paths, refused = demands.budgets()
    series, wrong = demands.measured()
    places = {each.place: each.place for each in paths if each.place}
    speaks = query.get("speaks", "")
    if speaks:
        one_of(places, speaks, "place")
    pathways = pathways_of(stock, chosen, query)
    account = account_of(shelf.stock.carbon(), query)
    lights = demands.lights()
    found = [budgeted(each, series, account, speaks, pathways, lights) for each in paths]
    names = names_of(pathways)
    shown = {
        "budgets": [_budget(each, names, lang) for each in found], "refused_rows": (*refused, *wrong), "places": [(code, place_name(code)) for code in places],
        "speaks": speaks, "account": account is not None, "pathways": list(names.items()), "scenarios": choices(stock, pathways),
        "both": [(one.path.name, other.path.name, _both(one, other, names)) for one, other in pairs(found)],
        "lights": lights, "own_lights": bool(demands.text("warning.toml")), "synthetic": bool(pathways) and stock.synthetic,
    }  # fmt: skip
    return Page(
        "pathway_budget.html",
        shown,
        [budget_told(each, lights) for each in found],
        [row for each in found for row in _rows(each)],
    )


def names_of(pathways: Sequence[Pathway]) -> dict[str, Text]:
    """Scenarios by key, as they are called."""
    return {each.key: course_name(each, False) for each in pathways}


def _budget(each: Budgeted, names: Mapping[str, Text], lang: str) -> dict[str, Any]:
    path = each.path
    return {
        "own": path, "why": each.why, "place": place_name(path.place) if path.place else None, "products": [product_name(key) for key in path.products],
        "source": cited(path.cited.document, path.cited.clause), "where": path.where, "stated": stated_address(path.where),
        "unit": path.about.unit.replace("CO2", "CO₂"), "said": courses_told(each, names, lang), "base": base_told(each, lang),
        "years": [_year(year, each, lang) for year in each.years],
        "outlook": _outlook(each.outlook, lang) if each.outlook else None, "scenarios": list(each.scenarios),
        "chart": drawn(_chart(each, names), lang) if any(one.years for one in each.scenarios.values()) else None,
    }  # fmt: skip


def _year(year: Year, each: Budgeted, lang: str) -> dict[str, Any]:
    courses = []
    for one in each.scenarios.values():
        own = one.of(year.year)
        courses.append(
            {"value": rounded(own.used.value, lang), "over": signed(own, lang), "kept": own.kept, "light": one.lights[year.year]}
            if own and own.used else None
        )  # fmt: skip
    return {
        "year": year.year, "limit": rounded(year.limit.value, lang), "written": year.limit.written, "stated": year.limit.stated,
        "used": rounded(year.used.value, lang) if year.used else "", "how": year.used.how if year.used else None, "over": signed(year, lang),
        "kept": year.kept, "light": each.own.lights.get(year.year) if each.own else None, "courses": courses,
    }  # fmt: skip


def _chart(each: Budgeted, names: Mapping[str, Text]) -> Fan:
    """The limits as a line, and how each scenario runs against them; the first four."""
    about = each.path.about
    times, unit = (TONNES, EMISSIONS) if each.path.indicator == "emissions" else (1, Text(*2 * (about.unit.replace("CO2", "CO₂"),)))  # fmt: skip
    years = [year.year for year in each.years]

    def values(of: Mapping[int, Fraction]) -> list[float | None]:
        return [float(of[year]) / times if year in of else None for year in years]

    courses = tuple(
        Course(names[key], values({own.year: own.used.value for own in one.years if own.used}))
        for key, one in list(each.scenarios.items())[:4] if one.years
    )  # fmt: skip
    limit = Limit(both("pathway_page.limit"), values({year.year: year.limit.value for year in each.years}))
    actual = values({year.year: year.used.value for year in each.years if year.used})
    known = actual if any(value is not None for value in actual) else ()
    return Fan(each.path.name, unit, years, courses, known, (limit,), zero=False)


def _both(one: Budgeted, other: Budgeted, names: Mapping[str, Text]) -> list[tuple[Text, list[int], int]]:
    """Who keeps total and intensity alike: the years in which not both are kept, and how many were looked at."""
    found = [(names[key], dual_years(each, other.scenarios[key])) for key, each in one.scenarios.items() if key in other.scenarios]  # fmt: skip
    if one.own and other.own:
        found.insert(0, (both("pathway_page.measured_course"), dual_years(one.own, other.own)))
    return [(name, [year.year for year in years if year.kept is False], len(years)) for name, years in found if years]  # fmt: skip


def _outlook(found: Outlook, lang: str) -> dict[str, Any]:
    numbers = {
        name: _n(getattr(found, name), lang) for name in ("limit", "known", "middle", "low", "high", "due")
    }
    share = "" if found.share is None else f"{float(found.share):.1%}"
    return {
        **numbers,
        "share": share,
        "year": found.year,
        "months": len(found.months),
        "light": found.light,
        "why": found.why,
    }


def budget_told(each: Budgeted, lights: Rules) -> dict[str, Any]:
    """A budget as JSON."""
    path = each.path
    return {
        "budget": path.key, "name": text_of(path.name), "indicator": path.indicator, "unit": path.about.unit, "place": path.place, "products": path.products,
        "base": path.base, "base_value": _float(each.budget.base.value) if each.budget else None,
        "base_from": text_of(each.budget.base.how) if each.budget else None, "document": path.cited.document,
        "clause": path.cited.clause, "tag": path.cited.tag, "stated_at": path.where, "why": each.why.text("en") if each.why else None,
        "years": [
            {"year": year.year, "limit": float(year.limit.value), "stated": year.limit.stated, "used": _float(year.used.value) if year.used else None,
             "left": _float(year.left), "remains": _float(year.remains), "kept": year.kept,
             "scenarios": {key: _value(one.of(year.year)) for key, one in each.scenarios.items()}}
            for year in each.years
        ],
        "measured": against_told(each.own) if each.own else None,
        "against": {key: against_told(one) for key, one in each.scenarios.items()},
        "outlook": _outlook_told(each.outlook, lights) if each.outlook else None,
    }  # fmt: skip


def _outlook_told(found: Outlook, lights: Rules) -> dict[str, Any]:
    numbers = {
        name: _float(getattr(found, name))
        for name in ("limit", "known", "low", "middle", "high", "share", "due")
    }
    return {
        "year": found.year, "months": found.months, **numbers, "coverage": float(lights.coverage), "light": found.light.key if found.light else None,
        "why": text_of(found.why),
    }  # fmt: skip


def _rows(each: Budgeted) -> list[dict[str, Any]]:
    """One row for each budget, year and scenario; one where there is no scenario."""
    told: list[dict[str, Any]] = []
    for year in each.years:
        own = {
            "budget": each.path.key, "year": year.year, "limit": float(year.limit.value), "unit": each.path.about.unit, "stated": year.limit.stated,
            "used": _float(year.used.value) if year.used else None, "kept": year.kept, "document": each.path.cited.document,
        }  # fmt: skip
        for key, one in each.scenarios.items() or (("", None),):
            course, light = (one.of(year.year), one.lights.get(year.year)) if one else (None, None)
            over = None if course is None or course.left is None else float(-course.left)
            told.append({**own, "scenario": key, "scenario_value": _value(course), "scenario_over": over, "light": light.key if light else ""})  # fmt: skip
    return told


def _value(year: Year | None) -> float | None:
    return float(year.used.value) if year and year.used else None


def _n(value: Fraction | None, lang: str) -> str:
    return written(None if value is None else float(value), lang)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
