"""The targets of policies: where each is stated, where it stands, and what the scenarios make of it."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any
from urllib.parse import quote

from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.target.course import VERDICTS, Progress
from touchstone.calc.target.foreseen import Foreseen
from touchstone.calc.target.stated import Stated
from touchstone.calc.target.target import SENSES, Target, Targets
from touchstone.errors import Refusal
from touchstone.publish.pathway.pen import figure
from touchstone.publish.pathway.shown import place_name, product_name
from touchstone.publish.words import word
from touchstone.serve.pathway_asked import asked_of
from touchstone.serve.pathway_guarded import cited, guarded, one_of, text_of, written
from touchstone.serve.pathway_measured import Judged, Sentence, account_of, in_documents, judged
from touchstone.serve.pathway_stated_page import stated_address
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.pathway_workbench import found
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_PROVINCE = 5
"""Signs of the code of a province, CN-35."""


def targets_page(shelf: Shelf, chosen: list[str], query: Mapping[str, str], lang: str) -> Page:
    """All targets, or those of a place or product; `speaks` is the place that inventory and documents of the workspace speak for."""
    return guarded(shelf, lambda: _page(shelf, chosen, query, lang))


def _page(shelf: Shelf, chosen: list[str], query: Mapping[str, str], lang: str) -> Page:
    stock, workspace = shelf.stock.pathways(), shelf.workspace
    demands = workspace.demands()
    known = demands.targets()
    places = places_of(known, stock)
    products = dict.fromkeys(product for each in known.targets for product in each.products)
    place, product, speaks = (query.get(name, "") for name in ("place", "product", "speaks"))
    for name, said, among in (
        ("place", place, places),
        ("product", product, products),
        ("place", speaks, places),
    ):
        if said:
            one_of(among, said, name)
    account = account_of(shelf.stock.carbon(), query)
    sentence = Sentence(workspace)
    facts = workspace.facts() if speaks else ()
    pathways = pathways_of(stock, chosen, query)
    kept = judged(demands, account, speaks, facts, sentence, pathways)
    rows = [
        each
        for each in kept.judged
        if place in ("", each.target.place)
        and (not product or product in (each.target.products or (product,)))
    ]
    documents = in_documents(workspace, known, sentence)
    shown = {
        "rows": [_row(each, lang) for each in rows], "count": len(rows), "whole": len(kept.judged), "refused_rows": kept.refused,
        "places": [(code, place_name(code)) for code in places], "products": [(key, product_name(key)) for key in products],
        "nothing_said": word("pathway_page.targets_none", lang, place=getattr(place_name(place), lang)) if place and not rows and not product else "",
        "place": place, "product": product, "speaks": speaks, "account": account is not None,
        "pathways": [(each.key, each.given.scenario.name) for each in pathways],
        "scenarios": choices(stock, pathways),
        "documents": [_stated(each, lang) for each in documents], "synthetic": bool(pathways) and stock.synthetic,
    }  # fmt: skip
    told = {
        "targets": [judged_told(each) for each in rows],
        "refused": [each.text("en") for each in kept.refused],
        "in_documents": [stated_told(each) for each in documents],
    }
    return Page("pathway_targets.html", shown, told, [row for each in rows for row in flat(each)])


def places_of(known: Targets, stock: PathwayStock) -> dict[str, None]:
    """The places targets speak of, then those of the register and the provinces they lie in."""
    stated = (each.place for each in known.targets if each.place)
    try:
        lines = [line.place for line in stock.register.lines]
    except Refusal:
        lines = []
    return dict.fromkeys((*stated, *sorted({code for place in lines for code in (place[:_PROVINCE], place)})))


def choices(stock: PathwayStock, pathways: list[Pathway]) -> list[tuple[str, Any, bool]]:
    """Every scenario that can be used, and whether it is shown."""
    now = {each.key for each in pathways}
    return [(key, name, key in now) for key, name in (stock.named.items() if pathways else ())]


def pathways_of(stock: PathwayStock, chosen: Iterable[str], query: Mapping[str, str]) -> list[Pathway]:
    """The scenarios of an address, the first ones where it names none; none where the workspace has none that can be used."""
    keys = list(chosen)
    try:
        if not keys and not any(not isinstance(each, Refusal) for each in stock.usable.values()):
            return []
    except Refusal:
        return []
    return found(stock, asked_of(keys, query, stock))


def asked_said(target: Target, lang: str) -> str:
    """What a target asks, in words."""
    if target.value is None:
        return word("pathway_page.peak_before", lang, year=target.year)
    unit = f" {target.unit}".replace("CO2", "CO₂")
    value = (
        written(float(target.value), lang)
        + (f"–{written(float(target.high), lang)}" if target.high is not None else "")
        + unit
    )
    sense = getattr(SENSES[target.sense], lang)
    if target.strict:
        sense = word(f"pathway_page.strict_{target.sense}", lang)
    said = word("pathway_page.asked_value", lang, sense=sense, value=value, year=target.year)
    return said if target.base is None else word("pathway_page.against", lang, said=said, base=target.base)


def value_said(target: Target, value: Fraction | None, lang: str) -> str:
    """A value of a target's indicator, "" where there is none."""
    if value is None:
        return ""
    return f"{written(float(value), lang)} {target.about.unit}".replace("CO2", "CO₂")


