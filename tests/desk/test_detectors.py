"""Each test before publication: a case in which it fires, and one in which it must not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from touchstone.desk.detectors.detectors import TESTS, declarations
from touchstone.desk.detectors.second_person import is_same_person
from touchstone.desk.parameters import parameters
from touchstone.facts.document import Block, Document, Source
from touchstone.facts.fact import Fact, Locator, fact_id

from .conftest import FRIDAY, WEEK, Work, of_day


def test_every_test_is_declared_in_both_languages_with_where_it_was_seen() -> None:
    assert list(declarations()) == list(TESTS)
    for each in declarations().values():
        assert all((each.name.zh, each.name.en, each.meaning.zh, each.meaning.en, each.source))
    assert [each.id for each in declarations().values() if not each.may_pass] == [
        "reversed_ends",
        "second_person",
    ]


# --- the day


def test_a_day_the_market_is_closed_fails_and_a_trading_day_does_not(work: Work) -> None:
    """Platts, 8 January 2019: the premium of 26 December was published in error, the exchange was closed."""
    for day, verdict in (
        (date(2018, 12, 24), "holds"),
        (date(2018, 12, 26), "fails"),
        (date(2018, 12, 29), "fails"),
    ):
        work.put(f"deal 985 {day} P01/B01", f"deal 990 {day} P02/B02")
        given = work.draft(day, "985", "990")
        assert work.verdict("wrong_day", given) == verdict, day
    [closed] = [
        each
        for each in work.failing(work.desk.assessment("ge.ingot@market.rotterdam/2018-12-26"))
        if each.test == "wrong_day"
    ]
    assert "节礼日" in closed.arithmetic.zh and "Boxing Day" in closed.arithmetic.en


def test_a_day_that_has_not_come_fails(work: Work) -> None:
    """Fastmarkets, 28 February 2023: published on 27 February with the date of 27 March."""
    given = work.draft(FRIDAY + 4 * WEEK, "985", "990")
    assert work.verdict("wrong_day", given, today=FRIDAY) == "fails"


def test_inputs_that_are_another_week_s_copied_fail_and_a_single_repeated_bid_does_not(work: Work) -> None:
    first = work.put(
        f"deal 985 {FRIDAY - WEEK} P01/B01",
        f"deal 1005 {FRIDAY - WEEK} P02/B02",
        f"bid 970 {FRIDAY - WEEK} P03",
    )
    work.published(FRIDAY - WEEK, "985", "1005")
    work.desk.add([of_day(given, FRIDAY) for given in first[:2]], "Zhao", work.now(FRIDAY))
    copied = work.draft(FRIDAY, "985", "1005")
    assert work.verdict("wrong_day", copied) == "fails"
    work.put(f"deal 990 {FRIDAY} P04/B04")
    assert work.verdict("wrong_day", copied) == "holds"


def test_without_a_calendar_the_day_is_untested_and_says_so(work: Work) -> None:
    work.declare(edition='"2020"', calendar='""')
    [day] = [
        each
        for each in work.desk.results(work.draft(FRIDAY, "985", "990"), FRIDAY)
        if each.test == "wrong_day"
    ]
    assert day.verdict == "untested"
    assert "calendar" in day.arithmetic.en and "日历" in day.arithmetic.zh


# --- the currency


def _elsewhere(work: Work, low: str, high: str, day: date = FRIDAY) -> None:
    """Domestic germanium ingot, as a bulletin states it, in the ledger."""
    text = f"锗锭 {low}-{high}元/公斤"
    source = Source(
        fact_id(text) * 3 + "0000", f"bulletin {low} {day}.txt", "text/plain", len(text), published=day
    )
    document = Document(source, text, (Block("paragraph", 0, len(text)),))
    work.workspace.ledger.library.keep(document, text.encode())
    facts = [
        Fact(
            id=fact_id(text, measure), subject="ge.ingot", measure=measure, period=day.isoformat(), value=Decimal(value),
            unit="元/公斤", half_width=Decimal("0.5"), source=source.hash, locator=Locator(0, 3, len(text)), rule="r",
            quote=text[3:], place="market.domestic", published=day,
        )
        for measure, value in (("price.low", low), ("price.high", high))
    ]  # fmt: skip
    work.workspace.ledger.append(facts, [document])


@pytest.mark.parametrize(("low", "high", "verdict"), [("6700", "6850", "fails"), ("985", "1005", "holds")])
def test_a_value_in_yuan_fails_beside_inputs_in_dollars(
    work: Work, low: str, high: str, verdict: str
) -> None:
    work.put(f"deal 985 {FRIDAY} P01/B01", f"deal 1005 {FRIDAY} P02/B02")
    assert work.verdict("wrong_currency", work.draft(FRIDAY, low, high)) == verdict


def test_a_value_that_agrees_with_the_home_market_only_in_the_other_currency_fails(work: Work) -> None:
    """The weekly of 9 October 2020: germanium at home is 6900-7300 yuan/kg, Rotterdam about 997.5 dollars/kg."""
    _elsewhere(work, "6900", "7300")
    in_dollars = work.draft(FRIDAY, "985", "1010")
    assert work.verdict("wrong_currency", in_dollars) == "holds"
    in_yuan = work.desk.judge(in_dollars.id, Decimal(6700), Decimal(6900), "", "Li", work.now())
    assert work.verdict("wrong_currency", in_yuan) == "fails"


def test_a_price_elsewhere_that_is_weeks_old_is_not_compared_with(work: Work) -> None:
    _elsewhere(work, "6900", "7300", FRIDAY - 3 * WEEK)
    assert work.verdict("wrong_currency", work.draft(FRIDAY, "6700", "6900")) == "untested"


# --- the deal


def test_a_deal_that_came_in_after_the_draft_was_submitted_is_missed(work: Work) -> None:
    """Fastmarkets, 21 December 2022: confirmed business submitted in the window for cadmium was missed."""
    work.put(f"deal 985 {FRIDAY} P01/B01", f"deal 1005 {FRIDAY} P02/B02")
    given = work.submitted(FRIDAY, "985", "1005")
    assert work.verdict("missed_deal", given) == "holds"
    work.put(f"deal 1040 {FRIDAY} P03/B03")
    assert work.verdict("missed_deal", given) == "fails"
    [failure] = [each for each in work.failing(given) if each.test == "missed_deal"]
    assert failure.quotes == (f"1040 USD/kg {FRIDAY}",)


def test_a_deal_outside_the_judged_range_is_missed_until_it_is_excluded(work: Work) -> None:
    *_, odd = work.put(
        f"deal 985 {FRIDAY} P01/B01", f"deal 1005 {FRIDAY} P02/B02", f"deal 1100 {FRIDAY} P03/B03"
    )
    given = work.draft(FRIDAY, "985", "1005", "thin")
    assert work.verdict("missed_deal", given) == "fails"
    given = work.desk.exclude(given.id, odd.id, "related", "one group on both sides", "Li", work.now())
    assert work.verdict("missed_deal", given) == "holds"


def test_a_deal_after_the_close_or_too_small_is_not_missed(work: Work) -> None:
    work.put(f"deal 985 {FRIDAY} P01/B01", f"deal 1005 {FRIDAY} P02/B02")
    work.put(f"deal 1100 {FRIDAY} P03/B03 16:30", f"deal 1200 {FRIDAY} P04/B04 20kg")
    assert work.verdict("missed_deal", work.draft(FRIDAY, "985", "1005")) == "holds"


# --- the unit


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        ("985000", "1005000", "fails"),  # per tonne
        ("447", "456", "fails"),  # per pound
        ("2171.5", "2215.5", "fails"),  # a figure per pound converted twice
        ("98500", "100500", "fails"),  # cents
        ("985", "1005", "holds"),
        ("1200", "1250", "holds"),  # a fifth up is a market, not a unit
    ],
)
def test_a_value_a_unit_away_from_the_inputs_fails(work: Work, low: str, high: str, verdict: str) -> None:
    """Fastmarkets, 10 January 2022: 2,985.95 was published for 29.86 dollars per pound."""
    work.put(f"deal 985 {FRIDAY} P01/B01", f"deal 1005 {FRIDAY} P02/B02")
    assert work.verdict("wrong_unit", work.draft(FRIDAY, low, high)) == verdict


def test_inputs_mislabelled_by_who_sent_them_are_found_against_last_week(work: Work) -> None:
    work.weeks("985 1005")
    work.put(f"deal 990000 {FRIDAY} P03/B03", f"deal 1000000 {FRIDAY} P04/B04")
    assert work.verdict("wrong_unit", work.draft(FRIDAY, "990000", "1000000")) == "fails"


# --- carried over


def test_unchanged_although_the_inputs_moved_fails(work: Work) -> None:
    """Steel First: firm bids and offers were to be used without trade, but the prices were kept unchanged."""
    work.weeks("985 1005")
    work.put(f"bid 950 {FRIDAY} P05", f"offer 970 {FRIDAY} P06")
    kept = work.draft(FRIDAY, "985", "1005", "quiet")
    assert work.verdict("unchanged", kept) == "fails"
    moved = work.desk.judge(kept.id, Decimal(950), Decimal(970), "", "Li", work.now())
    assert work.verdict("unchanged", moved) == "holds"


def test_unchanged_without_input_needs_words(work: Work) -> None:
    work.weeks("985 1005")
    silent = work.draft(FRIDAY, "985", "1005")
    assert work.verdict("unchanged", silent) == "fails"
    said = work.desk.judge(
        silent.id, Decimal(985), Decimal(1005), "three traders say the level holds", "Li", work.now()
    )
    assert work.verdict("unchanged", said) == "holds"


def test_unchanged_because_the_inputs_say_so_holds(work: Work) -> None:
    work.weeks("985 1005")
    work.put(f"deal 985 {FRIDAY} P05/B05", f"deal 1005 {FRIDAY} P06/B06")
    assert work.verdict("unchanged", work.draft(FRIDAY, "985", "1005")) == "holds"


def test_inputs_no_younger_than_the_last_assessment_are_stale(work: Work) -> None:
    work.put(f"bid 950 {FRIDAY - timedelta(days=2)} P05", f"offer 970 {FRIDAY - timedelta(days=2)} P06")
    work.published(FRIDAY - timedelta(days=1), "950", "970")
    given = work.draft(FRIDAY, "950", "970")
    assert work.verdict("stale", given) == "fails"
    work.put(f"bid 955 {FRIDAY} P07")
    assert work.verdict("stale", given) == "holds"


# --- the figure


def test_a_change_published_as_a_level_fails(work: Work) -> None:
    """Fastmarkets, February 2021: 12,000-13,000 was the month's change, the level was 20,000-22,000."""
    work.weeks("8000 9000")
    work.put(f"deal 20000 {FRIDAY} P05/B05", f"deal 22000 {FRIDAY} P06/B06")
    wrong = work.draft(FRIDAY, "12000", "13000", "as reported")
    assert work.verdict("change_as_level", wrong) == "fails"
    right = work.desk.judge(wrong.id, Decimal(20000), Decimal(22000), "", "Li", work.now())
    assert work.verdict("change_as_level", right) == "holds"


