"""From an index and its indicators to what is kept: every number beside the facts it stands on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from touchstone.calc.index.attribution import attribution
from touchstone.calc.index.bands import published
from touchstone.calc.index.forecast import forecast, track_record
from touchstone.calc.index.index import Index
from touchstone.calc.index.kept import (
    Ahead,
    Compared,
    KeptIndex,
    KeptIndicator,
    LeftOut,
    Numbers,
    Printed,
    Told,
    Turned,
)
from touchstone.calc.index.preparing import Indicators, Ready
from touchstone.calc.index.recipe import Indicator, Recipe
from touchstone.calc.index.turning import turning_points
from touchstone.calc.index.wording import sentences
from touchstone.calc.seasonal.choice import KeptModel
from touchstone.calc.timeseries import TimeSeries
from touchstone.errors import Refusal
from touchstone.facts.fact import Fact, fact_id
from touchstone.facts.memory import Memory
from touchstone.facts.series import latest
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MEASURE = "index.computed"
"""Of levels that we compute: they are no statement of the issuer of the real index."""
PAST = 35
"""Periods before the newest whose reasons are kept."""
_SEED = 20241231
_NOTHING = Text("工作区中没有这一指标的数字", "the workspace has no figure of this indicator")


def level_facts(
    recipe: Recipe, index: Index, since: datetime, behind: Mapping[str, Fact], synthetic: bool
) -> tuple[Fact, ...]:
    """The levels as they are published, each derived from the printed figures it stands on.

    Args:
        since: the moment its calibration came in force: a level is another fact under another calibration, also where the number
            is one that counted before.
        behind: the printed figures by id.
        synthetic: whether any figure behind the index is made up; its levels are then marked so.
    """
    rule, status = f"index.{index.form}", "synthetic" if synthetic else "derived"
    half = Decimal(5).scaleb(-recipe.decimals - 1)
    made = []
    for row, (period, level) in enumerate(zip(index.periods, index.levels, strict=True)):
        if level != level:
            continue
        value = published(recipe, float(level))
        parents = tuple(dict.fromkeys(id for ids in index.facts[row] for id in ids))
        days = [behind[id].published for id in parents if id in behind]
        known = [day for day in days if day]
        made.append(Fact(
            id=fact_id(rule, recipe.key, MEASURE, recipe.subject, period, value, since, *parents), subject=recipe.subject,
            measure=MEASURE, period=period, value=value, unit="点", half_width=half, source="", locator=None, rule=rule,
            subject_words=recipe.name.zh, status=status, parents=parents,
            published=max(known) if known and len(known) == len(days) else None,
        ))  # fmt: skip
    return tuple(made)


def kept_index(
    recipe: Recipe, index: Index, given: Indicators, levels: Iterable[Fact], printed: Iterable[Fact], memory: Memory,
    computed: datetime, published_by: date | None, as_of: str,
) -> KeptIndex:  # fmt: skip
    """Everything a page or a paper shows of an index.

    Args:
        levels: the derived facts of its levels.
        printed: facts of the subject of the index: those its issuer printed are set beside it.
        memory: remembers the forecast.
        computed: the moment that is written on it.
        published_by, as_of: what it was asked for.
    """
    newest, *past = _told(recipe, index)
    ids = {fact.period: fact.id for fact in levels}
    ahead, ahead_why = _ahead(recipe, index, given, memory)
    turns, turns_why = _turns(index)
    kept = index.calibration
    return KeptIndex(
        recipe.key, recipe.name, recipe.source, recipe.weights.source, recipe.subject, index.form, recipe.frequency, recipe.decimals,
        recipe.edition, computed, published_by.isoformat() if published_by else "", as_of, kept.day, kept.since, kept.until,
        any(each.synthetic for each in given.ready.values()), recipe.bands.limits, recipe.bands.source, recipe.bands.bands,
        tuple((sector.key, sector.name) for sector in recipe.sectors), index.periods, _numbers(index.levels), index.bands,
        tuple(ids.get(period, "") for period in index.periods), _numbers(index.coverage), _numbers(index.breadth.rising),
        _numbers(index.breadth.one), _numbers(index.breadth.six), _rows(index.by_sector), _rows(index.contributions),
        _rows(index.moved), tuple(tuple(bool(each) for each in row) for row in index.cut), _rows(index.weights), index.indicators,
        tuple(_indicator(i, given.ready[i.key], index) for i in recipe.indicators if i.key in given.ready),
        tuple(_left_out(recipe, index, given)), newest.attribution, newest.sentences,
        turns, turns_why, ahead, ahead_why, tuple(_compared(recipe, printed, published_by)), past=tuple(past),
    )  # fmt: skip


def _told(recipe: Recipe, index: Index) -> Iterable[Told]:
    """The newest periods that have a level, newest first, each with its reasons and sentences."""
    grouped = any(each.external for each in recipe.indicators)
    known = [p for p, level in zip(index.periods, index.levels, strict=True) if level == level]
    for period in known[: -PAST - 2 : -1]:
        why = attribution(recipe, index, period)
        yield Told(why, sentences(recipe, why, grouped))


def _indicator(own: Indicator, ready: Ready, index: Index) -> KeptIndicator:
    adjusted, series = ready.adjusted, ready.series
    weights = dict(zip(index.calibration.indicators, index.calibration.weights, strict=True))
    return KeptIndicator(
        own.key, own.name, own.sector, own.kind, own.sign, series.unit, own.external, weights.get(own.key, 0.0), ready.synthetic,
        adjusted.how, adjusted.method, adjusted.why, _model(adjusted.model), adjusted.diagnostics, adjusted.notes, ready.flags,
        tuple(Printed(fact.period or "", fact.value, fact.id) for fact in ready.printed), series.periods,
        _numbers(series.values), _numbers(adjusted.series.values), series.facts, tuple(_text(each) for each in ready.left_out),
    )  # fmt: skip


def _model(model: KeptModel | None) -> str:
    """A model in the characters of X-13: logarithm, ARIMA, regressors; and the sample it was identified on."""
    if model is None:
        return ""
    effects = [effect.name for effect in model.effects]
    days = [] if model.trading == "none" else [model.trading]
    parts = ["log" if model.log else "", model.arima, *effects, *days, *model.own, *model.outliers]
    return " ".join(part for part in parts if part) + f" [≤ {model.identified}]"


def _left_out(recipe: Recipe, index: Index, given: Indicators) -> Iterable[LeftOut]:
    for each in recipe.indicators:
        if each.key in given.refused:
            yield _gone(each, given.refused[each.key])
        elif each.key in index.left_out:
            yield _gone(each, index.left_out[each.key])
        elif each.key not in given.ready:
            yield LeftOut(each.key, each.name, _NOTHING, Text(_NOTHING.zh + "。", _NOTHING.en + "."))


def _gone(own: Indicator, why: Refusal) -> LeftOut:
    found, fix = (why.zh[0], why.zh[3]) if why.zh else (why.found, why.fix)
    return LeftOut(own.key, own.name, _text(why), Text(f"{found}；{fix}。", f"{why.found}; {why.fix}."))


def _turns(index: Index) -> tuple[tuple[Turned, ...], Text | None]:
    import numpy as np

    known = np.flatnonzero(np.isfinite(index.levels))
    part = slice(int(known[0]), int(known[-1]) + 1)
    periods = index.periods[part]
    every = "Q" if "Q" in periods[0] else "M"
    series = TimeSeries(index.recipe, every, periods, index.levels[part], "点", tuple(() for _ in periods))
    try:
        found = turning_points(series)
    except Refusal as why:
        return (), _text(why)
    return tuple(Turned(turn.period, turn.way, turn.level) for turn in found), None


def _ahead(
    recipe: Recipe, index: Index, given: Indicators, memory: Memory
) -> tuple[Ahead | None, Text | None]:
    """The forecast and its record; remembered by the moves and calibration it comes from, and the bands it is told in."""

    def make() -> dict[str, object]:
        made = forecast(recipe, given.adjusted, index.calibration, _SEED)
        past = track_record(recipe, given.adjusted, index.calibration, _SEED)
        return {
            "period": made.period, "level": made.level, "low": made.low, "high": made.high, "share": made.share, "band": made.band,
            "chances": list(made.chances), "published": list(made.published), "count": past.count, "covered": past.covered,
            "error": past.error, "naive": past.naive, "unmoved": past.unmoved, "right": past.right,
        }  # fmt: skip

    bands = tuple(band.key for band in recipe.bands.bands)
    depends = (
        recipe.edition, recipe.form, recipe.bands.limits, bands, recipe.decimals, index.calibration, index.periods, index.moved, _SEED,
    )  # fmt: skip
    try:
        plain = memory.answer("index.forecast/3", depends, make)
    except Refusal as why:
        return None, _text(why)
    return replace(Ahead(**plain), chances=tuple(plain["chances"]), published=tuple(plain["published"])), None


def _compared(recipe: Recipe, printed: Iterable[Fact], by: date | None) -> Iterable[Compared]:
    own = [
        f for f in printed
        if f.subject == recipe.subject and f.measure == "index" and f.status == "reported"
        and not (by and f.published and f.published > by)
    ]  # fmt: skip
    return (Compared(f.period, f.value, f.id) for f in latest(own) if f.period and len(f.period) == 7)


def _numbers(values: "NDArray[np.float64] | Sequence[float]") -> Numbers:
    return tuple(float(each) if each == each else None for each in values)


def _rows(table: "NDArray[np.float64]") -> tuple[Numbers, ...]:
    return tuple(_numbers(row) for row in table)


def _text(problem: Refusal) -> Text:
    return Text(problem.text("zh"), problem.text("en"))
