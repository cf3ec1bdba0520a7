"""Two years told apart: another guideline is no performance, what one year lacks is not compared, and all of it adds up."""

import pytest
from hypothesis import given as drawn_from
from hypothesis import settings
from hypothesis import strategies as st

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.inventory.compared import by_enterprise, compared, joined
from touchstone.calc.carbon.inventory.inventory import by_method
from touchstone.errors import UnusableDeclaration
from touchstone.publish.carbon.said import gaps_said

from .works import ALWAYS, account, group, node, year

TAKEN_UP = f"{ALWAYS}, cn-cets-2024-al = 2024-01-01"
EDITIONS = group(
    methods=TAKEN_UP, options='anode = "gross-and-loss", pfc = "default"', top="data_years = { 2024 = 2023 }"
)
METAL, ANODES, LIMESTONE = ("aluminium.liquid", 10000, "t"), ("anode", 4950, "t"), ("limestone", 100, "t")
DIESEL, HEAT = ("diesel", 20, "t"), ("heat", 900, "GJ")


def test_the_same_plant_with_the_same_data_under_another_guideline_changes_by_method_and_gwp_alone() -> None:
    same = (METAL, ANODES, LIMESTONE, DIESEL)
    found, before, after = compared(
        account(EDITIONS, [*year(2023, *same), *year(2024, *same)]), "2023", "2024"
    )
    by_hand = 12 * (
        float(4950) * (1 - 0.1518) * (1 - 0.02 - 0.004) * 44 / 12
        - 10000 * 0.42 * (1 - 0.02 - 0.004) * 44 / 12
    )
    assert found.effects["method"] == pytest.approx(by_hand - 12 * 100 * 0.405, abs=0.01), (
        "limestone is no longer counted"
    )
    assert found.effects["gwp"] == pytest.approx(
        12 * 10000 * (0.034 * (6630 - 6500) + 0.0034 * (11100 - 9200)) / 1000
    )
    assert (found.effects["activity"], found.effects["intensity"], found.effects["factor"]) == pytest.approx(
        (0, 0, 0), abs=1e-6
    )
    assert (before.set, after.set) == ("SAR", "AR5")


def test_four_percent_more_of_everything_under_another_guideline_is_activity_and_no_intensity() -> None:
    rows = (METAL, ANODES, LIMESTONE, DIESEL)
    more = [(item, value * 1.04, unit) for item, value, unit in rows]
    found, _, _ = compared(account(EDITIONS, [*year(2023, *rows), *year(2024, *more)]), "2023", "2024")
    assert found.effects["intensity"] == pytest.approx(0, abs=1e-6)
    own = found.comparable_after - found.comparable_before - found.effects["gwp"]
    assert found.effects["activity"] == pytest.approx(own)
    assert found.effects["activity"] > 0.035 * found.comparable_before


def test_where_the_earlier_year_has_not_measured_what_the_later_guideline_asks_for_the_later_year_is_taken_back() -> (
    None
):
    """2023 states net consumption of anodes, 2024 gross anodes: the guideline of 2013 takes its default for 2024."""
    net = ("anode", "0.41", "t/t", "consumption")
    found, _, _ = compared(
        account(EDITIONS, [*year(2023, METAL, net), *year(2024, METAL, ANODES)]), "2023", "2024"
    )
    assert found.effects["factor"] == pytest.approx(
        12 * 10000 * (0.42 - 0.41) * (1 - 0.024) * 44 / 12, rel=0.05
    ), "0.41 measured, and 0.42 by default, by one edition: what a tonne of metal gives off"
    assert found.effects["activity"] == pytest.approx(0, abs=1e-6)
    assert found.comparable_before > 0.9 * found.before


ROW = st.sampled_from([METAL, ANODES, LIMESTONE, DIESEL, ("electricity.grid", 135000, "MWh"), ("anode", "0.4", "t/t", "consumption"),
                       ("natural-gas", 50, "1e4 Nm3"), ("aluminium.liquid", 0, "t"), ("heat", 900, "GJ")])  # fmt: skip
ANODE = st.sampled_from(["gross-and-loss", "net-per-tonne", "draft"])


