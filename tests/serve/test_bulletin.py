"""The command `bulletin`, run as a user runs it."""

from pathlib import Path

import pytest

from touchstone.errors import UnreadableFile
from touchstone.serve.bulletin import day_of

from .test_command import WEEKLY, run


@pytest.fixture(scope="module")
def workspace(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's bulletin, read by the command."""
    folder = tmp_path_factory.mktemp("bulletin") / "w"
    assert run("read", sample_folder / WEEKLY, "-w", folder).returncode == 0
    return folder


def test_it_prints_the_files_it_wrote(workspace: Path, tmp_path: Path) -> None:
    told = run("bulletin", "--week", "2020-10-09", "-w", workspace, "--out", tmp_path, "--format", "html")
    assert told.returncode == 0, told.stderr
    files = [Path(line) for line in told.stdout.splitlines()]
    assert [path.name for path in files] == [
        "小金属市场周报-2020-10-09-zh.html", "Minor-Metals-Weekly-2020-10-09-en.html",
    ]  # fmt: skip
    assert all(path.is_file() for path in files)


def test_the_editors_sentences_come_from_a_file_and_unverified_figures_are_told(
    workspace: Path, tmp_path: Path
) -> None:
    written = tmp_path / "judgement.toml"
    written.write_text(
        'week = 2020-10-09\nby = "编者"\n[metal.bi]\nzh = "有厂家报43000元/吨。"\n', encoding="utf-8"
    )
    told = run(
        "bulletin", "--week", "2020-W41", "-w", workspace, "--out", tmp_path, "--format", "html", "--lang", "zh",
        "--judgement", written,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert "BULLETIN-004" in told.stderr and "43000元/吨" in told.stderr
    assert "有厂家报43000元/吨。" in Path(told.stdout.strip()).read_text(encoding="utf-8")


def test_a_week_without_quotes_ends_with_2_and_names_weeks_that_have_some(
    workspace: Path, tmp_path: Path
) -> None:
    told = run("bulletin", "--week", "2020-W30", "-w", workspace, "--out", tmp_path / "out", lang="zh")
    assert told.returncode == 2
    assert "BULLETIN-008" in told.stderr and "2020-W41" in told.stderr and "办法" in told.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "code", "ends"),
    [
        (("--week", "autumn"), "COMMAND-020", 2),
        (("--week", "2020-W60"), "COMMAND-020", 2),
        (("--week", "2020-10-09", "--format", "doc"), "BULLETIN-009", 2),
        (("--week", "2020-10-09", "--lang", "fr"), "BULLETIN-009", 2),
        (("--week", "2020-10-09", "--judgement", "nowhere.toml"), "COMMAND-001", 2),
    ],
)
def test_a_mistake_in_the_call_is_a_message(
    workspace: Path, tmp_path: Path, words: tuple[str, ...], code: str, ends: int
) -> None:
    told = run("bulletin", *words, "-w", workspace, "--out", tmp_path)
    assert (told.returncode, told.stdout) == (ends, "")
    assert told.stderr.startswith(code) and "Traceback" not in told.stderr


@pytest.mark.parametrize(("out", "code"), [("file", "BULLETIN-014"), ("file/below", "COMMAND-021")])
def test_a_folder_that_cannot_be_written_is_a_message(
    workspace: Path, tmp_path: Path, out: str, code: str
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    told = run(
        "bulletin", "--week", "2020-10-09", "-w", workspace, "--out", tmp_path / out, "--format", "html"
    )
    assert told.returncode == 2 and code in told.stderr


def test_a_layout_that_cannot_be_used_ends_with_3(sample_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    assert run("read", sample_folder / WEEKLY, "-w", folder).returncode == 0
    (folder / "bulletin.toml").write_text("title = 1", encoding="utf-8")
    told = run("bulletin", "--week", "2020-10-09", "-w", folder, "--out", tmp_path, "--format", "html")
    assert told.returncode == 3 and told.stderr.startswith("BULLETIN-001")


def test_a_week_is_its_friday() -> None:
    assert day_of("2020-W41") == day_of("2020-10-09")
    with pytest.raises(UnreadableFile):
        day_of("41")


def test_the_address_of_a_console_makes_numbers_links_and_what_is_none_is_refused(
    workspace: Path, tmp_path: Path
) -> None:
    asked = ("bulletin", "--week", "2020-10-09", "-w", workspace, "--format", "html", "--lang", "zh", "--out")
    told = run(*asked, tmp_path, "--console", "http://127.0.0.1:8000")
    assert told.returncode == 0, told.stderr
    assert 'href="http://127.0.0.1:8000/figure/' in Path(told.stdout.strip()).read_text(encoding="utf-8")
    wrong = run(*asked, tmp_path / "none", "--console", "javascript:alert(1)")
    assert wrong.returncode == 2 and "REPORT-005" in wrong.stderr and not (tmp_path / "none").exists()
