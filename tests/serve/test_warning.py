"""Early warning on real history: the wall kept and asked of the past, its matters, its pages, its commands and its bulletin."""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import touchstone
from touchstone.calc.warning.kept import KeptWall
from touchstone.calc.warning.override import Override
from touchstone.calc.warning.rulebook import FOLDER
from touchstone.desk import dispatch
from touchstone.desk.light_overrides import read_overrides
from touchstone.errors import Refusal
from touchstone.facts.fact import Fact, fact_id
from touchstone.facts.period import span
from touchstone.flow import Workspace
from touchstone.flow.watched import watched
from touchstone.serve.command import app
from touchstone.serve.web import console

LIST = "企业名称,品种,地区,重点联系,联系人,来源\n样例企业甲,铜,江西,是,样例联系人 000-0001,样例名单\n"


def price(period: str, value: Decimal) -> Fact:
    """A mean price of copper, published the day after its month ended."""
    published = span(period)[1] + timedelta(days=1)
    return Fact(
        fact_id("copper", period, value), "cu.cathode", "price", period, value, "美元/吨", Decimal("0.5"), "0" * 64, None, "test",
        place="market.lme", published=published,
    )  # fmt: skip


def months(first: int, last: int) -> list[str]:
    return [f"{year}-{month:02d}" for year in range(first, last + 1) for month in range(1, 13)]


def calm() -> list[Fact]:
    """Twenty-five years of a copper price that wanders in small steps."""
    dice = random.Random(5)
    found, level = [], 8000.0
    for period in months(2000, 2024):
        level *= 1 + dice.gauss(0, 0.03)
        found.append(price(period, Decimal(round(level))))
    return found


def leap() -> list[Fact]:
    """A month in which it doubles."""
    before = calm()[-1].value
    return [price("2025-01", before), price("2025-02", 2 * before)]


