"""From what was printed to what an index takes: months out of cumulative figures, January and February apart, seasons out.

Every indicator of a recipe is prepared as it declares. One that cannot be is named with its reason, and the others go on.
The values of a prepared series name the printed figures they were made from, not the steps between.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from touchstone.calc.index.evidence import evidence
from touchstone.calc.index.recipe import Indicator, Preparation, Recipe
from touchstone.calc.preparation.first_months import split_first_months
from touchstone.calc.preparation.monthly import monthly_of
from touchstone.calc.preparation.prepared import Flag
from touchstone.calc.seasonal.adjusted import Adjusted
from touchstone.calc.seasonal.choice import Choice, KeptModel
from touchstone.calc.seasonal.feasts import Effect
from touchstone.calc.seasonal.seasonal import Task, adjust_all
from touchstone.calc.timeseries import TimeSeries, time_series
from touchstone.errors import Refusal
from touchstone.facts.fact import Fact
from touchstone.facts.memory import Memory
from touchstone.facts.series import latest
from touchstone.facts.text import Text

Progress = Callable[[int, int, str], None]
_WORKERS = 2
_AS_PUBLISHED = Text(
    "方案声明：公布时已调整或没有季节性", "declared in the recipe: published adjusted, or without a season"
)


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """One indicator, ready for the index.

    Attributes:
        key: of the indicator.
        printed: the figures it was made from, each period's latest.
        series: by month, before adjustment.
        adjusted: after it, with all that tells how it came about.
        flags: what a reader must know of single periods.
        left_out: periods that could not be made.
        synthetic: whether any figure behind it is made up.
    """

    key: str
    printed: tuple[Fact, ...]
    series: TimeSeries
    adjusted: Adjusted
    flags: tuple[Flag, ...]
    left_out: tuple[Refusal, ...]
    synthetic: bool


@dataclass(frozen=True, slots=True, eq=False)
class Indicators:
    """The indicators of a recipe: those that are ready, and why the others are not, by key.

    `models` are those that are to be kept: one for each series that X-13 adjusts.
    """

    ready: dict[str, Ready]
    refused: dict[str, Refusal]
    models: dict[str, KeptModel]

    @property
    def adjusted(self) -> dict[str, TimeSeries]:
        """The adjusted series by key, as `index_of` takes them."""
        return {key: each.adjusted.series for key, each in self.ready.items()}


@dataclass(frozen=True, slots=True, eq=False)
class _Monthly:
    printed: tuple[Fact, ...]
    series: TimeSeries
    flags: tuple[Flag, ...]
    left_out: tuple[Refusal, ...]


def prepare(
    recipe: Recipe,
    facts: Iterable[Fact],
    published_by: date | None,
    memory: Memory,
    known: Mapping[str, KeptModel],
    progress: Progress | None = None,
) -> Indicators:
    """Prepare and adjust the indicators of a recipe.

    Args:
        facts: of all of its series; others are passed over.
        published_by: only what had been published by this day counts; a fact whose day is unknown always does.
        memory: remembers adjustments by their inputs, so that only what changed is adjusted anew.
        known: models in force, by key of indicator. A model holds for the year it was identified in; where none does, one is
            identified on the sample to the first period of that year, so that every month of a year stands on one model,
            whenever it is asked for.
        progress: told how many series are done, of how many, and the key.

    An indicator of which there is no figure at all is neither ready nor refused: `index_of` names it. Figures marked synthetic
    are passed over where an indicator has others.
    """
    wanted = _by_indicator(recipe, facts, published_by)
    pmi = {f.period: f for f in latest(wanted.get(_pmi(recipe), ())) if f.period}
    monthly: dict[str, _Monthly] = {}
    refused: dict[str, Refusal] = {}
    for indicator in recipe.indicators:
        if own := wanted.get(indicator.key):
            try:
                monthly[indicator.key] = _monthly(indicator, own, pmi, recipe.frequency)
            except Refusal as problem:
                refused[indicator.key] = problem
    tasks = {
        key: Task(each.series, choice_of(recipe.indicator(key).preparation)) for key, each in monthly.items()
    }
    models = _models(tasks, known, memory, progress)
    tasks = {key: replace(task, known=models.get(key)) for key, task in tasks.items()}
    found = adjust_all(tasks, memory, _WORKERS, progress)
    ready: dict[str, Ready] = {}
    for key, adjusted in found.items():
        if isinstance(adjusted, Refusal):
            refused[key] = adjusted
            continue
        each = monthly[key]
        made_up = any(fact.status == "synthetic" for fact in each.printed)
        ready[key] = Ready(key, each.printed, each.series, adjusted, each.flags, each.left_out, made_up)
    return Indicators(ready, refused, models)


def synthetic(recipe: Recipe, facts: Iterable[Fact], published_by: date | None = None) -> bool:
    """Whether any indicator would be made from figures that are made up."""
    wanted = _by_indicator(recipe, facts, published_by)
    return any(fact.status == "synthetic" for own in wanted.values() for fact in own)


def choice_of(preparation: Preparation) -> Choice:
    """How a series is adjusted, as its recipe says."""
    if preparation.seasonal == "none":
        return Choice(method="none", reason=_AS_PUBLISHED)
    return Choice(effects=_windows(preparation.festival))


def _windows(festival: Sequence[int]) -> tuple[Effect, ...]:
    """Days before and after the Spring Festival, as two windows: what falls before it and rises after."""
    if not festival:
        return ()
    before, after = festival
    first = (Effect("spring", -before, -1),) if before else ()
    return (*first, Effect("spring", 0, after))


def _by_indicator(recipe: Recipe, facts: Iterable[Fact], by: date | None) -> dict[str, list[Fact]]:
    asked = {
        (i.series.subject, i.series.measure, i.series.place, i.series.unit): i.key for i in recipe.indicators
    }
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        key = asked.get((fact.subject, fact.measure, fact.place, fact.unit))
        if key and fact.period and not (by and fact.published and fact.published > by):
            found.setdefault(key, []).append(fact)
    return {key: [f for f in own if f.status != "synthetic"] or own for key, own in found.items()}


def _pmi(recipe: Recipe) -> str:
    """The indicator whose figures take January and February apart: the purchasing managers' index of manufacturing."""
    named = (
        i.key for i in recipe.indicators if (i.series.subject, i.series.measure) == ("indicator.pmi", "index")
    )
    return next(named, "")