@settings(max_examples=40, deadline=None)
@drawn_from(
    st.lists(ROW, min_size=1, max_size=6, unique_by=lambda row: (row[0], len(row))), ANODE, st.booleans()
)
def test_identical_data_under_another_guideline_have_neither_activity_nor_intensity(
    rows: list[tuple[object, ...]], anode: str, reported: bool
) -> None:
    """Whatever is stated, and whatever the new guideline does not count, or cannot."""
    options = f'anode = "{anode}", pfc = "default"'
    text = group(methods=TAKEN_UP, options=options, top="data_years = { 2024 = 2023 }")
    boundary = "enterprise" if reported else "direct"
    both = account(
        text,
        [*year(2023, *rows, months=(3,)), *year(2024, *rows, months=(3,))],
        boundary=boundary,
        asked_set="AR5",
    )
    if not all(any(line.month[:4] == when for line in both.lines) for when in ("2023", "2024")):
        with pytest.raises(UnusableDeclaration, match="INVENTORY-004"):
            compared(both, "2023", "2024")
        return
    found, before, after = compared(both, "2023", "2024")
    assert (found.effects["activity"], found.effects["intensity"]) == pytest.approx((0, 0), abs=1e-9)
    assert sum(found.effects.values()) == pytest.approx(float(after.total) - float(before.total), abs=1e-6)


def test_a_year_without_data_is_refused_and_never_compared_as_zero() -> None:
    only = account(group(), year(2023, METAL, DIESEL))
    for years in (("2022", "2023"), ("2023", "2024")):
        with pytest.raises(UnusableDeclaration, match="INVENTORY-004"):
            compared(only, *years)


def test_months_of_a_unit_without_data_in_one_year_are_named_and_left_out_of_the_comparable_basis() -> None:
    units = group(node("line"), node("other"))
    stated = [
        *year(2022, METAL),
        *year(2023, METAL, months=range(1, 7)),
        *year(2023, METAL, unit="other"),
        *year(2022, DIESEL, unit="other", months=(1,)),
    ]
    found, before, after = compared(account(units, stated), "2022", "2023")
    assert found.lacking_after == tuple(f"line {month:02}" for month in range(7, 13))
    assert found.lacking_before == tuple(f"other {month:02}" for month in range(2, 13))
    assert found.comparable_before == pytest.approx(float(before.total) / 2, rel=0.01), "half a year of line"
    assert sum(found.effects.values()) == pytest.approx(float(after.total - before.total))
    told = list(gaps_said(found, ("2022", "2023"), str.upper, "en"))
    assert told == ["2022 lacks, so not compared: OTHER · 02–12", "2023 lacks, so not compared: LINE · 07–12"]
    assert "2023年缺，未比较：LINE · 07–12" in list(gaps_said(found, ("2022", "2023"), str.upper, "zh"))
    assert found.effects["gap"] == pytest.approx(
        found.comparable_before - float(before.total) + float(after.total) - found.comparable_after
    )


def test_what_is_stated_in_both_years_and_has_no_factor_in_one_is_no_better_intensity() -> None:
    """Grid factors of 2024 are not in the library: the electricity of 2024 is missing, not saved."""
    power = ("electricity.grid", 135000, "MWh")
    bought = group(methods='cn-energy = "always"')
    found, _, _ = compared(
        account(bought, [*year(2022, power, HEAT), *year(2024, power, HEAT)]), "2022", "2024"
    )
    assert found.after < found.before / 100
    assert found.effects["intensity"] == found.effects["activity"] == 0
    assert found.effects["gap"] == pytest.approx(found.after - found.before)
    assert found.lacking_after == tuple(f"line {month:02} electricity.grid" for month in range(1, 13))


def test_a_fuel_that_was_given_up_is_still_performance() -> None:
    found, _, _ = compared(account(group(), [*year(2022, METAL, DIESEL), *year(2023, METAL)]), "2022", "2023")
    assert found.effects["intensity"] == pytest.approx(found.after - found.before)
    assert found.effects["gap"] == 0 and [name for name, _ in found.steps] == [
        "perimeter",
        "method",
        "activity",
        "intensity",
        "factor",
        "gwp",
    ]


