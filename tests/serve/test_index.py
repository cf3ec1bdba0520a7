"""The pages, the command and the note of an index: every number opens to what it stands on, and what is made up says so."""

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.flow import Workspace
from touchstone.publish.index.pictures import sized
from touchstone.serve.web import console

from .test_command import run

MARK = {"zh": "合成数据", "en": "synthetic data"}
SMALL = Path(__file__).resolve().parents[1] / "small_index.toml"


@pytest.fixture(scope="module")
def asking(indexed: Workspace) -> Iterator[TestClient]:
    with TestClient(console(indexed), base_url="http://127.0.0.1:8000") as client:
        yield client


def _links(html: str) -> set[str]:
    """Where the links of a page lead, those in its frame left out."""
    main = html[html.index("<main") : html.index("</main>")]
    return {unescape(link) for link in re.findall(r'href="(/[^"#]+)', main)}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_shows_the_only_index_and_says_that_it_is_synthetic(asking: TestClient, lang: str) -> None:
    html = asking.get(f"/index?lang={lang}").text
    assert html.lower().count(MARK[lang]) > 8
    assert (
        "<svg" in html
        and 'id="breadth"' in html
        and 'id="ahead"' in html
        and 'id="checks"' in html
        and 'id="out"' in html
    )


def test_every_number_of_the_page_opens(asking: TestClient) -> None:
    html = asking.get("/index/small?lang=en").text
    links = _links(html)
    assert {f"/index/small/{key}" for key in ("pmi", "m2", "investment-fixed", "vehicles", "phones")} <= links
    figures = sorted(link for link in links if link.startswith("/figure/"))
    assert len(figures) > 20
    for link in [*figures[:2], *sorted(link for link in links if link.startswith("/index/"))]:
        assert asking.get(link).status_code == 200, link


def test_an_indicator_shows_what_was_printed_prepared_and_adjusted(
    asking: TestClient, indexed: Workspace
) -> None:
    html = asking.get("/index/small/investment-fixed?lang=en").text
    own = indexed.kept_index("small").indicator("investment-fixed")
    newest = own.printed[-1]
    assert f'href="/figure/{newest.fact}">{newest.value:,}</a>' in html
    assert (
        "Jan–Dec 2024" in html
        and "X-13ARIMA-SEATS" in html
        and "purchasing managers" in html.lower()
        or "PMI" in html
    )
    rows = asking.get("/index/small/investment-fixed.json").json()["values"]
    december = next(row for row in rows if row["period"] == "2024-12")
    assert december["facts"] == [own.printed[-1].fact, own.printed[-2].fact] and december["synthetic"] is True


def test_the_twins_hold_every_period_and_add_up(asking: TestClient) -> None:
    data = asking.get("/index/small.json").json()
    row = data["periods"].index("2024-12")
    assert data["levels"][row] == pytest.approx(100 + sum(data["contributions"][row]))
    lines = asking.get("/index/small.csv").text.splitlines()
    assert len(lines) == len(data["periods"]) + 1 and "points.vehicles" in lines[0]


def test_what_the_issuer_printed_stands_beside_it(asking: TestClient, indexed: Workspace) -> None:
    compared = indexed.kept_index("small").compared
    assert len(compared) == 25
    assert f"/figure/{compared[-1].fact}" in _links(asking.get("/index/small?lang=zh").text)


def test_a_period_of_the_table_opens_to_its_own_level_and_reasons(
    asking: TestClient, indexed: Workspace
) -> None:
    assert "/index/small?period=2024-05" in _links(asking.get("/index/small?lang=en").text)
    html = asking.get("/index/small?period=2024-05&lang=en").text
    told = indexed.kept_index("small").at("2024-05")
    assert all(each.text.en in unescape(html) for each in told.sentences)
    assert f'/figure/{told.level_facts[told.row]}"><svg' in html and "Back to Dec 2024" in html
    assert asking.get("/index/small.json?period=2024-05").json()["attribution"]["period"] == "2024-05"
    assert asking.get("/index/small?period=1999-05").status_code == 404


