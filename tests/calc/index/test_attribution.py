"""Why the index stands where it stands: drivers by contribution, and sentences that read back and pass the audit."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from touchstone.audit.audit import audit
from touchstone.calc.index.attribution import Attribution, attribution, simple
from touchstone.calc.index.index import Index, index_of
from touchstone.calc.index.recipe import Recipe
from touchstone.calc.index.wording import sentences
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes

from .made import adjusted, copper


@pytest.fixture(scope="module")
def made() -> tuple[Recipe, Index]:
    recipe = copper()
    return recipe, index_of(recipe, adjusted(recipe), date(2024, 7, 16))


def _text(recipe: Recipe, of: Attribution, language: str) -> str:
    return "\n".join(getattr(each.text, language) for each in sentences(recipe, of, grouped=True))


def test_drivers_are_the_largest_contributions_and_all_parts_add_up(made: tuple[Recipe, Index]) -> None:
    recipe, index = made
    of = attribution(recipe, index, "2024-06")
    row = index.row("2024-06")
    assert (
        of.up[0].points == index.contributions[row].max()
        and of.down[0].points == index.contributions[row].min()
    )
    assert of.external + of.internal == pytest.approx(index.levels[row] - 100)
    assert sum(points for _, points in of.sectors) == pytest.approx(index.levels[row] - 100)
    assert of.change == of.level - Decimal(repr(round(index.at("2024-05"), 1)))
    assert of.up[0].facts and set(of.up[0].facts) <= set(of.facts)


def test_what_has_no_weight_drives_nothing_however_far_it_moved(made: tuple[Recipe, Index]) -> None:
    recipe, _ = made
    own = adjusted(recipe)
    light = tuple(replace(i, weight=1e-9) if i.key == "chips" else i for i in recipe.indicators)
    values = own["chips"].values.copy()
    values[-1] *= 2
    recipe = replace(recipe, indicators=light)
    of = attribution(
        recipe,
        index_of(recipe, own | {"chips": replace(own["chips"], values=values)}, date(2024, 7, 16)),
        "2024-06",
    )
    assert "chips" not in [driver.indicator for driver in (*of.up, *of.down)]


def test_moves_are_told_as_simple_percentages(made: tuple[Recipe, Index]) -> None:
    recipe, index = made
    own = adjusted(recipe)
    of = attribution(recipe, index, "2024-06", most=32)
    driver = next(d for d in (*of.up, *of.down) if d.relative)
    values = own[driver.indicator].values
    assert driver.move == pytest.approx(100 * (values[-1] / values[-2] - 1))
    assert simple(0) == 0


@pytest.mark.parametrize("period", ["2020-03", "2022-08", "2023-01", "2024-02", "2024-06"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_text_reads_back_and_passes_the_audit(
    made: tuple[Recipe, Index], period: str, language: str
) -> None:
    recipe, index = made
    of = attribution(recipe, index, period)
    document = read_bytes(_text(recipe, of, language).encode(), "note.txt")
    facts = read_figures(document)
    levels = [fact for fact in facts if fact.measure == "index" and fact.period == period]
    assert of.level in [fact.value for fact in levels]
    findings = audit([(document, facts)])
    assert not [f for f in findings if f.verdict == "fails"], [
        (f.title, f.arithmetic) for f in findings if f.verdict == "fails"
    ]
    assert [f for f in findings if f.rule == "index_band"]


def test_what_cannot_be_compared_is_left_unsaid(made: tuple[Recipe, Index]) -> None:
    recipe, index = made
    first = attribution(recipe, index, "2013-02")
    assert first.a_year_ago is None and first.rising_a_year_ago is None
    said = sentences(recipe, first)
    assert "上年同期" not in said[0].text.zh and "a year earlier" not in said[0].text.en
    with pytest.raises(ValueError, match="no level of 2013-01"):
        attribution(recipe, index, "2013-01")


def test_who_has_no_value_is_named(made: tuple[Recipe, Index]) -> None:
    recipe, index = made
    own = adjusted(recipe)
    late = own | {"chips": own["chips"].between("2013-01", "2024-05")}
    of = attribution(recipe, index_of(recipe, late, index.calibration), "2024-06")
    assert sentences(recipe, of)[-1].text.zh.endswith("集成电路产量。")


def test_a_counter_cyclical_driver_is_told_as_it_moved(made: tuple[Recipe, Index]) -> None:
    recipe, _ = made
    turned = tuple(replace(i, sign=-1) if i.key == "chips" else i for i in recipe.indicators)
    recipe = replace(recipe, indicators=turned)
    own = adjusted(recipe)
    index = index_of(recipe, own, date(2024, 7, 16))
    of = attribution(recipe, index, "2024-06", most=32)
    driver = next(d for d in (*of.up, *of.down) if d.indicator == "chips")
    assert driver.move == pytest.approx(100 * (own["chips"].values[-1] / own["chips"].values[-2] - 1))
    assert np.sign(driver.points) == -np.sign(driver.move)
