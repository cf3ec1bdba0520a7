"""Where ranges of inputs come from, and what is taken as exact."""

from decimal import Decimal

import pytest

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.inventory.distribution import kind_of
from touchstone.calc.carbon.inventory.doubted import doubted
from touchstone.calc.carbon.inventory.doubts import doubts_of
from touchstone.calc.carbon.inventory.lines import lines_of
from touchstone.calc.carbon.inventory.uncertainty import Doubt, Ranged, by_derivatives, by_draws
from touchstone.calc.carbon.line import Input, Line
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.publish.carbon.said import range_said

from .made import entry, plant
from .works import account, group, node, stated, year

SMELTER = plant("s1", "CN-53", "ipcc-2006-al", technology="cwpb", pfc="slope", co2="tier-2", furnace="other")
FORMULAS = {(method.key, term.key): term.formula for method in methods().values() for term in method.terms}


def lines(*methods_: str, **options: str) -> tuple[Line, ...]:
    at = plant("s1", "CN-53", *methods_, **options) if methods_ else SMELTER
    given = [
        entry("aluminium.liquid", "10000", "t"),
        entry("anthracite", "1200", "t"),
        entry("electricity.grid", "135000", "MWh"),
        entry("anode", "0.41", "t/t", "consumption"),
        entry("anode-effect", "0.26", "min", "aem"),
        entry("anode-effect.cwpb", "0.26", "min", "aem"),
    ]
    return lines_of(at, given, library(), methods()).lines


def inputs(every: tuple[Line, ...]) -> list[tuple[Line, Input]]:
    return [(line, given) for line in every for given in line.inputs]


def test_a_factor_has_the_range_of_its_source_in_the_unit_of_the_formula() -> None:
    doubts = doubts_of(library(), ())
    found = {given.parameter: doubts(line, given) for line, given in inputs(lines()) if given.factor}
    sulphur = found["sulphur"]
    assert sulphur and (sulphur.low, sulphur.high, sulphur.kind) == (0.01, 0.03, "share"), (
        "1 to 3 %, and a share"
    )
    assert sulphur.source.startswith("sulphur.anode@ipcc-2006")
    for line, given in inputs(lines()):
        doubt = doubts(line, given) if given.factor else None
        if doubt:
            assert doubt.low <= float(given.value) <= doubt.high


def test_fossil_fuel_activity_data_have_the_cited_five_percent_and_other_meters_none() -> None:
    doubts = doubts_of(library(), ())
    every = inputs(lines("cn-ndrc-2013-al", pfc="slope"))
    [coal] = [(line, given) for line, given in every if line.item == "anthracite" and given.fact]
    doubt = doubts(*coal)
    assert doubt and (doubt.low, doubt.high) == pytest.approx((1140, 1260))
    assert doubt.source.startswith("uncertainty.raw-coal")
    [metered] = [(line, given) for line, given in every if line.item == "electricity.grid" and given.fact]
    assert doubts(*metered) is None, "its 1 to 3 % are not verified"


def test_what_is_taken_as_exact_is_named_once_with_the_reason() -> None:
    doubts = doubts_of(library(), ())
    every = lines("cn-ndrc-2013-al", pfc="slope")
    exact = {each.key: each for each in doubts.exact(every)}
    power = exact["fact-s1-2022-03-electricity.grid-amount"]
    assert "not verified" in power.why.en and "未核实" in power.why.zh
    assert exact["fact-s1-2022-03-aluminium.liquid-amount"].lines > 1
    doubted = [given for line, given in inputs(every) if doubts(line, given)]
    assert not {given.fact or given.factor for given in doubted} & exact.keys()
    assert all(each.why.zh and each.why.en for each in exact.values())


def test_an_own_range_goes_before_the_general_one_and_holds_for_its_own_unit_only() -> None:
    own = Factor(
        "own", "uncertainty", "anthracite", Decimal("1.5"), "%", "", "uncertainty-practice", "own", None, None, None, "org.s1", "",
        "user",
    )  # fmt: skip
    doubts = doubts_of(library().adding([own]), ())
    [coal] = [
        each
        for each in inputs(lines("cn-ndrc-2013-al", pfc="slope"))
        if each[0].item == "anthracite" and each[1].fact
    ]
    here = doubts(*coal)
    assert here and here.source == "own" and here.high == pytest.approx(1218)
    elsewhere = Factor(**{name: getattr(own, name) for name in own.__slots__} | {"region": "org.s2"})
    there = doubts_of(library().adding([elsewhere]), ())(*coal)
    assert there and there.high == pytest.approx(1260)


