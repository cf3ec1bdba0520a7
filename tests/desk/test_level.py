"""Figures laid beside the level that others state: the last quote, the other inputs, the rate and the tax of the day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from touchstone.desk.assessment import Assessment
from touchstone.desk.input import Input, Origin
from touchstone.desk.refusal import NotAllowed
from touchstone.desk.result import Result
from touchstone.desk.stated import input_of
from touchstone.facts.document import Block, Document, Source
from touchstone.facts.fact import Fact, Locator, fact_id
from touchstone.publish.bulletin.issue import issue_of, known_of

from .conftest import FRIDAY, GE, Work

INDIUM = "in.refined@market.domestic"
DAY = date(2023, 10, 13)
PLACES = {"国内": "market.domestic", "欧洲": "market.rotterdam"}


@pytest.fixture
def indium(work: Work) -> Work:
    """A desk that assesses refined indium at home, in yuan per kilogram with tax."""
    path = work.declare(
        edition='"2023"', quotation=f'"{INDIUM}"', commodity='"in.refined"', market='"market.domestic"',
        name='{ zh = "精铟", en = "refined indium" }', tax='"included"', calendar='"CN.spot"', step='"5"',
    )  # fmt: skip
    path.write_text(path.read_text(encoding="utf-8").replace("美元/公斤", "元/公斤"), encoding="utf-8")
    return work


def state(work: Work, day: date, **stated: tuple[str, str, str]) -> None:
    """What a document states of a day: `price_low=("in.ingot@国内", "1600", "元/公斤")`, `exchange_rate=("", "7.1775", "元/美元")`."""
    text = "\n".join(f"{day} {name} {' '.join(said)}" for name, said in stated.items())
    hash = fact_id(text) * 3 + "0000"
    document = Document(
        Source(hash, f"{hash[:8]}.txt", "text/plain", len(text), published=day), text, (Block("paragraph", 0, len(text)),)
    )  # fmt: skip
    facts = []
    for name, (subject, value, unit) in stated.items():
        about, _, place = subject.partition("@")
        at = text.index(value)
        facts.append(
            Fact(
                id=fact_id(text, name), subject=about or "cny", measure=name.replace("price_", "price."),
                period=day.isoformat(), value=Decimal(value), unit=unit, half_width=Decimal(0), source=hash,
                locator=Locator(0, 0, len(text)), rule="r", quote=text[at : at + len(value)], published=day,
                place=PLACES.get(place),
            )
        )  # fmt: skip
    work.workspace.ledger.library.keep(document, text.encode())
    work.workspace.ledger.append(facts, [document])


def quoted(work: Work, subject: str, low: str, high: str, unit: str = "元/公斤", day: date = DAY) -> None:
    """A quote of a day in the ledger."""
    state(work, day, price_low=(subject, low, unit), price_high=(subject, high, unit))


def rate(work: Work, value: str = "7.1775", day: date = DAY) -> None:
    """The yuan per dollar of a day in the ledger."""
    state(work, day, exchange_rate=("", value, "元/美元"))


def deals(work: Work, *prices: str) -> list[Input]:
    """Deals in indium on the day, each of parties of its own."""
    said = [
        input_of(
            {"kind": "deal", "price": price, "unit": "元/公斤", "day": DAY.isoformat(), "parties": f"P{n}/B{n}"},
            INDIUM, INDIUM, Origin(place=f"row {n}"),
        )
        for n, price in enumerate(prices, 1)
    ]  # fmt: skip
    work.desk.add(said, "Zhao", work.now(DAY))
    return said


def judged(work: Work, low: str, high: str, words: str = "") -> Assessment:
    """A draft of indium with a value."""
    id = work.desk.open(INDIUM, DAY, "Li", work.now(DAY)).id
    return work.desk.judge(id, Decimal(low), Decimal(high), words, "Li", work.now())


def told(work: Work, given: Assessment, test: str, verdict: str = "fails") -> list[Result]:
    """What one test says of an assessment."""
    return [each for each in work.desk.results(given, DAY) if (each.test, each.verdict) == (test, verdict)]


def test_225_beside_1595_to_1610_is_dollars_and_not_pounds(indium: Work) -> None:
    """0.573 is not near 0.454, the inverse of 2.20462: the better explanation is 225 × 7.1775 = 1,615."""
    rate(indium)
    *_, wrong = deals(indium, "1595", "1610", "225")
    given = judged(indium, "225", "1610", "as heard")
    given = indium.desk.exclude(given.id, wrong.id, "mistyped", "dollars", "Li", indium.now())
    assert not told(indium, given, "wrong_unit")
    [said] = told(indium, given, "wrong_currency")
    assert "225 × 7.1775 = 1614.94" in said.arithmetic.en and "2023-10-13" in said.arithmetic.en


def test_a_unit_is_told_only_where_it_brings_the_figure_near(indium: Work) -> None:
    deals(indium, "1595", "1610")
    half = judged(indium, "900", "905", "as heard")
    assert not told(indium, half, "wrong_unit") and not told(indium, half, "wrong_currency")
    pounds = indium.desk.judge(half.id, Decimal(725), Decimal(730), "as heard", "Li", indium.now())
    [said] = told(indium, pounds, "wrong_unit")
    assert (
        "725" in said.arithmetic.en
        and "730" in said.arithmetic.en
        and not told(indium, pounds, "wrong_currency")
    )


def test_225_to_1610_is_stopped_by_the_last_quote_although_its_inputs_say_so(indium: Work) -> None:
    """The last quote was 1,600-1,640, the rate was in the ledger, and one input was seven times too low."""
    rate(indium)
    quoted(indium, "in.ingot@国内", "1600", "1640")
    *_, wrong = deals(indium, "1595", "1610", "225")
    given = judged(indium, "225", "1610")
    low, deal = told(indium, given, "off_level")
    assert "the other inputs, 1595-1610 yuan/kg" in deal.arithmetic.en
    assert (
        "the low 225 is below the ledger's last quote of 2023-10-13, 1600-1640 yuan/kg, 7.11 times"
        in low.arithmetic.en
    )
    assert deal.inputs == (wrong.id,)
    assert {each.inputs for each in told(indium, given, "wrong_currency")} >= {(wrong.id,)}
    mended = indium.desk.exclude(given.id, wrong.id, "mistyped", "dollars", "Li", indium.now())
    mended = indium.desk.judge(mended.id, Decimal(1595), Decimal(1610), "", "Li", indium.now())
    assert not indium.failing(mended)


def test_without_a_quote_an_input_is_laid_beside_the_other_inputs_and_the_rest_is_untested_with_the_reason(
    indium: Work,
) -> None:
    *_, wrong = deals(indium, "1595", "1610", "225")
    given = judged(indium, "225", "1610")
    [far] = told(indium, given, "off_level")
    assert far.inputs == (wrong.id,) and "the other inputs" in far.arithmetic.en
    [untested] = told(indium, given, "off_level", "untested")
    assert "no quote of in.refined@market.domestic in the 31 days" in untested.arithmetic.en


def test_a_quote_of_another_quotation_or_of_long_ago_is_no_level(indium: Work) -> None:
    quoted(indium, "in.ingot@欧洲", "245", "260", "美元/公斤")
    quoted(indium, "in.ingot@国内", "800", "820", day=DAY - timedelta(days=32))
    deals(indium, "1595", "1610")
    given = judged(indium, "1595", "1610")
    assert not indium.failing(given) and told(indium, given, "off_level", "untested")


def test_a_method_may_set_how_far_is_far(indium: Work) -> None:
    path = indium.workspace.folder / "methods" / "2023.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n[test.off_level]\npercent = 10\n", encoding="utf-8")
    quoted(indium, "in.ingot@国内", "1300", "1320")
    deals(indium, "1595", "1610")
    assert told(indium, judged(indium, "1595", "1610"), "off_level")


def test_an_end_that_is_a_deal_the_method_leaves_out_departs_from_it(indium: Work) -> None:
    """1,595-1,620 was issued although 1,620 is the 10 kg deal: the method gives 1,610."""
    deals(indium, "1595", "1610")
    small = {
        "kind": "deal",
        "price": "1620",
        "unit": "元/公斤",
        "day": DAY.isoformat(),
        "quantity": "10 公斤",
    }
    indium.desk.add([input_of(small, INDIUM, INDIUM, Origin(place="row 9"))], "Zhao", indium.now())
    given = judged(indium, "1595", "1620", "1,620 was dealt")
    [said] = told(indium, given, "departs")
    assert "the method gives 1595-1610" in said.arithmetic.en and "10 kg < 50 kg" in said.arithmetic.en
    other = indium.desk.judge(given.id, Decimal(1595), Decimal(1615), "bids are firm", "Li", indium.now())
    assert told(indium, other, "departs", "holds")


def test_a_correction_to_what_the_method_leaves_out_is_not_issued_and_says_what_the_method_gives(
    indium: Work,
) -> None:
    desk, now = indium.desk, indium.now
    deals(indium, "1595", "1610")
    small = {
        "kind": "deal",
        "price": "1620",
        "unit": "元/公斤",
        "day": DAY.isoformat(),
        "quantity": "10 公斤",
    }
    desk.add([input_of(small, INDIUM, INDIUM, Origin(place="row 9"))], "Zhao", now())
    given = desk.submit(judged(indium, "1595", "1610").id, "Li", now())
    desk.approve(given.id, {}, "Wang", now())
    desk.publish(given.id, "Li", now())
    desk.correct(given.id, (Decimal(1595), Decimal(1620)), "missed_deal", "1,620 was dealt", "Li", now())
    with pytest.raises(NotAllowed, match="DESK-012") as refused:
        desk.issue(given.id, "Wang", now())
    assert "the method gives 1595-1610" in str(refused.value)


def test_a_correction_back_to_an_excluded_deal_says_why_it_was_excluded(indium: Work) -> None:
    desk, now = indium.desk, indium.now
    *_, wrong = deals(indium, "1595", "1610", "225")
    given = judged(indium, "1595", "1610")
    desk.exclude(given.id, wrong.id, "mistyped", "dollars, not yuan", "Li", now())
    given = desk.submit(given.id, "Li", now())
    desk.approve(given.id, {}, "Wang", now())
    desk.publish(given.id, "Li", now())
    given = desk.correct(given.id, (Decimal(225), Decimal(1610)), "missed_deal", "225 was dealt", "Li", now())
    [said] = told(indium, given.as_corrected, "departs")
    assert "excluded: dollars, not yuan" in said.arithmetic.en


def test_two_markets_are_compared_by_the_rate_and_the_tax_of_the_day(work: Work) -> None:
    """Germanium in Rotterdam judged at 10,500-11,000: the rate of the day was 7.1775 and the tax 13 %, not 17 %."""
    rate(work)
    quoted(work, "ge.ingot@国内", "9300", "9500")
    work.desk.open(GE, DAY, "Li", work.now(DAY))
    given = work.desk.judge(f"{GE}/{DAY}", Decimal(10500), Decimal(11000), "as heard", "Li", work.now())
    [said] = told(work, given, "wrong_currency")
    text = said.arithmetic.en
    assert "7.93-9.59" in text and "read in CNY it is 0.978-1.34" in text
    assert "the rate of 2023-10-13, 7.1775" in text and "VAT of 2023-10-13, 13 %" in text


def test_where_nobody_states_a_rate_the_declared_band_is_taken_and_said(work: Work) -> None:
    quoted(work, "ge.ingot@国内", "6900", "7300", day=FRIDAY)
    given = work.draft(FRIDAY, "6700", "6900", "as heard")
    [said] = told(work, given, "wrong_currency")
    assert "no rate is stated for 2020-10-09: the declared band [6, 8.5]" in said.arithmetic.en
    assert "2020-10-09 没有汇率" in said.arithmetic.zh


def test_a_correction_after_the_day_of_a_bulletin_is_named_in_it_and_its_figure_of_the_day_is_printed(
    indium: Work,
) -> None:
    desk, now = indium.desk, indium.now
    deals(indium, "1595", "1610")
    given = desk.submit(judged(indium, "1595", "1610").id, "Li", now())
    desk.approve(given.id, {}, "Wang", now())
    desk.publish(given.id, "Li", now())
    desk.correct(given.id, (Decimal(1595), Decimal(1605)), "typing", "1,605", "Li", now(date(2023, 10, 17)))
    failing = indium.desk.results(desk.assessment(given.id).as_corrected, DAY, "Wang")
    passed = {each.id: "looked at" for each in failing if each.verdict == "fails"}
    desk.issue(given.id, "Wang", now(), passed)
    issue = issue_of(DAY, known_of(indium.workspace, DAY), ("zh", "en"))
    assert [(str(q.low), str(q.high)) for q in issue.week.quoted[INDIUM]] == [("1595", "1610")]
    [notice] = [each for each in issue.notices if each.code == "BULLETIN-015"]
    assert (
        "corrections of assessments published on 2023-10-17" in notice.found and "1,595–1,605" in notice.found
    )
