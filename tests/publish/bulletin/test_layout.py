"""The layout: data that a desk may change, and that says what is wrong with it."""

from pathlib import Path

import pytest

from touchstone.errors import UnreadableFile
from touchstone.facts.quotation import quotations
from touchstone.facts.unit import unit
from touchstone.publish.bulletin.issue import Known, issue_of
from touchstone.publish.bulletin.layout import SECTIONS, layout
from touchstone.publish.bulletin.template import templates
from touchstone.publish.report.report import Heading

from .conftest import FRIDAY, known_of, printed, tables

SHIPPED = Path(__file__).parents[3] / "src" / "touchstone" / "data" / "bulletins" / "minor_metals.toml"


def own(tmp_path: Path, old: str, new: str) -> Path:
    path = tmp_path / "bulletin.toml"
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return path


def test_the_shipped_layout_prints_every_shipped_quotation_of_its_metals() -> None:
    assert set(layout().quotations()) == {row.code for row in quotations()}


def test_the_shipped_layout_calls_units_by_the_words_of_the_trade() -> None:
    for code, words in layout().units.items():
        assert unit(words.zh).code == unit(words.en).code == code


def test_every_section_of_the_shipped_layout_can_be_filled() -> None:
    assert [section.key for section in layout().sections] == list(SECTIONS)


def test_a_workspace_may_bring_its_own(tmp_path: Path) -> None:
    own(tmp_path, "小金属市场周报", "铋市周报")
    known: Known = known_of(printed({FRIDAY.isoformat(): "国内铋锭报41500元/吨。"}), tmp_path)
    assert issue_of(FRIDAY, known, ("zh",)).report.title.zh == "铋市周报"


def test_a_section_that_is_not_listed_is_left_out_and_the_others_are_numbered_on(tmp_path: Path) -> None:
    own(
        tmp_path,
        '[[section]]\nkey = "review"\nheading = { zh = "本周评述", en = "Review of the week" }\n',
        "",
    )
    known = known_of(printed({FRIDAY.isoformat(): "国内铋锭报41500元/吨。"}), tmp_path)
    report = issue_of(FRIDAY, known, ("zh", "en")).report
    heads = [block.text for block in report.blocks if isinstance(block, Heading)]
    assert (heads[0].zh, heads[0].en) == ("一、价格行情", "1. Prices")
    assert tables(report)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('key = "review"', 'key = "poems"', "poems"),
        ('"te.ingot@market.domestic"]', '"te.dust@market.domestic"]', "te.dust@market.domestic"),
        ('unit = "row"', 'unit = "nowhere"', "nowhere"),
        ('key = "sources"', 'key = "notes"', "sources"),
        ('code = "se"', 'code = "unobtainium"', "unobtainium"),
        ('"CNY/kg" =', '"furlong" =', "furlong"),
        ('"CNY/kg" =', '"元/公斤" =', "CNY/kg"),
        ("title =", "titles =", "title"),
        ('{ zh = "元/公斤", en = "yuan/kg" }', '"kg"', "kg"),
        ('"CNY/kg" = { zh = "元/公斤", en', '"CNY/kg" = { zh = 5, en', "no text"),
        ("[[table]]", "[[table", "array"),
    ],
)  # fmt: skip
def test_a_layout_that_cannot_be_used_says_why(tmp_path: Path, old: str, new: str, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        layout(own(tmp_path, old, new))
    assert caught.value.code == "BULLETIN-001" and caught.value.zh
    assert reason in caught.value.found


def test_every_kind_of_template_has_names_of_its_own() -> None:
    for kind in ("opening", "clause", "basis", "remark", "heading"):
        names = [template.id for template in templates("commentary", kind)]
        assert len(names) == len(set(names))


ANTIMONY = """extends = "minor_metals"
[[metal]]
code = "sb"
quotations = ["bi.ingot@market.domestic"]
[[table]]
caption = { zh = "国内小金属价格", en = "Domestic prices of minor metals" }
[[table.part]]
column = [{ quotation = "bi.ingot@market.domestic", zh = "铋锭", en = "Bismuth ingot" }]
"""


def test_a_layout_that_extends_the_shipped_one_says_only_what_it_adds(tmp_path: Path) -> None:
    path, shipped = tmp_path / "bulletin.toml", layout()
    path.write_text(ANTIMONY, encoding="utf-8")
    found = layout(path)
    assert found.metals[:-1] == shipped.metals and found.metals[-1].code == "sb"
    assert (
        found.tables[:-1] == shipped.tables[:-1] and found.tables[-1].parts[:-1] == shipped.tables[-1].parts
    )
    assert (found.title, found.sections, found.units) == (shipped.title, shipped.sections, shipped.units)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('"sb"', '"unobtainium"', "bulletin.toml:3"),
        ('"minor_metals"', '"major_metals"', "bulletin.toml:1"),
        ('["bi.ingot@market.domestic"]', '["bi.dust@market.domestic"]', "bulletin.toml:4"),
    ],
)
def test_a_layout_that_cannot_be_used_says_in_which_line(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    path = tmp_path / "bulletin.toml"
    path.write_text(ANTIMONY.replace(old, new), encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        layout(path)
    assert caught.value.where == where and caught.value.code == "BULLETIN-001"