def test_both_approaches_agree_on_the_cited_ranges_of_anodes() -> None:
    every = [line for line in lines() if line.gas == "CO2" and line.item in ("aluminium.liquid", "")]
    doubts = doubts_of(library(), ())
    assert any(doubts(line, given) for line, given in inputs(tuple(every)))
    slopes = by_derivatives(every, FORMULAS, doubts, lambda _: 1.0)
    draws = by_draws(every, FORMULAS, doubts, lambda _: 1.0, 4000, 1)
    assert draws.mean == pytest.approx(slopes.mean, rel=0.01)
    assert draws.high - draws.low == pytest.approx(slopes.high - slopes.low, rel=0.1)


def test_the_error_of_a_meter_is_the_same_in_every_month() -> None:
    """The cited 5 % is that of an amount as a whole: stating it month by month makes it no surer."""
    once = doubted(account(group(), [stated("line", "2023-01", "diesel", 1200, "t")], year="2023"))
    monthly = doubted(account(group(), year(2023, ("diesel", 100, "t")), year="2023"))
    for found in (once, monthly):
        assert found.first and half(found.first) == pytest.approx(0.05, rel=1e-3)
        assert half(found.second) == pytest.approx(0.05, rel=0.05)
    assert monthly.first and list(monthly.first.shares) == ["line diesel amount meter"]
    assert monthly.sources["line diesel amount meter"].startswith("uncertainty.raw-coal")


def test_two_units_and_two_kinds_of_evidence_are_two_meters() -> None:
    months = [
        stated("line", f"2023-{month:02}", "diesel", 100, "t", evidence="meter" if month < 7 else "stock")
        for month in range(1, 13)
    ]
    found = doubted(account(group(), months, year="2023"), 200).first
    assert found and half(found) == pytest.approx(0.05 / 2**0.5, rel=1e-3)
    lines_ = group(node("line"), node("other"))
    both = [*year(2023, ("diesel", 50, "t")), *year(2023, ("diesel", 50, "t"), unit="other")]
    found = doubted(account(lines_, both, year="2023"), 200).first
    assert found and half(found) == pytest.approx(0.05 / 2**0.5, rel=1e-3)


def test_what_errs_anew_each_month_is_told_apart_only_where_a_document_says_so() -> None:
    own = Factor(
        "own-random", "uncertainty-random", "diesel", Decimal("3"), "%", "", "uncertainty-practice", "own", None, None, None, "org.line", "", "user",
    )  # fmt: skip
    found = doubted(
        account(group(), year(2023, ("diesel", 100, "t")), library().adding([own]), year="2023"), 4000
    )
    by_hand = (0.05**2 + 0.03**2 / 12) ** 0.5
    assert found.first and half(found.first) == pytest.approx(by_hand, rel=1e-3)
    assert half(found.second) == pytest.approx(by_hand, rel=0.05)


def test_approach_1_is_not_given_where_the_row_forbids_a_symmetric_range() -> None:
    tier_1 = group(
        methods='ipcc-2006-al = "always"', options='technology = "cwpb", pfc = "tier-1", co2 = "tier-1"'
    )
    found = doubted(
        account(
            tier_1, year(2023, ("aluminium.liquid", 10000, "t"), months=(3,)), year="2023", asked_set="AR5"
        )
    )
    assert found.first is None
    assert {"emission.anode-effect.cwpb.cf4@ipcc-2006", "emission.anode-effect.cwpb.c2f6@ipcc-2006"} == set(
        found.skewed
    )
    assert 0 < found.second.low < found.second.mean < found.total
    said = [
        " ".join(
            range_said(
                account(
                    tier_1,
                    year(2023, ("aluminium.liquid", 10000, "t"), months=(3,)),
                    year="2023",
                    asked_set="AR5",
                ),
                found,
                lang,
            )
        )
        for lang in ("zh", "en")
    ]
    assert "approach 1 (derivatives) is not given" in said[1] and "the mean of the draws is" in said[1]
    assert "不适用" in said[0] and "抽样均值" in said[0]


def test_every_row_that_says_never_by_a_symmetric_range_is_known_by_its_numbers() -> None:
    told = [each for each in library().factors if each.note and "never propagate" in each.note.en]
    assert told
    for each in told:
        value, low, high = (float(x) for x in (each.value, each.low, each.high) if x is not None)
        assert Doubt(low, high, kind_of(value, low, high), each.id).skewed(value)


def half(found: Ranged) -> float:
    return (found.high - found.low) / 2 / found.mean
