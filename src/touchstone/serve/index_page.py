"""Pages of the index: which there are, one with its reasons, and one indicator with all it was made from.

They show what was computed and kept; they compute nothing.
"""

from collections import Counter
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from touchstone.audit.index_words import declared_indices
from touchstone.calc.index.kept import KeptIndex, KeptIndicator, Told
from touchstone.calc.index.turning import rules_of
from touchstone.calc.linkage.methods import formula
from touchstone.calc.seasonal.adjusted import HOW
from touchstone.errors import LedgerError, UnknownSeries, UnreadableFile
from touchstone.publish.gauge import gauge_svg
from touchstone.publish.heatmap import decimal
from touchstone.publish.index.note import BRIEF, ahead_said, breadth_words, byline, percent
from touchstone.publish.index.parts import parts
from touchstone.publish.index.pictures import (
    FEW,
    breadth_chart,
    factor_chart,
    fan_chart,
    gauge_of,
    indicator_chart,
    levels_chart,
    named,
    sized,
    spoken,
    titled,
    waterfall_of,
)
from touchstone.publish.waterfall import waterfall_svg
from touchstone.publish.words import word
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_SERIES = ("printed", "periods", "prepared", "adjusted", "facts", "flags")
"""Parts of an indicator that only its own page has."""

_SHOWN = 36
"""Periods of the table of values; the twins have all."""


def index_pages(shelf: Shelf, lang: str) -> Page:
    """The indices of the workspace; the only one at once, where there is but one. A damaged one is told."""
    keys = shelf.workspace.index_keys()
    if len(keys) == 1:
        return index_page(shelf, keys[0], lang)
    made, damaged = [], []
    for key in keys:
        try:
            made.append(shelf.workspace.kept_index(key))
        except LedgerError as problem:
            damaged.append(str(problem))
    rows = [
        {"recipe": each.recipe, "zh": each.name.zh, "en": each.name.en, "period": each.last, "level": each.attribution.level,
         "band": each.attribution.band.key, "synthetic": each.synthetic, "computed": each.computed.isoformat()}
        for each in made
    ]  # fmt: skip
    others = [recipe for key, recipe in shelf.workspace.index_recipes().items() if key not in keys]
    shown = {"made": made, "others": others, "damaged": damaged, "named": named}
    return Page("indices.html", shown, {"indices": rows, "damaged": damaged}, rows)


def index_page(shelf: Shelf, recipe: str, lang: str, period: str = "") -> Page:
    """One index, and the reasons of its newest level, or of that of an earlier period.

    Raises:
        UnknownSeries: none is kept of this recipe, or nothing of this period; LedgerError: it cannot be read.
    """
    kept = shelf.workspace.kept_index(recipe)
    told = _at(kept, period)
    fan = shelf.workspace.kept_vintages(recipe)
    third = shelf.workspace.kept_factor(recipe)
    shown = {
        **_common(shelf, kept, lang),
        "byline": byline(told),
        "shown": told,
        "told": told.attribution,
        "gauge": gauge_svg(gauge_of(told, lang), lang),
        "waterfall": waterfall_svg(waterfall_of(told, lang), lang, 560),
        "narrow": waterfall_svg(waterfall_of(told, lang), lang, 350),
        "chart": levels_chart(kept, lang),
        "slim": levels_chart(kept, lang, FEW),
        "breadth": breadth_chart(kept, lang),
        "slim_breadth": breadth_chart(kept, lang, FEW),
        "fan": fan,
        "third": third,
        "third_names": dict(third.names) if third else {},
        "factor_chart": factor_chart(kept, third, lang) if third else None,
        "slim_factor": factor_chart(kept, third, lang, FEW) if third else None,
        "fan_chart": fan_chart(kept, fan, lang) if fan and any(each.path for each in fan.days) else None,
        "ahead": ahead_said(kept),
        "rows": parts(told),
        "breadth_words": breadth_words(kept),
        "turn_rules": rules_of(kept.frequency),
        "periods": _periods(kept),
        "published": any(each.subject == kept.subject for each in declared_indices()),
        "verdicts": {each.key: Counter(check.verdict for check in each.checks) for each in kept.indicators},
        "level_fact": dict(zip(kept.periods, kept.level_facts, strict=True)),
    }
    return Page("index.html", shown, index_data(told), lambda: _levels(kept))


def indicator_page(shelf: Shelf, recipe: str, key: str, lang: str) -> Page:
    """One indicator of an index. Raises UnknownSeries: the index has no such indicator, or it is left out."""
    kept = shelf.workspace.kept_index(recipe)
    try:
        own = kept.indicator(key)
    except KeyError:
        raise UnknownSeries(f"{recipe} has no indicator {key!r}\n{recipe}没有指标“{key}”") from None
    rows = _values(kept, own)
    column = kept.keys.index(key)
    shown = {
        **_common(shelf, kept, lang),
        "own": own,
        "chart": indicator_chart(kept, own, lang),
        "slim": indicator_chart(kept, own, lang, FEW),
        "values": rows[::-1][:_SHOWN],
        "move": kept.moved[kept.row][column],
        "points": kept.contributions[kept.row][column],
        "heading": titled(spoken(own.name, lang)),
        "formula": formula(own.method),
        "behind": _behind(shelf, own, rows),
    }
    return Page("index_indicator.html", shown, {**asdict(own), "values": rows, "recipe": recipe}, rows)