@pytest.mark.parametrize("asked", [{}, {"group": "group"}])
def test_what_is_stated_outside_the_life_of_a_unit_counts_nowhere_and_is_told(asked: dict[str, str]) -> None:
    closed = group(node("line", extra="until = 2023-06-30"))
    both = account(closed, [*year(2022, DIESEL), *year(2023, DIESEL)], **asked)
    found, before, after = compared(both, "2022", "2023")
    assert float(after.total) == pytest.approx(float(before.total) / 2)
    assert (found.before, found.after) == pytest.approx((float(before.total), float(after.total)))
    assert [each.month for each in after.missing] == [f"2023-{month:02}" for month in range(7, 13)]
    assert "2023-06-30" in after.missing[0].why.en and "2023-06-30" in after.missing[0].why.zh
    assert after.missing[0].facts and not before.missing
    assert joined(by_enterprise(before, after)).effects == pytest.approx(found.effects)


def test_a_month_before_a_guideline_is_in_force_can_be_looked_at_by_it() -> None:
    """What another edition would have said of the same data, on the page and the command of methods."""
    before = account(EDITIONS, year(2023, METAL, ANODES, months=(3,)))
    later = before.methods["cn-cets-2024-al"]
    found = by_method(before.organisation, "line", before.entries, before.library, later, "2023-03")
    assert {line.method for line in found.lines} == {later.key} and later.valid_from


SUPPLIED = """
[[transfer]]
item = "heat"
maker = "boiler"
user = "press"
{days}
"""


def with_boiler(days: str = "since = 2023-01-01") -> str:
    return group(
        node("boiler", "power"),
        node("press", "aluminium.processed"),
        more=SUPPLIED.format(days=days),
        options='pfc = "default"',
    )


def stated_by_both(number: int, *, boiler: bool = True) -> list[Entry]:
    press = year(number, ("aluminium.processed", 100, "t"), ("heat", 5000, "GJ"), unit="press", months=[3])
    return [*press, *(year(number, ("anthracite", 1000, "t"), unit="boiler", months=[3]) if boiler else [])]


def test_a_transfer_that_begins_is_perimeter_and_no_gap_of_the_data() -> None:
    """The same data in both years; from 2023 on the press is declared to take the heat of the boiler: 5,000 GJ at 0.11 t."""
    found, _, _ = compared(
        account(with_boiler(), [*stated_by_both(2022), *stated_by_both(2023)]), "2022", "2023"
    )
    effects = {name: round(size, 6) for name, size in found.effects.items() if abs(size) > 1e-6}
    assert effects == {"perimeter": -550}
    assert not found.lacking_before and not found.lacking_after
    assert found.comparable_before == pytest.approx(found.comparable_after)


def test_a_transfer_that_ends_is_perimeter_too() -> None:
    text = with_boiler("until = 2022-12-31")
    found, _, _ = compared(account(text, [*stated_by_both(2022), *stated_by_both(2023)]), "2022", "2023")
    assert found.effects["perimeter"] == pytest.approx(550) and found.effects["gap"] == 0


def test_heat_that_the_own_boiler_makes_from_now_on_was_not_left_out_by_anybody() -> None:
    entries = [
        *stated_by_both(2022, boiler=False),
        *year(2022, ("anthracite", 0, "t"), unit="boiler", months=[3]),
        *stated_by_both(2023),
    ]
    found, _, _ = compared(account(with_boiler(""), entries), "2022", "2023")
    assert not found.lacking_before and not found.lacking_after and found.effects["gap"] == 0
    assert sum(found.effects.values()) == pytest.approx(found.after - found.before)


def test_fewer_anodes_for_a_tonne_of_metal_is_intensity_and_no_factor() -> None:
    """Net consumption measured: 0.42 t/t in 2022, 0.40 in 2023; the same metal."""
    entries = [
        *year(2022, ("aluminium.liquid", 1000, "t"), ("anode", "0.42", "t/t", "consumption")),
        *year(2023, ("aluminium.liquid", 1000, "t"), ("anode", "0.40", "t/t", "consumption")),
    ]
    found, _, _ = compared(account(group(options='pfc = "default"'), entries), "2022", "2023")
    assert (
        found.effects["intensity"] == pytest.approx(found.after - found.before) and found.after < found.before
    )
    assert found.effects["factor"] == pytest.approx(0, abs=1e-6)