def _row(each: Judged, lang: str) -> dict[str, Any]:
    target, progress = each.target, each.progress
    return {
        "own": target, "asked": asked_said(target, lang), "indicator": target.about.name, "place": place_name(target.place) if target.place else None,
        "products": [product_name(key) for key in target.products], "source": cited(target.cited.document, target.cited.clause),
        "stated": stated_address(target.where), "verdict": VERDICTS[progress.verdict], "state": progress.verdict, "why": progress.why,
        "required": required_said(progress, lang),
        "latest": value_said(target, progress.latest.value, lang) if progress.latest else "", "latest_year": progress.latest.year if progress.latest else None,
        "measured": _measured(progress, lang), "scenarios": [_scenario(one, lang) for one in each.scenarios],
    }  # fmt: skip


def required_said(progress: Progress, lang: str) -> str:
    """How fast the indicator moves and must move to reach its goal in time, "" where no year is left or nothing is missing."""
    required, present = progress.required, progress.present
    if required is None or progress.verdict not in ("on-course", "slipping", "not-measured"):
        return ""
    unit = progress.target.about.unit.replace("CO2", "CO₂")
    if unit == "%":  # a difference of shares
        unit = word("pathway_page.share_points", lang)
    values = {
        "required": figure(float(required.linear), lang, signed=True),
        "until": required.until,
        "unit": unit,
    }
    if present is None:
        return word("pathway_page.required_alone", lang, **values)
    return word(
        "pathway_page.required", lang, present=figure(float(present.linear), lang, signed=True), **values
    )


def _measured(progress: Progress, lang: str) -> list[dict[str, Any]]:
    """What was measured, year by year, each with what it was made of."""
    return [
        {
            "year": each.year, "value": value_said(progress.target, each.value, lang), "how": each.how, "lacking": each.lacking,
            "facts": [(fact, f"/figure/{quote(fact)}") for fact in each.made if isinstance(fact, str)],
        }
        for each in progress.measured
    ]  # fmt: skip


def scenario_said(each: Foreseen, lang: str) -> str:
    """What a scenario makes of a target, "" where that cannot be said; of a peak its year."""
    if each.value is None:
        return ""
    return (
        str(int(each.value)) if each.target.indicator == "peak" else value_said(each.target, each.value, lang)
    )


def _scenario(each: Foreseen, lang: str) -> dict[str, Any]:
    limited = each.target.place and any(
        not place.startswith(each.target.place) or len(each.target.place) < 5 for place in each.places
    )
    return {
        "key": each.scenario, "value": scenario_said(each, lang), "holds": each.holds, "why": each.why, "address": f"/pathway/scenario/{quote(each.scenario)}",
        "places": [place_name(code) for code in each.places] if limited else [],
    }  # fmt: skip


def _stated(each: Stated, lang: str) -> dict[str, Any]:
    return {
        "own": each, "address": f"/figure/{quote(each.fact.id)}", "indicator": each.indicator.name if each.indicator else None,
        "value": written(float(each.value), lang) if each.value is not None else "", "unit": each.indicator.unit if each.indicator else "",
        "targets": [target.name for target in each.targets],
    }  # fmt: skip


def judged_told(each: Judged) -> dict[str, Any]:
    """A target as JSON, with progress and scenarios."""
    target, progress = each.target, each.progress
    return {
        "target": target.key, "name": text_of(target.name), "indicator": target.indicator, "sense": target.sense, "value": _float(target.value),
        "high": _float(target.high), "unit": target.unit, "year": target.year, "base": target.base, "strict": target.strict, "binding": target.binding,
        "place": target.place, "products": target.products, "document": target.cited.document, "clause": target.cited.clause, "tag": target.cited.tag,
        "words": target.words, "stated_at": target.where, "goal": _float(progress.goal), "verdict": progress.verdict, "why": text_of(progress.why),
        "measured": [{"year": one.year, "value": _float(one.value), "how": text_of(one.how)} for one in progress.measured],
        "distance": _float(progress.distance), "expected": _float(progress.expected), "slack_years": _float(progress.slack),
        "present_a_year": _float(progress.present.linear) if progress.present else None,
        "required_a_year": _float(progress.required.linear) if progress.required else None,
        "scenarios": [
            {"scenario": one.scenario, "value": _float(one.value), "goal": _float(one.goal), "holds": one.holds, "of": one.places, "why": text_of(one.why)}
            for one in each.scenarios
        ],
    }  # fmt: skip


def stated_told(each: Stated) -> dict[str, Any]:
    """A target that a document of the workspace states, as JSON."""
    return {
        "fact": each.fact.id, "sentence": each.sentence, "indicator": each.indicator.key if each.indicator else None, "value": _float(each.value),
        "year": each.year, "state": each.state, "targets": [target.key for target in each.targets], "why": text_of(each.why),
    }  # fmt: skip


_FLAT = (
    "target", "indicator", "sense", "value", "unit", "year", "base", "place", "document", "clause", "tag", "stated_at", "verdict",
)  # fmt: skip


def flat(each: Judged) -> list[dict[str, Any]]:
    """One row of a target for each scenario; one where there is none."""
    told = judged_told(each)
    kept = {name: told[name] for name in _FLAT}
    own = {
        **kept,
        "products": " ".join(told["products"]),
        "latest": told["measured"][-1]["value"] if told["measured"] else None,
    }
    none = {"scenario": "", "scenario_value": None, "scenario_holds": None}
    rows = [
        {"scenario": one["scenario"], "scenario_value": one["value"], "scenario_holds": one["holds"]}
        for one in told["scenarios"]
    ] or [none]
    return [{**own, **row} for row in rows]


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
