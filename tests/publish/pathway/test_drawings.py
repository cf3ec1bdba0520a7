"""What a drawing says is what it was given; nothing of it is cut, nothing lies outside, nothing is told by colour alone."""

import re
from dataclasses import replace

import numpy as np
import pytest
from lxml import etree

from touchstone.facts.text import Text
from touchstone.publish.drawing import Drawing
from touchstone.publish.format import Unwritable
from touchstone.publish.pathway.areas import Areas, Layer, wedges
from touchstone.publish.pathway.chances import likelihood, likelihoods
from touchstone.publish.pathway.fan import Band, Course, Fan
from touchstone.publish.pathway.histogram import Histogram
from touchstone.publish.pathway.macc import Measure
from touchstone.publish.pathway.tiles import tiles as places
from touchstone.publish.pathway.tornado import Swing
from touchstone.publish.scale import text_width

from .samples import (
    KINDS,
    UNIT,
    YEARS,
    chances,
    drawings,
    fan,
    histogram,
    importance,
    levers,
    macc,
    marks,
    province,
    stack,
    text,
    tiles,
    tornado,
    wedge,
)  # fmt: skip

ALL = drawings()


def words(drawn: Drawing, lang: str = "zh", width: int = 760) -> list[str]:
    """The words written in a drawing."""
    return [each.text or "" for each in etree.fromstring(drawn.svg(lang, width)).iter("{*}text")]


def said(drawn: Drawing, lang: str = "zh", width: int = 760) -> str:
    return "".join(words(drawn, lang, width))


@pytest.mark.parametrize("lang", ("zh", "en"))
@pytest.mark.parametrize("width", (350, 760))
@pytest.mark.parametrize("name", ALL)
def test_no_word_leaves_the_drawing_and_none_is_smaller_than_eleven_pixels(
    name: str, width: int, lang: str
) -> None:
    svg = etree.fromstring(ALL[name].svg(lang, width))
    high = float(svg.get("height", 0))
    for each in svg.iterfind(".//{*}text"):
        if each.getparent().get("transform"):  # the number on a sample of the key
            continue
        size = float(each.get("font-size", 13))
        wide = text_width(each.text or "", size)
        left = float(each.get("x", 0)) - {"middle": wide / 2, "end": wide}.get(
            each.get("text-anchor", ""), 0.0
        )
        assert left >= -1 and left + wide <= width + 12, each.text
        assert size >= 11 and size <= float(each.get("y", 0)) <= high


@pytest.mark.parametrize("name", ALL)
def test_every_drawing_says_itself_in_a_sentence_of_each_language(name: str) -> None:
    zh, en = ALL[name].alt("zh"), ALL[name].alt("en")
    assert zh.endswith("。") and en.endswith(".") and zh != en
    svg = etree.fromstring(ALL[name].svg("en"))
    assert svg.get("aria-label") == en and svg.get("role") == "img"


def test_a_fan_names_its_peak_its_bands_what_was_measured_and_its_limits() -> None:
    drawn = said(fan())
    assert all(
        each in drawn for each in ("2029年达峰", "50% 的模拟", "80% 的模拟", "90% 的模拟", "实绩", "总量上限")
    )


def test_a_wider_band_lies_under_a_narrower_one() -> None:
    areas = re.findall(r"<title>(\d+)%</title>", fan().svg("en"))
    assert areas == ["90", "80", "50"]


def test_four_scenarios_differ_in_dash_and_mark_and_a_fifth_is_refused() -> None:
    svg = fan(4).svg("en")
    assert (
        len(
            set(
                re.findall(
                    r'class="c-ink\d" d="[^"]*" fill="none" stroke="[^"]*" stroke-width="2.2[0]*" stroke-linejoin="round"([^/]*)',
                    svg,
                )
            )
        )
        == 4
    )
    with pytest.raises(Unwritable, match="1 to 4"):
        replace(fan(4), courses=fan(4).courses * 2).svg("en")


def test_a_year_without_a_value_breaks_the_line_and_a_lone_value_is_seen() -> None:
    drawn = Fan(
        text("t"), UNIT, (2020, 2021, 2022, 2023), (Course(text("a"), (1.0, None, 3.0, float("nan"))),)
    )
    assert "c-dot0" in drawn.svg("zh")
    only = Fan(text("t"), UNIT, (2030,), (Course(text("a"), (1234.5,), (Band(0.8, (1.0,), (2.0,)),)),))
    assert "2030" in said(only)


