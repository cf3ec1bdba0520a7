"""Other views of an index: as it was known on each day, and the dynamic factor beside it with the news of the last release."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.flow.index_rules import Asked, IndexRules
from touchstone.flow.records import Progress

if TYPE_CHECKING:
    from touchstone.calc.index.calibration import Calibration
    from touchstone.calc.index.factor import News
    from touchstone.calc.index.preparing import Indicators
    from touchstone.calc.index.third import ThirdView
    from touchstone.calc.index.vintage import Vintages
    from touchstone.calc.timeseries import TimeSeries
    from touchstone.facts.fact import Fact


class IndexViews(IndexRules):
    """Views of the indices of one folder; each is kept beside its index for pages."""

    def index_vintages(
        self, recipe: str, days: Sequence[date], progress: Progress | None = None
    ) -> "Vintages":
        """The index as it was known on each of these days, in order; kept beside the index for its page.

        The levels of all days stand on the present recipe and calibration: what the record tells are revisions of figures and of
        adjustment. Raises as `index`, but a single day that cannot be computed is named.
        """
        from touchstone.calc.index.kept import write_kept
        from touchstone.calc.index.material import enough
        from touchstone.calc.index.vintage import vintages

        now = self._asked(recipe, None, None, None)
        facts = self._index_facts(now)
        kept = self._calibration(now, facts, None).what

        def known(day: date) -> "dict[str, TimeSeries]":
            found = self._indicators(replace(now, published_by=day), facts, None)
            if progress:
                progress(days.index(day) + 1, len(days), day.isoformat())
            enough(now.recipe, set(found.ready), found.refused)
            return found.adjusted

        made = vintages(now.recipe, known, days, kept)
        write_kept(self._rules(recipe).file("vintages.json.zz"), made)
        return made

    def kept_vintages(self, recipe: str) -> "Vintages | None":
        """The vintages computed last, None where there are none. Raises LedgerError: they are damaged."""
        from touchstone.calc.index.kept import read_vintages

        path = self._rules(recipe).file("vintages.json.zz")
        return read_vintages(path) if path.exists() else None

    def index_factor(self, recipe: str, progress: Progress | None = None) -> "ThirdView":
        """The dynamic factor of an index beside it, and what the last release told; kept beside the index for its page.

        It takes seconds the first time, and is remembered by its inputs. The last release are the figures of the newest day of
        publication; its news compare what is known now with what had been published by the day before.

        Raises:
            UnknownSeries: there is no such recipe.
            UnusableSeries: as `index`; INDEX-010 the factor cannot be estimated.
        """
        from touchstone.calc.index.factor import factor_of
        from touchstone.calc.index.index import index_of
        from touchstone.calc.index.kept import write_kept
        from touchstone.calc.index.third import third_view

        now = self._asked(recipe, None, None, None)
        facts = self._index_facts(now)
        given = self._indicators(now, facts, progress)
        kept = self._calibration(now, facts, given).what
        index = index_of(now.recipe, given.adjusted, kept, given.refused)
        factor = factor_of(now.recipe, given.adjusted, kept, self.memory)
        used = {fact.id: fact for each in given.ready.values() for fact in each.printed}
        released = max((fact.published for fact in used.values() if fact.published), default=None)
        news, why = self._news(now, facts, given, kept, released, index.last)
        names = {each.key: each.name for each in now.recipe.indicators}
        made_up = any(each.synthetic for each in given.ready.values())
        made = third_view(index, factor, names, news, why, released, now.at, made_up)
        write_kept(self._rules(recipe).file("factor.json.zz"), made)
        return made

    def kept_factor(self, recipe: str) -> "ThirdView | None":
        """The factor computed last, None where there is none. Raises LedgerError: it is damaged."""
        from touchstone.calc.index.kept import read_kept
        from touchstone.calc.index.third import ThirdView

        path = self._rules(recipe).file("factor.json.zz")
        return read_kept(path, ThirdView) if path.exists() else None

    def _news(
        self, now: Asked, facts: "list[Fact]", given: "Indicators", kept: "Calibration", released: date | None, period: str
    ) -> "tuple[News | None, Text | None]":  # fmt: skip
        """What the figures of the last day told, or why nothing can be told of them."""
        from touchstone.calc.index.factor import news_of

        if released is None:
            return None, Text(
                "数字没有公布日，分不出最后一次发布",
                "no figure says when it was published: no release is the last",
            )
        before = self._indicators(replace(now, published_by=released - timedelta(days=1)), facts, None)
        try:
            return news_of(now.recipe, before.adjusted, given.adjusted, kept, period, self.memory), None
        except Refusal as why:
            return None, Text(why.text("zh"), why.text("en"))
