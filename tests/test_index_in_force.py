"""Any history recomputed as of any day gives the same number that was published that day, whatever was decided since."""

import json
import shutil
import zlib
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import touchstone
from touchstone.calc.index.in_force import Rules
from touchstone.calc.index.kept import KeptIndex
from touchstone.calc.index.recipe_file import recipes
from touchstone.errors import LedgerError, UnusableSeries
from touchstone.facts.restored import restored
from touchstone.flow import Workspace

SMALL = Path(__file__).parent / "small_index.toml"
DAY = timedelta(days=1)


@pytest.fixture
def own(indicators: Workspace, indexed: Workspace, tmp_path: Path) -> Workspace:
    """
    A workspace with the figures of the sample and a recipe of its own, in which no index was computed yet. The memory
    is that of a workspace where it was: the same series need not be adjusted anew for each test.
    """
    folder = shutil.copytree(indicators.folder, tmp_path / "own")
    shutil.copy(indexed.folder / "memory.sqlite", folder)
    return touchstone.open(folder)


def test_as_of_any_day_is_what_was_published_that_day(own: Workspace) -> None:
    """
    day 1  published                         day 4  the recipe edited: a limit of a band
    day 2  a figure revised                  day 5  the recipe edited: weights, fences, windows of Spring Festival
    day 3  calibrated again                  day 6  back to the first recipe; nothing of it as it was
    """
    start = datetime.now(UTC)
    published: dict[int, KeptIndex] = {}

    def publish(day: int) -> None:
        published[day] = own.index("small", computed=start + day * DAY)

    publish(1)
    _revise(own, "2023-01/2023-10", start + 2 * DAY)
    publish(2)
    _revise(own, "2022-01/2022-11", start + 3 * DAY)
    assert not own.recalibrate_index("small", start + 3 * DAY).same
    publish(3)
    _edit(own, "limits = [95.7, 104.2]", "limits = [99.0, 101.0]")
    publish(4)
    _edit(own, 'until = "2023-12"', 'until = "2023-12"\nrobust = 2.0')
    _edit(own, "festival = [20, 20]", "festival = [10, 15]")
    with pytest.raises(UnusableSeries, match="INDEX-007"):
        publish(5)
    own.recalibrate_index("small", start + 5 * DAY)
    publish(5)
    shutil.copy(SMALL, own.folder / "index" / "small.toml")
    own.recalibrate_index("small", start + 6 * DAY)
    publish(6)

    for before, after in zip(published.values(), list(published.values())[1:], strict=False):
        assert _said(before) != _said(after), (
            "every day something was published that was not known the day before"
        )
    for day, then in published.items():
        for moment in (start + day * DAY, start + (day + 0.9) * DAY):
            again = own.index("small", as_of=moment)
            assert _said(again) == _said(then), f"day {day}"
            assert bool(again.notes) == (day in (4, 5)), "it is told where the recipe is another one now"
    assert own.kept_index("small") == published[6], "what is of the past is not kept"


def test_a_level_that_counted_before_counts_again(own: Workspace) -> None:
    """The recipe is edited and calibrated, and taken back: the ledger's levels are those of the index, not of the edit."""
    first = own.index("small")
    _edit(own, 'until = "2023-12"', 'until = "2022-12"')
    own.recalibrate_index("small")
    own.index("small")
    shutil.copy(SMALL, own.folder / "index" / "small.toml")
    own.recalibrate_index("small")
    again = own.index("small")
    assert _said(again) == _said(first)
    counting = {fact.id: fact.value for fact in own.facts(measure="index.computed")}
    assert set(counting) == {id for id in again.level_facts if id}
    assert counting[again.level_facts[again.row]] == again.attribution.level
    assert own.index("small", as_of=first.computed).level_facts == first.level_facts


def test_two_moments_of_one_day_are_two(own: Workspace) -> None:
    noon = datetime.combine(date.today() + 2 * DAY, datetime.min.time(), UTC) + DAY / 2
    first = own.index("small", computed=noon)
    _revise(own, "2023-01/2023-10", noon + DAY / 24)
    own.recalibrate_index("small", noon + DAY / 12)
    second = own.index("small", computed=noon + DAY / 12)
    assert _said(own.index("small", as_of=noon)) == _said(first)
    assert _said(own.index("small", as_of=noon.date())) == _said(second) != _said(first)


def test_a_moment_before_the_first_calibration_takes_the_first_and_says_so(own: Workspace) -> None:
    imported = datetime.now(UTC)
    published = own.index("small", computed=imported + 2 * DAY)
    early = own.index("small", as_of=imported)
    assert early.levels == published.levels and early.calibrated == published.calibrated
    said = " ".join(note.en for note in early.notes)
    assert "before the first calibration" in said and "before the first edition" in said
    assert not published.notes


