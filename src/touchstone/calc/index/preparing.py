"""From what was printed to what an index takes: months out of cumulative figures, January and February apart, seasons out.

Every indicator of a recipe is prepared as it declares. One that cannot be is named with its reason, and the others go on.
The values of a prepared series name the printed figures they were made from, not the steps between.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from touchstone.calc.index.choice import choice_of
from touchstone.calc.index.choosing import Figures, figures, made_up
from touchstone.calc.index.evidence import evidence
from touchstone.calc.index.jumps import jumps
from touchstone.calc.index.misfit import joined, not_above_zero
from touchstone.calc.index.recipe import Indicator, Recipe
from touchstone.calc.preparation.first_months import split_first_months
from touchstone.calc.preparation.monthly import monthly_of
from touchstone.calc.preparation.prepared import Flag
from touchstone.calc.seasonal.adjusted import Adjusted
from touchstone.calc.seasonal.choice import KeptModel
from touchstone.calc.seasonal.seasonal import Task, adjust_all
from touchstone.calc.timeseries import TimeSeries, moving, time_series
from touchstone.errors import Refusal
from touchstone.facts.fact import Fact
from touchstone.facts.memory import Memory
from touchstone.facts.series import latest

Progress = Callable[[int, int, str], None]
_WORKERS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """One indicator, ready for the index.

    Attributes:
        key: of the indicator.
        printed: the figures it was made from, each period's latest.
        series: by month, before adjustment.
        adjusted: after it, with all that tells how it came about.
        flags: what a reader must know of single periods: also "converted" from another unit, "jump" of the level.
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
    wanted = figures(recipe, facts, published_by)
    pmi = {f.period: f for f in latest(_of(wanted.get(_pmi(recipe)))) if f.period}
    monthly: dict[str, _Monthly] = {}
    refused: dict[str, Refusal] = {}
    for indicator in recipe.indicators:
        own = wanted.get(indicator.key)
        if isinstance(own, Refusal):
            refused[indicator.key] = own
        elif own:
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
        each = monthly[key]
        try:
            if isinstance(adjusted, Refusal):
                raise _cause(adjusted, each.left_out)
            ready[key] = _ready(recipe.indicator(key), each, adjusted)
        except Refusal as problem:
            refused[key] = problem
    return Indicators(ready, refused, models)


def synthetic(recipe: Recipe, facts: Iterable[Fact], published_by: date | None = None) -> bool:
    """Whether any indicator would be made from figures that are made up."""
    return made_up(figures(recipe, facts, published_by))


def _of(found: Figures | Refusal | None) -> tuple[Fact, ...]:
    return found.facts if isinstance(found, Figures) else ()


def _cause(why: Refusal, left_out: Sequence[Refusal]) -> Refusal:
    """Where months could not be made, a series has gaps: what they could not be made for is the reason, not the gap."""
    return left_out[0] if why.code == "SERIES-002" and left_out else why


def _ready(indicator: Indicator, each: _Monthly, adjusted: Adjusted) -> Ready:
    """An indicator that can carry an index. Raises UnusableSeries: SERIES-004 it never moves, SERIES-005 it is not above zero."""
    moving(each.series)
    if indicator.positive:
        for made, series in ((False, each.series), (True, adjusted.series)):
            _above_zero(series, {fact.id: fact for fact in each.printed}, made)
    found = jumps(adjusted.series) if indicator.kind == "level" else ()
    synthetic = any(fact.status == "synthetic" for fact in each.printed)
    flags = (*each.flags, *found)
    return Ready(indicator.key, each.printed, each.series, adjusted, flags, each.left_out, synthetic)


def _above_zero(series: TimeSeries, printed: Mapping[str, Fact], made: bool) -> None:
    for period, value, ids in zip(series.periods, series.values, series.facts, strict=True):
        if value <= 0:
            behind = [printed[id] for id in ids if id in printed]
            said = ", ".join(f"{fact.value} {fact.unit} ({fact.period})" for fact in behind)
            raise not_above_zero(series.key, period, said, made or len(behind) > 1)


def _pmi(recipe: Recipe) -> str:
    """The indicator whose figures take January and February apart: the purchasing managers' index of manufacturing."""
    named = (
        i.key for i in recipe.indicators if (i.series.subject, i.series.measure) == ("indicator.pmi", "index")
    )
    return next(named, "")


def _monthly(indicator: Indicator, given: Figures, pmi: Mapping[str, Fact], every: str) -> _Monthly:
    """The months of one indicator, each with the printed figures it stands on. Raises UnusableSeries: INDEX-015, as `time_series`."""
    flags: list[Flag] = [*given.flags]
    left_out: list[Refusal] = []
    made: dict[str, Fact] = {}
    months: list[Fact] = [*given.facts]
    if indicator.preparation.cumulative:
        prepared = monthly_of(months)
        flags, left_out, months = [*flags, *prepared.flags], [*prepared.left_out], [*prepared.facts]
        made = {fact.id: fact for fact in months}
    combined = [
        fact for fact in latest(months) if fact.period and fact.period[4:] == f"-01/{fact.period[:4]}-02"
    ]
    if (word := indicator.preparation.split) == "none":
        _apart(indicator.key, months, combined)
    else:
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
    return _Monthly(latest(given.facts), replace(series, facts=standing), tuple(flags), tuple(left_out))


def _apart(key: str, months: Sequence[Fact], combined: Sequence[Fact]) -> None:
    """Let pass what has a January and February of its own wherever it has both together, or begins behind them."""
    alone = {fact.period for fact in months}
    first = min((period for period in alone if period and len(period) == 7), default="")
    only = [
        fact.period for fact in combined
        if fact.period and fact.period[-7:] > first and not {fact.period[:7], fact.period[-7:]} <= alone
    ]  # fmt: skip
    if only:
        raise joined(key, only)


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
