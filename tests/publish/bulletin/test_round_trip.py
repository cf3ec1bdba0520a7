"""Whatever an issue is written as, the reader of documents finds exactly the quotes it was made from in it."""

import re
from datetime import date
from pathlib import Path

import pytest

from touchstone.publish.bulletin.files import FORMATS, write_issue
from touchstone.publish.bulletin.issue import Known, issue_of
from touchstone.publish.bulletin.recheck import round_trip
from touchstone.publish.words import LANGUAGES

from .conftest import FRIDAY, known_of, printed

WEEK = date(2020, 10, 9)
SHIPPED = Path(__file__).parents[3] / "src" / "touchstone" / "data" / "bulletins" / "minor_metals.toml"
PRICES = (
    "国际市场硒粉报6-7美元/磅。国际市场铋锭报2.85-3.1美元/磅。国际市场铟锭报170-185美元/公斤。"
    "国际市场碲锭报50-64美元/公斤。鹿特丹市场铋锭报2.8美元/磅。国内硒粉报90-110元/公斤。国内精铟报1300-1400元/公斤。"
    "国内粗铟报1250-1330元/公斤。国内锗锭报6900-7300元/公斤。国内铋锭报41500-42500元/吨。国内镉锭报16000元/吨。"
)
DEARER = (
    PRICES.replace("41500-42500", "41250-42750.5").replace("90-110", "92.5-110").replace("6-7", "6.05-7.15")
)


def differing(known: Known, day: date, folder: Path) -> dict[str, list[str]]:
    """The files of an issue that do not give back its quotes, and what differs."""
    issue = issue_of(day, known, LANGUAGES)
    files = write_issue(issue, known.quotations, folder / "out", LANGUAGES, FORMATS)
    assert len(files) == 8
    found = {
        path.name: round_trip(path.read_bytes(), issue.report, issue.week, known.quotations, path.stem[-2:])
        for path in files
    }
    return {name: differences for name, differences in found.items() if differences}


def test_all_eight_files_of_the_sample_give_back_its_quotes(sample: Known, tmp_path: Path) -> None:
    assert differing(sample, WEEK, tmp_path) == {}


def test_all_eight_files_of_the_real_bulletin_give_back_its_quotes(corpus: Known, tmp_path: Path) -> None:
    """It quotes others, too, whose prices are none of ours."""
    assert differing(corpus, WEEK, tmp_path) == {}


@pytest.mark.parametrize("last", [FRIDAY, date(2021, 1, 8)], ids=["ordinary", "new year"])
def test_all_eight_files_of_a_week_give_back_its_quotes(last: date, tmp_path: Path) -> None:
    before = date(2020, 12, 31) if last.year == 2021 else WEEK
    texts = {before.isoformat(): PRICES, last.isoformat(): DEARER}
    assert differing(known_of(printed(texts), tmp_path), last, tmp_path) == {}


def test_all_eight_files_of_another_layout_give_back_its_quotes(tmp_path: Path) -> None:
    """One cell a price where the shipped layout has two, units in the other place, domestic prices in one wide table."""
    given = SHIPPED.read_text(encoding="utf-8")
    turned = re.sub(
        "pairs = (true|false)", lambda m: f"pairs = {'false' if m[1] == 'true' else 'true'}", given
    )
    turned = re.sub(
        'unit = "(head|row)"', lambda m: f'unit = "{"row" if m[1] == "head" else "head"}"', turned
    )
    head, _, domestic = turned.rpartition("\n]\n\n[[table.part]]\ncolumn = [")
    (tmp_path / "bulletin.toml").write_text(head + domestic, encoding="utf-8")
    texts = {WEEK.isoformat(): PRICES, FRIDAY.isoformat(): DEARER}
    assert differing(known_of(printed(texts), tmp_path), FRIDAY, tmp_path) == {}