@pytest.fixture(autouse=True)
def in_march_2025(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day after the leap was published."""
    monkeypatch.setattr(Workspace, "today", lambda _: date(2025, 3, 2))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    opened = touchstone.open(tmp_path / "w")
    (tmp_path / "名单.csv").write_text(LIST, encoding="utf-8")
    opened.import_white_list(tmp_path / "名单.csv", "周")
    opened.ledger.append(calm())
    return opened


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


def test_a_year_with_a_hole_behind_it_shows_the_light_of_the_month_and_no_old_one(
    workspace: Workspace,
) -> None:
    gone = next(fact.id for fact in workspace.facts(measure="price", period="2023-07"))
    whole, holed = (
        watched(workspace.rulebook().materials, facts, date(2025, 1, 31)).series
        for facts in (calm(), [fact for fact in calm() if fact.id != gone])
    )
    assert whole["cu.price.A"].periods[-1] == "2024" and "cu.price.A" not in holed
    assert holed["cu.price.Q"].periods[-1] == "2024-Q4"


def test_a_change_of_light_opens_one_matter_with_whom_it_concerns_and_never_a_second(
    workspace: Workspace,
) -> None:
    assert not workspace.warnings().turns, "the first wall has nothing to differ from"
    workspace.ledger.append(leap())
    turned = workspace.warnings().turns
    assert ("cu", "M", "price") in {(x.material, x.frequency, x.side) for x in turned}
    assert all(x.matter for x in turned)
    matters = workspace.dispatch().matters()
    assert [each.name for each in matters[0].affected] == ["样例企业甲"]
    assert matters[0].change.facts and matters[0].change.reasons
    workspace.warnings()
    (workspace.folder / "warning" / "wall.json.zz").unlink()
    workspace.warnings()
    assert workspace.dispatch().matters() == matters


def test_a_matter_the_register_refused_is_asked_for_again_until_it_is_open(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On 5 January 2027 no calendar counts the working days of a deadline; the change is not forgotten over it."""
    workspace.warnings()
    workspace.ledger.append(leap())
    with monkeypatch.context() as then:
        then.setattr(dispatch, "today", lambda at=None: date(2027, 1, 5))
        first = workspace.warnings()
        assert workspace.warnings().turns == first.turns
    assert first.turns and not any(turn.matter for turn in first.turns)
    assert any("CAL-002" in each.en for each in first.refused)
    assert not workspace.dispatch().matters()
    wall = workspace.warnings()
    assert len(wall.turns) == len(first.turns) and all(turn.matter for turn in wall.turns)
    assert {turn.matter for turn in wall.turns} == {each.id for each in workspace.dispatch().matters()}


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


def test_a_light_that_turns_from_tight_to_loose_of_one_colour_is_a_change(workspace: Workspace) -> None:
    workspace.ledger.append(leap())
    hand = Override("cu", "M", "demand", 2.0, "李", "订单", date(2025, 1, 1), date(2025, 4, 1))
    workspace.override(hand)
    workspace.warnings()
    workspace.override(replace(hand, score=-2.0, reason="退单"))
    [turn] = workspace.warnings().turns
    assert turn.reversed and (turn.before, turn.after) == ("red", "red")
    assert turn.reasons[0].zh == "由偏紧转为偏松" and workspace.dispatch().matter(turn.matter).change.reversed


def test_the_wall_can_be_read_by_direction(client: TestClient) -> None:
    by_severity = client.get("/warning.json?mode=severity").json()["lights"]
    by_direction = client.get("/warning.json?mode=direction").json()["lights"]
    scores = [each["score"] for each in by_severity]
    assert scores == [each["score"] for each in by_direction] and 2.0 in scores
    assert {each["colour"] for each in by_severity if each["score"] == -2.0} <= {"red"}
    assert {each["colour"] for each in by_direction if each["score"] == -2.0} <= {"blue"}
    assert "颜色表示方向" in client.get("/warning?mode=direction&lang=zh").text
    assert client.get("/warning?mode=upside-down").status_code == 404


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


@pytest.mark.parametrize(
    ("author", "reason", "material", "code"),
    [("", "停产", "cu", "WARN-015"), ("李", " ", "cu", "WARN-015"), ("李", "停产", "gold", "WARN-016")],
)
def test_an_override_nobody_answers_for_is_refused_and_not_written(
    workspace: Workspace, author: str, reason: str, material: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        workspace.override(
            Override(material, "M", "price", 2.0, author, reason, date(2025, 1, 1), date(2025, 2, 1))
        )
    assert refused.value.code == code and workspace.overrides() == ((), ())


def test_a_row_of_overrides_that_cannot_be_read_is_named_and_the_others_hold(workspace: Workspace) -> None:
    workspace.override(Override("cu", "M", "price", 2.0, "李", "停产", date(2025, 1, 1), date(2025, 2, 1)))
    path = workspace.folder / "warning" / "overrides.toml"
    path.write_text(path.read_text("utf-8") + '\n[[override]]\nmaterial = "cu"\n', encoding="utf-8")
    found, refused = workspace.overrides()
    assert len(found) == 1 and refused[0].where == "overrides.toml override 2"
    assert any("override 2" in text.en for text in workspace.warnings().refused)


def test_a_reason_with_a_character_that_cannot_be_printed_is_refused_and_harms_no_other(
    workspace: Workspace,
) -> None:
    """DEL, which TOML forbids, pasted into the form."""
    hand = Override("cu", "M", "price", 2.0, "李", "停产", date(2025, 1, 1), date(2025, 2, 1))
    workspace.override(hand)
    workspace.warnings()
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000", follow_redirects=False) as asking:
        token = re.search(r'name="token" value="([^"]+)"', asking.get("/warning/cu").text)
        assert token
        form = {
            "token": token[1],
            "material": "cu",
            "frequency": "M",
            "side": "price",
            "light": "red",
            "by": "李",
        }
        days = {"since": "2025-01-01", "until": "2025-02-01"}
        answer = asking.post("/warning/override", data={**form, **days, "reason": "a\x7fb"})
        assert answer.status_code == 409 and "WARN-015" in answer.text
        assert asking.get("/warning").status_code == 200
    assert workspace.overrides() == ((hand,), ())


@pytest.mark.parametrize(
    "text",
    [
        "override = 5\n", "override = [5]\n",
        '[[override]]\nmaterial = "cu"\nfrequency = "M"\nside = "price"\nscore = 2.0\nauthor = "Li"\nreason = "r"\n'
        "since = 2025-01-01T08:00:00\nuntil = 2025-12-31T08:00:00\n",
    ],
)  # fmt: skip
def test_overrides_that_say_something_else_than_a_day_are_refused_by_name_and_the_wall_goes_on(
    workspace: Workspace, text: str
) -> None:
    path = workspace.folder / "warning" / "overrides.toml"
    path.parent.mkdir()
    path.write_text(text)
    wall = workspace.warnings()
    assert any("WARN-015" in each.en and "overrides.toml" in each.en for each in wall.refused)
    assert not any(light.override for light in wall.lights)


def test_two_processes_that_set_lights_at_once_lose_none(tmp_path: Path) -> None:
    told = (
        "import sys, datetime as dt, pathlib\n"
        "from touchstone.calc.warning.override import Override\n"
        "from touchstone.desk.light_overrides import add_override\n"
        "day = dt.date(2025, 1, 1)\n"
        "for n in range(20):\n"
        "    add_override(pathlib.Path(sys.argv[1]), Override('cu', 'M', 'price', 2.0, 'Li', f'{sys.argv[2]}{n}', day, day))\n"
    )
    path = tmp_path / "overrides.toml"
    ours = {**os.environ, "PYTHONPATH": str(Path(touchstone.__file__).parents[1])}
    both = [subprocess.Popen([sys.executable, "-c", told, str(path), name], env=ours) for name in "ab"]
    assert [each.wait() for each in both] == [0, 0]
    found, refused = read_overrides(path)
    assert not refused and {each.reason for each in found} == {
        f"{name}{n}" for name in "ab" for n in range(20)
    }


def test_a_material_whose_key_has_a_dot_and_one_declared_in_two_files_are_refused(
    workspace: Workspace,
) -> None:
    own = workspace.folder / "warning" / "rules"
    own.mkdir(parents=True)
    copper = (FOLDER / "copper.toml").read_text("utf-8")
    (own / "my_copper.toml").write_text(copper, "utf-8")
    (own / "zinc.toml").write_text(copper.replace('key = "cu"', 'key = "cu.lme"'), "utf-8")
    book = workspace.rulebook()
    assert {each.where: each.code for each in book.refused} == {
        "my_copper.toml key cu": "WARN-014", "zinc.toml key": "WARN-013"
    }  # fmt: skip
    assert [each.key for each in book.materials].count("cu") == 1
    wall = workspace.warnings()
    assert "cu" in wall.materials() and any("cu.lme" in each.en for each in wall.refused)


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
    assert code == 0 and "Headline rule price.month" in said
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
