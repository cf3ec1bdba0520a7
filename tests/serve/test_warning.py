"""Early warning on real history: the wall kept and asked of the past, its matters, its pages, its commands and its bulletin."""

import json
import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from typer.testing import CliRunner

import touchstone
from touchstone.calc.warning.kept import KeptWall
from touchstone.calc.warning.light import wall
from touchstone.calc.warning.override import Override
from touchstone.calc.warning.rulebook import book
from touchstone.facts.calendar import calendar
from touchstone.facts.fact import Fact, fact_id
from touchstone.facts.period import span
from touchstone.flow import Workspace
from touchstone.flow.watched import watched
from touchstone.serve.command import app
from touchstone.serve.web import console

from .copper import calm, leap, months, price, watching


@pytest.fixture(autouse=True)
def in_march_2025(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day after the leap was published."""
    monkeypatch.setattr(Workspace, "today", lambda _: date(2025, 3, 2))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return watching(tmp_path)


@pytest.fixture
def client(workspace: Workspace) -> Iterator[TestClient]:
    workspace.warnings()
    workspace.ledger.append(leap())
    workspace.warnings()
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000", follow_redirects=False) as asking:
        yield asking


def lit(wall: KeptWall) -> list[tuple[str, str, str, str, float | None]]:
    return [(x.material, x.frequency, x.side, x.period, x.score) for x in wall.lights]


def test_what_is_published_after_a_day_never_changes_the_wall_of_that_day(workspace: Workspace) -> None:
    before = workspace.warnings(date(2024, 6, 15))
    workspace.ledger.append(leap())
    after = workspace.warnings(date(2024, 6, 15))
    assert lit(before) == lit(after) and before.courses == after.courses
    light = next(x for x in after.lights if (x.material, x.frequency, x.side) == ("cu", "M", "price"))
    assert light.period == "2024-05" and light.facts
    assert workspace.kept_wall() is None, "a wall of the past is not kept"


def test_a_value_of_unknown_publication_counts_when_its_period_has_ended(tmp_path: Path) -> None:
    opened = touchstone.open(tmp_path / "w")
    opened.ledger.append(
        [Fact(**{n: getattr(x, n) for n in Fact.__slots__} | {"published": None}) for x in calm()]
    )
    wall = opened.warnings(date(2020, 3, 15))
    assert {x.period for x in wall.of("cu") if x.period and x.frequency == "M"} == {"2020-02"}
    assert {x.period for x in wall.of("cu") if x.period and x.frequency == "A"} <= {"2019"}


def test_a_year_with_a_hole_keeps_the_light_of_the_last_whole_one_for_a_year_and_then_takes_that_of_the_month(
    workspace: Workspace,
) -> None:
    copper = [each for each in workspace.rulebook().materials if each.key == "cu"]
    holed = [fact for fact in calm() if fact.period != "2024-07"]
    whole, patched, later = (
        wall(copper, watched(copper, facts, date(2025, 3, 2)).series).light("cu", "A", "price")
        for facts in (calm(), holed, holed + leap())
    )
    assert (whole.period, whole.rolled_from) == ("2024", "")
    assert (patched.period, patched.rolled_from) == ("2023", "")
    assert (later.period, later.rolled_from) == ("2025", "M")
    assert {reason.period for reason in later.reasons} == {"2025-02"}


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_figures_of_later_periods_change_no_light_of_a_workspace_that_was_there(data: st.DataObject) -> None:
    """Months with holes, years that begin to be stated, days that begin late: what ended by a day shows what it showed then."""
    copper = [each for each in book().materials if each.key == "cu"]
    gone = data.draw(st.sets(st.sampled_from(months(2016, 2024)), max_size=4))
    known = [fact for fact in calm() if fact.period not in gone]
    level = {fact.period or "": fact.value for fact in calm()}
    stated = data.draw(st.sets(st.integers(2012, 2024), max_size=5))
    known += [price(str(year), level[f"{year}-12"]) for year in stated]
    known += [
        price(f"{year}-Q1", level[f"{year}-03"])
        for year in data.draw(st.sets(st.integers(2018, 2024), max_size=3))
    ]
    if data.draw(st.booleans()):
        first = data.draw(st.dates(date(2023, 1, 1), date(2024, 6, 30)))
        known += [
            price(day.isoformat(), level[day.isoformat()[:7]])
            for day in calendar("GB.lme").trading_days(first, date(2024, 9, 30))
        ]
    day = data.draw(st.dates(date(2019, 1, 1), date(2024, 12, 31)))
    early = [fact for fact in known if span(fact.period or "")[1] <= day]
    then, now = (wall(copper, watched(copper, facts, date(2025, 1, 31)).series) for facts in (early, known))
    for light in then.lights:
        later = {p.period: p.score for p in now.light("cu", light.frequency, light.side).strip}
        ended = {
            p.period: p.score for p in light.strip if span(p.period)[1] <= day and p.period >= min(later)
        }
        assert ended == {period: later.get(period) for period in ended}, (light.frequency, light.side)


def test_daily_prices_are_also_weeks_months_and_quarters_by_the_calendar_of_their_market(
    workspace: Workspace,
) -> None:
    market = calendar("GB.lme")
    dice, level, found = random.Random(3), 25000.0, []
    for day in market.trading_days(date(2021, 1, 4), date(2024, 12, 31)):
        level *= 1 + dice.gauss(0, 0.01)
        value = Decimal(round(level))
        found.append(
            replace(
                price("2024-01", value),
                id=fact_id(day),
                subject="sn.refined",
                period=day.isoformat(),
                published=day,
            )
        )
    materials = workspace.rulebook().materials
    series = watched(materials, found, date(2025, 1, 31)).series
    assert {key for key in series if key.startswith("sn.price")} == {f"sn.price.{every}" for every in "DWMQA"}
    month = [float(each.value) for each in found if (each.period or "").startswith("2024-05")]
    at = series["sn.price.M"].periods.index("2024-05")
    assert series["sn.price.M"].values[at] == pytest.approx(sum(month) / len(month))
    holed = [each for each in found if each.period != "2024-05-15"]
    values = watched(materials, holed, date(2025, 1, 31)).series["sn.price.M"]
    assert values.values[at] != values.values[at], "a month that lacks a trading day has no mean"


def test_a_light_whose_data_ended_says_so_and_goes_out(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.warnings()
    workspace.ledger.append(leap())
    lit = workspace.warnings()
    light = next(x for x in lit.of("cu") if (x.frequency, x.side) == ("M", "price"))
    assert light.colour == "red" and not light.outdated
    opened = workspace.dispatch().matters()
    monkeypatch.setattr(Workspace, "today", lambda _: date(2025, 12, 1))
    wall = workspace.warnings()
    light = next(x for x in wall.of("cu") if (x.frequency, x.side) == ("M", "price"))
    assert light.outdated and light.colour == "red"
    assert "The data end in 2025-02" in light.words.en and "数据止于2025-02" in light.words.zh
    gone = next(x for x in wall.turns if (x.frequency, x.side) == ("M", "price"))
    assert (gone.before, gone.after, gone.matter) == ("red", "none", "")
    assert workspace.dispatch().matters() == opened, "there is nothing to ask of an enterprise"
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000") as asking:
        assert "数据止于2025年2月，此后没有数据" in asking.get("/warning/cu?lang=zh").text


def test_the_wall_can_be_read_by_direction(client: TestClient) -> None:
    by_severity = client.get("/warning.json?mode=severity").json()["lights"]
    by_direction = client.get("/warning.json?mode=direction").json()["lights"]
    scores = [each["score"] for each in by_severity]
    assert scores == [each["score"] for each in by_direction] and 2.0 in scores
    assert {each["colour"] for each in by_severity if each["score"] == -2.0} <= {"red"}
    assert {each["colour"] for each in by_direction if each["score"] == -2.0} <= {"blue"}
    assert "颜色表示方向" in client.get("/warning?mode=direction&lang=zh").text
    assert client.get("/warning?mode=upside-down").status_code == 404


def test_the_cards_compare_real_time_with_revised_where_prices_were_revised(
    workspace: Workspace, client: TestClient
) -> None:
    """Every mean of 2015 to 2024 is published again two months later, one in three of them higher by a fifth."""
    later = []
    for n, fact in enumerate(x for x in calm() if (x.period or "") >= "2015"):
        value = round(fact.value * (Decimal("1.2") if n % 3 == 0 else 1))
        published = (fact.published or date.min) + timedelta(days=61)
        id = fact_id("copper again", fact.period, value)
        later.append(replace(fact, id=id, value=Decimal(value), published=published))
    before = workspace.backtest(["cu"])
    assert all(card.real_time is None for card in before.cards)
    workspace.ledger.append(later)
    found = workspace.backtest()
    [card] = [
        c
        for c in found.cards
        if (c.rule, c.frequency, c.event) == ("price.month", "M", "rise") and c.material == "cu"
    ]
    assert card.real_time and card.real_time.periods >= 100
    assert 0 < card.real_time.agreeing < card.real_time.periods
    assert f"{card.real_time.agreeing}/{card.real_time.periods}" in client.get("/warning/cu?lang=en").text


def test_what_was_no_better_than_never_warning_says_so_on_page_paper_and_command_line(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A price that only wanders: nothing in it foresees anything."""
    workspace.ledger.append(leap())
    found = workspace.backtest()
    useless = [card for card in found.cards if card.worthless]
    assert useless and all(card.worth is not None and card.worth <= 0 for card in useless)
    assert {card.frequency for card in found.cards} == {"M", "Q"}
    assert [card for card in found.cards if card.rule == "light.price" and card.standing == "calibrated"]
    wall = workspace.warnings()
    said = [each for light in wall.of("cu") for each in light.reasons]
    assert any(each.standing == "worthless" for each in said)
    assert all(("no better than never" in x.words.en) == (x.standing == "worthless") for x in said)
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000") as asking:
        page = asking.get("/warning/cu?lang=en").text
        assert (
            "○ calibrated, no better than never warning" in page
            and "the light of the price, as shown" in page
        )
        assert "The lights of the price themselves" in asking.get("/warning?lang=en").text
    told = CliRunner().invoke(app, ["backtest", "-w", str(workspace.folder), "--lang", "en"])
    assert "no better than never warning" in told.output
    papers = CliRunner().invoke(
        app, ["warning", "-w", str(workspace.folder), "--out", str(tmp_path / "out"), "--lang", "en"]
    )
    assert papers.exit_code == 0, papers.output
    paper = next((tmp_path / "out").glob("*.en.html")).read_text("utf-8")
    assert "no better than never warning" in paper and "○" in paper


def test_what_another_version_kept_in_another_form_is_worked_out_anew(workspace: Workspace) -> None:
    kept = workspace.folder / "warning"
    workspace.warnings()
    for name in ("wall.json.zz", "cards.json.zz"):
        (kept / name).write_bytes(zlib.compress(b'{"day": "2025-03-02", "lamps": []}'))
    assert workspace.kept_wall() is None and workspace.cards() is None
    assert workspace.warnings().lights and workspace.kept_wall()


def test_the_second_run_is_answered_from_memory(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, cards = workspace.warnings(), workspace.backtest()
    again = workspace.warnings()

    def never(*_: object) -> None:
        raise AssertionError("worked out a second time")

    monkeypatch.setattr("touchstone.calc.warning.card._made", never)
    monkeypatch.setattr("touchstone.calc.warning.light._lights", never)
    assert workspace.backtest() == cards == workspace.cards()
    assert workspace.warnings().lights == again.lights
    assert lit(first) == lit(again)


def test_the_score_of_a_light_is_a_fact_that_opens_to_the_figures_it_stands_on(workspace: Workspace) -> None:
    wall = workspace.warnings()
    [score] = workspace.facts(measure="light.price", period="2024-12")
    light = next(x for x in wall.of("cu") if (x.frequency, x.side) == ("M", "price"))
    assert light.score is not None and float(score.value) == pytest.approx(light.score, abs=0.005)
    assert {parent.fact.subject for parent in workspace.explain(score.id).parents} == {"cu.cathode"}
    count = len(list(workspace.facts(status="derived")))
    workspace.warnings()
    assert len(list(workspace.facts(status="derived"))) == count


def test_the_wall_is_kept_whole(workspace: Workspace) -> None:
    assert workspace.warnings() == workspace.kept_wall()


def test_a_light_set_by_hand_stands_beside_the_computed_one_and_leads_the_material(
    workspace: Workspace,
) -> None:
    computed = next(x for x in workspace.warnings().of("cu") if (x.frequency, x.side) == ("M", "price"))
    today = date(2025, 3, 2)
    workspace.override(Override("cu", "M", "price", 2.0, "李", "矿山停产", today, today + timedelta(days=9)))
    wall = workspace.warnings()
    price, whole = (
        next(x for x in wall.of("cu") if (x.frequency, x.side) == ("M", side)) for side in ("price", "all")
    )
    assert (price.colour, price.computed) == ("red", computed.colour) and "矿山停产" in price.words.zh
    assert whole.colour == "red"
    assert "矿山停产" in wall.turns[0].reasons[0].zh


def test_the_wall_shows_every_material_with_its_legend_in_both_languages(client: TestClient) -> None:
    zh, en = (client.get(f"/warning?lang={lang}").text for lang in ("zh", "en"))
    assert zh.count('scope="row"') == 19 and "颜色表示偏离正常的程度" in zh
    assert "colour says how far from normal" in en and "/dispatch/cu%40price%402025-02" in en


def test_a_material_opens_to_reasons_figures_thresholds_and_its_matters(
    client: TestClient, workspace: Workspace
) -> None:
    page = client.get("/warning/cu?lang=en").text
    figures = {workspace.fact(id).subject for id in re.findall(r'href="/figure/([0-9a-f]+)"', page)}
    assert figures == {"cu", "cu.cathode"}
    [score] = workspace.facts(measure="light.price", period="2025-02")
    assert f"/figure/{score.id}" in page
    assert "uncalibrated" in page and "There are no cards yet" in page and "<svg" in page
    assert client.get("/warning/gold").status_code == 404


def test_the_twins_hold_every_light(client: TestClient, workspace: Workspace) -> None:
    wall = workspace.kept_wall()
    assert wall
    assert len(json.loads(client.get("/warning.json").text)["lights"]) == len(wall.lights) == 380
    assert len(client.get("/warning.csv").text.strip().splitlines()) == 381
    assert {x["material"] for x in json.loads(client.get("/warning/cu.json").text)["lights"]} == {"cu"}


def test_the_page_says_what_to_run_where_nothing_is_worked_out_yet(tmp_path: Path) -> None:
    with TestClient(console(touchstone.open(tmp_path / "w")), base_url="http://127.0.0.1:8000") as asking:
        assert "touchstone warning" in asking.get("/warning?lang=en").text


def test_the_form_sets_a_light_and_refuses_one_without_reason_or_token(client: TestClient) -> None:
    token = re.findall(r'name="token" value="([^"]+)"', client.get("/warning/cu").text)[0]
    form = {
        "material": "cu", "frequency": "M", "side": "supply", "light": "yellow", "by": "李", "since": str(date(2025, 3, 2)),
        "until": str(date(2025, 3, 2)),
    }  # fmt: skip
    assert client.post("/warning/override", data=form | {"reason": "停产"}).status_code == 403
    assert client.post("/warning/override", data=form | {"token": token, "reason": ""}).status_code == 409
    wrong = form | {"token": token, "reason": "停产", "light": "pink"}
    assert client.post("/warning/override", data=wrong).status_code == 409
    done = client.post("/warning/override", data=form | {"token": token, "reason": "停产"})
    assert (done.status_code, done.headers["location"]) == (303, "/warning/cu")
    assert "停产" in client.get("/warning/cu").text


def run(workspace: Workspace, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*words, "-w", str(workspace.folder)])
    return done.exit_code, done.output


def test_the_command_says_the_wall_in_words(workspace: Workspace) -> None:
    code, said = run(workspace, "warning", "铜", "--lang", "zh")
    assert code == 0 and "铜·价格（月）" in said and "图例" in said and "缺少日度序列" in said
    code, said = run(workspace, "warning", "cu", "--mode", "direction", "--lang", "en")
    assert code == 0 and "colour says which way" in said
    assert json.loads(run(workspace, "warning", "cu", "--json")[1])["lights"][0]["material"] == "cu"


def test_the_command_sets_a_light_by_hand(workspace: Workspace) -> None:
    until = str(date(2025, 3, 2))
    words = (
        "warning",
        "override",
        "cu",
        "M",
        "price",
        "red",
        "--by",
        "Li",
        "--reason",
        "mine shut",
        "--until",
        until,
    )
    code, said = run(workspace, *words, "--lang", "en")
    assert code == 0 and "Set by hand to red (Li" in said and workspace.overrides()[0][0].score == 2.0


def test_the_back_test_prints_what_is_uncalibrated_and_why(workspace: Workspace) -> None:
    code, said = run(workspace, "backtest", "cu", "--lang", "en")
    assert code == 0 and "Headline rule price on the month before" in said
    assert workspace.cards() is None, "cards of some materials are given and not kept"


def test_the_bulletin_holds_wall_reasons_and_changes_in_every_format(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.ledger.append(leap())
    code, said = run(
        workspace, "warning", "--day", "2025-03-02", "--out", str(tmp_path / "out"), "--lang", "en"
    )
    assert code == 0, said
    files = {path.name for path in (tmp_path / "out").iterdir()}
    assert files == {
        f"warning-2025-03-02.{lang}.{form}" for lang in ("zh", "en") for form in ("docx", "pdf", "html")
    }
    html = (tmp_path / "out" / "warning-2025-03-02.zh.html").read_text("utf-8")
    assert "一周以来的变灯" in html and "铜" in html and "没有数据的品种" in html
    with ZipFile(tmp_path / "out" / "warning-2025-03-02.en.docx") as docx:
        assert "Changes within the week" in docx.read("word/document.xml").decode()
