"""The guide to one's own group: its commands run in order, and every line it shows is said, in either language."""

import re
import shlex
import shutil
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from touchstone.serve.command import app

ROOT = Path(__file__).resolve().parent.parent
INPUT = ROOT / "examples" / "03_own_group" / "input"
LANGUAGES = {"own-group.md": "en", "own-group.zh.md": "zh"}


def blocks(page: str) -> list[tuple[str, str]]:
    """The code blocks of a page, each with its kind; rows of a table that name a sheet and a row are one `table`."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    found = re.finditer(
        r"```(\w+)\n(.*?)```|((?:^\| [^|\n]+ \| \d+ \|[^\n]*\n)+)", text, re.DOTALL | re.MULTILINE
    )
    return [(each[1] or "table", each[2] or each[3]) for each in found]


def fill(template: Path, table: str) -> None:
    """Write the rows of the guide's table into the cells it names."""
    book = openpyxl.load_workbook(template)
    for line in table.splitlines():
        name, row, item, evidence, *values = (cell.strip() for cell in line.strip("|").split("|"))
        sheet, properties = book[name], name == book.sheetnames[2]
        if row == "47":
            sheet["A47"], sheet["C47"], sheet["D47"] = "south-cast", item, "1e4 Nm3"
        assert sheet[f"C{row}"].value == item
        sheet[f"{'F' if properties else 'E'}{row}"] = evidence
        for column, value in zip("MNOPQR" if properties else "LMNOPQ", values, strict=True):
            sheet[f"{column}{row}"] = float(value)
    book.save(template)


def run(commands: str, lang: str) -> str:
    """What the commands of a block say; `ID` is the first fact they name, `TODAY` the day."""
    said = ""
    for line in commands.splitlines():
        fact = re.search(r"\[([0-9a-f]{20})\]", said)
        meant = {"ID": fact[1] if fact else "", "TODAY": f"{datetime.now(UTC):%Y-%m-%d}"}
        words = [meant.get(word, word) for word in shlex.split(line)[1:]]
        done = CliRunner().invoke(app, [*words, "--lang", lang])
        assert done.exit_code in (0, 1), f"{line}\n{done.output}"
        assert not done.exception or isinstance(done.exception, SystemExit)
        said += done.output
    return said


@pytest.mark.parametrize("page", LANGUAGES)
def test_every_line_the_guide_shows_is_said(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(INPUT / "east.csv", tmp_path)
    organisation = tmp_path / "group" / "carbon" / "organisation.toml"
    organisation.parent.mkdir(parents=True)
    organisation.write_text("", encoding="utf-8")
    said = ""
    for kind, text in blocks(page):
        if kind == "toml":  # the file, then what is put at its head
            organisation.write_text(text + organisation.read_text(encoding="utf-8"), encoding="utf-8")
        elif kind == "csv":
            Path("corrections.csv").write_text(text, encoding="utf-8")
        elif kind == "table":
            fill(Path("south.xlsx"), text)
        elif kind == "sh":
            said = run(text, LANGUAGES[page])
        else:
            assert [line for line in text.splitlines() if line not in said] == [], said


@pytest.mark.parametrize("page", LANGUAGES)
def test_the_guide_shows_the_organisation_of_its_example(page: str) -> None:
    shown = next(text for kind, text in blocks(page) if kind == "toml")
    assert shown == (INPUT / "organisation.toml").read_text(encoding="utf-8")
