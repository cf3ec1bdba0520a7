"""Networks and heat maps: every name and number is in the picture, and nothing is told by colour alone."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.publish.format import Unwritable
from touchstone.publish.heatmap import HeatMap, decimals, heatmap_svg
from touchstone.publish.network import network, network_svg

NAMES = ("铜", "铝<1>", "镍")
PAIRWISE = ((0.0, 2.0, 3.0), (-2.0, 0.0, 1.0), (-3.0, -1.0, 0.0))


def test_who_gives_most_stands_first_and_is_filled() -> None:
    drawn = network("净溢出", NAMES, (9.0, 5.0, 2.0), PAIRWISE, "铜给出最多。")
    assert [node.name for node in drawn.nodes] == list(NAMES)
    assert [node.net for node in drawn.nodes] == [5.0, -1.0, -4.0]
    picture = network_svg(drawn)
    assert picture.count('class="c-giver"') == 1 and picture.count('class="c-taker"') == 2
    assert "铝&lt;1&gt;" in picture and 'aria-label="铜给出最多。"' in picture


def test_an_arrow_points_from_giver_to_taker_once_for_each_pair() -> None:
    drawn = network("净溢出", NAMES, (9.0, 5.0, 2.0), PAIRWISE, "")
    assert {(drawn.nodes[a.giver].name, drawn.nodes[a.taker].name, a.weight) for a in drawn.arrows} == {
        ("铜", "铝<1>", 2.0), ("铜", "镍", 3.0), ("铝<1>", "镍", 1.0),
    }  # fmt: skip
    assert len(network("", NAMES, (9.0, 5.0, 2.0), PAIRWISE, "", arrows=1).arrows) == 1


def test_one_node_is_no_network() -> None:
    with pytest.raises(Unwritable):
        network_svg(network("净溢出", ("铜",), (0.0,), ((0.0,),), ""))


@given(st.lists(st.lists(st.floats(0, 100), min_size=3, max_size=3), min_size=3, max_size=3))
def test_every_number_of_a_table_is_written_in_its_square(rows: list[list[float]]) -> None:
    values = decimals(rows)
    picture = heatmap_svg(HeatMap("溢出表", NAMES, NAMES, values, ""), "zh")
    written = re.findall(r'text-anchor="middle" fill="#\w+">([\d.]+)<', picture)
    assert [Decimal(w) for w in written] == [v for row in values for v in row]


def test_a_statistic_that_is_not_finite_is_never_drawn() -> None:
    with pytest.raises(Unwritable):
        decimals([[float("nan")]])
    with pytest.raises(Unwritable):
        heatmap_svg(HeatMap("溢出表", NAMES, NAMES, ((Decimal(1),),), ""), "zh")