def test_a_fall_published_as_a_level_fails(work: Work) -> None:
    work.weeks("985 1005")
    work.put(f"deal 950 {FRIDAY} P05/B05", f"deal 970 {FRIDAY} P06/B06")
    assert work.verdict("change_as_level", work.draft(FRIDAY, "35", "35", "down")) == "fails"


def test_a_low_above_the_high_fails_and_nobody_can_let_it_pass(work: Work) -> None:
    work.put(f"deal 985 {FRIDAY} P01/B01", f"deal 1005 {FRIDAY} P02/B02")
    given = work.draft(FRIDAY, "1005", "985", "as heard")
    assert work.verdict("reversed_ends", given) == "fails"
    right = work.desk.judge(given.id, Decimal(985), Decimal(985), "one level", "Li", work.now())
    assert work.verdict("reversed_ends", right) == "holds"


def test_a_range_wider_than_all_before_fails(work: Work) -> None:
    """Fastmarkets, June 2021: germanium dioxide was published at 720-1,200, it should have been 720-825."""
    work.weeks("700 800", "705 810", "710 815", "715 820")
    work.put(f"deal 720 {FRIDAY} P05/B05", f"deal 825 {FRIDAY} P06/B06")
    wide = work.draft(FRIDAY, "720", "1200", "as reported")
    assert work.verdict("wide_range", wide) == "fails"
    right = work.desk.judge(wide.id, Decimal(720), Decimal(825), "", "Li", work.now())
    assert work.verdict("wide_range", right) == "holds"