def test_an_axis_that_does_not_begin_at_zero_says_so() -> None:
    high = Fan(text("t"), UNIT, (2020, 2021), (Course(text("a"), (1000.0, 1010.0)),), zero=False)
    assert "纵轴不从零开始" in said(high) and "纵轴不从零开始" not in said(replace(high, zero=True))


@pytest.mark.parametrize(
    "wrong",
    (
        {"years": (2020, 2020)},
        {"courses": ()},
        {"courses": (Course(text("a"), (1.0,)),)},
        {"courses": (Course(text("a"), (1.0, 2.0), (), 2040),)},
    ),
)
def test_a_fan_that_does_not_fit_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Unwritable):
        replace(Fan(text("t"), UNIT, (2020, 2021), (Course(text("a"), (1.0, 2.0)),)), **wrong).svg("en")


def test_a_histogram_says_the_chance_before_the_year_and_has_a_bar_for_no_peak() -> None:
    drawn = Histogram(text("t"), text("fixed plan"), (2028, 2029, 2030), (0.2, 0.3, 0.1), 0.4, 2030)
    assert drawn.early() == pytest.approx(0.5)
    assert "50%" in said(drawn, "en") and "40%" in words(drawn, "en")
    heights = {
        c: float(h)
        for c, h in re.findall(
            r'class="(c-\w+)" x="[\d.]+" y="[\d.]+" width="[\d.]+" height="([\d.]+)"', drawn.svg("en")
        )
    }
    assert heights["c-never"] / heights["c-late"] == pytest.approx(4, rel=0.01)
    assert "stroke-dasharray" in drawn.svg("en").split("c-never")[1][:200]


def test_chances_that_are_not_one_in_sum_are_refused() -> None:
    with pytest.raises(Unwritable, match="1 in sum"):
        Histogram(text("t"), text("k"), (2028,), (0.5,), 0.4)
    assert "c-limit" not in histogram(None).svg("zh")


def test_wedges_lead_from_the_reference_to_the_scenario() -> None:
    drawn = wedge()
    assert drawn.base is not None
    assert drawn.sums()[-1] == pytest.approx(
        drawn.base.values[-1] + sum(layer.values[-1] for layer in levers())
    )
    off = Layer(text("scenario"), [v + 1 for v in drawn.sums()])
    with pytest.raises(Unwritable, match="lead to"):
        wedges(text("t"), UNIT, YEARS, drawn.base, levers(), off)


