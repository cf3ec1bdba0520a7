"""The pages and the paper of a survey: every number opens to its method, its sample, and the prices it was computed from."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.calc.linkage.kept import KeptSurvey
from touchstone.facts.text import Text
from touchstone.flow import Workspace
from touchstone.publish.linkage.naming import in_names
from touchstone.publish.linkage.paper import linkage_report
from touchstone.publish.report.page import page
from touchstone.read.sources.declaration import declaration
from touchstone.serve.linkage_figure import opening, price
from touchstone.serve.web import console

from .test_command import run

COPPER, ALUMINIUM, ZINC = "cu.cathode@market.lme", "al.ingot@market.lme", "zn.refined@market.lme"
RECIPE = f"""
name = {{ zh = "三种金属", en = "Three metals" }}
source = {{ zh = "测试", en = "test" }}
clock = "M"
window = 72
horizon = 4
lag = 1
lags = 2
since = "2012-01"
minimum_history = 24
series = ["{COPPER}", "{ALUMINIUM}", "{ZINC}", "au@market.nowhere"]
markets = [["{COPPER}", "{ZINC}"]]
pairs = [["{COPPER}", "{ZINC}"]]
"""
NAMED = {
    "spillover.generalised": ("广义预测误差方差分解的溢出表", "spillover table of the generalised"),
    "spillover.alert": ("总溢出指数超过自身历史分位数的预警", "alert when total connectedness"),
    "spillover.tvp_change": ("时变VAR总溢出指数的变动", "change of total connectedness of a drifting VAR"),
    "linkage.cointegration": ("Johansen协整秩检验", "Johansen test of the cointegration rank"),
}
CHOICES = {"window": ("窗口期数", "periods of a window"), "lag_by": ("滞后阶数的选法", "lag chosen by")}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The World Bank's monthly prices, and a survey of three metals."""
    opened = touchstone.open(tmp_path_factory.mktemp("linked"))
    opened.import_series(None, declaration("worldbank-pinksheet"))
    (opened.folder / "linkage").mkdir()
    (opened.folder / "linkage" / "three.toml").write_text(RECIPE, encoding="utf-8")
    opened.survey("three", computed=datetime(2025, 12, 2, 9, 30, tzinfo=UTC))
    return opened


@pytest.fixture(scope="module")
def survey(workspace: Workspace) -> KeptSurvey:
    return workspace.kept_survey("three")


@pytest.fixture(scope="module")
def asking(workspace: Workspace) -> Iterator[TestClient]:
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.fixture(scope="module", params=["zh", "en"])
def told(workspace: Workspace, request: pytest.FixtureRequest) -> tuple[str, str]:
    """A language, and what the command line says in it."""
    lang = request.param
    return lang, run("linkage", "three", "--grounds", "-w", workspace.folder, lang=lang).stdout


def _links(html: str) -> list[str]:
    """Where the links of a page lead, those in its frame left out."""
    main = html[html.index("<main") : html.index("</main>")]
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', main)]


def _addresses(survey: KeptSurvey) -> list[str]:
    """The page of every kind of number."""
    sums = [opening(survey, kind, series=COPPER) for kind in ("given", "received", "net")]
    return [
        opening(survey, "cell", to=COPPER, **{"from": ALUMINIUM}), opening(survey, "total"), *sums,
        opening(survey, "total", period=survey.periods[3]),
        *(opening(survey, "statement", question=asked, series=each.sample.names) for asked, each in survey.said),
    ]  # fmt: skip


@pytest.mark.parametrize("method", NAMED)
def test_the_page_calls_a_formula_by_its_name_and_shows_the_key_small(
    asking: TestClient, method: str
) -> None:
    for lang, name in zip(("zh", "en"), NAMED[method], strict=True):
        shown = asking.get(f"/linkage/three?lang={lang}").text
        assert name in shown and f"<small>{method}</small>" in shown


@pytest.mark.parametrize("method", NAMED)
def test_the_paper_calls_a_formula_by_its_name_and_gives_the_key(survey: KeptSurvey, method: str) -> None:
    report = linkage_report(survey, date(2025, 12, 2))
    for lang, name in zip(("zh", "en"), NAMED[method], strict=True):
        shown = page(report, lang)
        assert name in shown and f"[{method}]" in shown


@pytest.mark.parametrize("key", CHOICES)
def test_page_paper_and_command_line_call_a_choice_by_its_name(
    asking: TestClient, survey: KeptSurvey, told: tuple[str, str], key: str
) -> None:
    lang, command_line = told
    name = CHOICES[key][lang == "en"]
    shown = asking.get(f"/linkage/three?lang={lang}").text
    paper = page(linkage_report(survey, date(2025, 12, 2)), lang)
    for text in (shown, paper, command_line):
        assert name in text and not re.search(rf"\\b{key}\\b", text.replace(f"{key}=", ""))


def test_every_share_sum_test_and_sentence_of_the_page_is_a_link_that_opens(
    asking: TestClient, survey: KeptSurvey
) -> None:
    shown = asking.get("/linkage/three").text
    links = set(_links(shown))
    wanted = {
        opening(survey, "cell", to=to, **{"from": giver}) for to in survey.names for giver in survey.names
    }
    wanted |= {
        opening(survey, kind, series=name) for kind in ("given", "received", "net") for name in survey.names
    }
    wanted |= {
        opening(survey, "total"),
        opening(survey, "index"),
        opening(survey, "tests", question="causality"),
    }
    assert wanted <= links
    ours = [link for link in links if link.startswith("/linkage/three/")]
    assert sum("statement" in link for link in ours) >= len(survey.said) - sum(
        asked == "causality" for asked, _ in survey.said
    )
    assert [
        link
        for link in (*ours, *(f for f in links if f.startswith("/figure/")))
        if asking.get(link).status_code != 200
    ] == []


