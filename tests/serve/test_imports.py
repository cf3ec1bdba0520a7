"""`touchstone import`, as somebody uses it for the first time, in both languages."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .test_command import environment, run

OWN = """\
id: my-prices
name: {zh: 我的价格表, en: my prices}
issuer: {zh: 本公司, en: our company}
licence: {zh: 内部, en: internal}
address: {zh: 共享盘, en: the shared drive}
date: {column: 日期, form: "{year}-{month}-{day}"}
measure: price
columns:
  铟锭: {subject: in.ingot, place: market.domestic, unit: 元/公斤}
"""
CSV = "日期,铟锭,备注\n2020-10-09,1125,\n2020-10-10,11o5,看错\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "my.yaml").write_text(OWN, "utf-8")
    (tmp_path / "prices.csv").write_text(CSV, "utf-8")
    return tmp_path


@pytest.mark.parametrize(("lang", "word"), [("en", "no network needed"), ("zh", "可离线使用")])
def test_the_list_says_what_each_source_is_and_how_it_is_had(lang: str, word: str) -> None:
    told = run("import", "--list", lang=lang)
    assert told.returncode == 0 and "worldbank-pinksheet\n" in told.stdout and word in told.stdout
    listed = json.loads(run("import", "--list", "--json", lang=lang).stdout)["sources"]
    assert {"worldbank-pinksheet", "fx-central-parity", "quotes-long"} <= {source["id"] for source in listed}
    assert all(source["licence"] and source["issuer"] for source in listed)


def test_a_declaration_that_is_shown_can_be_used_as_it_is(tmp_path: Path) -> None:
    shown = run("import", "--show", "worldbank-pinksheet")
    (tmp_path / "mine.yaml").write_text(shown.stdout, "utf-8")
    told = run("import", "-d", tmp_path / "mine.yaml", "-w", tmp_path / "w")
    assert told.returncode == 0 and "20 series, 551 rows, Jan 1980 to Nov 2025: 10791 figures" in told.stdout


def test_a_file_is_imported_and_what_was_left_out_is_told_on_the_other_stream(files: Path) -> None:
    told = run("import", files / "prices.csv", "-d", files / "my.yaml", "-w", files / "w", lang="zh")
    assert told.returncode == 3
    assert "1 个序列，2 行" in told.stdout and "没有读的列：备注" in told.stdout
    assert "SOURCE-020  prices.csv!B3" in told.stderr and "共 2 个，略去 1 个" in told.stderr
    again = run("import", files / "prices.csv", "-d", files / "my.yaml", "-w", files / "w")
    assert "nothing was added" in again.stdout and "1 of 2" in again.stderr


def test_the_report_is_json_where_that_is_asked(files: Path) -> None:
    asked = ("import", files / "prices.csv", "-d", files / "my.yaml", "-w", files / "w", "--json")
    told = json.loads(run(*asked, lang="zh").stdout)
    assert (told["source"], told["figures"], told["added"]) == ("my-prices", 1, 1)
    [problem] = told["problems"]
    assert problem["code"] == "SOURCE-020" and "略去" in problem["so"]


@pytest.mark.parametrize(
    ("words", "code", "ends"),
    [
        (["prices.csv"], "COMMAND-009", 2),
        (["prices.csv", "-s", "quotes-long", "-d", "my.yaml"], "COMMAND-009", 2),
        (["none.csv", "-d", "my.yaml"], "COMMAND-001", 2),
        (["prices.csv", "-d", "my.yaml", "--published", "yesterday"], "COMMAND-010", 2),
        (["prices.csv", "-d", "none.yaml"], "SOURCE-009", 2),
        (["prices.csv", "-s", "nothing"], "SOURCE-008", 2),
        (["--show", "nothing"], "SOURCE-008", 2),
        (["prices.csv", "-s", "worldbank-pinksheet"], "SOURCE-010", 3),
        (["-s", "quotes-long"], "SOURCE-043", 3),
    ],
)
def test_a_mistake_is_a_message_with_a_remedy(files: Path, words: list[str], code: str, ends: int) -> None:
    for lang, label in (("en", "  fix "), ("zh", "  办法 ")):
        told = run("import", *words, "-w", files / "w", lang=lang, cwd=files)
        assert told.returncode == ends and told.stderr.startswith(code) and label in told.stderr, told.stderr
        assert "Traceback" not in told.stderr and told.stdout == ""


def test_a_bad_declaration_says_what_is_wrong_and_on_which_line(files: Path) -> None:
    (files / "my.yaml").write_text(OWN.replace("元/公斤", "元/公近"), "utf-8")
    told = run("import", files / "prices.csv", "-d", files / "my.yaml", "-w", files / "w", lang="zh")
    assert told.stderr.startswith("SOURCE-006  my.yaml:9") and "元/公近" in told.stderr
    assert not (files / "w").exists(), "no workspace is made for a call that is wrong"


def test_help_speaks_both_languages() -> None:
    told = run("import", "--help")
    assert told.returncode == 0 and "序列" in told.stdout and "--declaration" in told.stdout


def test_nothing_loads_an_optional_library_before_it_is_asked() -> None:
    code = (
        "import sys, touchstone.serve.command, touchstone.serve.imports, touchstone.read.sources.importing,"
        " touchstone.read.connectors.akshare, touchstone.read.connectors.sdmx;"
        " print([m for m in ('akshare', 'sdmx', 'requests', 'pandas') if m in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment("en"), check=True
    )
    assert told.stdout.strip() == "[]"