def test_with_few_weeks_there_is_no_usual_width(work: Work) -> None:
    work.weeks("700 800", "705 810", "710 815")
    assert work.verdict("wide_range", work.draft(FRIDAY, "720", "1200", "as reported")) == "untested"
    assert parameters()["wide_range"]["at_least"].value == 4


# --- the person


@pytest.mark.parametrize(
    ("second", "verdict"),
    [("Li", "fails"), ("ＬＩ", "fails"), (" l i ", "fails"), ("Wang", "holds"), ("", "untested")],
)
def test_the_second_person_is_not_the_assessor(work: Work, second: str, verdict: str) -> None:
    given = work.submitted(FRIDAY, "985", "1005", "few traders answered")
    assert work.verdict("second_person", given, second) == verdict


def test_whoever_judged_cannot_approve_what_another_submitted(work: Work) -> None:
    given = work.draft(FRIDAY, "985", "1005", "few traders answered")
    given = work.desk.submit(given.id, "Wang", work.now())
    assert work.verdict("second_person", given, "Li") == "fails"
    assert work.verdict("second_person", given, "Zhao") == "holds"


def test_a_method_may_set_its_own_parameters(work: Work) -> None:
    work.declare("[test.wide_range]\nat_least = 1", edition='"2020"')
    work.weeks("700 800")
    assert work.verdict("wide_range", work.draft(FRIDAY, "720", "1200", "as reported")) == "fails"