def test_the_months_of_a_combined_figure_are_shown_with_its_decimals(indexed: Workspace) -> None:
    own = indexed.kept_index("small").indicator("investment-fixed")
    places = max(max(0, -int(each.value.as_tuple().exponent)) for each in own.printed)
    for value in sized(own.prepared, places):
        assert value is None or -int(value.as_tuple().exponent) >= places


def test_the_page_has_no_raw_keys(asking: TestClient) -> None:
    html = asking.get("/index/small/vehicles?lang=en").text
    main = re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")])
    assert not re.search(r"season\.identifiable|spans\.MM|\b[0-9a-f]{6}\b(?<!\d{6})", main)


def test_bands_may_be_renamed_after_an_index_was_computed(indexed: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    shutil.copytree(indexed.folder, folder)
    own = touchstone.open(folder)
    recipe = folder / "index" / "small.toml"
    text = recipe.read_text(encoding="utf-8")
    for old, new in (("cold", "icy"), ("normal", "fine"), ("hot", "warm")):
        text = text.replace(f'key = "{old}"', f'key = "{new}"')
    recipe.write_text(text, encoding="utf-8")
    kept = own.index("small")
    assert kept.ahead and kept.ahead.band in {"icy", "fine", "warm"}
    with TestClient(console(own), base_url="http://127.0.0.1:8000") as client:
        assert client.get("/index/small").status_code == 200


def test_there_is_no_page_of_what_there_is_not(asking: TestClient) -> None:
    assert asking.get("/index/nothing").status_code == 404
    assert asking.get("/index/small/nothing").status_code == 404


def test_the_command_runs_out_of_the_box_and_says_loudly_that_it_is_synthetic(
    indexed: Workspace, tmp_path: Path
) -> None:
    """
    An empty workspace; a recipe of its own stands before the one shipped, and what was adjusted elsewhere is remembered, so that
    the test is quick.
    """
    folder = tmp_path / "w"
    touchstone.open(folder)
    shutil.copy(indexed.folder / "memory.sqlite", folder)
    (folder / "index").mkdir()
    (folder / "index" / "copper-demand.toml").write_text(SMALL.read_text(encoding="utf-8"), encoding="utf-8")
    done = run("index", "copper-demand", "-w", folder, "--out", tmp_path / "out", lang="zh")
    assert done.returncode == 0, done.stderr
    assert "工作区是空的，已导入随附的合成样本copper-demand-sample" in done.stderr
    assert done.stdout.startswith("小指数（合成数据）") and "不得引用" in done.stderr
    assert "未计入“没有人公布的指标”：工作区中没有这一指标的数字。" in done.stderr
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == sorted(
        f"copper-demand-2024-12-synthetic.{lang}.{form}"
        for lang in ("zh", "en")
        for form in ("docx", "pdf", "html")
    )
    again = run("index", "copper-demand", "-w", folder, "--json", "--published-by", "2024-07-25")
    told = json.loads(again.stdout)
    assert (
        told["published_by"] == "2024-07-25"
        and told["attribution"]["period"] == "2024-06"
        and told["synthetic"]
    )
    kept = run("index", "copper-demand", "-w", folder, "--calibration")
    assert "factor = " in kept.stdout and "the limits are 95.7, 104.2" in kept.stdout


def test_the_command_lists_recipes_and_refuses_what_it_cannot_compute(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    listed = run("index", "--list", "-w", folder)
    assert "copper-demand  copper demand index  32" in listed.stdout
    refused = run("index", "ten-metals", "-w", folder)
    assert refused.returncode == 2 and "INDEX-011" in refused.stderr
    assert "no recipe 'nothing'" in run("index", "nothing", "-w", folder).stderr


def test_a_broken_recipe_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    touchstone.open(folder)
    (folder / "index").mkdir()
    (folder / "index" / "copper-demand.toml").write_text("x = 1", encoding="utf-8")
    listed = run("index", "--list", "-w", folder)
    assert "ten-metals" in listed.stdout and "INDEX-001  copper-demand.toml x" in listed.stderr
    assert "INDEX-011" in run("index", "ten-metals", "-w", folder).stderr
    assert "INDEX-001  copper-demand.toml x" in run("index", "copper-demand", "-w", folder).stderr


def test_a_note_that_cannot_be_written_is_refused_before_anything_is_computed(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file", encoding="utf-8")
    refused = run("index", "copper-demand", "-w", tmp_path / "w", "--out", taken)
    assert refused.returncode == 2 and "COMMAND-021" in refused.stderr and "Traceback" not in refused.stderr
    assert not (tmp_path / "w").exists()


def test_a_moment_before_the_import_says_that_the_ledger_had_nothing(
    indexed: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "w"
    shutil.copytree(indexed.folder, folder)
    refused = run("index", "ten-metals", "-w", folder, "--as-of", "2020-01-01")
    assert refused.returncode == 2 and "INDEX-011" in refused.stderr
    assert "at 2020-01-01 23:59 UTC the ledger had none of its series" in refused.stderr


def test_the_command_tells_the_fan_and_the_factor(indexed: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    shutil.copytree(indexed.folder, folder)
    told = run("index", "small", "-w", folder, "--vintages", "3", "--factor").stdout
    assert "The index as known on 3 days, and now:" in told and "3 days give 2 periods" in told
    assert "30 Nov 2024: newest period Oct 2024" in told and "mean absolute revision" in told
    assert "the dynamic factor is" in told
    assert "The release of 16 Jan 2025 moved the nowcast of Dec 2024 from" in told
    plain = json.loads(run("index", "small", "-w", folder, "--vintages", "3", "--factor", "--json").stdout)
    assert len(plain["vintages"]["days"]) == 3 and plain["vintages"]["firsts"]
    news = plain["factor"]["news"]
    moved = sum(each["points"] for each in news["releases"]) + news["revisions"]
    assert news["after"] - news["before"] == pytest.approx(moved, abs=1e-9)
    kept = touchstone.open(folder).kept_factor("small")
    assert kept and kept.news and kept.news.after == news["after"]


def test_limits_for_five_bands_are_proposed_where_they_are_asked_for(
    indexed: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "w"
    shutil.copytree(indexed.folder, folder)
    told = json.loads(run("index", "small", "-w", folder, "--propose-limits", "5", "--json").stdout)
    assert len(told["proposal"]["by_frequency"]) == 4 and list(told["weights"]) == ["0", "0.5", "1"]
    said = run("index", "small", "-w", folder, "--calibration").stdout
    assert "The recipe has no objective weights" in said
    assert "COMMAND-032" in run("index", "small", "-w", folder, "--propose-limits", "4").stderr


def test_the_command_calibrates_anew_and_gives_the_number_of_an_earlier_moment(
    indexed: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "w"
    shutil.copytree(indexed.folder, folder)
    published = indexed.kept_index("small")
    same = run("index", "small", "-w", folder, "--recalibrate")
    assert same.returncode == 0 and "number by number" in same.stdout, same.stderr
    recipe = folder / "index" / "small.toml"
    edited = (
        recipe.read_text(encoding="utf-8").replace("95.7, 104.2", "99.0, 101.0").replace("2023-12", "2022-12")
    )
    recipe.write_text(edited, encoding="utf-8")
    stale = run("index", "small", "-w", folder)
    assert stale.returncode == 2 and "touchstone index small --recalibrate" in stale.stderr
    with TestClient(console(touchstone.open(folder)), base_url="http://127.0.0.1:8000") as client:
        assert "The recipe was changed since" in client.get("/index/small?lang=en").text
    done = run("index", "small", "-w", folder, "--recalibrate", lang="zh")
    assert "2014-01–2023-12 → 2014-01–2022-12" in done.stdout and "95.7, 104.2 → 99.0, 101.0" in done.stdout
    assert re.search(r"系数k  \d+\.\d{4} → \d+\.\d{4}", done.stdout) and "汽车" in done.stdout
    earlier = run("index", "small", "-w", folder, "--as-of", published.computed.isoformat(), "--json")
    told = json.loads(earlier.stdout)
    assert tuple(told["levels"]) == published.levels and told["limits"] == [95.7, 104.2]
    assert told["rules"] == published.rules and "the present recipe is another" in told["notes"][0]["en"]
    refused = run("index", "small", "-w", folder, "--recalibrate", "--as-of", "2026-01-01")
    assert refused.returncode == 2 and "COMMAND-031" in refused.stderr
