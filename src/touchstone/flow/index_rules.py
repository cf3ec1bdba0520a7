"""What an index is computed by: its recipe, its figures, models and calibration, each as it was in force at a moment."""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from touchstone.errors import LedgerError
from touchstone.facts.memory import Memory
from touchstone.facts.query import moment
from touchstone.facts.reader import Moment
from touchstone.facts.text import Text
from touchstone.flow.monitor import Monitor
from touchstone.flow.records import Progress

if TYPE_CHECKING:
    from touchstone.calc.index.calibration import Calibration
    from touchstone.calc.index.in_force import InForce, Rules
    from touchstone.calc.index.preparing import Indicators
    from touchstone.calc.index.recalibrated import Recalibrated
    from touchstone.calc.index.recipe import Recipe
    from touchstone.errors import UnreadableFile
    from touchstone.facts.fact import Fact

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an index is asked for.

    Attributes:
        edition: the recipe by which it is computed, and since when it has been in force.
        at: the moment whose ledger, models and calibration count.
        past: whether that is a moment of the past: nothing is kept of it.
        published_by: only figures published by this day count.
        notes: what is to be said of the edition.
    """

    edition: "InForce[Recipe]"
    at: datetime
    past: bool = False
    published_by: date | None = None
    notes: tuple[Text, ...] = ()

    @property
    def recipe(self) -> "Recipe":
        return self.edition.what

    @property
    def now(self) -> bool:
        """Whether it is the index of now, with all that is known: only then is anything kept."""
        return not self.past and self.published_by is None

    @property
    def learned(self) -> datetime:
        """The moment whose models count: what was identified behind the day of publication asked about does not."""
        published = moment(self.published_by)
        return min(published, self.at) if published else self.at


class IndexRules(Monitor):
    """The recipes of the indices of one folder, and what was learned from their figures."""

    def __init__(self, folder: "str | os.PathLike[str]") -> None:
        super().__init__(folder)
        self.memory = Memory(self.folder / "memory.sqlite")

    def index_recipes(self) -> "dict[str, Recipe]":
        """The recipes of indices by key: those of the folder `index` of the workspace, then those that come with Touchstone.

        A file that cannot be used is not among them: `index_problems`.
        """
        from touchstone.calc.index.recipe_file import recipes

        return recipes(self.folder / "index")

    def index_problems(self) -> "dict[str, UnreadableFile]":
        """Why files of recipes cannot be used, by key of the recipe: INDEX-001 to INDEX-003."""
        from touchstone.calc.index.recipe_file import recipe_problems

        return recipe_problems(self.folder / "index")

    def index_recipe(self, recipe: str, as_of: Moment | None = None) -> "Recipe":
        """The recipe in force at a moment; the present one where none is given. Raises UnknownSeries: there is none."""
        return self._asked(recipe, None, as_of, None).recipe

    def index_recipe_changed(self, recipe: str) -> bool:
        """Whether the recipe is another one now than the one by which the index was computed last. Raises UnreadableFile: its file."""
        held = self._rules(recipe).editions()
        if problem := self.index_problems().get(recipe):
            raise problem
        return bool(held) and self.index_recipes().get(recipe) != held[-1].what

    def index_calibration(self, recipe: str, as_of: Moment | None = None) -> "Calibration":
        """The calibration in force at a moment, now where none is given; one is made and kept where there is none. Raises as `index`."""
        asked = self._asked(recipe, None, as_of, None)
        return self._calibration(asked, self._index_facts(asked), None).what

    def index_sensitivity(self, recipe: str, as_of: Moment | None = None) -> "dict[float, Calibration]":
        """Calibrations by the part of the subjective weights, 0, a half and 1; none of them is kept. Raises as `index`."""
        from touchstone.calc.index.calibration import sensitivity

        asked = self._asked(recipe, None, as_of, None)
        given = self._indicators(asked, self._index_facts(asked), None)
        return sensitivity(asked.recipe, given.adjusted, asked.at.date(), given.refused)

    def recalibrate_index(
        self, recipe: str, computed: datetime | None = None, progress: Progress | None = None
    ) -> "Recalibrated":
        """Calibrate an index anew, by the present recipe and all that is known: the calibration is in force from now on.

        Earlier ones are kept, and so are the numbers computed by them. One that would change nothing is not kept.

        Args:
            computed: as of `index`.

        Raises:
            UnknownSeries: there is no such recipe.
            UnusableSeries: as `calibrate`; INDEX-011 none of its series is there.
        """
        from touchstone.calc.index.calibration import calibrate
        from touchstone.calc.index.preparing import synthetic
        from touchstone.calc.index.recalibrated import Recalibrated

        asked = self._asked(recipe, None, None, computed)
        facts = self._index_facts(asked)
        given = self._indicators(asked, facts, progress)
        rules, made_up = self._rules(recipe), synthetic(asked.recipe, facts)
        made = calibrate(asked.recipe, given.adjusted, asked.at.date(), given.refused)
        held, editions = rules.calibrations(made_up), rules.editions()
        before = held[-1].what if held else None
        limits = editions[-1].what.bands.limits if editions else asked.recipe.bands.limits
        found = Recalibrated(asked.recipe, before, made, limits)
        if not found.same:
            rules.keep_calibration(made, asked.at, made_up)
        rules.keep_edition(asked.recipe, asked.at)
        return found

    def _asked(
        self, key: str, published_by: date | None, as_of: Moment | None, computed: datetime | None
    ) -> Asked:
        """What is asked for: of now, by the present recipe; of the past, by the edition that was in force."""
        from touchstone.calc.index.in_force import InForce, before_the_first, by_another_edition, in_force
        from touchstone.calc.index.unfit import no_recipe

        known = self.index_recipes()
        present, held = known.get(key), self._rules(key).editions()
        until = moment(as_of)
        found = in_force(held, until) if until else None
        if until and found:
            notes = [by_another_edition(found)] if found.what != present else []
            notes += [before_the_first(found)] if until < found.since else []
            return Asked(found, until, True, published_by, tuple(notes))
        if present is None:
            raise self.index_problems().get(key) or no_recipe(key, tuple(known))
        at = until or self._moment(key, computed)
        same = held and held[-1].what == present
        return Asked(held[-1] if same else InForce(at, present), at, until is not None, published_by)

    def _moment(self, key: str, computed: datetime | None) -> datetime:
        """The moment of a computation: behind all that is recorded and kept, also where the clock went back since."""
        if computed:
            if computed.tzinfo is None:
                raise LedgerError(
                    f"computed {computed} says no time zone: add tzinfo, for example datetime.UTC"
                )
            return computed.astimezone(UTC)
        recorded = _EPOCH + timedelta(microseconds=self.ledger.last_write())
        return max(datetime.now(UTC), recorded, self._rules(key).last())

    def _index_facts(self, asked: Asked) -> "list[Fact]":
        """All figures of the series of a recipe, in whatever unit. Raises UnusableSeries: INDEX-011, there is none."""
        from touchstone.calc.index.choosing import series_of
        from touchstone.calc.index.unfit import unsupplied

        wanted = series_of(asked.recipe)
        subjects, measures = sorted({name[0] for name in wanted}), sorted({name[1] for name in wanted})
        every = self.facts(subject=subjects, measure=measures, as_of=asked.at)
        found = [fact for fact in every if (fact.subject, fact.measure, fact.place) in wanted]
        if not found:
            names = [each.name for each in asked.recipe.indicators]
            past = asked.at if asked.past else None
            raise unsupplied(asked.recipe.key, names, self.index_sample(asked.recipe.key), past)
        return found

    def index_sample(self, recipe: str) -> str:
        """The id of the synthetic sample that comes with a recipe, "" for none."""
        from touchstone.read.sources.declaration import shipped

        return sample if (sample := f"{recipe}-sample") in shipped() else ""

    def _indicators(self, asked: Asked, facts: "list[Fact]", progress: Progress | None) -> "Indicators":
        """The indicators, adjusted by the models in force; those identified now are kept with the moment."""
        from touchstone.calc.index.preparing import prepare, synthetic

        rules, made_up = self._rules(asked.recipe.key), synthetic(asked.recipe, facts, asked.published_by)
        known = rules.models(made_up, asked.learned)
        given = prepare(asked.recipe, facts, asked.published_by, self.memory, known, progress)
        if asked.now:
            rules.keep_models(given.models, asked.at, made_up)
        return given

    def _calibration(
        self, asked: Asked, facts: "list[Fact]", given: "Indicators | None"
    ) -> "InForce[Calibration]":
        """The calibration in force; or the first, made of all that is known now, whatever is asked about first."""
        from touchstone.calc.index.calibration import calibrate
        from touchstone.calc.index.in_force import in_force
        from touchstone.calc.index.preparing import synthetic

        rules, made_up = self._rules(asked.recipe.key), synthetic(asked.recipe, facts, asked.published_by)
        if found := in_force(rules.calibrations(made_up), asked.at):
            return found
        now = asked if asked.now else Asked(asked.edition, self._moment(asked.recipe.key, None))
        every = facts if asked.now else self._index_facts(now)
        # made-up figures that came since are no ground for others, nor others for them
        if given is None or synthetic(asked.recipe, every) == made_up:
            given = given if given and asked.now else self._indicators(now, every, None)
        rules.keep_edition(asked.recipe, now.at)
        made = calibrate(asked.recipe, given.adjusted, now.at.date(), given.refused)
        return rules.keep_calibration(made, now.at, made_up)

    def _rules(self, recipe: str) -> "Rules":
        from touchstone.calc.index.in_force import Rules

        return Rules(self.folder / "index", recipe)
