"""Two methods taken up on one day stand beside each other: neither is the successor of the other."""

import pytest

from .works import account, group, year

BOTH = "cn-ndrc-2013-al", "ipcc-2006-al"


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("since", ['"always"', "2022-07-01"])
def test_two_methods_of_one_sector_and_one_day_both_count_and_an_entry_once(first: int, since: str) -> None:
    order = BOTH[first], BOTH[1 - first]
    options = 'technology = "cwpb", co2 = "tier-1", pfc = "slope"'
    text = group(methods=", ".join(f"{each} = {since}" for each in order), options=options)
    found = account(
        text,
        year(
            2023,
            ("aluminium.liquid", 1000, "t"),
            ("anode-effect", "0.3", "min", "aem"),
            ("diesel", 10, "t"),
            months=(3,),
        ),
    )
    assert found.lines, "neither falls out"
    counted = [(line.item, line.gas, line.scope) for line in found.lines if line.item == "diesel"]
    assert counted == [("diesel", "CO2", 1)]
    assert {line.method for line in found.lines} | {each.method for each in found.missing} >= set(BOTH)
