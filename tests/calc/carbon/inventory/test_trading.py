"""Who is in the trading scheme: by its guideline, unless the organisation says it of the unit."""

import pytest

from touchstone.calc.carbon.methods.method_file import methods
from touchstone.calc.carbon.organisation_file import read_organisation

from .works import account, group, node, year


@pytest.mark.parametrize(
    ("said", "months"),
    [("", 0), ("trading = true", 12), ("trading = 2023-07-01", 6), ("trading = false", 0)],
)
def test_a_captive_power_plant_is_in_the_scheme_if_it_says_so_from_the_day_it_says(
    said: str, months: int
) -> None:
    text = group(
        node("line"),
        node("plant", "power", f'methods = {{ cn-power = "always" }}\n{said}'),
        options='pfc = "default"',
    )
    entries = [
        *year(2023, ("aluminium.liquid", 1000, "t")),
        *year(2023, ("bituminous-coal", 100, "t"), unit="plant"),
    ]
    of = account(text, entries, year="2023", boundary="trading")
    assert {each.unit for each in of.lines} == ({"plant"} if months else set())
    assert len({each.month for each in of.lines}) == months
    assert sum(each.total for each in of.totals("unit", "month")) == of.total


def test_a_smelter_that_says_it_is_not_in_the_scheme_is_not_in_it_though_its_guideline_is() -> None:
    entries = year(2024, ("aluminium.liquid", 1000, "t"))
    for said, there in (("", True), ("trading = false", False)):
        text = group(
            node("line", extra=said),
            methods='cn-cets-2024-al = "always"',
            options='pfc = "default", anode = "net-per-tonne"',
        )
        assert bool(account(text, entries, year="2024", boundary="trading").lines) == there
        below = group(
            node("line"),
            methods='cn-cets-2024-al = "always"',
            options='pfc = "default", anode = "net-per-tonne"',
        ).replace('sector = "aluminium"', f'sector = "aluminium"\n{said}')
        assert bool(account(below, entries, year="2024", boundary="trading").lines) == there


def test_a_membership_that_is_neither_yes_nor_no_nor_a_day_is_refused_with_its_place() -> None:
    found, wrong = read_organisation(
        group(node("line", extra='trading = "perhaps"')), "organisation.toml", methods()
    )
    assert found is None and [each.code for each in wrong] == ["ORG-001"]
    assert "node[line]" in wrong[0].where or "trading" in wrong[0].where
