"""The back-test on the World Bank's prices: cards out of sample, cached by rule and series, honest about what is too short."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from touchstone.calc.timeseries import TimeSeries
from touchstone.calc.warning.backtest import Backtest, backtest
from touchstone.calc.warning.card import Card, cards
from touchstone.calc.warning.light import wall
from touchstone.calc.warning.realtime import real_time
from touchstone.calc.warning.rule import Cuts
from touchstone.calc.warning.rulebook import book
from touchstone.calc.warning.trial import Event, outcomes, trial
from touchstone.facts.memory import Memory
from touchstone.facts.restored import restored
from touchstone.facts.text import Text

from .made import material, rule, series, shared, wandering, worldbank

MONTHLY = trial("M")
assert MONTHLY


@pytest.fixture(scope="module")
def found() -> Backtest:
    """All nineteen materials, monthly."""
    return backtest(book().materials, worldbank())


def test_at_least_twelve_materials_have_cards_judged_on_ten_years_they_were_not_calibrated_on(
    found: Backtest,
) -> None:
    sound = [card for card in found.cards if card.standing == "calibrated"]
    assert len({card.material for card in sound}) >= 12
    for card in sound:
        assert card.calibration and card.evaluation and card.calibration.last < card.evaluation.first
        assert card.evaluation.first >= "2015-12" and card.evaluation.counts.n >= 36


def test_the_median_relative_usefulness_out_of_sample_of_the_declared_rule_is_above_zero(
    found: Backtest,
) -> None:
    for worth in (found.headline.evaluation, found.headline.rolling, found.headline.declared):
        assert worth and worth > 0
    assert found.headline.rule == "price.month" and found.headline.materials >= 12
    assert found.headline.below  # and it is told for whom it is not


def test_a_rule_with_too_short_a_history_is_uncalibrated_with_the_counts(found: Backtest) -> None:
    ore = [card for card in found.cards if card.material == "iron_ore" and card.standing == "uncalibrated"]
    assert ore and all(card.why and "53 " not in card.why.zh for card in ore if card.rule == "price.ipa")
    assert all(card.why and "校准段有" in card.why.zh and "at least 60" in card.why.en for card in ore)
    assert all(card.threshold is None and card.evaluation is None for card in ore)


def test_rules_without_data_are_named_with_the_series_they_lack(found: Backtest) -> None:
    steel = [each.silent for each in found.without if each.material == "steel"]
    assert any("price (steel products, China)" in each.why.en for each in steel)
    assert all(each.silent.why.zh for each in found.without)


def test_the_card_says_what_was_tried_and_chose_the_most_useful_of_it(found: Backtest) -> None:
    [card] = [c for c in found.cards if (c.material, c.rule, c.event) == ("cu", "price.month", "rise")]
    best = max(tried.usefulness for tried in card.tried)
    [chosen] = [tried for tried in card.tried if tried.share == card.share]
    assert chosen.usefulness == best and len(card.tried) == len(MONTHLY.grid)
    assert card.calibration and card.calibration.sarlin
    assert card.calibration.sarlin.relative == pytest.approx(best)


def test_a_rule_with_a_calibrated_card_is_not_marked_on_the_wall(found: Backtest) -> None:
    lit = wall([book().material(key) for key in ("cu", "iron_ore")], worldbank(), cards=found.cards)
    copper, ore = ({r.rule: r.standing for r in lit.light(key, "M").reasons} for key in ("cu", "iron_ore"))
    assert copper["price.month"] == "calibrated" and ore["price.month"] == "uncalibrated"


def test_a_card_comes_back_from_plain_values_as_it_was(found: Backtest) -> None:
    for card in found.cards[:8]:
        assert restored(Card, json.loads(json.dumps(asdict(card)))) == card


def test_a_second_run_remembers_and_a_changed_series_is_tried_anew_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = [book().material(key) for key in ("cu", "zn")]
    made: list[str] = []
    keep = Memory._keep
    monkeypatch.setattr(Memory, "_keep", lambda self, key, text: (made.append(key), keep(self, key, text))[1])
    first = backtest(two, worldbank(), memory=Memory(tmp_path / "memory.sqlite"))
    assert len(made) == 2 * 5 + 2 + 2, "five rules, the light and the breaks of each"
    made.clear()
    assert backtest(two, worldbank(), memory=Memory(tmp_path / "memory.sqlite")) == first and not made
    zinc = worldbank()["zn.price.M"]
    moved = worldbank() | {"zn.price.M": replace(zinc, values=zinc.values * np.linspace(1, 2, len(zinc)))}
    again = backtest(two, moved, memory=Memory(tmp_path / "memory.sqlite"))
    assert len(made) == 5 + 1 + 1
    assert [c for c in again.cards if c.material == "cu"] == [c for c in first.cards if c.material == "cu"]
    assert again.cards != first.cards


def test_an_event_is_a_move_beyond_the_85_percent_quantile_of_those_known_then() -> None:
    """Moves of 1 % up and down, then 5 %: the 5 % is an event of the month before it, and known only then."""
    event = Event("rise", 1, 1, Text("", ""), Text("", ""))
    by = replace(MONTHLY, least=10)
    price = 100 * np.cumprod([1.0, *([1.01, 0.99] * 8), 1.05, 0.99])
    known = outcomes(price, event, by)
    assert known[16] == 1 and np.isnan(known[:10]).all() and np.isnan(known[-1])
    fall = outcomes(1 / price, replace(event, direction=-1), by)
    np.testing.assert_array_equal(known, fall)


def test_a_rule_that_foresees_the_event_is_useful_and_one_that_reads_noise_is_not() -> None:
    dice = np.random.default_rng(3)
    moves = dice.normal(scale=0.04, size=480)
    price = series("x.price.M", 100 * np.exp(np.cumsum(moves)))
    ahead = series("x.ratio.M", np.append(moves[1:], 0.0) + dice.normal(scale=0.01, size=480))
    noise = series("x.ratio.M", dice.normal(size=480))
    of = rule(cuts=Cuts((-0.05,), (0.05,)))
    worth = []
    for ratio in (ahead, noise):
        given: dict[str, TimeSeries] = {"x.price.M": price, "x.ratio.M": ratio}
        rise = cards(material(of), of, given, MONTHLY)[0]
        assert rise.evaluation and rise.evaluation.sarlin and rise.evaluation.auroc
        worth.append((rise.evaluation.sarlin.relative, rise.evaluation.auroc.low))
    assert worth[0][0] > 0.5 and worth[0][1] > 0.8
    assert worth[1][0] < 0.2 and worth[1][1] < 0.5


def test_real_time_is_compared_with_what_the_revised_figures_say() -> None:
    of = shared("price.month", "M")
    values = wandering(120)
    given = {"cu.price.M": series("cu.price.M", values)}
    first = values.copy()
    first[100] *= 1.3
    whole = series("cu.price.M", first)
    cu = book().material("cu")
    vintages = {period: {"cu.price.M": whole.between("1995-01", period)} for period in whole.periods[95:105]}
    found = real_time(cu, of, vintages, given)
    assert (found.periods, found.without) == (10, 0)
    assert found.agreeing < 10 and found.only_then >= 1 and found.moved
    assert real_time(cu, of, vintages, {"cu.price.M": whole}).agreeing == 10
    told = cards(cu, of, given, MONTHLY, vintages=vintages)
    assert all(card.real_time == found for card in told)


def test_where_a_price_began_to_move_more_is_told_before_the_evaluation_part(found: Backtest) -> None:
    assert {each.material for each in found.breaks} >= {"potash", "coal"}
    assert all(each.first < "2015-12" for each in found.breaks)


def test_daily_and_weekly_rules_are_tried_too_and_daily_lights_roll_up_to_the_year() -> None:
    cu = book().material("cu")
    days = wandering(4290, scale=0.01)  # to the last week
    days[5::7] = days[6::7] = np.nan
    given = {
        "cu.price.D": series("cu.price.D", days),
        "cu.price.W": series("cu.price.W", wandering(870, 2, 0.02)),
    }
    daily, weekly = (backtest([cu], given, every) for every in "DW")
    assert {c.rule for c in daily.cards} == {"price.change", "price.spike", "price.nexq", "light.price"}
    for found in (daily, weekly):
        sound = [c for c in found.cards if c.standing == "calibrated"]
        assert sound and all(c.evaluation and c.evaluation.episodes.events for c in sound)
    price = {every: wall([cu], given, cards=daily.cards).light("cu", every, "price") for every in "DWMQA"}
    assert [price[every].rolled_from for every in "DWMQA"] == ["", "", "W", "W", "W"]
    only = {"cu.price.D": given["cu.price.D"]}
    year = wall([cu], only).light("cu", "A", "price")
    assert year.rolled_from == "D" and year.period == "2026" and sum(s.days for s in year.spent) > 190
