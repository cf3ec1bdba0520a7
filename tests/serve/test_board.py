"""The price board: what it says of each quotation, and where its numbers lead."""

import csv
import io
import re
from decimal import Decimal
from fractions import Fraction
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.facts.conversion import rounded
from touchstone.facts.fact import Fact, fact_id
from touchstone.flow import Workspace
from touchstone.serve.shelf import Stock
from touchstone.serve.web import console

GERMANIUM, ROTTERDAM = "ge.ingot@market.domestic", "ge.ingot@market.rotterdam"


def text_of(html: str) -> str:
    """The words of a page without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


def row_of(html: str, fact: str) -> str:
    """The row of the board in which a figure stands."""
    return next(row for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL) if f"/figure/{fact}" in row)


def listed(client: TestClient, **asked: str) -> dict[str, dict[str, str]]:
    """The rows of the CSV twin by quotation, in their order."""
    table = client.get("/prices.csv", params=asked).text.removeprefix("\ufeff")
    return {row["quotation"]: row for row in csv.DictReader(io.StringIO(table))}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_quotation_stands_on_the_board_and_both_ends_lead_to_their_figures(
    client: TestClient, sampled: Workspace, lang: str
) -> None:
    html = client.get("/prices", params={"lang": lang}).text
    latest = {quote.quotation.code: quote for quote in sampled.quotes().quotes}
    assert len(latest) > 10
    for quote in latest.values():
        for fact in quote.facts[:2]:
            assert f'href="/figure/{fact}"' in html, quote
    fact = next(iter(latest.values())).facts[0]
    assert client.get(f"/figure/{fact}").status_code == 200


def test_a_change_says_which_day_it_is_against_and_why(asking: TestClient, desk: Workspace) -> None:
    row = listed(asking)[GERMANIUM]
    assert (row["low"], row["high"], row["mean"]) == ("6800", "7200", "7000")
    assert (row["compared_with"], row["change"], row["percent"]) == ("2020-09-30", "-100", "-1.41")
    quote = next(
        q for q in desk.quotes().quotes if q.quotation.code == GERMANIUM and q.period == "2020-10-09"
    )
    said = text_of(row_of(asking.get("/prices", params={"lang": "zh"}).text, quote.facts[0]))
    assert "▼−100" in said
    assert "−1.41%" in said
    assert "比 9月30日" in said
    assert "(6800 + 7200) ÷ 2 = 7000元/公斤" in said
    assert "10月2日国庆节、中秋节休市，取9月30日" in said


def test_up_and_down_are_told_by_arrow_and_sign_and_not_by_colour_alone(asking: TestClient) -> None:
    html = asking.get("/prices", params={"lang": "en"}).text
    assert '<span class="up arrow" aria-hidden="true">▲</span><span class="up">' in html
    assert "+12.5" in html
    assert '<span class="down arrow" aria-hidden="true">▼</span><span class="down">' in html
    assert "▲ 1 up" in text_of(html)


@pytest.mark.parametrize(
    ("day", "quotation", "standing"),
    [
        ("2020-10-09", GERMANIUM, "moved"),
        ("2020-10-09", "in.refined@market.domestic", "unchanged"),
        ("2020-10-09", "ga.ingot@market.domestic", "first"),
        ("2020-10-09", ROTTERDAM, "carried-over"),
        ("2020-11-06", GERMANIUM, "stale"),
    ],
)
def test_the_standing_of_a_quote_is_told_in_a_word(
    asking: TestClient, day: str, quotation: str, standing: str
) -> None:
    assert listed(asking, day=day)[quotation]["standing"] == standing
    html = asking.get("/prices", params={"day": day, "lang": "en", "standing": standing}).text
    assert f's-{standing}"><i class="glyph"></i>' in html
    assert set(listed(asking, day=day, standing=standing)) <= set(listed(asking, day=day))


def test_another_day_is_an_address_and_leads_to_its_neighbours(asking: TestClient) -> None:
    assert listed(asking, day="2020-09-25")[GERMANIUM]["mean"] == "7125"
    html = asking.get("/prices", params={"day": "2020-09-25", "unit": "CNY/t", "lang": "zh"}).text
    assert 'rel="prev" href="/prices?day=2020-09-24&amp;unit=CNY%2Ft"' in html
    assert 'rel="next" href="/prices?day=2020-09-30&amp;unit=CNY%2Ft"' in html
    assert "2020年9月25日" in html


def test_the_board_is_chosen_by_market_and_words_and_sorted_by_the_size_of_the_change(
    asking: TestClient,
) -> None:
    assert set(listed(asking, market="market.rotterdam")) == {ROTTERDAM}
    assert set(listed(asking, q="鹿特丹 锗")) == {ROTTERDAM} == set(listed(asking, q="rotterdam germanium"))
    assert list(listed(asking, sort="change"))[:3] == [GERMANIUM, ROTTERDAM, "in.refined@market.domestic"]
    assert list(listed(asking))[-1] == ROTTERDAM


def test_a_converted_price_shows_its_arithmetic_and_its_rate(asking: TestClient, desk: Workspace) -> None:
    row = listed(asking, unit="USD/lb", tax="excluded")[GERMANIUM]
    exact = Fraction(7000) / Fraction("1.13") * Fraction("0.45359237") / Fraction("6.7796")
    assert row["on_mean"] == str(rounded(exact, 3))
    assert row["sums_zh"].startswith("6800—7200元/公斤 ÷ 1.13（")
    [rate] = [f for f in desk.facts(measure="exchange_rate") if f.value == Decimal("6.7796")]
    html = asking.get("/prices", params={"unit": "USD/lb", "tax": "excluded", "lang": "zh"}).text
    said = text_of(html)
    for step in ("÷ 1.13 = ", "× 0.45359237 = ", "÷ 6.7796 = ", "公告2019年第39号"):
        assert step in said
    assert f'href="/figure/{rate.id}"' in html
    assert asking.get(f"/figure/{rate.id}").status_code == 200


def test_a_rate_of_another_day_is_said_where_it_is_used(asking: TestClient) -> None:
    row = listed(asking, unit="CNY/kg")[ROTTERDAM]
    assert "2020-10-08无牌价，取2020-09-30" in row["sums_zh"]
    assert row["on_mean"] == "6878.20"


def test_where_a_rate_is_missing_the_price_says_so_and_the_others_go_on(client: TestClient) -> None:
    rows = listed(client, unit="USD/lb")
    home, abroad = rows["bi.ingot@market.domestic"], rows["bi.ingot@market.rotterdam"]
    assert (home["on_mean"], abroad["on_mean"]) == ("", "2.800")
    assert "都没有牌价" in home["why_not_zh"]
    said = text_of(client.get("/prices", params={"unit": "USD/lb", "lang": "zh"}).text)
    assert "缺汇率" in said
    assert "touchstone import --list" in said


def test_a_price_whose_tax_nobody_states_is_not_taken_out_of_tax(asking: TestClient) -> None:
    code = "mo.ferro@market.domestic"
    assert listed(asking, tax="excluded")[code]["on_mean"] == ""
    assert listed(asking, unit="CNY/t")[code]["on_mean"] == "91000"
    said = text_of(asking.get("/prices", params={"tax": "excluded", "lang": "zh"}).text)
    assert "口径未知" in said
    assert f"在工作区的quotations.toml中声明{code}" in said


def test_a_usage_of_the_trade_is_marked_and_explained(asking: TestClient) -> None:
    said = text_of(asking.get("/prices", params={"lang": "en"}).text)
    assert "incl.* (by usage)" in said
    assert "* The documents do not say whether VAT is in the price" in said


def test_a_head_in_the_wrong_currency_is_marked_and_its_verdict_shown(
    client: TestClient, sampled: Workspace
) -> None:
    quote = [quote for quote in sampled.quotes().quotes if quote.off_unit][-1]
    row = text_of(row_of(client.get("/prices", params={"lang": "zh"}).text, quote.facts[0]))
    assert "原文印作元/公斤，而这一报价的规格是美元/公斤。" in row
    assert "审核：不成立" in row


def test_prices_that_are_no_quotes_are_listed_with_place_and_remedy(asking: TestClient) -> None:
    zh, en = (text_of(asking.get("/prices", params={"lang": lang}).text) for lang in ("zh", "en"))
    assert "QUOTE-002 有误.html te.ingot@market.domestic 2020-10-09" in zh
    assert "最低价430高于最高价420元/公斤" in zh
    assert "改正数字，或对调两端" in zh
    assert "QUOTE-006" in en
    assert "two quotes for one day" in en
    problems = asking.get("/prices.json").json()["problems"]
    assert [problem["code"] for problem in problems] == ["QUOTE-002", "QUOTE-006"]
    assert all(problem["fix"] and problem["zh"] for problem in problems)


@pytest.mark.parametrize("asked", [{"day": "gestern"}, {"unit": "EUR/kg"}, {"tax": "yes"}, {"sort": "name"}])
def test_what_is_not_understood_is_said_and_the_board_goes_on(
    asking: TestClient, asked: dict[str, str]
) -> None:
    answer = asking.get("/prices", params={**asked, "lang": "en"})
    assert answer.status_code == 200
    assert f"“{next(iter(asked.values()))}” is not understood" in answer.text
    assert listed(asking, **asked) == listed(asking)


@pytest.mark.parametrize("day", ["1999-01-04", "2020-09-23"])
def test_before_the_first_quote_nothing_is_shown(asking: TestClient, day: str) -> None:
    assert listed(asking, day=day) == {}
    assert "No quotation fits" in asking.get("/prices", params={"day": day, "lang": "en"}).text


def test_beyond_the_calendar_a_price_is_shown_and_not_compared(asking: TestClient) -> None:
    row = listed(asking, day="2049-01-04")[GERMANIUM]
    assert (row["mean"], row["percent"], row["standing"]) == ("7000", "", "")
    assert "2049-01-01不在日历之内" in row["why_not_zh"]
    assert "not compared" in asking.get("/prices", params={"day": "2049-01-04", "lang": "en"}).text


def test_a_workspace_without_prices_says_how_to_come_by_some(tmp_path: Path) -> None:
    with TestClient(console(touchstone.open(tmp_path / "w")), base_url="http://localhost") as client:
        assert "No quotes yet" in client.get("/prices", params={"lang": "en"}).text
        assert client.get("/prices.json").json()["quotes"] == []
        assert client.get("/prices.csv").status_code == 200


def test_what_is_typed_cannot_become_markup(asking: TestClient) -> None:
    html = asking.get("/prices", params={"q": '"><script>alert(1)</script>', "market": "<b>"}).text
    assert "<script>alert" not in html
    assert "<b>" not in html


def test_quotes_are_put_together_once_and_anew_after_a_write(tmp_path: Path) -> None:
    workspace, stock = touchstone.open(tmp_path / "w"), None
    for day in ("8", "9"):
        file = tmp_path / f"{day}.txt"
        file.write_text(f"2020年10月{day}日，鹿特丹锗价格为99{day}美元/公斤。", encoding="utf-8")
        workspace.read(file)
        stock = stock or Stock(workspace)
        assert stock.book() is stock.book()
        assert stock.book().days[-1].day == int(day)
    assert stock
    before = stock.book()
    declared = 'code = "x"\ncommodity = "ge"\nmarket = "market.rotterdam"\nsubjects = ["ge"]\nunit = "USD/kg"\nsource = "desk"\n'
    (workspace.folder / "quotations.toml").write_text(f"[[quotation]]\n{declared}", encoding="utf-8")
    assert stock.book() is not before
    assert list(stock.book().series) == ["x"]


def test_every_sparkline_says_what_it_draws(asking: TestClient) -> None:
    html = asking.get("/prices", params={"lang": "zh"}).text
    assert html.count('<svg class="spark"') == len(listed(asking))
    assert "<title>9月24日至10月9日 4 次报价的均价，最低 7000，最高 7200 元/公斤。</title>" in html


def test_a_large_history_is_still_a_light_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("2020年9月30日，鹿特丹锗价格为997.5美元/公斤。", encoding="utf-8")
    workspace = touchstone.open(tmp_path / "w")
    workspace.read(tmp_path / "a.txt")
    [entry] = workspace.documents()
    days = [
        f"20{year:02d}-{month:02d}-{day:02d}"
        for year in range(12, 20)
        for month in range(1, 13)
        for day in (3, 17)
    ]
    workspace.ledger.append(
        Fact(
            fact_id(day), "ge", "price", day, Decimal(900 + place), "美元/公斤", Decimal("0.5"), entry.hash, None,
            "test", place="market.rotterdam",
        )
        for place, day in enumerate(days)
    )  # fmt: skip
    with TestClient(console(workspace), base_url="http://localhost") as client:
        assert len(client.get("/prices").content) < 12_000
        assert len(client.get("/metal/ge.json").json()["history"]) == len(days) + 1


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "自2020年9月30日起无新报价"), ("en", "no new quote since 30 Sep 2020")]
)
def test_a_quote_that_nobody_renewed_is_not_compared_with_itself(
    tmp_path: Path, lang: str, said: str
) -> None:
    """On 15 October last Friday is the 9th, on which the last quote of 30 September stands for the price."""
    workspace = touchstone.open(tmp_path / "w")
    for name, text in (
        ("2020-09-30.txt", "国内粗铟报1250-1330元/公斤。"),
        ("2020-10-15.txt", "国内精铟报1300-1400元/公斤。"),
    ):
        (tmp_path / name).write_text(f"{name[:-4]}\n{text}", encoding="utf-8")
        workspace.read(tmp_path / name)
    client = TestClient(console(workspace), base_url="http://localhost")
    html = client.get("/prices", params={"day": "2020-10-15", "lang": lang}).text
    [crude] = [
        row for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL) if "1,250" in row or ">1250<" in row
    ]
    assert said in text_of(crude) and "—" in text_of(crude) and "0.00%" not in crude
    row = listed(client, day="2020-10-15")["in.crude@market.domestic"]
    assert row["change"] == row["compared_with"] == "" and said in row[f"why_not_{lang}"]


def test_a_quote_that_is_last_fridays_own_is_not_compared_and_does_not_count_as_flat(
    asking: TestClient,
) -> None:
    """On Monday the 12th nothing is quoted yet: what there is stood on Friday the 9th or before."""
    said = text_of(asking.get("/prices", params={"day": "2020-10-12", "lang": "en"}).text)
    n = len(listed(asking, day="2020-10-12"))
    assert f"{n} quotations, against last Friday: ▲ 0 up ▼ 0 down 0 flat {n} not compared" in said


def test_no_move_against_last_friday_and_the_same_as_the_quote_before_are_told_in_other_words(
    asking: TestClient,
) -> None:
    said = text_of(asking.get("/prices", params={"day": "2020-10-09", "lang": "zh"}).text)
    assert "平 1 " in said and "与上次报价相同" in said and "持平" not in said


def test_a_sparkline_draws_quotes_of_one_unit_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    for day, price in {
        "2023-09-22": "280-290美元/公斤", "2023-09-28": "28-29万美元/吨", "2023-10-13": "275-305元/公斤",
    }.items():  # fmt: skip
        (tmp_path / f"{day}.txt").write_text(
            f"发布日期：{day}\n\n{day}，鹿特丹镓锭报{price}。", encoding="utf-8"
        )
    opened = touchstone.open(tmp_path / "workspace")
    opened.read(tmp_path)
    with TestClient(console(opened), base_url="http://127.0.0.1:8000") as asking:
        mixed = asking.get("/prices", params={"lang": "en"}).text
        alike = asking.get("/prices", params={"lang": "en", "day": "2023-09-28"}).text
    assert "One quote, on 13 Oct: mean 290 yuan/kg. 2 quotes in another unit are not drawn.</title>" in mixed
    assert "Mean of 2 quotes, 22 Sep to 28 Sep: lowest 28.5, highest 28.5" in alike
    assert "1 quotation, against last Friday" in text_of(mixed)
