"""Totals by whatever is asked for, exactly the sum of their parts; differences split without a rest; ranges of both approaches."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.inventory.change import EFFECTS, Part, Use, change
from touchstone.calc.carbon.inventory.lines import lines_of
from touchstone.calc.carbon.inventory.uncertainty import Doubt, by_derivatives, by_draws, stream
from touchstone.calc.carbon.inventory.view import DIRECT, totals
from touchstone.calc.carbon.line import Input, Line
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.facts.text import Text

from .made import SMELTER, entry, plant

WHERE = {"s1": {"enterprise": "yn", "province": "CN-53"}, "s2": {"enterprise": "xj", "province": "CN-65"}}


def lines() -> list[Line]:
    second = plant("s2", "CN-65")
    found: list[Line] = []
    for month in ("2022-03", "2022-04", "2023-03"):
        for at in (SMELTER, second):
            found += lines_of(
                at,
                [
                    entry("aluminium.liquid", "10000", "t", month=month, plant=at.key),
                    entry("anthracite", "1200.5", "t", month=month, plant=at.key),
                    entry("electricity.grid", "135000", "MWh", month=month, plant=at.key),
                ],
                library(),
                methods(),
            ).lines
    return found


@pytest.mark.parametrize(
    "by", [("unit",), ("enterprise", "month"), ("province",), ("year", "gas"), ("scope", "term"), ("item",)]
)
def test_a_total_is_exactly_the_sum_of_its_parts_at_every_level(by: tuple[str, ...]) -> None:
    every = lines()
    [grand] = totals(every, (), library(), "AR5", where=WHERE)
    assert (
        sum((each.total for each in totals(every, by, library(), "AR5", where=WHERE)), Fraction(0))
        == grand.total
    )


def test_direct_emissions_are_those_of_scope_1() -> None:
    every = lines()
    direct = totals(every, ("scope",), library(), "AR5", boundary=DIRECT)
    assert [each.key for each in direct] == [("1",)]
    scopes = {each.key: each.total for each in totals(every, ("scope",), library(), "AR5")}
    assert direct[0].total == scopes["1",] and scopes["2",] > 0


def test_gases_are_kept_as_masses_and_weighed_by_the_set_asked_for() -> None:
    every = [each for each in lines() if each.gas == "CF4"]
    sar, ar5 = (totals(every, (), library(), name)[0] for name in ("SAR", "AR5"))
    assert (
        sar.masses == ar5.masses
        and sar.total == sar.masses["CF4"] * 6500
        and ar5.total == ar5.masses["CF4"] * 6630
    )


def test_a_share_counts_that_part_of_every_gas() -> None:
    every = lines()
    half = totals(
        every, (), library(), "AR5", part=lambda line: Fraction(1, 2) if line.unit == "s1" else Fraction(0)
    )
    whole = totals([each for each in every if each.unit == "s1"], (), library(), "AR5")
    assert half[0].total * 2 == whole[0].total


def part(share: float, output: float, **uses: tuple[float, float, float]) -> Part:
    return Part(
        share,
        output,
        {(name, name, "CO2"): Use(*use) for name, use in uses.items()},
        frozenset(("metal", *uses)),
    )


def test_by_hand_twice_the_output_at_the_same_intensity_is_activity_alone() -> None:
    found = change({"u": part(1, 100, coal=(260, 100, 1))}, {"u": part(1, 200, coal=(520, 200, 1))})
    assert found.effects == pytest.approx(
        {"perimeter": 0, "gap": 0, "method": 0, "activity": 260, "intensity": 0, "factor": 0, "gwp": 0}
    )


def test_by_hand_another_factor_and_another_set_are_told_apart_from_less_fuel() -> None:
    found = change({"u": part(1, 100, coal=(260, 100, 1))}, {"u": part(1, 100, coal=(200, 80, 2))})
    mean = (400 - 260) / log(400 / 260)
    assert found.effects["intensity"] == pytest.approx(mean * log(0.8))
    assert found.effects["factor"] == pytest.approx(mean * log((200 / 80) / 2.6))
    assert found.effects["gwp"] == pytest.approx(mean * log(2))
    assert found.effects["activity"] == 0


parts = st.builds(
    lambda share, output, coal, gas, kept, stated: replace(
        whole := part(share, output, coal=coal, gas=gas),
        uses={key: use for key, use in whole.uses.items() if stated and key[0] in kept},
        stated=whole.stated if stated else frozenset(),
    ),
    st.sampled_from([0.3, 0.5, 1.0]),
    st.sampled_from([0.0, 50.0, 80.0]),
    *(st.tuples(st.floats(0, 500), st.floats(0, 300), st.sampled_from([1.0, 28.0])) for _ in range(2)),
    st.sampled_from([("coal", "gas"), ("coal",), ()]),
    st.booleans(),
)


@settings(max_examples=150)
@given(
    st.dictionaries(st.sampled_from("abc"), parts, max_size=3),
    st.dictionaries(st.sampled_from("abc"), parts, max_size=3),
    st.dictionaries(st.sampled_from("abc"), st.tuples(parts, parts), max_size=2),
)
def test_the_effects_add_up_to_the_difference(
    before: Mapping[str, Part], after: Mapping[str, Part], restated: Mapping[str, tuple[Part, Part]]
) -> None:
    found = change(before, after, {key: (was.uses, now.uses) for key, (was, now) in restated.items()})
    assert sum(found.effects.values()) == pytest.approx(
        found.after - found.before, abs=1e-9 + 1e-12 * (found.after + found.before)
    )
    assert tuple(found.effects) == EFFECTS
    own = sum(size for name, size in found.effects.items() if name not in ("perimeter", "gap", "method"))
    assert own == pytest.approx(found.comparable_after - found.comparable_before, abs=1e-6)


@settings(max_examples=80)
@given(st.dictionaries(st.sampled_from("abcd"), parts, min_size=1, max_size=4), st.data())
def test_a_change_of_perimeter_alone_never_appears_as_performance(
    before: dict[str, Part], data: st.DataObject
) -> None:
    """The same units do the same; some are sold, some held to another share."""
    after = {
        key: replace(each, share=data.draw(st.sampled_from([0.1, 0.5, 1.0])))
        for key, each in before.items()
        if data.draw(st.booleans())
    }
    found = change(before, after)
    for name in EFFECTS[1:]:
        assert found.effects[name] == pytest.approx(0, abs=1e-9)
    assert found.comparable_after == pytest.approx(found.comparable_before)


def formulas() -> dict[tuple[str, str], object]:
    return {(m.key, t.key): t.formula for m in methods().values() for t in m.terms}


def narrow(_line: Line, given_: Input) -> Doubt | None:
    value = float(given_.value)
    return Doubt(value * 0.98, value * 1.02, "normal", "test") if value else None


def ones(_line: Line) -> float:
    return 1.0


def test_both_approaches_agree_where_everything_is_nearly_linear() -> None:
    every = [each for each in lines() if each.gas == "CO2"]
    by_slopes = by_derivatives(every, formulas(), narrow, ones)  # type: ignore[arg-type]
    by_worlds = by_draws(every, formulas(), narrow, ones, 4000, 1)  # type: ignore[arg-type]
    assert by_worlds.mean == pytest.approx(by_slopes.mean, rel=0.002)
    assert by_worlds.high - by_worlds.low == pytest.approx(by_slopes.high - by_slopes.low, rel=0.05)
    assert sum(by_slopes.shares.values()) == pytest.approx(1)


def test_a_factor_of_many_lines_is_one_unknown() -> None:
    grid = [each for each in lines() if each.term == "electricity" and each.unit == "s1"]

    def only_factor(_line: Line, given_: Input) -> Doubt | None:
        return narrow(_line, given_) if given_.factor else None

    one = by_derivatives(grid[:1], formulas(), only_factor, ones)  # type: ignore[arg-type]
    same_year = [each for each in grid if each.month.startswith("2022")]
    two = by_derivatives(same_year, formulas(), only_factor, ones)  # type: ignore[arg-type]
    assert (two.high - two.low) == pytest.approx(2 * (one.high - one.low)), (
        "not the root of two: the factor errs once for both"
    )
    worlds = by_draws(same_year, formulas(), only_factor, ones, 3000, 2)  # type: ignore[arg-type]
    assert worlds.high - worlds.low == pytest.approx(two.high - two.low, rel=0.06)


def test_draws_are_the_same_whatever_else_is_drawn_and_settle() -> None:
    first, again = (stream(500, 7, "cf4") for _ in range(2))
    assert (first == again).all()
    assert not (stream(500, 7, "c2f6") == first).any()
    found = by_draws([each for each in lines() if each.gas == "CF4"], formulas(), narrow, ones, 4000, 1)  # type: ignore[arg-type]
    assert found.settled is not None and found.settled < 0.01


def test_an_input_keeps_what_was_printed() -> None:
    got = next(each for each in lines() if each.item == "anthracite").inputs[0]
    assert (got.stated, got.stated_unit, got.value) == (Decimal("1200.5"), "t", Decimal("1200.5"))
    assert isinstance(got.why, Text)