# --- what a second look found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Li Wei", "Wei, Li"),
        ("Li Wei", "L\u200bi\u3164 W\ufe0fei"),
        ("Anna", "\u0410nn\u0430"),  # Cyrillic
        ("李偉", "李伟"),
        ("張 國華", "张国华"),
        ("O'Neil", "ONEIL"),
    ],
)
def test_one_person_is_one_however_the_name_looks(one: str, other: str) -> None:
    assert is_same_person(one, other)


@pytest.mark.parametrize(("one", "other"), [("Li Wei", "Li Mei"), ("李", "王"), ("Amy", "May")])
def test_two_people_stay_two(one: str, other: str) -> None:
    assert not is_same_person(one, other)


def test_whoever_judged_before_the_last_judge_or_excluded_cannot_be_the_second_person(work: Work) -> None:
    """Li judged, Wang judged over it, Chen excluded: each of them made the price."""
    first, *_ = work.put(f"deal 985 {FRIDAY} P01/B01", f"deal 1005 {FRIDAY} P02/B02")
    given = work.draft(FRIDAY, "985", "1005", "as heard")
    work.desk.exclude(given.id, first.id, "grade", "another grade", "Chen", work.now())
    work.desk.readmit(given.id, first.id, "it is not", "Zhao", work.now())
    work.desk.judge(given.id, Decimal(990), Decimal(1000), "as heard", "Wang", work.now())
    given = work.desk.submit(given.id, "Sun", work.now())
    assert {work.verdict("second_person", given, name) for name in ("Li", "Chen", "Zhao", "Wang", "Sun")} == {
        "fails"
    }
    assert work.verdict("second_person", given, "Qian") == "holds"
    work.desk.send_back(given.id, "again", "Qian", work.now())
    work.desk.judge(given.id, Decimal(985), Decimal(1005), "", "Sun", work.now())
    given = work.desk.submit(given.id, "Sun", work.now())
    assert work.verdict("second_person", given, "Li") == "holds", (
        "nothing of hers stands since it was sent back"
    )


def test_who_judged_before_it_was_sent_back_is_still_the_assessor_while_that_judgement_stands(
    work: Work,
) -> None:
    given = work.submitted(FRIDAY, "985", "1005", "few traders answered")
    work.desk.send_back(given.id, "look again", "Wang", work.now())
    given = work.desk.submit(given.id, "Sun", work.now())
    assert work.verdict("second_person", given, "Li") == "fails"


def test_a_deal_beyond_a_mean_is_not_missed(work: Work) -> None:
    """The mean of 985 and 1005 is 995; neither deal is within 995-995, and neither was missed."""
    path = work.declare(edition='"2020"')
    text = path.read_text(encoding="utf-8").replace('take = "lowest"', 'take = "mean"')
    path.write_text(text.replace('take = "highest"', 'take = "mean"'), encoding="utf-8")
    work.put(f"deal 985 {FRIDAY} P01/B01", f"deal 1005 {FRIDAY} P02/B02")
    assert work.verdict("missed_deal", work.draft(FRIDAY, "995", "995")) == "holds"


def test_a_currency_without_a_window_of_its_rate_is_untested_and_says_so(work: Work) -> None:
    path = work.declare(edition='"2020"')
    path.write_text(path.read_text(encoding="utf-8").replace("美元/公斤", "EUR/kg"), encoding="utf-8")
    work.put(f"deal 985 {FRIDAY} EUR/kg P01/B01", f"deal 1005 {FRIDAY} EUR/kg P02/B02")
    given = work.draft(FRIDAY, "6700", "6850", "as heard")
    [said] = [each for each in work.desk.results(given, FRIDAY) if each.test == "wrong_currency"]
    assert said.verdict == "untested"
    assert "EUR" in said.arithmetic.en and "EUR" in said.arithmetic.zh


def test_a_method_s_own_days_for_other_markets_are_heeded(work: Work) -> None:
    work.declare("[test.wrong_currency]\ndays = 30", edition='"2020"')
    _elsewhere(work, "6900", "7300", FRIDAY - 3 * WEEK)
    assert work.verdict("wrong_currency", work.draft(FRIDAY, "6700", "6900")) == "fails"
