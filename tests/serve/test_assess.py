"""`touchstone assess`: the desk from the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import touchstone
from touchstone.errors import Refusal
from touchstone.serve.command import app

from .test_command import run

GE = "ge.ingot@market.rotterdam"
ID = f"{GE}/2020-10-09"


class Shell:
    """Runs commands on one workspace, in one language."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, code: int = 0, lang: str = "zh") -> str:
        """The output of a command; a refusal is raised as it is."""
        language = ["--lang", lang] if words[0] not in ("input",) else []
        done = CliRunner().invoke(app, ["assess", *words, "-w", str(self.folder), *language])
        if isinstance(done.exception, Refusal):
            raise done.exception
        assert done.exit_code == code, done.output
        return done.output


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A workspace with two deals and an offer of the day, from a csv file."""
    path = tmp_path / "inputs.csv"
    path.write_text(
        "date,kind,low,high,unit,party\n2020-10-09,deal,985,985,USD/kg,P01\n2020-10-09,deal,1005,1005,USD/kg,P02\n"
        "2020-10-09,offer,460,460,USD/lb,P03\n2020-10-09,bid,oops,,USD/kg,P04\n",
        encoding="utf-8",
    )
    made = Shell(tmp_path / "w")
    told = made("import", str(path), "--by", "赵", "-q", GE, code=3)
    assert "收入 3 条，已有 0 条，不能用 1 条" in told and "inputs.csv!5" in told
    return made


def test_a_round_of_commands_publishes_and_corrects(shell: Shell) -> None:
    opened = shell("open", GE, "2020-10-09", "--by", "李")
    assert "max(成交 985，成交 1005) = 1005.0 美元/公斤" in opened
    assert "次序靠后，未用  卖盘  460 USD/lb" in opened
    shell("judge", ID, "985", "1005", "--by", "李")
    shell("submit", ID, "--by", "李")
    with pytest.raises(Refusal, match="DESK-012"):
        shell("approve", ID, "--by", "李")
    shell("approve", ID, "--by", "王")
    assert "published" in shell("publish", ID, "--by", "李", lang="en")
    shell(
        "correct",
        ID,
        "--cause",
        "typing",
        "-m",
        "975 misheard",
        "--low",
        "975",
        "--high",
        "1005",
        "--by",
        "李",
    )
    shell("issue", ID, "--by", "王")
    [low] = touchstone.open(shell.folder).facts(measure="price.low")
    assert str(low.value) == "975.0"
    assert shell("list").startswith(f"{ID}  975.0-1005.0 美元/公斤  已发布  李 · 王")
    assert "台账完好" in shell("verify")


def test_a_failing_test_is_let_pass_by_its_name_and_a_reason(shell: Shell) -> None:
    shell("open", GE, "2020-10-09", "--by", "李")
    shell("judge", ID, "985", "1005", "--by", "李")
    shell("submit", ID, "--by", "李")
    shell("input", GE, "成交", "1040", "USD/kg", "2020-10-09", "--by", "赵", "--parties", "P09/B09")
    assert "不成立  missed_deal 遗漏成交" in shell("show", ID)
    passed = shell("approve", ID, "--by", "王", "--pass", "missed_deal=P09 has withdrawn it")
    assert "已复核" in passed
    data = json.loads(shell("show", ID, "--json"))
    assert [each["reason"] for each in data["let_pass"]] == ["P09 has withdrawn it"]


def test_an_input_is_excluded_and_readmitted_by_its_id(shell: Shell) -> None:
    opened = shell("open", GE, "2020-10-09", "--by", "李")
    [deal] = [line.split()[0] for line in opened.splitlines() if "成交  985 " in line]
    assert "剔除  成交  985" in shell("exclude", ID, deal, "related", "-m", "同一集团", "--by", "李")
    assert "采用  成交  985" in shell("readmit", ID, deal, "-m", "并非关联", "--by", "李")


def test_as_of_an_earlier_day_there_was_none(shell: Shell) -> None:
    shell("open", GE, "2020-10-09", "--by", "李")
    with pytest.raises(Refusal, match="DESK-005"):
        shell("show", ID, "--as-of", "2020-01-01")


def test_a_refusal_is_a_message_in_the_language_asked_for_and_ends_with_two(shell: Shell) -> None:
    told = run("assess", "show", "nope/2020-10-09", "-w", shell.folder, "--lang", "zh")
    assert told.returncode == 2
    assert "DESK-005" in told.stderr and "没有这样的评估" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_damaged_trail_ends_with_one(shell: Shell) -> None:
    import sqlite3

    with sqlite3.connect(shell.folder / "desk.sqlite") as db:
        db.execute("drop trigger entry_is_final")
        db.execute("update entry set who = 'x' where number = 2")
    assert "DESK-035" in shell("verify", code=1)


def test_a_mended_file_an_unknown_quotation_and_a_draft_too_many(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "inputs.csv"
    path.write_text("date,kind,low,high,unit,party\n2020-10-09,deal,986,986,USD/kg,P01\n", encoding="utf-8")
    assert "取代同名旧文件中的 3 条" in shell("import", str(path), "--by", "赵", "-q", GE)
    with pytest.raises(Refusal, match="DESK-041"):
        shell("input", "ge.ingot@market.roterdam", "成交", "1040", "USD/kg", "2020-10-09", "--by", "赵")
    with pytest.raises(Refusal, match="DESK-040"):
        shell("open", GE, "9999-12-31", "--by", "李")
    shell("open", GE, "2020-10-09", "--by", "李")
    assert "已作废" in shell("discard", ID, "-m", "开错了", "--by", "李")
    assert "草稿" in shell("reopen", ID, "-m", "没有错", "--by", "李")


def test_a_correction_that_fails_is_let_pass_by_name_and_a_reason(shell: Shell) -> None:
    shell("open", GE, "2020-10-09", "--by", "李")
    shell("judge", ID, "985", "1005", "--by", "李")
    shell("submit", ID, "--by", "李")
    shell("approve", ID, "--by", "王")
    shell("publish", ID, "--by", "李")
    high = ("--cause", "typing", "-m", "x", "--low", "985000", "--high", "1005000")
    assert "不成立  wrong_unit" in shell("correct", ID, *high, "--by", "李")
    with pytest.raises(Refusal, match="DESK-012"):
        shell("issue", ID, "--by", "王")
    passed = ("--pass", "wrong_unit=per tonne", "--pass", "missed_deal=per tonne")
    assert "985000.0-1005000.0" in shell("issue", ID, "--by", "王", *passed)


def test_show_tells_every_test_and_why_one_could_not_be_run(shell: Shell) -> None:
    shell("open", GE, "2020-10-09", "--by", "李")
    judged = shell("judge", ID, "985", "1005", "--by", "李", lang="en")
    assert "could not be tested (assess show says why): " in judged and "wide_range" in judged
    shown = shell("show", ID, lang="en")
    assert "untested  wide_range wide range: 0 assessments were published before, fewer than 4" in shown
    assert "holds  departs departure from the method: the method gives 985.0-1005.0 USD/kg" in shown
    shell("submit", ID, "--by", "李")
    shell("approve", ID, "--by", "王")
    shell("publish", ID, "--by", "李")
    assert "untested  wide_range" in shell("show", ID, lang="en"), "as it was tested when it was approved"


def test_a_correction_that_waits_and_one_that_was_issued_are_said_by_show_and_list(shell: Shell) -> None:
    shell("open", GE, "2020-10-09", "--by", "李")
    shell("judge", ID, "985", "1005", "--by", "李")
    shell("submit", ID, "--by", "李")
    shell("approve", ID, "--by", "王")
    shell("publish", ID, "--by", "李")
    figure = ("--low", "975", "--high", "1005", "--cause", "typing", "-m", "975 misheard")
    drafted = shell("correct", ID, *figure, "--by", "李", lang="en")
    assert "985.0-1005.0 USD/kg  published  李 · 王  a correction waits" in drafted
    assert (
        "a correction waits: 985.0-1005.0 USD/kg → 975.0-1005.0 USD/kg" in drafted
        and "975 misheard" in drafted
    )
    assert "a correction waits" in shell("list", lang="en")
    shell("issue", ID, "--by", "王")
    assert "corrected 1×" in shell("list", lang="en")
    [row] = json.loads(shell("list", "--json"))
    assert (row["corrections"], row["correction_waits"]) == (1, False)
    shown = shell("show", ID, lang="en")
    assert "985.0-1005.0 USD/kg → 975.0-1005.0 USD/kg" in shown and "second person 王" in shown
    old, new = (shown.index(f"  {figure} USD/kg:\n") for figure in ("985.0-1005.0", "975.0-1005.0"))
    assert "departs" in shown[old:new] and "departs" in shown[new:]
