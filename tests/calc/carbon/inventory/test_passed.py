"""What own power, heat and anodes emit goes to the products they were made for, and the sum of everything stays what it is."""

from fractions import Fraction

import pytest

from touchstone.calc.carbon.inventory.account import Account
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
