"""Linkage pages: which surveys there are, and one with its network, table, index and every statement."""

from collections.abc import Iterator
from typing import Any

from touchstone.calc.linkage.kept import KeptSurvey
from touchstone.calc.linkage.methods import name_of
from touchstone.errors import LedgerError
from touchstone.publish.heatmap import heatmap_svg
from touchstone.publish.linkage.naming import in_names, series_names
from touchstone.publish.linkage.paper import QUESTIONS
from touchstone.publish.linkage.pictures import heat_map_of, index_chart, network_of
from touchstone.publish.network import network_svg
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_FIRST = ("spillover", "change", "alert", "drift")


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
    names = series_names(survey.names, lang)
    order = sorted(range(len(survey.names)), key=lambda i: -survey.net[i].point)
    shown = {
        "survey": survey,
        "names": names,
        "order": order,
        "network": network_svg(network_of(survey, lang)),
        "heatmap": heatmap_svg(heat_map_of(survey, lang), lang),
        "index": index_chart(survey, lang),
        "first": [(question, each) for question in _FIRST for each in survey.of(question)],
        "questions": [(question, survey.of(question)) for question in QUESTIONS if survey.of(question)],
        "leads": survey.of("lead"),
        "causes": sorted((cause for cause in survey.causes if cause.found), key=lambda cause: cause.q),
        "called": name_of,
        "named": lambda text: in_names(text, survey.names),
        "verdicts": shelf.verdict,
        "latest": survey.rows[-1],
    }
    return Page("linkage.html", shown, survey_data(survey), list(_panel(survey)))


def survey_data(survey: KeptSurvey) -> dict[str, Any]:
    """The whole survey but for the panel, which is the CSV twin."""
    from dataclasses import asdict

    return {name: value for name, value in asdict(survey).items() if name != "rows"}


def _panel(survey: KeptSurvey) -> Iterator[dict[str, object]]:
    """Every price used, with the figures it stands on."""
    for row in survey.rows:
        for name, unit, price, facts in zip(survey.names, survey.units, row.prices, row.facts, strict=True):
            yield {
                "period": row.period,
                "series": name,
                "price": f"{price:.10g}",
                "unit": unit,
                "facts": " ".join(facts),
            }