def test_a_recalibration_that_changes_nothing_is_not_kept(own: Workspace) -> None:
    own.index("small")
    assert own.recalibrate_index("small").same
    assert len(Rules(own.folder / "index", "small").calibrations(made_up=True)) == 1


def test_a_recalibration_tells_every_number_before_and_after(own: Workspace) -> None:
    own.index("small")
    before = own.index_calibration("small")
    _edit(own, 'until = "2023-12"', 'until = "2022-12"')
    done = own.recalibrate_index("small")
    after = own.index_calibration("small")
    assert (done.before, done.after) == (before, after) and before.until != after.until
    vehicles = {each.key: each for each in done.indicators}["vehicles"]
    column = before.indicators.index("vehicles")
    assert vehicles.scale == (before.scale[column], after.scale[column])
    assert own.index_calibration("small", as_of=own.kept_index("small").computed) == before


def test_a_workspace_of_an_earlier_version_goes_on(own: Workspace) -> None:
    """One file of a calibration, models with a day only, and a result that does not name its recipe."""
    published = own.index("small")
    folder = own.folder / "index"
    [calibration] = (folder / "small.synthetic.calibrations").iterdir()
    calibration.rename(folder / "small.synthetic.calibration.toml")
    (folder / "small.editions.json.zz").unlink()
    models = folder / "small.synthetic.models.json.zz"
    rows = [
        {"day": row["since"][:10], "key": row["what"]["key"], "model": row["what"]}
        for row in json.loads(zlib.decompress(models.read_bytes()))
    ]
    models.write_bytes(zlib.compress(json.dumps(rows).encode()))
    kept = json.loads(zlib.decompress((folder / "small.json.zz").read_bytes()))
    plain = {name: value for name, value in kept.items() if name not in ("rules", "ruled", "notes")}
    (folder / "small.json.zz").write_bytes(zlib.compress(json.dumps(plain).encode()))

    assert _said(own.kept_index("small")) == _said(published) and own.kept_index("small").ruled is None
    moment = datetime.now(UTC)
    assert _said(own.index("small")) == _said(published)
    _revise(own, "2023-01/2023-10", None)
    own.recalibrate_index("small")
    assert _said(own.index("small")) != _said(published)
    assert _said(own.index("small", as_of=moment)) == _said(published)
    assert len(Rules(folder, "small").calibrations(made_up=True)) == 2


def test_the_recipe_of_a_moment_may_be_gone_since(own: Workspace) -> None:
    published = own.index("small")
    (own.folder / "index" / "small.toml").unlink()
    assert _said(own.index("small", as_of=published.computed)) == _said(published)
    assert own.index_recipe_changed("small")


@pytest.mark.parametrize("key", [*recipes(), "small"])
def test_an_edition_comes_back_to_the_last_digit(key: str, own: Workspace) -> None:
    recipe = own.index_recipes()[key]
    again = restored(type(recipe), json.loads(json.dumps(asdict(recipe))))
    assert again == recipe and again.edition == recipe.edition and again.digest == recipe.digest
    renamed = replace(recipe, name=recipe.source)
    assert renamed.digest != recipe.digest and renamed.edition == recipe.edition


def test_the_windows_of_spring_festival_are_those_the_recipe_declares(own: Workspace) -> None:
    _edit(own, "festival = [20, 20]", "festival = [10, 15]")
    own.index("small")
    models = Rules(own.folder / "index", "small").models(made_up=True, at=datetime.now(UTC) + DAY)
    assert {"vehicles", "phones"} <= set(models)
    for model in models.values():
        assert [(each.feast, each.first, each.last) for each in model.effects] == [
            ("spring", -10, -1),
            ("spring", 0, 15),
        ]
        assert all("spring -10..-1, spring 0..15" in name for name, _ in model.aicc), (
            "days worked were looked for, windows not"
        )


def test_a_calibration_whose_name_is_no_moment_is_told(own: Workspace) -> None:
    own.index("small")
    folder = own.folder / "index" / "small.synthetic.calibrations"
    [kept] = folder.iterdir()
    shutil.copy(kept, folder / "mine.toml")
    with pytest.raises(LedgerError, match=r"mine\.toml"):
        own.index("small")


def _said(kept: KeptIndex) -> tuple[object, ...]:
    """What was published: levels, contributions, bands and their limits, and the words."""
    return (
        kept.levels,
        kept.contributions,
        kept.band_of,
        kept.limits,
        kept.weights,
        kept.attribution,
        kept.ahead,
    )


def _revise(workspace: Workspace, period: str, recorded: datetime | None) -> None:
    vintages = [f for f in workspace.facts(subject="indicator.vehicles") if f.period == period]
    fact = max(vintages, key=lambda each: each.published or date.min)
    workspace.ledger.correct(
        fact.id, fact.value * Decimal("1.05"), "revised by its issuer", recorded=recorded
    )


def _edit(workspace: Workspace, old: str, new: str) -> None:
    path = workspace.folder / "index" / "small.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
