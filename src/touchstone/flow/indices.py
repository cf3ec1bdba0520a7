"""Indices of business conditions: what was published becomes an index, its reasons, and its record in real time."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from touchstone.facts.reader import Moment
from touchstone.flow.index_views import IndexViews
from touchstone.flow.records import Progress

if TYPE_CHECKING:
    from touchstone.calc.index.kept import KeptIndex


class Indices(IndexViews):
    """The indices of one folder."""

    def index(
        self, recipe: str, published_by: date | None = None, as_of: Moment | None = None, progress: Progress | None = None,
        computed: datetime | None = None,
    ) -> "KeptIndex":  # fmt: skip
        """Compute an index; the result is kept until the next time, unless it is of the past.

        Args:
            recipe: key of a file of data/index, or of the folder `index` of the workspace.
            published_by: only what had been published by this day counts, by the present recipe and calibration.
            as_of: the ledger as it stood then, by the recipe, calibration and models that were in force: the number of that moment.
            progress: told how many series are adjusted, of how many, and the key.
            computed: the moment of the computation, now where none is given: what was recorded by then counts, and what is kept
                is in force from then on.

        The calibration is made once and kept; `recalibrate_index` makes another. Levels are kept as derived facts, marked
        synthetic where any figure behind them is.

        Raises:
            UnknownSeries: there is no such recipe.
            UnreadableFile: the file of the recipe cannot be used.
            UnusableSeries: INDEX-011 none of its series is there; as `index_of` otherwise.
        """
        from touchstone.calc.index.in_force import before_the_first
        from touchstone.calc.index.index import index_of
        from touchstone.calc.index.keeping import kept_index, level_facts
        from touchstone.calc.index.kept import write_kept
        from touchstone.facts.derived import fresh

        asked = self._asked(recipe, published_by, as_of, computed)
        facts = self._index_facts(asked)
        given = self._indicators(asked, facts, progress)
        calibration = self._calibration(asked, facts, given)
        index = index_of(asked.recipe, given.adjusted, calibration.what, given.refused)
        made_up = any(each.synthetic for each in given.ready.values())
        levels = level_facts(
            asked.recipe, index, calibration.since, {fact.id: fact for fact in facts}, made_up
        )
        printed = self.facts(subject=asked.recipe.subject, measure="index", as_of=asked.at)
        early = asked.past and asked.at < calibration.since
        when = computed or (datetime.now(UTC) if asked.past else asked.at)
        result = replace(
            kept_index(
                asked.recipe, index, given, levels, printed, self.memory, when, published_by,
                "" if as_of is None else str(as_of),
            ),
            rules=asked.recipe.digest,
            ruled=asked.edition.since,
            notes=(*asked.notes, *([before_the_first(calibration)] if early else [])),
        )  # fmt: skip
        if asked.now:
            rules = self._rules(recipe)
            rules.keep_edition(asked.recipe, asked.at)
            held = self.facts(subject=asked.recipe.subject, rule=f"index.{asked.recipe.form}")
            self.ledger.append(fresh(levels, held))
            write_kept(rules.file("json.zz"), result)
        return result

    def index_keys(self) -> tuple[str, ...]:
        """The recipes of which an index is kept."""
        found = (path.name.removesuffix(".json.zz") for path in (self.folder / "index").glob("*.json.zz"))
        return tuple(sorted(key for key in found if "." not in key))

    def kept_index(self, recipe: str) -> "KeptIndex":
        """The index of a recipe as it was computed last. Raises UnknownSeries: there is none; LedgerError: it is damaged."""
        from touchstone.calc.index.kept import read_index
        from touchstone.calc.index.unfit import never_computed

        if recipe not in self.index_keys():
            raise never_computed(recipe)
        return read_index(self._rules(recipe).file("json.zz"))