@drawn_from(
    st.integers(1, 100),
    st.integers(1, 100),
    st.sampled_from(["", "since = 2023-01-01", "until = 2022-12-31"]),
)
@settings(max_examples=25, deadline=None)
def test_what_is_sold_or_newly_linked_is_never_performance(was: int, now: int, days: str) -> None:
    """The same data in both years; shares of the group in the works and transfers change."""
    held = "".join(
        f'[[holding]]\nowner = "group"\nowned = "boiler"\nshare = "{share} %"\ncontrols = true\n{when}\n'
        for share, when in ((was, "until = 2022-12-31"), (now, "since = 2023-01-01"))
    )
    entries = [*stated_by_both(2022), *stated_by_both(2023)]
    asked = account(with_boiler(days) + held, entries, group="group", approach="equity")
    found, _, _ = compared(asked, "2022", "2023")
    assert found.effects["perimeter"] == pytest.approx(found.after - found.before)
    assert all(abs(size) < 1e-6 for name, size in found.effects.items() if name != "perimeter")


@pytest.mark.parametrize("diesel", [0, 1])
def test_heat_whose_boiler_did_not_state_its_fuel_is_not_compared_and_is_no_intensity_of_its_user(
    diesel: int,
) -> None:
    """2023 states nothing at the boiler, or a kilogram of diesel: the 550 t of heat that counts as bought is for want of its coal."""
    few = year(2023, ("diesel", "0.001", "t"), unit="boiler", months=[3]) if diesel else []
    entries = [*stated_by_both(2022), *stated_by_both(2023, boiler=False), *few]
    found, _, last = compared(account(with_boiler(""), entries), "2022", "2023")
    assert "press 03 heat" in found.lacking_after and not found.lacking_before
    assert ("boiler 03" in found.lacking_after) == (not diesel)
    boiler = found.before if diesel else 0
    assert found.effects["intensity"] + found.effects["activity"] == pytest.approx(-boiler, abs=0.01)
    assert found.effects["gap"] == pytest.approx(found.after - found.before + boiler, abs=0.01)
    assert [each.unit for each in last.missing if each.item == "heat"] == ["boiler"]
    back, _, _ = compared(account(with_boiler(""), entries), "2023", "2022")
    assert "press 03 heat" in back.lacking_before and not back.lacking_after


@pytest.mark.parametrize(("joined_on", "rest"), [("2025-01-01", 12), ("2025-07-01", 6)])
def test_a_unit_that_joins_the_scheme_is_perimeter_and_lacks_nothing(joined_on: str, rest: int) -> None:
    """The same metal in both years; the second line is in the scheme from a day of 2025 on."""
    text = group(
        node("line"),
        node("second", extra=f"trading = {joined_on}"),
        methods='cn-cets-2024-al = "always"',
        options='pfc = "default", anode = "net-per-tonne"',
    )
    entries = [
        each
        for unit in ("line", "second")
        for of in (2024, 2025)
        for each in year(of, ("aluminium.liquid", 1000, "t"), ("diesel", 10, "t"), unit=unit)
    ]
    found, first, last = compared(account(text, entries, boundary="trading"), "2024", "2025")
    effects = {name: size for name, size in found.effects.items() if abs(size) > 1e-6}
    assert effects == {"perimeter": pytest.approx(found.after - found.before)}
    assert found.before * rest / 12 == pytest.approx(effects["perimeter"])
    assert not found.lacking_before and not found.lacking_after
    together = joined(by_enterprise(first, last))
    assert together.effects == {name: pytest.approx(size) for name, size in found.effects.items()}


def test_a_guideline_of_the_scheme_taken_up_within_a_year_brings_its_plant_inside_and_is_perimeter() -> None:
    text = group(
        methods=f"{ALWAYS}, cn-cets-2024-al = 2024-07-01", options='pfc = "default", anode = "net-per-tonne"'
    )
    entries = [*year(2024, METAL, DIESEL), *year(2025, METAL, DIESEL)]
    found, _, _ = compared(account(text, entries, boundary="trading"), "2024", "2025")
    assert found.effects["perimeter"] == pytest.approx(found.before) and found.effects["gap"] == 0
