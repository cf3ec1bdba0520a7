"""When a figure is about: the frame of its document, of its section, and its own words."""

import pytest

from .conftest import read_words


def periods(text: str, day: str | None) -> list[str | None]:
    return [fact.period for fact in read_words(text, day)]


def test_a_report_of_a_year_is_about_that_year() -> None:
    text = (
        "某集团有限公司\n\n2020 年度低碳发展报告\n\n走进矿山\n\n"
        "报告期内，集团所属 11 座矿山通过认证，其中 5 座入选绿色矿山名录。全年投入治理资金 3.27 亿元。\n"
    )
    assert periods(text, None) == ["2020"] * 3
    assert periods(text, "2021-06-05") == ["2020"] * 3


def test_an_annual_report_published_in_spring_is_about_the_year_before() -> None:
    text = (
        "第三节 管理层讨论与分析\n\n2023年，国内黄金产量375.155吨，同比增长0.84%。\n\n"
        "二、经营情况\n报告期内，公司实现营业收入612.64亿元，同比增加7.20%；利润总额44.08亿元。\n"
    )
    assert periods(text, "2024-03-28") == ["2023"] * 5


def test_columns_of_this_and_the_last_term_are_years() -> None:
    text = "2023年年度报告\n\n科目\t本期数（元）\t上年同期数（元）\t变动比例（%）\n营业收入\t6126\t5715\t7.20\n营业成本\t5311\t5050\t5.18\n"
    assert periods(text, "2024-03-28")[:3] == ["2023", "2022", "2023"]


def test_a_quarterly_report_is_about_its_quarter() -> None:
    text = "2023年第三季度报告\n\n经营情况\n\n集团矿产铜产量26.3万吨，环比增长4.8%；前三季度累计75.4万吨。矿产金产量17.3吨。\n"
    assert periods(text, "2023-10-25") == ["2023-Q3", "2023-Q3", "2023-01/2023-09", "2023-Q3"]


@pytest.mark.parametrize(
    "title", ["小金属一周评述", "再生金属一周简评（5月8日—5月12日）", "【金属行情】2023年5月12日"]
)
def test_prices_of_a_bulletin_are_of_its_day(title: str) -> None:
    text = f"{title}\n\n本周国内铋锭报价为41500-42500元/吨，均价较上周下跌100元/吨，跌幅0.24%。出口市场报价2.8美元/磅。\n"
    assert periods(text, "2023-05-12") == ["2023-05-12"] * 5


def test_a_comparison_dates_only_its_own_figure() -> None:
    text = "2022年三季度，集团外购绿电1.25亿千瓦时，占总用电量的14%，去年同期为9%。余热发电6820万千瓦时。\n"
    assert periods(text, "2022-10-20") == ["2022-Q3", "2022-Q3", "2021-Q3", "2022-Q3"]


def test_an_english_comparison_dates_only_its_own_figure() -> None:
    text = (
        "C1 cash cost was $1.42/lb in the third quarter of 2023, compared with $1.51/lb a year ago. "
        "Mined copper output was 263 kt.\n"
    )
    assert periods(text, "2023-10-25") == ["2023-Q3", "2022-Q3", "2023-Q3"]


@pytest.mark.parametrize(
    "aside", ["该公司成立于2009年，注册资本23.3亿元", "这一纪录自2008年以来首次被打破，为12年来最大的20起"]
)
def test_a_year_of_an_aside_does_not_stay(aside: str) -> None:
    """What a company did when it was founded says nothing about its staff today."""
    facts = read_words(f"{aside}。现有员工1860名。\n", "2022-06-14")
    assert facts[-1].period not in ("2009", "2008")


def test_a_plan_for_years_to_come_does_not_date_what_is() -> None:
    text = "2025年退役电池量将达到82万吨，2030年有望突破400万吨。按10月均价测算，单吨收购价2.8万元。\n"
    assert periods(text, "2023-11-20")[:3] == ["2025", "2030", "2023-10"]


def test_a_deadline_is_after_the_publication() -> None:
    assert periods("10月底前完成5台烟化炉改造\n", "2021-09-30") == ["2021-10"]


def test_the_day_of_a_press_conference_is_not_what_its_figures_are_about() -> None:
    text = (
        "On March 8, 2024, the department published the figures for January-February 2024. "
        "Output of ten non-ferrous metals reached 12.80 million tonnes, up 5.7% year on year.\n"
    )
    assert periods(text, "2024-03-08") == ["2024-01/2024-02"] * 2


def test_the_month_itself_is_the_month_just_named() -> None:
    text = "2022年1至7月累计出口铝材416.2万吨，增长33.5%；7月当月出口65.2万吨。同期进口铜46.4万吨。\n"
    assert periods(text, "2022-08-18")[:3] == ["2022-01/2022-07", "2022-01/2022-07", "2022-07"]


def test_from_and_to_have_a_time_each() -> None:
    text = "产量从2015年的40.9万吨增加到2020年的74.0万吨\n"
    assert periods(text, "2022-12-30") == ["2015", "2020"]


def test_the_day_of_a_week_is_the_last_before_the_publication() -> None:
    text = "周二伦铅收于2015美元/吨，上涨0.7%。\n"
    assert periods(text, "2022-10-13") == ["2022-10-11", "2022-10-11"]
    assert periods("每周二发布一次，铅价15000元/吨\n", "2022-10-13")[-1] == "2022-10-13"
    assert periods("上周五铅价15000元/吨\n", "2022-10-13") == [None]