def test_what_raises_emissions_stands_above_the_reference_and_what_lowers_them_hangs_below() -> None:
    raised, lowered = Layer(text("up"), (10.0, 10.0)), Layer(text("down"), (-30.0, -30.0))
    drawn = Areas(
        text("t"), UNIT, (2020, 2030), (raised, lowered), text("sum"), Layer(text("base"), (100.0, 100.0))
    )
    svg = drawn.svg("en")
    edges = [
        [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", d)]
        for d in re.findall(r'class="c-wedge\d" d="([^"]*)"', svg)
    ]
    up, down = (max(e) - min(e) for e in edges)
    assert down / up == pytest.approx(3, rel=0.02)
    assert max(edges[0]) == pytest.approx(min(edges[1]), abs=0.2)  # they touch at the reference
    assert "+10" in said(drawn, "en") and "−30" in said(drawn, "en")


def test_a_layer_that_changes_its_sign_does_so_where_it_crosses_zero() -> None:
    drawn = Areas(text("t"), UNIT, (2020, 2030), (Layer(text("a"), (10.0, -30.0)),), text("sum"))
    [d] = re.findall(r'class="c-wedge0" d="([^"]*)"', drawn.svg("en"))
    xs = sorted({float(x) for x in re.findall(r"[ML]([\d.]+) ", d)})
    assert (xs[1] - xs[0]) / (xs[-1] - xs[0]) == pytest.approx(0.25, abs=0.01)


def test_more_layers_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(Unwritable, match="told apart"):
        replace(stack(), layers=stack().layers * 5)


def test_bars_of_a_cost_curve_are_as_wide_as_what_they_save_cheapest_first_and_all_are_listed() -> None:
    svg = macc().svg("en")
    widths = [
        float(w) for w in re.findall(r'class="c-(?:saves|costs)" x="[\d.]+" y="[\d.]+" width="([\d.]+)"', svg)
    ]
    assert widths[0] / widths[7] == pytest.approx(48 / 160, rel=0.01)
    assert svg.count('class="c-saves"') == 7 and "Step by step" in svg
    assert all(f">Measure {n}<" in svg for n in range(1, 16)) and "saves nothing" in svg
    assert "Integrated" in macc("integrated").svg("en")


def _heights(svg: str) -> list[float]:
    found = re.findall(r'class="c-(?:saves|costs)" x="[^"]+" y="[^"]+" width="[^"]+" height="([\d.]+)"', svg)
    return [float(each) for each in found]


def test_a_few_tonnes_far_dearer_than_all_others_do_not_flatten_these() -> None:
    plain = macc()
    dear = replace(plain, measures=(*plain.measures, Measure(Text("电窑二", "Furnace"), 3.0, 46_907)))
    heights = [_heights(each.svg("en")) for each in (plain, dear)]
    assert heights[1][:15] == pytest.approx(heights[0], rel=0.15)
    assert heights[1][15] < 2 * max(heights[0])
    assert "46,907" in dear.svg("en") and "cut off" in dear.svg("en")
    wide = replace(plain, measures=(*plain.measures, Measure(Text("电窑二", "Furnace"), 300.0, 46_907)))
    assert "cut off" not in wide.svg("en"), "what saves much is shown as it is"


def test_bars_of_negative_cost_hang_below_the_axis() -> None:
    svg = macc().svg("en")
    tops = [(css, float(y)) for css, y in re.findall(r'class="c-(saves|costs)" x="[\d.]+" y="([\d.]+)"', svg)]
    zero = max(y for css, y in tops if css == "saves")
    assert all(y <= zero for css, y in tops if css == "costs")


def test_a_curve_of_another_kind_or_without_any_saving_is_refused() -> None:
    with pytest.raises(Unwritable, match="retrospective"):
        macc("partial")
    with pytest.raises(Unwritable, match="saves"):
        replace(macc(), measures=macc().measures[-1:])


def test_a_mark_that_leads_somewhere_is_a_link_and_the_drawing_then_no_image() -> None:
    svg = etree.fromstring(macc(address="/pathway/technology/x").svg("en"))
    assert svg.get("role") == "group"
    assert len(list(svg.iter("{*}a"))) == 15 and all(
        a.get("href") == "/pathway/technology/x" for a in svg.iter("{*}a")
    )


def test_the_widest_swing_stands_first() -> None:
    names = [w for w in words(tornado(), "en") if w in {s.name.en for s in tornado().swings}]
    assert names == ["Grid factor", "Growth of demand", "Supply of scrap"]


def test_a_driver_that_swings_one_way_at_both_ends_shows_both() -> None:
    svg = replace(tornado(), swings=(Swing(text("a"), 3500, 3800),)).svg("en")
    low, high = re.findall(
        r'class="c-(?:low|high)" x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', svg
    )
    assert float(low[0]) + float(low[1]) <= float(high[0])


def test_weights_stand_in_their_order_with_the_range_of_their_estimate() -> None:
    drawn = words(importance(), "en")
    assert drawn.index("Grid factor") < drawn.index("Delay") < drawn.index("Carbon price")
    assert {"52%", "12%", "−1.0%"} <= set(drawn)
    assert importance().svg("en").count("c-actual") == 2


def test_the_words_of_chances_are_those_of_the_scale() -> None:
    assert [each.least for each in likelihoods()] == [0.99, 0.9, 0.66, 0.33, 0.1, 0.01, 0]
    assert likelihood(1.0).words.en == "virtually certain" and likelihood(0.0).words.zh == "几乎不可能"
    assert "84%，可能" in said(chances()) and "没有产值" in said(chances())
    with pytest.raises(Unwritable):
        likelihood(1.2)


def test_all_thirty_four_units_have_a_tile_of_their_own() -> None:
    assert len(places()) == 34 and len(set(places().values())) == 34
    assert {"CN-71", "CN-81", "CN-82", "CN-46"} <= set(places())
    assert {"台湾", "香港", "澳门", "内蒙古"} <= set(words(tiles()))


def test_circles_of_a_tile_are_as_large_as_their_capacity_and_differ_in_look() -> None:
    svg = tiles().svg("en")
    circles = re.findall(r'class="c-plant[^"]*" cx="([\d.]+)" cy="[\d.]+" r="([\d.]+)"', svg)
    radii = [float(r) for x, r in circles if x != "11.0"]  # without the samples of the key
    assert len(radii) == len(marks()) and max(radii) ** 2 / min(radii) ** 2 == pytest.approx(7, rel=0.05)
    assert all(f"c-plant-{kind.look}" in svg for kind in KINDS)


def test_on_a_phone_a_tile_has_its_sum() -> None:
    assert "3" in words(tiles(), "zh", 350) and "各省合计" in said(tiles(), "zh", 350)


def test_a_link_never_lies_in_another_one() -> None:
    for width in (350, 760):
        svg = etree.fromstring(tiles("/pathway/x").svg("zh", width))
        assert not list(svg.iterfind(".//{*}a//{*}a")) and list(svg.iter("{*}a"))


def test_a_plant_outside_the_country_without_size_or_kind_is_named() -> None:
    lost = replace(marks(1)[0], place="JP-13")
    with pytest.raises(Unwritable, match="JP-13"):
        replace(tiles(), marks=(lost,)).svg("zh")
    with pytest.raises(Unwritable, match="line 0"):
        replace(tiles(), marks=(replace(lost, capacity=0),)).svg("zh")
    with pytest.raises(Unwritable, match="look different"):
        replace(tiles(), kinds=(KINDS[0], replace(KINDS[0], key="again"))).svg("zh")


def test_a_plant_without_coordinates_is_listed_not_drawn() -> None:
    drawn = said(province())
    assert "坐标不详" in drawn and "福州" in drawn and "°N" in drawn
    with pytest.raises(Unwritable, match="coordinates"):
        replace(province(), marks=province().marks[-1:]).svg("zh")


def test_a_hundred_plants_find_room_in_their_tiles() -> None:
    svg = etree.fromstring(replace(tiles(), marks=marks(100)).svg("zh"))
    boxes = [
        [float(r.get(k, 0)) for k in ("x", "y", "width", "height")]
        for r in svg.iter("{*}rect")
        if "c-tile" in (r.get("class") or "")
    ]
    for each in svg.iter("{*}circle"):
        if (
            "c-plant" in (each.get("class") or "")
            and each.getparent().tag.endswith("g")
            and each.getparent().get("transform") is None
        ):
            x, y, r = (float(each.get(k, 0)) for k in ("cx", "cy", "r"))
            assert any(
                a <= x - r and x + r <= a + w and b <= y - r and y + r <= b + h for a, b, w, h in boxes
            )


def test_arrays_of_a_model_are_drawn_as_they_are() -> None:
    years, values = np.arange(2020, 2051), np.linspace(3.0, 5.0, 31)
    band = Band(0.8, values - 1, values + 1)
    fan_of = Fan(
        text("t"),
        UNIT,
        years,
        (Course(text("a"), values, (band,), 2030),),
        np.where(years < 2023, values, np.nan),
    )
    assert "2030年达峰" in said(fan_of)
    assert "+" not in said(Areas(text("t"), UNIT, years, (Layer(text("a"), values),), text("sum")), "en")
    assert "2030" in said(Histogram(text("t"), text("k"), years, np.full(31, 1 / 32), 1 / 32, 2030))


@pytest.mark.parametrize("value", (float("nan"), float("inf")))
def test_a_missing_number_is_refused_where_it_cannot_be_left_out(value: float) -> None:
    with pytest.raises(Unwritable):
        replace(stack(), layers=(Layer(text("a"), [value] * 31),))
    with pytest.raises(Unwritable):
        replace(macc(), measures=(replace(macc().measures[0], cost=value),))
    with pytest.raises(Unwritable):
        Histogram(text("t"), text("k"), (2030,), (value,), 0.5)
    with pytest.raises(Unwritable):
        replace(tornado(), swings=(Swing(text("a"), 1.0, value),)).svg("en")


def test_drawings_of_one_value_are_drawn() -> None:
    one = Areas(text("t"), UNIT, (2030,), (Layer(Text("一", "one"), (5.0,)),), text("sum"))
    assert "2030" in said(one)
    assert words(replace(macc(), measures=macc().measures[:1]), "zh")
