"""The values themselves: every table is whole, says where it stands, and agrees with the arithmetic that is known of it."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest

from touchstone.calc.carbon.factors.factor_file import shipped
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.factors.limit import limits, limits_of
from touchstone.calc.carbon.factors.reference import documents, grids, items, sectors

C_TO_CO2 = Fraction(44, 12)


def value(id: str) -> Fraction:
    found = library().get(id).value
    assert found is not None
    return Fraction(found)


def places(exact: Fraction, printed: str) -> bool:
    """The printed number is the exact one rounded to its places."""
    step = Fraction(Decimal(1).scaleb(int(Decimal(printed).as_tuple().exponent)))
    return abs(exact - Fraction(printed)) <= step / 2


def full(fuel: str, document: str = "cn-ndrc-2013-al") -> Fraction:
    """tCO2 per t, or per 1e4 Nm3, of a fuel by heating value, carbon content and oxidation."""
    ncv, carbon, oxidation = (
        value(f"{kind}.{fuel}@{document}") for kind in ("ncv", "carbon-content", "oxidation")
    )
    return ncv * carbon / 1000 * oxidation / 100 * C_TO_CO2


def test_the_fuel_tables_have_all_their_rows() -> None:
    fuels = {
        document: len({each.of for each in library().browse(document=document, kind="ncv")})
        for document in ("cn-ndrc-2013-al", "cn-fuel-table-b", "cn-fuel-table-c")
    }
    assert fuels == {"cn-ndrc-2013-al": 22, "cn-fuel-table-b": 27, "cn-fuel-table-c": 22}
    assert len(library().browse(document="ipcc-2006", kind="carbon-content")) == 14
    assert len(library().browse(document="ipcc-2006", kind="ncv")) == 7
    for document in fuels:
        kinds = Counter(each.kind for each in library().browse(document=document))
        assert kinds["ncv"] == kinds["carbon-content"] == kinds["oxidation"]


def test_the_electricity_tables_have_all_their_rows() -> None:
    grid = library().of("emission", "electricity.grid")
    provincial = [each for each in grid if each.region.startswith("CN-")]
    assert Counter(each.data_year for each in provincial) == {2021: 30, 2022: 30, 2023: 30}
    stated = [each for each in provincial if each.value is not None]
    assert Counter(each.data_year for each in stated) == {2021: 30, 2022: 30, 2023: 2}
    regional = [each for each in grid if each.region.startswith("grid.") and each.value is not None]
    assert Counter(each.data_year for each in regional) == {2021: 7, 2022: 7, 2023: 7}
    assert len(library().browse(family="old-grid")) == 6
    national = [each for each in grid if each.region == "CN" and each.document.startswith("cn-grid-202")]
    assert Counter(each.family for each in national) == {
        "grid-average": 4,
        "excluding-market": 4,
        "fossil": 4,
    }
    assert [each.data_year for each in library().browse(family="life-cycle") if each.value] == [2023, 2024]


def test_the_other_tables_have_all_their_rows() -> None:
    tags = Counter(each.tag for each in shipped())
    assert len(shipped()) == sum(tags.values()) == 624
    assert set(tags) == {"F", "C", "D", "unverified"}
    stoichiometric = [each for each in library().browse(kind="emission") if each.of.startswith("carbonate.")]
    assert len(stoichiometric) == 11
    assert len([each for each in shipped() if each.of.startswith("reductant.") and each.region == "CN"]) == 4
    assert len(library().browse(document="cn-standard-coal-reference", kind="standard-coal")) == 21
    sets = Counter(each.document for each in library().browse(kind="gwp"))
    assert sets == {"ipcc-sar": 6, "ipcc-ar4": 6, "ipcc-ar5": 7, "ipcc-ar6": 8}
    pfc = [each for each in library().browse(document="ipcc-2006") if each.of.startswith("anode-effect.")]
    assert Counter(each.kind for each in pfc) == {"emission": 8, "slope": 4, "ratio": 4, "overvoltage": 2}
    metals = [
        each for each in library().browse(document="ipcc-2006", kind="emission", gas="CO2")
        if not each.of.startswith("aluminium.")
    ]  # fmt: skip
    assert len(metals) == 23


def test_every_value_that_is_not_there_says_why_in_both_languages() -> None:
    empty = [each for each in shipped() if each.value is None]
    assert len(empty) == 71
    assert all(each.note and each.note.zh and each.note.en for each in empty)


def test_what_could_not_be_found_is_there_without_a_value() -> None:
    for id in (
        "text.aluminium.liquid@cn-cets-2024-al",
        "consumption.anode@gbt-32151.4-2024",
        "benchmark.aluminium.liquid@cn-ets-allocation-2025/2025",
        "emission.electricity.grid@cn-grid-2024/2024/grid-average",
        "emission.electricity.grid@cn-grid-2023/CN-53/2023/grid-average",
        "emission.anode-effect.low-voltage.cf4@ipcc-2019",
        "emission.electricity.coal@cn-electricity-footprint-2024/2024/life-cycle",
        "benchmark.aluminium.liquid@cbam",
        "price.allowance.cea@cea-price/2026",
        "text.aluminium.liquid@gbt-44905",
        "footprint.aluminium.liquid@cn-al-footprint",
    ):
        assert library().get(id).value is None


@pytest.mark.parametrize(
    ("fuel", "printed"), [("coke", "2.862"), ("anthracite", "1.924"), ("natural-gas", "21.622")]
)
def test_a_reductant_is_its_fuel_wholly_oxidised(fuel: str, printed: str) -> None:
    assert places(full(fuel), printed)
    assert value(f"emission.reductant.{fuel}@cn-ndrc-2015-nonferrous") == Fraction(printed)


def test_oxalic_acid_is_counted_as_the_dihydrate() -> None:
    assert places(Fraction(44, 126), "0.349")
    assert value("emission.oxalic-acid@cn-ndrc-2015-nonferrous") == Fraction("0.349")


def test_a_loss_of_15_18_percent_belongs_with_1_424_tonnes() -> None:
    rest = 1 - (value("sulphur.anode@cn-cets-2024-al") + value("ash.anode@cn-cets-2024-al")) / 100
    net = value("emission.anode@cn-cets-2024-al-draft") / rest / C_TO_CO2
    assert places(net, "0.398")
    assert places(net / (1 - value("loss.anode@cn-cets-2024-al") / 100), "0.469")


def test_the_draft_default_of_anode_effects_is_not_that_of_the_application() -> None:
    five = {gas: value(f"gwp.gas.{gas}@ipcc-ar5") for gas in ("cf4", "c2f6")}
    weight = (five["cf4"] + five["c2f6"] / 10) / 1000
    assert places(value("emission.anode-effect@cn-cets-2024-al-draft") / weight, "0.0188")
    assert not places(value("emission.anode-effect@cn-cets-2024-al-draft") / weight, "0.034")


def test_a_year_without_market_traded_electricity_follows_from_the_next() -> None:
    now = value("emission.electricity.grid@cn-grid-2023/2023/excluding-market")
    assert places(now / Fraction("1.041"), "0.5856")
    assert library().get("emission.electricity.grid@cn-grid-2022/2022/excluding-market").tag == "D"


def test_soda_ash_and_dolomite_agree_with_their_stoichiometry_and_are_still_unverified() -> None:
    soda = value("emission.carbonate.na2co3@cn-ndrc-2015-nonferrous") * Fraction("0.99")
    dolomite = value("emission.carbonate.camgco32@cn-ndrc-2015-nonferrous") * Fraction("0.98")
    assert places(soda, "0.411") and places(dolomite, "0.468")
    assert places(Fraction("44.01") / Fraction("105.99"), "0.4152")
    assert {
        library().get(f"emission.{of}@cn-ndrc-2015-nonferrous").tag for of in ("soda-ash", "dolomite")
    } == {"unverified"}


def test_a_thousand_grams_of_standard_coal_hold_seven_thousand_kilocalories() -> None:
    joules = value("heating-value.raw-coal@gbt-2589-2008")
    assert places(7000 * Fraction("4.1868"), "29307.6") and joules == 29307
    assert places(Fraction(860, 7000), "0.1229")
    assert value("standard-coal.electricity.grid@cn-standard-coal-reference") == Fraction("0.1229")


@pytest.mark.parametrize("year", [2021, 2022])
def test_a_regional_factor_lies_between_those_of_its_provinces(year: int) -> None:
    """Which province lies in which of the seven regions is inferred; this is what speaks for it."""
    for key, grid in grids().items():
        if key.startswith("grid."):
            within = [
                value(f"emission.electricity.grid@cn-grid-{year}/{place}/{year}/grid-average")
                for place in grid.places
            ]
            region = value(f"emission.electricity.grid@cn-grid-{year}/{key}/{year}/grid-average")
            assert min(within) <= region <= max(within), (key, year)


def test_limits_are_all_there_and_the_unverified_classify_nothing() -> None:
    assert Counter(each.document for each in limits()) == {
        "gb-21346-2022": 24, "gb-21341-2022": 51, "cn-levels-2021": 26, "cn-levels-2023": 8,
        "gb-21248-2007": 12, "gb-21249-2007": 9, "cn-energy-constraint-2021": 2,
    }  # fmt: skip
    levels = {
        each.level: each.value for each in limits_of("aluminium.liquid", "ac-electricity", "gb-21346-2022")
    }
    assert levels == {"level-1": 12950, "level-2": 13000, "level-3": 13350}
    benchmarks = limits_of("aluminium.liquid", "ac-electricity", "cn-levels-2021")
    assert [each.value for each in benchmarks] == [13000, 13350]
    assert not any(each.usable for each in benchmarks)
    assert all(each.note for each in limits() if each.value is None)


def test_a_better_level_uses_less() -> None:
    order = ("level-1", "level-2", "level-3")
    found: dict[tuple[str, str, str], dict[str, Decimal]] = {}
    for each in limits():
        if each.level in order and each.value is not None:
            found.setdefault((each.document, each.product, each.indicator), {})[each.level] = each.value
    assert found
    for values in found.values():
        assert [values[level] for level in order] == sorted(values.values())


def test_everything_named_has_a_chinese_and_an_english_name() -> None:
    for table in (documents(), items(), sectors(), grids()):
        for each in table.values():
            name = each.title if hasattr(each, "title") else each.name
            assert name.zh and name.en
    assert all(sector.product in items() for sector in sectors().values())
    words = Counter(word for item in items().values() for word in {item.name.zh, *item.aliases})
    assert not [word for word, n in words.items() if n > 1]


def test_a_range_holds_its_value() -> None:
    ranged = [each for each in shipped() if each.low is not None and each.high is not None and each.value]
    assert len(ranged) > 60
    assert all(each.low <= each.value <= each.high for each in ranged)  # type: ignore[operator]
