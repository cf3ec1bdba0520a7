"""The command line, run as a user runs it."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
WEEKLY = "小金属周报-2020-10-09.docx"


def run(*words: object, lang: str = "en", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run touchstone in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "touchstone.serve.command", *map(str, words)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment(lang),
        timeout=120,
        check=False,
    )


def environment(lang: str) -> dict[str, str]:
    """The environment of a user of this language."""
    system = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}[lang]
    return os.environ | {"PYTHONPATH": str(SOURCE), "LC_ALL": system, "PYTHONUTF8": "1", "COLUMNS": "100"}


@pytest.fixture(scope="module")
def workspace(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample folder, read by the command."""
    folder = tmp_path_factory.mktemp("command") / "w"
    read = run("read", sample_folder, "-w", folder)
    assert read.returncode == 0, read.stderr
    assert "5 documents read" in read.stdout
    return folder


@pytest.fixture(scope="module")
def findings(workspace: Path) -> list[dict[str, Any]]:
    """What the command finds in the sample."""
    return json.loads(run("audit", "-w", workspace, "--json").stdout)["findings"]


def test_help_names_every_command_in_both_languages() -> None:
    told = run("--help")
    assert told.returncode == 0
    for command in ("read", "audit", "explain", "figures", "briefing", "serve", "run"):
        assert re.search(rf"^  {command} .*[一-鿿]", told.stdout, re.MULTILINE), command


def test_help_starts_without_the_heavy_libraries() -> None:
    code = "import sys, touchstone.serve.command; print([m for m in ('duckdb', 'pyarrow', 'jinja2', 'starlette', 'numpy') if m in sys.modules])"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment("en"), check=True
    )
    assert told.stdout.strip() == "[]"


def test_reading_again_adds_nothing(workspace: Path, sample_folder: Path) -> None:
    again = json.loads(run("read", sample_folder, "-w", workspace, "--json").stdout)
    assert (again["added"], again["unchanged"], again["problems"]) == (0, 5, [])


def test_auditing_prints_what_fails_and_ends_with_1_only_when_strict(workspace: Path) -> None:
    told = run("audit", "-w", workspace, lang="zh")
    assert told.returncode == 0
    assert "不成立" in told.stdout
    assert "997.5" in told.stdout
    strict = run("audit", "-w", workspace, "--strict", "--json")
    assert strict.returncode == 1
    assert any(f["verdict"] == "fails" for f in json.loads(strict.stdout)["findings"])


def test_a_figure_is_explained_down_to_its_words(workspace: Path, findings: list[dict[str, Any]]) -> None:
    id = next(f["facts"][0] for f in findings if f["verdict"] == "fails")
    told = run("explain", id, "-w", workspace, lang="zh")
    assert told.returncode == 0
    assert "出处" in told.stdout
    explained = json.loads(run("explain", id, "-w", workspace, "--json").stdout)
    assert explained["id"] == id
    assert explained["findings"]


def test_figures_of_one_file_are_labels_one_a_line(sample_folder: Path) -> None:
    told = run("figures", sample_folder / WEEKLY, "--jsonl")
    found = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.returncode == 0
    assert any(f["value"] == 997.5 and f["measure"] == "price" and f["market"] == "rotterdam" for f in found)
    words = run("figures", sample_folder / WEEKLY, "--lang", "zh")
    assert "997.5" in words.stdout


