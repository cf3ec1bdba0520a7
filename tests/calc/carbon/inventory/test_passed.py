"""What own power, heat and anodes emit goes to the products they were made for, and the sum of everything stays what it is."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.balanced import balanced
from touchstone.calc.carbon.inventory.passed import passed
from touchstone.calc.carbon.inventory.performed import performed
from touchstone.publish.carbon.said import performance_said

from .works import account, group, node, year

PLANT = node("plant", "power", 'sector = "power"\nmethods = { cn-power = "always" }')
COAL = ("bituminous-coal", 50000, "t")
METAL = ("aluminium.liquid", 10000, "t")


def transfer(item: str, maker: str, user: str) -> str:
    return f'[[transfer]]\nitem = "{item}"\nmaker = "{maker}"\nuser = "{user}"\n\n'


def emitted(of: Account, unit: str) -> Fraction:
    return sum((of.weighed(line) for line in of.lines if line.unit == unit), Fraction(0))


def test_a_smelter_with_its_own_power_shows_what_a_tonne_of_metal_emits_with_and_without_it() -> None:
    text = group(node("line"), PLANT, more=transfer("electricity.own", "plant", "line"))
    entries = [
        *year(2023, METAL, ("electricity.own", 120000, "MWh")),
        *year(2023, COAL, ("power", 150000, "MWh"), unit="plant"),
    ]
    of = account(text, entries, year="2023")
    metal = next(each for each in performed(of).intensities if each.item == "aluminium.liquid")
    assert metal.passed == emitted(of, "plant") * Fraction(120000, 150000), (
        "a fifth was not taken by anybody inside"
    )
    assert metal.full == (emitted(of, "line") + metal.passed) / 120000
    alone = account(text, entries, year="2023", node="line")
    assert (
        next(each for each in performed(alone).intensities if each.item == "aluminium.liquid").full
        == metal.full
    )
    for lang, said in (("zh", "连同内部转入"), ("en", "that transfers brought")):
        assert any(said in each for each in performance_said(of, performed(of), lang))


def test_power_and_heat_of_one_boiler_share_its_coal_by_their_energy() -> None:
    text = group(
        node("line"), node("refinery", "alumina", 'sector = "alumina"\nmethods = { cn-energy = "always" }'), PLANT,
        more=transfer("electricity.own", "plant", "line") + transfer("heat", "plant", "refinery"),
    )  # fmt: skip
    entries = [
        *year(2023, METAL, ("electricity.own", 100, "MWh")), *year(2023, ("alumina", 9000, "t"), ("heat", 640, "GJ"), unit="refinery"),
        *year(2023, COAL, ("power", 100, "MWh"), ("heat.supplied", 640, "GJ"), unit="plant"),
    ]  # fmt: skip
    of = account(text, entries, year="2023")
    found = passed(of).sizes
    month = emitted(of, "plant") / 12
    assert found["line", "2023-05"] == month * Fraction(360, 1000)
    assert found["refinery", "2023-05"] == month * Fraction(640, 1000)


def test_power_goes_with_the_anodes_it_baked_and_a_circle_passes_nothing_back() -> None:
    shop = node(
        "shop",
        "anode",
        'sector = "anode"\nmethods = { cn-ndrc-2015-nonferrous = "always" }',
    )
    chain = transfer("electricity.own", "plant", "shop") + transfer("anode", "shop", "line")
    entries = [
        *year(2023, METAL, ("anode", 500, "t")), *year(2023, ("anode", 1000, "t"), ("electricity.own", 50, "MWh"), ("diesel", 30, "t"), unit="shop"),
        *year(2023, COAL, ("power", 100, "MWh"), unit="plant"),
    ]  # fmt: skip
    of = account(group(node("line"), shop, PLANT, more=chain), entries, year="2023")
    by_hand = (emitted(of, "shop") + emitted(of, "plant") / 2) / 2
    assert sum(size for (unit, _), size in passed(of).sizes.items() if unit == "line") == by_hand
    circle = account(
        group(node("line"), shop, PLANT, more=chain + transfer("anode", "shop", "plant")),
        entries,
        year="2023",
    )
    assert passed(circle).sizes == passed(of).sizes


def test_heat_of_the_own_boiler_is_in_the_full_intensity_once_whoever_is_asked() -> None:
    """The refinery by itself buys heat; with its boiler it burns coal."""
    text = group(
        node("refinery", "alumina", 'sector = "alumina"\nmethods = { cn-energy = "always" }'),
        PLANT,
        more=transfer("heat", "plant", "refinery"),
    )
    entries = [
        *year(2023, ("alumina", 9000, "t"), ("heat", 640, "GJ"), unit="refinery"),
        *year(2023, COAL, ("heat.supplied", 640, "GJ"), unit="plant"),
    ]
    whole, alone = (account(text, entries, year="2023", node=of) for of in ("", "refinery"))
    of_both = [
        next(each for each in performed(of).intensities if each.item == "alumina") for of in (whole, alone)
    ]
    assert of_both[0].full == of_both[1].full == emitted(whole, "plant") / (12 * 9000)
    assert of_both[0].value == 0 and of_both[1].value > 0


@pytest.mark.parametrize("taken", [("electricity.own", 0, "MWh"), None])
def test_without_a_transfer_or_without_use_nothing_is_passed(taken: tuple[str, int, str] | None) -> None:
    more = transfer("electricity.own", "plant", "line") if taken else ""
    rows = (METAL, taken) if taken else (METAL, ("electricity.own", 100, "MWh"))
    entries = [*year(2023, *rows), *year(2023, COAL, ("power", 100, "MWh"), unit="plant")]
    of = account(group(node("line"), PLANT, more=more), entries, year="2023")
    assert passed(of).sizes == {}
    assert all(each.full == each.value for each in performed(of).intensities)


REFINERY = node("refinery", "alumina", 'sector = "alumina"\nmethods = { cn-energy = "always" }')


@pytest.mark.parametrize("maker", ["plant", "works"])
def test_a_transfer_that_names_the_works_passes_on_what_its_boiler_burnt(maker: str) -> None:
    text = group(REFINERY, PLANT, more=transfer("heat", maker, "refinery"))
    entries = [
        *year(2023, ("alumina", 9000, "t"), ("heat", 500, "GJ"), unit="refinery"),
        *year(2023, COAL, ("heat.supplied", 20000, "GJ"), unit="plant"),
    ]
    of = account(text, entries, year="2023")
    assert sum(passed(of).sizes.values()) == emitted(of, "plant") * Fraction(500, 20000)
    assert not passed(of).unknown


@pytest.mark.parametrize(("item", "unit"), [("heat", "GJ"), ("electricity.own", "MWh")])
def test_a_boiler_that_states_no_output_passes_nothing_and_says_why(item: str, unit: str) -> None:
    text = group(REFINERY, PLANT, more=transfer(item, "plant", "refinery"))
    entries = [
        *year(2023, ("alumina", 9000, "t"), (item, 500, unit), unit="refinery"),
        *year(2023, COAL, unit="plant"),
    ]
    of = account(text, entries, year="2023")
    assert passed(of).sizes == {}
    [(product, (said,))] = passed(of).unknown.items()
    assert product == "alumina" and [
        each.known for each in performed(of).intensities if each.item == product
    ] == [False]
    assert "plant states no" in said.en and "plant没有填报" in said.zh
    assert any(said.en in each for each in performance_said(of, performed(of), "en"))


def test_a_smelter_with_a_boiler_inside_keeps_its_emissions_and_the_press_is_told_that_no_split_is_known() -> (
    None
):
    """Liquid aluminium 1,000 t and 500 GJ of heat of one unit: what of its coal was for the heat nobody said."""
    text = group(
        node("line"),
        node("press", "aluminium.processed"),
        more=transfer("heat", "line", "press"),
        options='pfc = "default"',
    )
    making = [
        *year(2023, ("aluminium.liquid", 1000, "t"), ("anthracite", 100, "t"), ("heat.supplied", 500, "GJ")),
        *year(2023, ("aluminium.processed", 100, "t"), ("heat", 500, "GJ"), unit="press"),
    ]
    of = account(text, making, year="2023")
    metal, pressed = performed(of).intensities
    assert not passed(of).sizes and metal.known and metal.full * metal.amount == of.total
    assert not pressed.known
    [(product, (said,))] = passed(of).unknown.items()
    assert product == "aluminium.processed" and "no split is known" in said.en
    still = [each if each.item != "aluminium.liquid" else replace(each, value=Decimal(0)) for each in making]
    idle = account(text, still, year="2023")
    assert sum(passed(idle).sizes.values()) == emitted(idle, "line"), (
        "all that it made in these months was heat"
    )


def test_boilers_that_warm_each_other_share_what_they_burnt_and_double_nothing() -> None:
    """Of 900 GJ the second takes 300 and the refinery 500; of 600 GJ (it gave 700) the first takes 200 and the refinery 500.

    With e burnt by each: x1 = e + 2/7 x2, x2 = e + 1/3 x1, so x1 = 27/19 e and x2 = 28/19 e; the refinery has 5/9 x1 + 5/7 x2 = 35/19 e.
    """
    rows = {"one": (900, 200), "two": (600, 300)}
    units = [node(each, "power", 'methods = { cn-power = "always" }') for each in rows]
    ways = (("one", "two"), ("two", "one"), ("one", "refinery"), ("two", "refinery"))
    text = group(
        node("refinery", "alumina", 'methods = { cn-energy = "always" }'),
        *units,
        more="".join(transfer("heat", maker, user) for maker, user in ways),
    )
    entries = year(2023, ("alumina", 90, "t"), ("heat", 1000, "GJ"), unit="refinery")
    for unit, (supplied, took) in rows.items():
        entries += year(
            2023, ("heat.supplied", supplied, "GJ"), ("heat", took, "GJ"), ("bituminous-coal", 100, "t"), unit=unit
        )  # fmt: skip
    of = account(text, entries, year="2023")
    [alumina] = [each for each in performed(of).intensities if each.item == "alumina"]
    assert alumina.full * alumina.amount == emitted(of, "one") * Fraction(35, 19)


def test_a_circle_that_nothing_leaves_has_no_split_and_says_so() -> None:
    units = [node(each, "power", 'methods = { cn-power = "always" }') for each in ("one", "two")]
    text = group(*units, more=transfer("heat", "one", "two") + transfer("heat", "two", "one"))
    entries = [
        each
        for unit in ("one", "two")
        for each in year(2023, ("heat.supplied", 50, "GJ"), ("heat", 50, "GJ"), COAL, ("power", 0, "MWh"), unit=unit)
    ]  # fmt: skip
    of = account(text, entries, year="2023")
    assert not passed(of).sizes
    assert "nothing leaves the circle" in passed(of).unknown["power"][0].en


UNITS = ("a", "b", "c", "d")
FRACTIONS = st.fractions(0, 1, max_denominator=9)


@given(
    st.lists(st.integers(0, 90), min_size=4, max_size=4),
    st.lists(FRACTIONS, min_size=16, max_size=16),
    FRACTIONS,
)
def test_what_units_have_less_what_they_pass_on_is_what_was_emitted_in_circles_too(
    own: list[int], drawn: list[Fraction], passed_on: Fraction
) -> None:
    """Each of four passes a part below one of what it has to the others, itself left out."""
    parts: dict[str, dict[str, Fraction]] = {unit: {} for unit in UNITS}
    for place, maker in enumerate(UNITS):
        row = drawn[4 * place : 4 * place + 4]
        whole = sum(size for user, size in zip(UNITS, row, strict=True) if user != maker)
        for user, size in zip(UNITS, row, strict=True):
            if size and user != maker:
                parts[user][maker] = size / whole * passed_on * Fraction(9, 10)
    emissions = {unit: Fraction(size) for unit, size in zip(UNITS, own, strict=True)}
    found, closed = balanced(emissions, parts)
    assert not closed and all(found[unit] >= emissions[unit] for unit in UNITS)
    for unit in UNITS:
        assert found[unit] == emissions[unit] + sum(
            part * found[maker] for maker, part in parts[unit].items()
        )
    given_away = {maker: sum(parts[user].get(maker, Fraction(0)) for user in UNITS) for maker in UNITS}
    assert sum(found[unit] * (1 - given_away[unit]) for unit in UNITS) == sum(emissions.values())


HEATS = st.integers(0, 900)


@given(
    st.lists(st.tuples(HEATS, HEATS, st.integers(0, 90)), min_size=3, max_size=3),
    st.lists(st.sampled_from(["", "alumina", "aluminium.processed", "power"]), min_size=3, max_size=3),
    st.sets(st.sampled_from([(x, y) for x in "abc" for y in "abc" if x != y])),
)
@settings(max_examples=60, deadline=None)
def test_no_product_has_more_than_was_emitted_and_goods_together_never_more(
    rows: list[tuple[int, int, int]], products: list[str], ways: set[tuple[str, str]]
) -> None:
    """Three units that supply each other heat, whatever they make; only finished goods are added up."""
    units = [
        node(key, product, 'methods = { cn-energy = "always", cn-power = "always" }')
        for key, product in zip("abc", products, strict=True)
    ]
    text = group(*units, more="".join(transfer("heat", *way) for way in sorted(ways)))
    entries = []
    for key, product, (supplied, took, coal) in zip("abc", products, rows, strict=True):
        entries += year(2023, ("heat.supplied", supplied, "GJ"), ("heat", took, "GJ"), ("bituminous-coal", coal, "t"), unit=key, months=[3])  # fmt: skip
        if product:
            entries += year(2023, (product, 10, "MWh" if product == "power" else "t"), unit=key, months=[3])
    of = account(text, entries, year="2023")
    known = [each for each in performed(of).intensities if each.known and each.item != "power"]
    assert sum(each.full * each.amount for each in known) <= of.total
    assert all(each.full >= each.value for each in performed(of).intensities)
