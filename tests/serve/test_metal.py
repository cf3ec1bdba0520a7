"""The page of a metal."""

import csv
import io
import re
from decimal import Decimal
from fractions import Fraction
from html import unescape
from itertools import pairwise

import pytest
from starlette.testclient import TestClient

from touchstone.facts.conversion import rounded
from touchstone.flow import Workspace

HOME, ROTTERDAM = "ge.ingot@market.domestic", "ge.ingot@market.rotterdam"


def text_of(html: str) -> str:
    """The words of a page without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_quote_of_the_metal_is_listed_and_leads_to_its_figure(
    asking: TestClient, desk: Workspace, lang: str
) -> None:
    html = asking.get("/metal/ge", params={"lang": lang}).text
    own = [quote for quote in desk.quotes().quotes if quote.quotation.commodity.startswith("ge")]
    assert len(own) == 6
    for fact in (fact for quote in own for fact in quote.facts):
        assert f'href="/figure/{fact}"' in html
    assert "精铟" not in html


def test_markets_are_brought_to_one_basis_with_their_steps_and_their_gap(asking: TestClient) -> None:
    sides = {side["quotation"]: side for side in asking.get("/metal/ge.json").json()["parity"]}
    home, away = Fraction(7000) / Fraction("1.13"), Fraction(1010) * Fraction("6.8101")
    assert sides[HOME]["on_mean"] == str(rounded(home, 2))
    assert sides[ROTTERDAM]["on_mean"] == str(rounded(away, 2))
    assert sides[ROTTERDAM]["gap_percent"] == str(rounded((away / home - 1) * 100, 2)) == "11.03"
    assert sides[HOME]["gap_percent"] is None
    said = text_of(asking.get("/metal/ge", params={"lang": "zh"}).text)
    for words in ("6017.70—6371.68", "+11.03%", "基准", "÷ 1.13 = ", "× 6.8101 = "):
        assert words in said


def test_the_basis_of_the_comparison_is_the_readers_choice(asking: TestClient) -> None:
    asked = {"unit": "USD/lb", "tax": "included"}
    [home, away] = asking.get("/metal/ge.json", params=asked).json()["parity"]
    assert {side["on_unit"] for side in (home, away)} == {"USD/lb"}
    assert {side["on_tax"] for side in (home, away)} == {"included"}
    plain = asking.get("/metal/ge.json", params={"unit": "as-quoted", "tax": "as-quoted"}).json()["parity"]
    assert all(side["on_mean"] is None for side in plain)


def test_the_audit_of_its_markets_stands_under_the_comparison(client: TestClient, sampled: Workspace) -> None:
    html = client.get("/metal/ge", params={"lang": "zh"}).text
    finding = next(f for f in sampled.findings() if f.rule == "unit_sanity" and f.verdict == "fails")
    assert f'href="/audit?verdict=fails&amp;rule=unit_sanity#x-{finding.id}"' in html
    assert "货币可能是美元" in text_of(html)


def test_a_market_without_a_rate_says_so_and_the_others_are_compared(client: TestClient) -> None:
    sides = {side["quotation"]: side for side in client.get("/metal/bi.json").json()["parity"]}
    assert sides["bi.ingot@market.domestic"]["on_mean"]
    assert sides["bi.ingot@market.rotterdam"]["on_mean"] is None
    assert "都没有牌价" in sides["bi.ingot@market.rotterdam"]["why_not_zh"]


def test_the_history_is_a_band_spaced_in_time(asking: TestClient) -> None:
    html = asking.get("/metal/ge", params={"lang": "zh"}).text
    assert html.count('<svg class="chart"') == 4
    band = re.search(r'class="c-dot0 c-ink0"[^>]* d="M([^"]+)z"', html)
    assert band
    places = [float(point.split()[0]) for point in band[1].split("L")][:4]
    gaps = [b - a for a, b in pairwise(places)]
    assert [round(gap / gaps[0]) for gap in gaps] == [1, 5, 9]


def test_what_an_earlier_document_said_of_a_day_stays_in_sight(asking: TestClient) -> None:
    [said] = asking.get("/metal/ge.json").json()["earlier"]
    assert (said["period"], said["low"], said["high"]) == ("2020-09-25", "6950", "7350")
    assert said["document"] == "周报-0925.txt"
    text = text_of(asking.get("/metal/ge", params={"lang": "zh"}).text)
    assert "69507350元/公斤周报-0925.txt" in text.partition("先前的说法")[2].replace(" ", "")


def test_its_other_figures_stand_in_their_sentences(asking: TestClient, desk: Workspace) -> None:
    [output] = [fact for fact in desk.facts(subject="ge") if fact.measure == "output"]
    html = asking.get("/metal/ge", params={"lang": "zh"}).text
    assert re.search(rf'锗产量为<a class="f v-\w+" href="/figure/{output.id}">8.1吨</a>', html)
    [told] = asking.get("/metal/ge.json").json()["news"]
    assert told["sentence"] == "2020年8月，锗产量为8.1吨。"


def test_the_quotes_of_one_quotation_can_be_looked_at_alone(asking: TestClient) -> None:
    table = asking.get("/metal/ge.csv", params={"quotation": ROTTERDAM}).text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["period"], row["mean"]) for row in rows] == [("2020-10-08", "1010"), ("2020-09-30", "997.5")]
    html = asking.get("/metal/ge", params={"quotation": ROTTERDAM, "lang": "en"}).text
    assert re.search(r'aria-current="true">\s*germanium ingot <span class="soft">Rotterdam', html)


def test_as_of_another_day_its_quotes_are_those_of_that_day(asking: TestClient) -> None:
    now = asking.get("/metal/ge.json", params={"day": "2020-09-25"}).json()["quotes"]
    assert [(row["quotation"], Decimal(row["mean"])) for row in now] == [(HOME, Decimal(7125))]


def test_a_metal_in_one_market_is_compared_with_nothing(asking: TestClient) -> None:
    assert asking.get("/metal/in.json").json()["parity"] == []
    assert "Only one market quotes it" in asking.get("/metal/in", params={"lang": "en"}).text


@pytest.mark.parametrize("metal", ["au", "ge.ingot", "x/y", "%3Cscript%3E"])
def test_a_metal_that_nobody_quotes_has_no_page(asking: TestClient, metal: str) -> None:
    answer = asking.get(f"/metal/{metal}", params={"lang": "en"})
    assert answer.status_code == 404
    assert "There is no such" in answer.text


def test_every_metal_of_the_board_has_a_page(client: TestClient) -> None:
    pages = set(re.findall(r'href="(/metal/[^"?]+)"', client.get("/prices").text))
    assert len(pages) > 6
    for page in pages:
        for form in ("", ".json", ".csv"):
            assert client.get(page + form).status_code == 200, page


def test_a_price_whose_unit_the_audit_disproves_has_no_distance_from_home(
    client: TestClient, sampled: Workspace
) -> None:
    finding = next(f for f in sampled.findings() if f.rule == "unit_sanity" and f.verdict == "fails")
    sides = {side["quotation"]: side for side in client.get("/metal/ge.json").json()["parity"]}
    assert sides[ROTTERDAM]["gap_percent"] is None
    assert sides[ROTTERDAM]["questioned_by"] == finding.id
    assert sides[HOME]["questioned_by"] is None
    html = client.get("/metal/ge", params={"lang": "zh"}).text
    assert re.search(rf'href="[^"]*#x-{finding.id}">单位存疑，见审核结论</a>', html)


def test_one_thing_is_told_in_the_singular(asking: TestClient) -> None:
    assert "As of 9 Oct 2020, 1 quotation." in text_of(asking.get("/metal/in", params={"lang": "en"}).text)
