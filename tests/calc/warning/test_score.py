"""The four counts of the signals approach, usefulness and the AUROC, worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.warning.score import (
    Counts,
    Usefulness,
    auroc,
    counted,
    episodes,
    relative_usefulness,
)

BY_HAND = Counts(a=12, b=8, c=4, d=76)
"""100 months: 16 before events, 12 of them with an alarm; 8 false alarms."""


def test_the_counts_leave_out_what_nobody_knows_yet() -> None:
    alarms = np.array([1, 1, 0, 0, 1, 0]) > 0
    events = np.array([1, 0, 1, 0, np.nan, np.nan])
    assert counted(alarms, events) == Counts(1, 1, 1, 1)


def test_errors_noise_and_chances_after_kaminsky_lizondo_and_reinhart() -> None:
    assert BY_HAND.type_1 == pytest.approx(4 / 16)
    assert BY_HAND.type_2 == pytest.approx(8 / 84)
    assert BY_HAND.noise_to_signal == pytest.approx((8 / 84) / (12 / 16))
    assert BY_HAND.persistence == pytest.approx((12 / 16) / (8 / 84))
    assert BY_HAND.event_given_alarm == pytest.approx(12 / 20)
    assert BY_HAND.event_share == pytest.approx(16 / 100)


def test_usefulness_after_alessi_and_detken() -> None:
    found = BY_HAND.alessi_detken(0.5)
    assert found == Usefulness(
        pytest.approx(0.5 - 0.5 * 0.25 - 0.5 * 8 / 84), pytest.approx(1 - 0.25 - 8 / 84)
    )


def test_usefulness_after_sarlin() -> None:
    """mu 0.85: never warning costs 0.85 x 0.16 = 0.136, always 0.15 x 0.84 = 0.126; the rule 0.85 x 0.04 + 0.15 x 0.08 = 0.046."""
    found = BY_HAND.sarlin(0.85)
    assert found == Usefulness(pytest.approx(0.126 - 0.046), pytest.approx(0.080 / 0.126))


def test_never_and_always_warning_gain_nothing_or_less() -> None:
    for never_or_always in (Counts(0, 0, 16, 84), Counts(16, 84, 0, 0)):
        useful = never_or_always.sarlin(0.85)
        assert useful and useful.absolute <= 1e-12
    assert Counts(0, 0, 0, 9).sarlin(0.85) is None and Counts(0, 0, 0, 9).type_1 is None


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=80), st.floats(0.1, 0.9))
def test_the_two_ways_to_usefulness_agree(pairs: list[tuple[bool, bool]], mu: float) -> None:
    alarms, events = (np.array(column) for column in zip(*pairs, strict=True))
    one = counted(alarms, events.astype(float)).sarlin(mu)
    other = relative_usefulness(alarms[:, None], events.astype(float), mu)[0]
    assert (one is None) == bool(np.isnan(other))
    assert one is None or one.relative == pytest.approx(other)


def test_the_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    readings, events = np.array([3.0, 1.0, 2.0, 2.0, 0.0]), np.array([1.0, 0.0, 1.0, 0.0, 0.0])
    found = auroc(readings, events, Resampling(resamples=50), 0.9)
    assert found and found.point == pytest.approx((3 + 2.5) / 6) and found.low <= found.point <= found.high


def test_the_interval_of_the_auroc_holds_chance_where_there_is_only_chance_and_narrows_with_skill() -> None:
    dice = np.random.default_rng(4)
    events = (dice.random(400) < 0.2).astype(float)
    chance = auroc(dice.normal(size=400), events, Resampling(block=12), 0.9)
    skill = auroc(events + dice.normal(scale=0.5, size=400), events, Resampling(block=12), 0.9)
    assert chance and chance.low < 0.5 < chance.high
    assert skill and skill.low > 0.8
    assert auroc(dice.normal(size=9), np.zeros(9), Resampling(), 0.9) is None


def test_episodes_count_runs_and_the_lead_of_the_first_alarm_in_them() -> None:
    events = np.array([0, 1, 1, 1, 0, 0, 1, 0, 0, 0], dtype=float)
    alarms = np.array([0, 0, 1, 1, 0, 0, 0, 0, 1, 1]) > 0
    found = episodes(alarms, events, 3)
    assert (found.events, found.caught, found.missed, found.lead, found.false_runs) == (2, 1, 1, 2.0, 1)
