"""Changes against levels."""

from collections.abc import Callable

import pytest

from touchstone.audit.audit import audit
from touchstone.audit.finding import Finding
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes

Found = Callable[..., list[Finding]]


def test_a_rate_between_two_levels_is_computed_from_them(found: Found) -> None:
    [grown] = found(
        "change",
        "产量从2015年的[40.9万吨|十种有色金属 output 2015]增加到2020年的[74.0万吨|十种有色金属 output 2020]，累计增长[80.8%|十种有色金属 output.change 2020]。",
    )
    assert grown.verdict == "edge"


def test_a_rate_that_no_rounding_explains_fails(found: Found) -> None:
    [grown] = found(
        "change",
        "产量从[40.9万吨|a output 2015]增加到[74.0万吨|a output 2020]，增长[88.8%|a output.change 2020]。",
    )
    assert grown.verdict == "fails"


def test_a_fall_counts_whichever_sign_it_was_read_with(found: Found) -> None:
    for sign in ("", "下降"):
        [fallen] = found(
            "change",
            f"产能由[15万吨|b capacity 2015]压减到[7.5万吨|b capacity 2020]，累计下降[{sign}50%|b capacity.change 2020]。",
        )
        assert fallen.verdict == "holds"


def test_points_of_an_index_are_the_difference_of_two_months(found: Found) -> None:
    june = "6月指数为[110.4|景气指数 index 2022-06 unit=]。"
    july = "7月指数为[102.2|景气指数 index 2022-07 unit=]，较6月下降[{}个点|景气指数 index.change 2022-07 base=2022-06 unit=个点]。"
    assert [f.verdict for f in found("change", june + july.format("下降8.2"))] == ["holds"]
    assert [f.verdict for f in found("change", june + july.format("下降6.2"))] == ["fails"]


def test_the_bound_of_a_band_is_no_level(found: Found) -> None:
    marked = """
    6月指数在[104.2|景气指数 band.low 2022-06 unit=]以上；
    7月在[95.7|景气指数 band.low 2022-07 unit=]以上，下降[下降8.2个点|景气指数 index.change 2022-07 base=2022-06 unit=个点]。
    """
    assert found("change", marked) == []


def test_a_base_that_may_be_zero_is_left_out(found: Found) -> None:
    marked = "产量从[0万吨|a output 2015]增加到[5万吨|a output 2020]，增长[80%|a output.change 2020]。"
    assert found("change", marked) == []


def test_levels_of_two_documents_may_have_been_restated(found: Found) -> None:
    last = "1-7月精炼铜[620.2万吨|cu.refined output.cumulative 2022-01/2022-07]。"
    now = (
        "1-7月精炼铜[732万吨|cu.refined output.cumulative 2023-01/2023-07]，"
        "同比增长[12.6%|cu.refined output.cumulative.yoy 2023-01/2023-07]。"
    )
    [grown] = found("change", last, now)
    assert grown.verdict == "revised" and grown.note is not None


def test_a_rate_of_a_series_keeps_its_sign(found: Found) -> None:
    marked = (
        "5月铜价[45490元/吨|cu price.mean 2022-05]，"
        "6月[46775元/吨|cu price.mean 2022-06]，环比[下降2.8%|cu price.mean.mom 2022-06 unit=%]。"
    )
    assert [f.verdict for f in found("change", marked)] == ["fails"]
    assert [f.verdict for f in found("change", marked.replace("下降2.8", "上涨2.8"))] == ["holds"]


def test_a_year_between_the_level_and_its_rate_does_not_part_them(found: Found) -> None:
    marked = (
        "Demand increased from [14.1 million tonnes|cu consumption 2022] in 2022 "
        "to [15.0 million tonnes|cu consumption 2023] in 2023, up [6.4%|cu consumption.change 2023]."
    )
    assert [f.verdict for f in found("change", marked)] == ["holds"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("铜矿进口从100万吨增加到90万吨，同比增长10%。", "fails"),
        ("用工人数由100人减少到110人，减少10%。", "fails"),
        ("Employment rose from 100 people in 2022 to 90 people in 2023, up 10%.", "fails"),
        ("产能由2020年的100万吨压减到2021年的50万吨，压减50%。", "holds"),
        ("由2024年的100万吨增加到2025年的108万吨，增长超5%。", "holds"),
        ("由2024年的100万吨增加到2025年的103万吨，增长超5%。", "fails"),
        ("产量由2024年的100万吨下降到2025年的92万吨，下降超5%。", "holds"),
    ],
)
def test_a_rate_counts_in_the_direction_and_with_the_hedge_its_words_say(
    told: Found, text: str, verdict: str
) -> None:
    assert [f.verdict for f in told("change", text)] == [verdict]


def test_a_rate_on_a_comparable_basis_is_only_worth_a_look(told: Found) -> None:
    text = "2025年规模以上企业铜产量100.0万吨。2026年规模以上企业铜产量110.0万吨，同比增长7.5%（按可比口径计算）。"
    [finding] = told("change", text)
    assert finding.verdict == "warning" and finding.note and "comparable" in finding.note.en


def test_a_year_on_year_rate_is_tested_whichever_year_stands_first(told: Found) -> None:
    text = "2025年6月，精炼铜产量100.0万吨。2026年6月，精炼铜产量110.0万吨，同比增长20.0%。"
    assert [f.verdict for f in told("change", text)] == ["fails"]


def test_another_document_never_takes_a_test_away() -> None:
    wrong = "2024年4月我国精炼铜产量98.51万吨，同比增长9.6%；上年同期为96.95万吨。"
    other = "Refined copper output in April 2024 was 985.1 kt."
    for name in ("a.txt", "z.txt"):
        readings = [
            (document, read_figures(document))
            for document in (read_bytes(wrong.encode(), "m.txt"), read_bytes(other.encode(), name))
        ]
        assert "fails" in [f.verdict for f in audit(readings) if f.rule == "change"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("2024年5月24日，国内精铟均价2750元/公斤，上周均价2800元/公斤，环比上涨1.8%。", "fails"),
        ("2024年5月24日，国内精铟均价2850元/公斤，上周均价2800元/公斤，环比上涨1.8%。", "holds"),
        ("2024年5月钴均价225000元/吨，上月为214000元/吨，环比上涨9.1%。", "fails"),
        ("2024年5月24日，锗锭均价2750元/公斤，较上周下跌50元/公斤，涨幅1.8%。", "fails"),
        ("2024年5月24日，锗锭均价2750元/公斤，较上周下跌50元/公斤，跌幅1.8%。", "holds"),
    ],
)
def test_the_week_before_and_words_that_contradict(told: Found, text: str, verdict: str) -> None:
    assert [f.verdict for f in told("change", text)] == [verdict]


def test_a_wrong_rate_says_what_would_heal_it(told: Found) -> None:
    [finding] = told("change", "铜产量从100.0万吨增加到108.0万吨，增长9.0%。")
    healed = {heal.fact: (heal.low, heal.high) for heal in finding.heals}
    old, new, rate = finding.facts
    assert healed[rate] == ("7.89605%", "8.10405%")
    assert healed[new][0].startswith("108.8") and healed[old][0].startswith("98.9")