def _at(kept: KeptIndex, period: str) -> KeptIndex:
    """The index as it tells a period; the newest where none is named."""
    try:
        return kept.at(period) if period else kept
    except KeyError:
        raise UnknownSeries(
            f"{kept.recipe}: nothing is kept of {period!r}; compute it again, or choose one of the {len(kept.past) + 1} periods of its page\n"
            f"{kept.recipe}没有保存“{period}”的原因；请重新计算，或选择页面所列的{len(kept.past) + 1}期之一"
        ) from None


def _periods(kept: KeptIndex) -> list[dict[str, Any]]:
    """The periods whose reasons are kept, newest first."""
    return [
        {"told": each.attribution, "rising": kept.rising[row], "fact": kept.level_facts[row]}
        for each in (Told(kept.attribution, kept.sentences), *kept.past)
        for row in [kept.periods.index(each.attribution.period)]
    ]


def _behind(shelf: Shelf, own: KeptIndicator, rows: list[dict[str, Any]]) -> dict[str, Decimal]:
    """The values of the figures that the page names, by id: those of the purchasing managers' index among them."""
    named_here = {id for row in rows for id in row["facts"]} | {id for flag in own.flags for id in flag.facts}
    return {fact.id: fact.value for fact in shelf.workspace.facts(ids=sorted(named_here))}


def index_data(kept: KeptIndex) -> dict[str, Any]:
    """The whole index, but for the series of its indicators, which stand on their own pages."""
    plain = asdict(replace(kept, past=()))
    plain["indicators"] = [
        {k: v for k, v in each.items() if k not in _SERIES} for each in plain["indicators"]
    ]
    return plain


def _common(shelf: Shelf, kept: KeptIndex, lang: str) -> dict[str, Any]:
    return {
        "kept": kept,
        "changed": _changed(shelf, kept.recipe, lang),
        "name": named(kept, lang),
        "how": HOW,
        "brief": BRIEF,
        "percent": percent,
    }


def _changed(shelf: Shelf, recipe: str, lang: str) -> str:
    """Says that the recipe is another one now, or why it cannot be read; "" where it is the same."""
    try:
        changed = shelf.workspace.index_recipe_changed(recipe)
    except UnreadableFile as problem:
        return problem.text(lang)
    return word("index.recipe_changed", lang, recipe=recipe) if changed else ""


def _values(kept: KeptIndex, own: KeptIndicator) -> list[dict[str, Any]]:
    """One row a month: what was printed for it, prepared and adjusted values, contribution, and the facts behind."""
    ends = {each.period[-7:]: each for each in own.printed}
    row_of = {period: row for row, period in enumerate(kept.periods)}
    column = kept.keys.index(own.key)
    rows = []
    for period, before, after, facts in zip(
        own.periods, sized(own.prepared, _places(own)), sized(own.adjusted), own.facts, strict=True
    ):
        printed, row = ends.get(period), row_of.get(period)
        points = None if row is None or kept.moved[row][column] is None else kept.contributions[row][column]
        rows.append({
            "period": period, "printed": printed.value if printed else None, "printed_period": printed.period if printed else None,
            "printed_fact": printed.fact if printed else None, "prepared": before, "adjusted": after,
            "points": None if points is None else decimal(points, 2), "unit": own.unit, "synthetic": own.synthetic, "facts": list(facts),
        })  # fmt: skip
    return rows


def _places(own: KeptIndicator) -> int:
    """Decimals of the printed figures: the two months of a combined one are shown with these, so that they add up to it."""
    return max((max(0, -int(each.value.as_tuple().exponent)) for each in own.printed), default=0)


def _levels(kept: KeptIndex) -> list[dict[str, Any]]:
    """One flat row a period: level, band, breadth, and points by sector and indicator."""
    rows = []
    for row, period in enumerate(kept.periods):
        sectors = {
            f"sector.{key}": points
            for (key, _), points in zip(kept.sectors, kept.by_sector[row], strict=True)
        }
        parts = {
            f"points.{key}": points for key, points in zip(kept.keys, kept.contributions[row], strict=True)
        }
        rows.append({
            "period": period, "level": kept.levels[row], "band": kept.band_of[row], "rising": kept.rising[row],
            "diffusion_1": kept.one[row], "diffusion_6": kept.six[row], "coverage": kept.coverage[row], "synthetic": kept.synthetic,
            "fact": kept.level_facts[row], **sectors, **parts,
        })  # fmt: skip
    return rows