def test_a_cell_shows_its_number_in_words_with_method_sample_interval_and_both_series(
    asking: TestClient, survey: KeptSurvey
) -> None:
    cell = survey.table[0][1]
    address = opening(survey, "cell", to=COPPER, **{"from": ALUMINIUM})
    english, chinese = (asking.get(f"{address}&lang={lang}").text for lang in ("en", "zh"))
    assert f"{cell.point:.1f} %" in english and f"{cell.low:.1f} to {cell.high:.1f}" in english
    assert "variance of copper cathode, 4 periods ahead, that comes from shocks to aluminium ingot" in english
    assert "阴极铜向前4期的预测误差方差中，来自铝锭的冲击" in chinese
    for shown in (english, chinese):
        assert "Diebold &amp; Yilmaz, International Journal of Forecasting 28 (2012)" in shown
        assert shown.count('class="spark"') == 2
    assert "Nov 2019 to Nov 2025: 73 prices of each of 2 series. 72 log returns of each." in english


def test_a_price_behind_a_number_opens_to_the_page_of_its_figure_and_the_newest_comes_first(
    asking: TestClient, survey: KeptSurvey, workspace: Workspace
) -> None:
    first = asking.get(opening(survey, "net", series=ZINC)).text
    figures = [link for link in _links(first) if link.startswith("/figure/")]
    assert len(figures) == 60 * 3
    newest = workspace.fact(figures[0].removeprefix("/figure/"))
    assert newest.period == "2025-11" and newest.place == "market.lme"
    assert asking.get(figures[0]).status_code == 200
    rest = asking.get(opening(survey, "net", series=ZINC, leaf="2")).text
    assert len([link for link in _links(rest) if link.startswith("/figure/")]) == 13 * 3


def test_the_twins_of_a_number_hold_all_of_its_prices(asking: TestClient, survey: KeptSurvey) -> None:
    path, _, query = opening(survey, "cell", to=COPPER, **{"from": ALUMINIUM}).partition("?")
    rows = list(csv.DictReader(io.StringIO(asking.get(f"{path}.csv?{query}").text.lstrip("\ufeff"))))
    assert len(rows) == 73 * 2 and {row["series"] for row in rows} == {COPPER, ALUMINIUM}
    data = asking.get(f"{path}.json?{query}").json()
    assert data["value"]["point"] == pytest.approx(survey.table[0][1].point)
    assert [price["facts"] for price in data["prices"]] == [row["facts"] for row in rows]
    assert data["formulas"][0]["key"] == "spillover.generalised" and data["returns"] == 72


def test_every_kind_of_number_opens_in_both_languages_and_as_data(
    asking: TestClient, survey: KeptSurvey
) -> None:
    for address in _addresses(survey):
        path, _, query = address.partition("?")
        for each in (
            f"{path}?{query}&lang=zh",
            f"{path}?{query}&lang=en",
            f"{path}.json?{query}",
            f"{path}.csv?{query}",
        ):
            assert asking.get(each).status_code == 200, each


def test_the_index_and_the_tests_are_listed_whole(asking: TestClient, survey: KeptSurvey) -> None:
    index = asking.get("/linkage/three/index.json").json()["index"]
    assert [row["period"] for row in index] == list(survey.periods[::-1])
    tests = asking.get("/linkage/three/tests.json?question=causality").json()["tests"]
    assert len(tests) == 6 and sum(row["found"] for row in tests) == sum(
        cause.found for cause in survey.causes
    )
    assert len(asking.get("/linkage/three/tests.json?question=lead").json()["tests"]) == 3


@pytest.mark.parametrize(
    "address",
    [
        "cell?to=cu.cathode@market.lme&from=nothing", "cell", "net", "net?series=x", "total?period=1999-01", "magic",
        "statement?question=lead&series=x", "statement", "tests?question=break",
    ],
)  # fmt: skip
def test_a_number_that_is_not_there_is_told(asking: TestClient, address: str) -> None:
    assert asking.get(f"/linkage/three/{address}").status_code == 404
    assert asking.get(f"/linkage/none/{address}").status_code == 404


def test_the_command_line_names_what_was_left_out_and_what_has_no_answer(workspace: Workspace) -> None:
    told = run("linkage", "three", "--workspace", str(workspace.folder), "--lang", "en").stderr
    assert "Left out · LINK-006 gold · 0 usable quotes" in told
    assert "No answer · Price discovery · LINK-016 copper cathode, refined zinc · " in told


def test_a_series_left_out_is_called_by_its_name_and_a_sample_by_both_its_ends() -> None:
    text = "se.powder@market.domestic 2021-01-08..2023-11-17"
    said = in_names(Text(text, text), (COPPER, ZINC))
    assert said == Text("硒粉 2021年1月8日至2023年11月17日", "selenium powder 8 Jan 2021 to 17 Nov 2023")


def test_a_price_that_was_whole_is_shown_whole() -> None:
    from math import exp, log

    assert [f"{price(exp(log(value)))}" for value in (1140.0, 1140.5, 3.25, 7.0)] == [
        "1140",
        "1140.50",
        "3.2500",
        "7",
    ]
