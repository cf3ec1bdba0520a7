"""Templates and filled-in files on the command line: what came in, what it changed, and years that are none."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import touchstone
from touchstone.flow import Workspace
from touchstone.serve.command import app

from .test_inventory import GROUP

Run = Callable[..., Result]
HEAD = "unit,month,item,parameter,value,measured_in,evidence\n"


@pytest.fixture
def works(tmp_path: Path) -> Workspace:
    opened = touchstone.open(tmp_path / "workspace")
    (opened.folder / "carbon").mkdir()
    (opened.folder / "carbon" / "organisation.toml").write_text(GROUP, encoding="utf-8")
    return opened


@pytest.fixture
def run(works: Workspace) -> Run:
    def runs(*words: str, lang: str = "en") -> Result:
        return CliRunner().invoke(app, ["inventory", *words, "-w", str(works.folder), "--lang", lang])

    return runs


def _sent(path: Path, *rows: str) -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return str(path)


def test_an_import_says_what_is_new_what_changed_from_what_and_what_is_the_same(
    run: Run, tmp_path: Path
) -> None:
    first = _sent(tmp_path / "a.csv", "line-1,2023-01,diesel,,5,t,meter", "line-1,2023-02,diesel,,7,t,meter")
    assert "2 new, 0 changed, 0 the same" in run("import", first).output
    other = _sent(
        tmp_path / "b.csv", "line-1,2023-01,diesel,,5000,t,meter", "line-1,2023-02,diesel,,7,t,meter", "line-1,2023-03,diesel,,8,t,meter",
    )  # fmt: skip
    said = run("import", other).output
    assert "1 new, 1 changed, 1 the same" in said
    assert "line-1 2023-01 diesel: 5 t → 5,000 t" in said.replace("tonnes", "t").replace("tonne", "t")
    assert "新增0、改动0、不变3" in run("import", other, lang="zh").output


def test_one_of_something_is_said_in_the_singular(run: Run, tmp_path: Path) -> None:
    one = _sent(tmp_path / "a.csv", "line-1,2023-01,diesel,,5,t,meter")
    assert "1 value: 1 new" in run("import", one).output and "1 unit, 2023-01" in run("import", one).output
    wrong = _sent(tmp_path / "b.csv", "line-1,2023-13,diesel,,5,t,meter")
    assert "nothing was imported, 1 place to correct." in run("import", wrong).output
    assert (
        run("region", "CN-5301", "--year", "2023").output.count(
            ", 1 unit: what of this organisation stands there"
        )
        == 1
    )


def test_several_files_and_a_folder_come_in_each_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    good = _sent(tmp_path / "in" / "good.csv", "line-1,2023-01,diesel,,5,t,meter")
    _sent(tmp_path / "in" / "wrong.csv", "line-1,2023-13,diesel,,5,t,meter")
    _sent(tmp_path / "in" / "~$open.csv", "nothing")
    (tmp_path / "in" / "notes.txt").write_text("nothing")
    one = _sent(tmp_path / "one.csv", "line-1,2023-02,diesel,,6,t,meter")
    result = run("import", good, str(tmp_path / "in"), one, "--json")
    assert result.exit_code == 3
    files = json.loads(result.stdout)["files"]
    assert [(each["name"], each["added"], len(each["problems"])) for each in files] == [
        ("activity/good.csv", 1, 0), ("wrong.csv", 0, 1), ("activity/one.csv", 1, 0),
    ]  # fmt: skip


def test_a_folder_without_tables_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert getattr(run("import", str(tmp_path / "empty")).exception, "code", "") == "COMMAND-033"


@pytest.mark.parametrize("year", ["0", "99999", "20244", "²", "1850", "２０２４"])
def test_a_template_of_no_year_is_refused(run: Run, tmp_path: Path, year: str) -> None:
    result = run("template", "works", year, "--out", str(tmp_path / "t.xlsx"))
    assert getattr(result.exception, "code", "") == "COMMAND-033"
    assert not (tmp_path / "t.xlsx").exists()


@pytest.mark.parametrize(
    ("years", "code"),
    [(("1000", "2000"), "COMMAND-033"), (("２０２２", "２０２３"), "COMMAND-033"), (("2021", "2023"), "INVENTORY-004"), (("2023", "2030"), "INVENTORY-004")],
)  # fmt: skip
def test_a_year_without_data_is_not_compared_as_zero(
    run: Run, tmp_path: Path, years: tuple[str, str], code: str
) -> None:
    run("import", _sent(tmp_path / "a.csv", "line-1,2023-01,diesel,,5,t,meter"))
    assert getattr(run("compare", *years, "works").exception, "code", "") == code


@pytest.mark.parametrize("word", ["撤回", "withdraw"])
def test_a_value_of_another_file_is_taken_back_with_a_word_in_its_cell(
    run: Run, works: Workspace, tmp_path: Path, word: str
) -> None:
    """Two files stated the invoice of a month, and neither should have; the older one must not come back."""
    for name, size in (("a.csv", 5), ("b.csv", 7)):
        run("import", _sent(tmp_path / name, f"line-1,2023-01,diesel,,{size},t,invoice", f"line-1,2023-02,diesel,,{size},t,invoice"))  # fmt: skip
    before = datetime.now(UTC)
    rows = f"line-1,2023-01,diesel,,{word},t,invoice", f"line-1,2023-03,diesel,,{word},t,invoice"
    done = run("import", _sent(tmp_path / "c.csv", *rows))
    assert done.exit_code == 0 and "withdrawn: 1 value;" in done.output and "ACTIVITY-024" in done.output
    assert "withdrawn  line-1 2023-01 diesel: 7" in done.output
    assert [(each.month, each.value) for each in works.activity()] == [("2023-02", 7)]
    assert [each.month for each in works.activity(as_of=before)] == ["2023-01", "2023-02"]
    again = run("import", _sent(tmp_path / "d.csv", rows[0]))
    assert "withdrawn:" not in again.output and "ACTIVITY-024" in again.output
    run("import", _sent(tmp_path / "e.csv", "line-1,2023-01,diesel,,6,t,invoice"))
    assert [(each.month, each.value) for each in works.activity()] == [("2023-01", 6), ("2023-02", 7)]


def test_a_value_that_was_taken_back_counts_again_when_the_same_file_states_it_again(
    run: Run, works: Workspace, tmp_path: Path
) -> None:
    """The very bytes that stated it before, under their own name, edited back, or under another."""
    line, back = "line-1,2023-01,diesel,,5,t,invoice", "line-1,2023-01,diesel,,withdraw,t,invoice"
    for name in ("a.csv", "copy.csv", "a.csv"):
        assert "1 new" in run("import", _sent(tmp_path / name, line)).output
        assert [each.value for each in works.activity()] == [5]
        there = datetime.now(UTC)
        assert "withdrawn: 1 value;" in run("import", _sent(tmp_path / "back.csv", back)).output
        assert works.activity() == [] and [each.value for each in works.activity(as_of=there)] == [5]
    run("import", _sent(tmp_path / "a.csv", line))
    run("import", _sent(tmp_path / "a.csv", back))
    assert works.activity() == []
    run("import", _sent(tmp_path / "a.csv", line))
    assert [each.value for each in works.activity()] == [5]


def test_a_line_with_an_empty_value_is_told_and_changes_nothing(
    run: Run, works: Workspace, tmp_path: Path
) -> None:
    run("import", _sent(tmp_path / "a.csv", "line-1,2023-01,diesel,,5,t,invoice"))
    other = _sent(
        tmp_path / "b.csv", "line-1,2023-01,diesel,,,t,invoice", "line-1,2023-02,diesel,,7,t,invoice"
    )
    said = run("import", other).output
    assert "ACTIVITY-023" in said and "1 lines without a value" in said
    assert [each.value for each in works.activity()] == [5, 7]