def test_a_briefing_is_written(workspace: Path, tmp_path: Path) -> None:
    told = run("briefing", tmp_path / "b.html", "-w", workspace)
    assert told.returncode == 0
    assert (tmp_path / "b.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("briefing", tmp_path / "no" / "b.html", "-w", workspace).returncode == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_mistake_is_told_in_five_parts_and_not_as_a_traceback(tmp_path: Path, lang: str) -> None:
    told = run("read", tmp_path / "缺.docx", "-w", tmp_path / "w", lang=lang)
    assert told.returncode == 2
    assert "Traceback" not in told.stderr
    parts = ("发现", "应为", "后果", "办法") if lang == "zh" else ("found", "expected", "so", "fix")
    assert [line.split()[0] for line in told.stderr.strip().splitlines()[1:]] == list(parts)
    assert "缺.docx" in told.stderr


def test_wrong_calls_end_with_2(tmp_path: Path) -> None:
    empty, foreign, file = tmp_path / "empty", tmp_path / "foreign", tmp_path / "a.txt"
    empty.mkdir()
    foreign.mkdir()
    (foreign / "mine.txt").write_text("不要动", encoding="utf-8")
    file.write_text("铜价为66000元/吨。", encoding="utf-8")
    calls: list[tuple[object, ...]] = [
        ("read", empty, "-w", tmp_path / "w"),
        ("read", file, "-w", foreign),
        ("read", file, "-w", file),
        ("audit", "-w", tmp_path / "nowhere"),
        ("audit", "-w", foreign),
        ("explain", "0" * 20, "-w", tmp_path / "nowhere"),
        ("figures", tmp_path / "nowhere.txt"),
        ("read",),
        ("nonsense",),
        ("read", file, "--lang", "fr", "-w", tmp_path / "w2"),
        ("serve", "--port", "99999"),
    ]
    for call in calls:
        told = run(*call)
        assert told.returncode == 2, (call, told.stderr)
        assert "Traceback" not in told.stderr
    assert [p.name for p in foreign.iterdir()] == ["mine.txt"]
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_cannot_be_read_ends_with_3_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "空.txt").write_bytes(b"")
    (tmp_path / "docs" / "好.txt").write_text("铜价为66000元/吨。", encoding="utf-8")
    told = run("read", tmp_path / "docs", "-w", tmp_path / "w")
    assert told.returncode == 3
    assert "1 document read, 1 figure added" in told.stdout and "1 file could not be read" in told.stderr
    assert "空.txt" in told.stderr
    assert "好.txt" in told.stdout
    assert run("figures", tmp_path / "docs" / "空.txt").returncode == 3


def test_an_unknown_figure_is_told(workspace: Path) -> None:
    told = run("explain", "0" * 20, "-w", workspace)
    assert told.returncode == 2
    assert "Traceback" not in told.stderr


def test_serve_reads_audits_prints_its_address_and_answers(sample_folder: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "touchstone.serve.command",
            "run",
            str(sample_folder / WEEKLY),
            "-w",
            str(tmp_path / "w"),
            "--no-open",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment("en"),
    )
    try:
        assert process.stdout
        address = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert address
        with urllib.request.urlopen(address[0] + "documents.json", timeout=30) as answer:
            [listed] = json.load(answer)["documents"]
        assert listed["name"] == WEEKLY
        assert listed["fails"] > 0
        busy = run(
            "serve", "-w", tmp_path / "w", "--no-open", "--port", address[0].rpartition(":")[2].strip("/")
        )
        assert busy.returncode == 2
        assert "COMMAND-005" in busy.stderr
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


def test_a_path_that_is_not_there_makes_no_workspace(tmp_path: Path) -> None:
    for command in ("read", "serve"):
        assert run(command, tmp_path / "nonexistent", cwd=tmp_path).returncode == 2
    (tmp_path / "empty").mkdir()
    assert "COMMAND-002" in run("read", tmp_path / "empty", cwd=tmp_path).stderr
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]
    assert "COMMAND-003" in run("audit", cwd=tmp_path).stderr


def test_a_figure_is_explained_in_words_by_the_beginning_of_its_id(
    workspace: Path, findings: list[dict[str, Any]]
) -> None:
    assert not any("2022-01/2022-0" in f["title"]["zh"] + f["arithmetic"]["en"] for f in findings)
    id = next(f["facts"][0] for f in findings if f["rule"] == "unit_sanity" and f["verdict"] == "fails")
    told = run("explain", id[:12], "-w", workspace, "--lang", "zh").stdout
    for said in ("锗 · 价格 · 鹿特丹 · 2020年10月", "997.5元/公斤", "【997.5】", "表格单元格中的数字"):
        assert said in told
    wrong = run("explain", "zz", "-w", workspace, "--lang", "zh").stderr
    assert "COMMAND-007" in wrong and "办法" in wrong


def test_a_file_that_is_gone_is_told_as_withdrawn(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "铜.txt").write_text("铜价为66000元/吨。", encoding="utf-8")
    run("read", tmp_path / "docs", "-w", tmp_path / "w")
    (tmp_path / "docs" / "铜.txt").unlink()
    assert "1 withdrawn" in run("read", tmp_path / "docs", "-w", tmp_path / "w").stdout
    assert run("audit", "-w", tmp_path / "w").returncode == 0
