"""Heat that is sold is taken off the heat that was bought, and what cannot be counted is told."""

from fractions import Fraction

import pytest

from touchstone.calc.carbon.factors.reference import items, over
from touchstone.calc.carbon.method import Method
from touchstone.calc.carbon.methods.method_file import methods

from .works import account, group, node, stated

WITH_HEAT = [each for each in methods().values() if any("heat.sold" in term.over for term in each.terms)]


@pytest.mark.parametrize("method", WITH_HEAT, ids=lambda each: each.key)
def test_of_the_heat_that_was_bought_only_what_was_not_sold_counts(method: Method) -> None:
    """100,000 GJ bought and 40,000 sold at 0.11 t/GJ are 6,600 t."""
    made = next((each for each in method.products if each in items()), "aluminium.liquid")
    options = ", ".join(f'{option.key} = "{option.choices[0].key}"' for option in method.options)
    text = group(node("line", made), methods=f'"{method.key}" = "always"', options=options)
    day = max(method.valid_from.year if method.valid_from else 0, 2024)
    entries = [
        stated("line", f"{day}-03", "heat", 100000, "GJ"),
        stated("line", f"{day}-03", "heat.sold", 40000, "GJ"),
    ]
    found = account(text, entries, year=str(day), asked_set="AR5")
    assert {(each.item, found.weighed(each)) for each in found.lines} == {
        ("heat", 11000),
        ("heat.sold", -4400),
    }
    assert found.total == 6600


def test_a_word_that_names_an_item_means_that_item_and_no_other_of_its_kind() -> None:
    assert over(("heat",)) == ("heat",) and "heat.sold" not in over(("heat",))
    assert {"anthracite", "diesel"} < set(over(("fuel",))) and over(("fuel", "heat"))[-1] == "heat"
    assert len(WITH_HEAT) == 6


def test_fuel_in_a_unit_that_cannot_be_turned_into_that_of_its_factor_is_told() -> None:
    """Documents print gas in m3 of no stated condition: it is no standard cubic metre, and not nothing either."""
    found = account(group(), [stated("line", "2023-03", "natural-gas", 10000, "m3")], year="2023")
    assert found.total == Fraction(0)
    [missing] = found.missing
    assert missing.item == "natural-gas" and "m3" in missing.why.en and missing.why.zh
