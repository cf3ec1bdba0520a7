"""An index out of a workspace: out of the box, the same number for the same day, and nothing worked out twice."""

import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import touchstone
from touchstone.calc.index.kept import KeptIndex
from touchstone.errors import LedgerError, UnknownSeries, UnusableSeries
from touchstone.facts.memory import Memory
from touchstone.flow import Workspace


class Counted(Memory):
    """The memory of a workspace, and what it had to work out."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.made: list[tuple[str, object]] = []

    def answer(self, kind: str, depends: Iterable[object], make: Callable[[], Any]) -> Any:
        told = tuple(depends)

        def counted() -> Any:
            self.made.append((kind, told[0]))
            return make()

        return super().answer(kind, told, counted)


@pytest.fixture
def own(indexed: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the workspace with an index, to be changed."""
    folder = tmp_path / "own"
    shutil.copytree(indexed.folder, folder)
    return touchstone.open(folder)


@pytest.fixture(scope="module")
def kept(indexed: Workspace) -> KeptIndex:
    return indexed.kept_index("small")


def test_levels_are_the_base_and_all_contributions(kept: KeptIndex) -> None:
    for level, parts in zip(kept.levels, kept.contributions, strict=True):
        assert level is None or level == pytest.approx(100 + sum(p or 0 for p in parts), abs=1e-9)


def test_what_is_made_from_synthetic_figures_is_synthetic(indexed: Workspace, kept: KeptIndex) -> None:
    assert kept.synthetic and all(each.synthetic for each in kept.indicators)
    levels = indexed.facts(measure="index.computed")
    assert len(levels) == sum(level is not None for level in kept.levels)
    assert {fact.status for fact in levels} == {"synthetic"}
    assert indexed.series("indicator.copper_demand_index", "index", "CN").points[0].status == "reported"


def test_every_level_is_a_fact_with_the_printed_figures_behind_it(
    indexed: Workspace, kept: KeptIndex
) -> None:
    fact = indexed.fact(kept.level_facts[kept.row])
    assert fact.value == kept.attribution.level and fact.rule == "index.association"
    behind = [indexed.fact(id) for id in fact.parents]
    assert all(each.locator and not each.parents for each in behind)
    assert {each.period for each in behind if each.subject == "indicator.vehicles"} == {
        "2024-01/2024-10", "2024-01/2024-11", "2024-01/2024-12",
    }  # fmt: skip


def test_months_of_january_and_february_add_up_to_what_was_printed(kept: KeptIndex) -> None:
    own = kept.indicator("investment-fixed")
    both = next(each for each in own.printed if each.period == "2024-01/2024-02")
    january, february = (own.prepared[own.periods.index(period)] for period in ("2024-01", "2024-02"))
    assert (january or 0) + (february or 0) == float(both.value)


def test_an_indicator_without_figures_is_named_and_the_others_go_on(kept: KeptIndex) -> None:
    assert [each.key for each in kept.left_out] == ["zinc"]
    assert kept.attribution.absent == ("zinc",) and len(kept.indicators) == 5


def test_a_kept_index_comes_back_the_same(own: Workspace) -> None:
    assert own.kept_index("small") == own.index("small", computed=own.kept_index("small").computed)
    assert own.index_keys() == ("small",)


def test_a_second_run_works_nothing_out(own: Workspace) -> None:
    memory = own.memory = Counted(own.folder / "memory.sqlite")
    own.index("small")
    assert memory.made == []


def test_a_changed_figure_adjusts_its_own_indicator_only(own: Workspace) -> None:
    before = own.kept_index("small")
    _corrected(own)
    memory = own.memory = Counted(own.folder / "memory.sqlite")
    after = own.index("small")
    assert {key for kind, key in memory.made if kind.startswith("x13")} == {"vehicles"}
    assert after.levels != before.levels and after.calibrated == before.calibrated


def test_an_index_as_of_a_moment_is_the_one_published_then(own: Workspace) -> None:
    before = own.kept_index("small")
    then = datetime.now(UTC)
    _corrected(own)
    own.index("small")
    again = own.index("small", as_of=then)
    assert again.levels == before.levels and again.attribution == before.attribution
    assert own.kept_index("small").levels != before.levels, "what is of the past is not kept"


def test_only_what_was_published_by_a_day_counts(own: Workspace) -> None:
    then = own.index("small", published_by=date(2024, 7, 25))
    assert then.last == "2024-06"
    used = {id for rows in (each.facts for each in then.indicators) for ids in rows for id in ids}
    days = {fact.published for fact in own.facts(ids=sorted(used))}
    assert max(day for day in days if day) <= date(2024, 7, 25)


def test_what_the_issuer_printed_later_does_not_stand_beside_an_earlier_day(own: Workspace) -> None:
    everything = own.kept_index("small").compared
    then = own.index("small", published_by=date(2024, 7, 25)).compared
    days = {fact.id: fact.published for fact in own.facts(measure="index")}
    assert {each.fact for each in then} == {
        each.fact for each in everything if not (day := days[each.fact]) or day <= date(2024, 7, 25)
    }
    early = own.index("small", published_by=date(2021, 6, 30)).compared
    assert len(early) <= len(then)


def test_too_few_indicators_are_refused_with_the_cause_of_each(own: Workspace) -> None:
    recipe = own.folder / "index" / "small.toml"
    text = recipe.read_text(encoding="utf-8")
    text = text.replace('unit = "亿元"\nsplit = "none"', 'unit = "万辆"\nsplit = "none"').replace(
        'unit = "万台"', 'unit = "吨"'
    )
    recipe.write_text(text.replace('subject = "indicator.pmi"', 'subject = "indicator.m2"'), encoding="utf-8")
    with pytest.raises(UnusableSeries, match="INDEX-004") as refused:
        own.recalibrate_index("small")
    found = refused.value.found
    assert "broad money (" in found and "in 亿元" in found, "a unit is told as a unit"
    assert "an indicator nobody publishes (no figures)" in found
    assert "'pmi' without" in found, "a split without its evidence is told as that"


def test_vintages_tell_first_against_final(own: Workspace) -> None:
    days = [date(2024, month, 25) for month in (10, 11, 12)]
    found = own.index_vintages("small", days)
    assert [each.last for each in found.days] == ["2024-09", "2024-10", "2024-11"]
    assert [each.period for each in found.firsts] == ["2024-10", "2024-11"]
    assert own.kept_vintages("small") == found


def test_a_workspace_without_the_series_says_which_are_missing_and_where_a_sample_is(tmp_path: Path) -> None:
    empty = touchstone.open(tmp_path / "empty")
    with pytest.raises(UnusableSeries) as refused:
        empty.index("copper-demand")
    assert refused.value.code == "INDEX-011"
    assert "touchstone import --source copper-demand-sample" in refused.value.text("zh")
    assert "manufacturing PMI" in refused.value.text("en")


def test_what_there_is_not_is_refused_by_name(indexed: Workspace) -> None:
    with pytest.raises(UnknownSeries, match="copper-demand"):
        indexed.index("nothing")
    with pytest.raises(UnknownSeries, match="touchstone index"):
        indexed.kept_index("copper-demand")


def test_a_damaged_index_says_how_to_mend_it(own: Workspace) -> None:
    (own.folder / "index" / "small.json.zz").write_bytes(b"broken")
    with pytest.raises(LedgerError, match="compute it again"):
        own.kept_index("small")


def _corrected(workspace: Workspace) -> None:
    fact = next(f for f in workspace.facts(subject="indicator.vehicles") if f.period == "2024-01/2024-12")
    workspace.correct(fact.id, fact.value * Decimal("1.05"), "typed wrongly")