def test_prices_in_a_bulletin_of_a_weekend_are_of_its_friday() -> None:
    assert periods("铅价报15000元/吨\n", "2022-10-15") == ["2022-10-14"]


def test_a_sum_behind_a_month_runs_from_january() -> None:
    text = "7月锌精矿进口40.2万吨、累计244.1万吨，同比增长8.5%；7月铅精矿进口9.8万吨。\n"
    assert periods(text, "2022-08-18") == ["2022-07", "2022-01/2022-07", "2022-01/2022-07", "2022-07"]


def test_what_one_figure_is_compared_with_dates_that_figure_alone() -> None:
    text = "上半年锌产量320万吨，同比增长2.1%，与“十三五”年均增幅3.4%相比有所放缓。其中，再生锌44万吨。\n"
    assert periods(text, "2022-07-30") == [
        "2022-01/2022-06",
        "2022-01/2022-06",
        "2016/2020",
        "2022-01/2022-06",
    ]


def test_from_and_to_between_two_years_that_are_compared() -> None:
    text = "2020年与2015年相比，再生铅占比由39%上升到45%。\n"
    assert periods(text, "2021-03-01") == ["2015", "2020"]


def test_what_holds_once_a_works_is_built_has_no_date() -> None:
    assert periods("二期2025年底建成，达产后年产锌锭30万吨。\n", "2022-10-14") == [None]


def test_a_date_behind_the_words_dates_the_figure_after_all() -> None:
    assert periods("二期2020年投产后，2022年产量达10万吨。\n", "2023-03-01") == ["2022"]


def test_the_year_of_a_title_is_that_of_its_months() -> None:
    text = "铅锌简报（2021年5月刊）\n\n补贴将延续到2027年，2027年起退坡。5月铅产量61.3万吨，同比增长9.9%。\n"
    assert periods(text, None) == ["2021-05", "2021-05"]


def test_a_report_comes_back_from_its_aims_to_its_year() -> None:
    text = "某公司2021年可持续发展报告\n\n我们力争2040年减排50%。报告期内，回收用水占比61%，光伏发电1200万千瓦时。\n"
    assert periods(text, "2022-04-20") == ["2040", "2021", "2021"]


def test_years_in_turn_have_a_value_each() -> None:
    text = "预计2023-2025年铅均价分别为1.52/1.55/1.60万元/吨。\n"
    assert periods(text, "2023-02-10") == ["2023", "2024", "2025"]


def test_a_month_of_delivery_is_no_period() -> None:
    assert periods("12月交割的铅期货上涨0.6%，至每吨2010美元。\n", "2022-10-14") == ["2022-10-14"] * 2


def test_a_list_of_metals_under_a_span_of_years_is_of_the_span() -> None:
    assert periods("2023-2024年铅、锌产量分别为300万吨和400万吨。\n", "2025-02-10") == ["2023/2024"] * 2


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        ("2024-03-04", "2024年2月29日铅价7万元/吨，去年同期6万元/吨。", ["2024-02-29", "2023-02-28"]),
        ("2021-01-08", "2020年第53周铅产量10万吨，去年同期9万吨。", ["2020-W53", "2019-W52"]),
        ("2026-03-01", "今年\t一季度铅产量10万吨", ["2026-Q1"]),
        ("2026-03-01", "2023/24年度产量10万吨", ["2023/2024"]),
    ],
)
def test_days_and_weeks_a_year_before_exist(day: str, text: str, expected: list[str]) -> None:
    assert periods(text, day) == expected


@pytest.mark.parametrize("words", ["以前年度亏损3亿元", "投产前年产量5万吨"])
def test_a_year_inside_another_word_is_none(words: str) -> None:
    assert "2024" not in periods(words, "2026-03-01")


def test_what_a_sentence_said_of_its_list_ends_with_it() -> None:
    text = "铅价环比和同比分别上涨1%和2%。铅、锌产量环比分别增长3%和4%。"
    assert [fact.measure for fact in read_words(text)][2:] == ["output.mom", "output.mom"]
    text = "1月、2月和3月产量分别为10万吨和20万吨。全年铅、锌库存5万吨和6万吨。"
    assert "2022-03" not in periods(text, "2022-10-14")
    [_, home] = read_words("LME铅价2015美元/吨。上海地区铝价19000元/吨。")
    assert home.place != "market.lme"


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        ("2025-02-11", "Lead output for the fourth quarter was 111,602 tonnes.", "2024-Q4"),
        ("2025-02-11", "四季度铅产量11万吨。", "2024-Q4"),
        ("2025-08-11", "预计四季度铅产量11万吨。", "2025-Q4"),
        ("2025-02-11", "预计下半年铅产量11万吨。", "2025-07/2025-12"),
        ("2025-02-11", "一季度铅产量11万吨。", "2025-Q1"),
    ],
)
def test_a_quarter_without_a_year_is_the_nearest(day: str, text: str, expected: str) -> None:
    assert periods(text, day) == [expected]


def test_the_beginning_of_a_year_that_is_compared_with_dates_nothing() -> None:
    assert periods("铅价15000元/吨，较2025年年初下跌2.8%，同比下跌1.7%。", "2025-02-07") == ["2025-02-07"] * 3


def test_a_paper_of_a_saturday_that_is_worked_has_prices_of_that_day() -> None:
    text = "国内铋锭报45500元/吨。\n"
    assert periods(text, "2021-02-20") == ["2021-02-20"]
    assert periods(text, "2021-02-27") == ["2021-02-26"]
