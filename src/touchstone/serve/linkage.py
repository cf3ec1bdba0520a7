"""Linkage pages: which surveys there are, one with its network, table, index and every statement, and what stands behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from touchstone.calc.linkage.kept import KeptSurvey
from touchstone.calc.linkage.methods import formula, parameter
from touchstone.errors import LedgerError, UnknownSeries
from touchstone.publish.linkage.naming import chance, in_names, series_names
from touchstone.publish.linkage.paper import QUESTIONS
from touchstone.publish.linkage.pictures import index_chart, network_of
from touchstone.publish.network import network_svg
from touchstone.serve.linkage_figure import linkage_figure, opening, price, prices
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_FIRST = ("spillover", "change", "alert", "drift", "drift_change")
_TESTED = ("causality", "lead")
_SHADES = 9


def linkages(shelf: Shelf, lang: str) -> Page:
    """The surveys of the workspace; the only one at once, where there is but one. A damaged one is told."""
    keys = shelf.workspace.survey_keys()
    if len(keys) == 1:
        return linkage(shelf, keys[0], lang)
    surveys, damaged = [], []
    for key in keys:
        try:
            surveys.append(shelf.workspace.kept_survey(key))
        except LedgerError as problem:
            damaged.append(str(problem))
    rows = [{"recipe": each.recipe, "zh": each.name.zh, "en": each.name.en, "total": each.total.point, "raised": each.raised,
             "computed": each.computed.isoformat()} for each in surveys]  # fmt: skip
    return Page(
        "linkages.html", {"surveys": surveys, "damaged": damaged}, {"surveys": rows, "damaged": damaged}, rows
    )


def linkage(shelf: Shelf, recipe: str, lang: str) -> Page:
    """One survey. Raises UnknownSeries: there is none of this recipe; LedgerError: it cannot be read."""
    survey = shelf.workspace.kept_survey(recipe)
    shown = {
        **_spoken(survey, lang),
        "order": sorted(range(len(survey.names)), key=lambda i: -survey.net[i].point),
        "shades": _shades(survey),
        "network": network_svg(network_of(survey, lang)),
        "index": index_chart(survey, lang),
        "first": [(question, each) for question in _FIRST for each in survey.of(question)],
        "questions": [(question, survey.of(question)) for question in QUESTIONS if survey.of(question)],
        "leads": survey.of("lead"),
        "causes": sorted((cause for cause in survey.causes if cause.found), key=lambda cause: cause.q),
        "verdicts": shelf.verdict,
        "latest": survey.rows[-1],
        "price": price,
        "chance": chance,
    }
    return Page("linkage.html", shown, survey_data(survey), lambda: list(prices(survey)))


def linkage_part(
    shelf: Shelf, recipe: str, kind: str, asked: Mapping[str, str], names: Sequence[str], leaf: int, lang: str
) -> Page:
    """What stands behind a survey: its index over time, the tests of all pairs, or one number.

    Raises:
        UnknownSeries, LedgerError: as `linkage`, or there is no such part.
    """
    if kind == "index":
        return _index(shelf, recipe, lang)
    if kind == "tests":
        return _tests(shelf, recipe, asked.get("question", ""), lang)
    return linkage_figure(shelf, recipe, kind, asked, names, leaf, lang)


def survey_data(survey: KeptSurvey) -> dict[str, Any]:
    """The whole survey but for the panel, which is the CSV twin."""
    return {name: value for name, value in asdict(survey).items() if name != "rows"}


def _index(shelf: Shelf, recipe: str, lang: str) -> Page:
    """The total of every window, newest first."""
    survey = shelf.workspace.kept_survey(recipe)
    young = len(survey.periods) - len(survey.thresholds)
    limits = (*(None for _ in range(young)), *survey.thresholds)
    every = zip(survey.periods, survey.totals, limits, survey.drifting, strict=True)
    rows: list[dict[str, object]] = [
        {"period": end, "total": total, "threshold": limit, "drifting": drifting}
        for end, total, limit, drifting in every
    ][::-1]
    shown = {**_spoken(survey, lang), "rows": rows, "index": index_chart(survey, lang)}
    return Page("linkage_index.html", shown, {"recipe": recipe, "index": rows}, rows)


def _tests(shelf: Shelf, recipe: str, question: str, lang: str) -> Page:
    """What was said of every pair, found or not."""
    survey = shelf.workspace.kept_survey(recipe)
    if question not in _TESTED:
        raise UnknownSeries(f"{recipe} has no tests of {question!r}")
    found = survey.of(question)
    others = [each for asked, each in survey.beside if asked == question]
    rows = [
        {"found": place < len(found), "series": " ".join(each.sample.names), "zh": said.zh, "en": said.en}
        for place, each in enumerate((*found, *others))
        for said in (in_names(each.sentence, survey.names),)
    ]
    shown = {**_spoken(survey, lang), "question": question, "found": found, "others": others}
    return Page("linkage_tests.html", shown, {"recipe": recipe, "question": question, "tests": rows}, rows)


def _spoken(survey: KeptSurvey, lang: str) -> dict[str, Any]:
    """A survey, and what puts its codes into words and its numbers into addresses."""
    return {
        "survey": survey,
        "names": series_names(survey.names, lang),
        "formula": formula,
        "parameter": parameter,
        "named": lambda text: in_names(text, survey.names),
        "open": lambda kind, **asked: opening(survey, kind, **{k.rstrip("_"): v for k, v in asked.items()}),
    }


def _shades(survey: KeptSurvey) -> list[list[int]]:
    """How dark each share of the table is, from 0; a series' own share is not shaded, so that it does not drown the rest."""
    size = range(len(survey.names))
    most = max(survey.table[i][j].point for i in size for j in size if i != j) or 1.0
    return [[0 if i == j else round(_SHADES * survey.table[i][j].point / most) for j in size] for i in size]
