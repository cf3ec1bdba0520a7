"""Documents that try to steer a terminal, or to turn what is read around."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from typer.testing import CliRunner

import touchstone
from touchstone.errors import UnreadableFile
from touchstone.serve import terminal
from touchstone.serve.command import app
from touchstone.serve.shown import shown, shown_json
from touchstone.serve.web import console

CLEAR, TURN = "\x1b[2J", "\u202e"
ACTING = [CLEAR, TURN, "\x9b2J", "\x07", "\x7f", "\u2066", "\u200f", "\r", "\udc80"]


@pytest.mark.parametrize("acting", ACTING)
def test_what_acts_is_written_out(acting: str) -> None:
    assert acting[0] not in shown(f"铜{acting}66000")
    assert shown(f"铜{acting}66000") == f"铜\\u{ord(acting[0]):04x}{acting[1:]}66000"


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_words_stay_as_they_are(text: str) -> None:
    assert shown(text) == text


@given(st.text())
def test_json_that_is_shown_says_the_same(text: str) -> None:
    assert json.loads(shown_json(json.dumps([text], ensure_ascii=False))) == [text]


def test_a_problem_keeps_to_its_five_lines() -> None:
    problem = UnreadableFile(
        "READ-001", f"a\nfix  none{CLEAR}.txt", CLEAR, "b", "c", "d", (TURN, "乙", "丙", "丁")
    )
    for lang in ("zh", "en"):
        told = terminal.told(problem, lang)
        assert len(told.splitlines()) == 5
        assert CLEAR not in told and TURN not in told


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A file whose name, title, words and subjects clear the screen and turn the text; and its workspace."""
    folder = tmp_path_factory.mktemp("hostile")
    file = folder / f"{CLEAR}铜{TURN}价.txt"
    acts = f"{TURN}\x9b"
    file.write_text(
        f"铜{acts}周报\n\n2022年1-6月，{acts}精炼铜累计产量533.3万吨。7月{acts}精炼铜产量95.4万吨。1-7月，{acts}精炼铜累计产量620.2万吨。",
        encoding="utf-8",
    )
    (folder / f"{CLEAR}空.txt").write_bytes(b"")
    told = CliRunner().invoke(app, ["read", str(folder), "-w", str(folder / "w"), "--lang", "zh"])
    assert told.exit_code == 3 and "\\u001b[2J铜\\u202e价.txt" in told.output
    assert_quiet(told.output)
    return file, folder / "w"


def assert_quiet(said: str) -> None:
    assert said == said.translate(dict.fromkeys(map(ord, "\x1b\x9b\u202e"), "!"))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_no_answer_of_the_command_line_acts(hostile: tuple[Path, Path], form: list[str], lang: str) -> None:
    file, folder = hostile
    id = next(iter(touchstone.open(folder).facts())).id
    calls = [
        ["audit", "-w", str(folder)],
        ["explain", id, "-w", str(folder)],
        ["read", str(file), "-w", str(folder)],
    ]
    told = [CliRunner().invoke(app, [*call, *form, "--lang", lang]) for call in calls]
    told.append(
        CliRunner().invoke(app, ["figures", str(file), "--lang", lang, *(["--jsonl"] if form else [])])
    )
    assert [each.exit_code for each in told] == [0, 0, 0, 0]
    for each in told:
        assert_quiet(each.output)
        for line in each.stdout.splitlines() if form and each is told[-1] else [each.stdout] if form else []:
            json.loads(line)


def test_on_a_page_every_character_stands_where_it_is_read(hostile: tuple[Path, Path]) -> None:
    workspace = touchstone.open(hostile[1])
    [entry] = workspace.documents()
    asked = ["/", f"/document/{entry.hash}", "/audit?verdict=all", "/series", "/briefing.html"]
    asked += [f"/figure/{fact.id}" for fact in workspace.facts()]
    with TestClient(console(workspace), base_url="http://127.0.0.1") as asking:
        pages = {page: asking.get(page).text for page in asked}
    assert [page for page, html in pages.items() if TURN in html] == []
    assert "\\u202e" in pages[f"/document/{entry.hash}"] and "\\u202e" in pages["/briefing.html"]