def _monthly(indicator: Indicator, own: Sequence[Fact], pmi: Mapping[str, Fact], every: str) -> _Monthly:
    """The months of one indicator, each with the printed figures it stands on."""
    flags: list[Flag] = []
    left_out: list[Refusal] = []
    made: dict[str, Fact] = {}
    months: list[Fact] = list(own)
    if indicator.preparation.cumulative:
        prepared = monthly_of(own)
        flags, left_out, months = [*prepared.flags], [*prepared.left_out], [*prepared.facts]
        made = {fact.id: fact for fact in months}
    if (word := indicator.preparation.split) != "none":
        combined = [
            fact for fact in latest(months) if fact.period and fact.period[4:] == f"-01/{fact.period[:4]}-02"
        ]
        for both in combined:
            try:
                parted = split_first_months(both, word, evidence(indicator.key, months, combined, pmi, both))
            except Refusal as problem:
                left_out.append(problem)
                continue
            flags += parted.flags
            made |= {fact.id: fact for fact in parted.facts}
            months = [*months, *parted.facts]
    series = time_series(indicator.key, months, every)
    standing = tuple(
        tuple(dict.fromkeys(p for id in ids for p in _printed(id, made))) for ids in series.facts
    )
    return _Monthly(latest(own), replace(series, facts=standing), tuple(flags), tuple(left_out))


def _printed(id: str, made: Mapping[str, Fact]) -> tuple[str, ...]:
    """The printed figures behind a fact: its own id, or those of its parents' parents."""
    if id not in made:
        return (id,)
    return tuple(below for parent in made[id].parents for below in _printed(parent, made))


def _models(
    tasks: Mapping[str, Task], known: Mapping[str, KeptModel], memory: Memory, progress: Progress | None
) -> dict[str, KeptModel]:
    """The model of each series for the year of its last period: the one in force, or one identified at the start of that year."""
    held: dict[str, KeptModel] = {}
    early: dict[str, Task] = {}
    for key, task in tasks.items():
        if task.choice.method == "none" or not len(task.series):
            continue
        model, last = known.get(key), task.series.periods[-1]
        if (
            model
            and model.choice == task.choice.model_key
            and model.identified[:4] == last[:4]
            and model.identified <= last
        ):
            held[key] = model
            continue
        start = next(period for period in task.series.periods if period[:4] == last[:4])
        early[key] = Task(task.series.between(task.series.periods[0], start), task.choice)
    for key, found in adjust_all(early, memory, _WORKERS, progress).items():
        if isinstance(found, Adjusted) and found.model:
            held[key] = found.model
    return held
