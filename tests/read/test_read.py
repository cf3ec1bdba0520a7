"""The door to all readers: source, title and text files."""

from datetime import date
from hashlib import sha256

import pytest

from touchstone.errors import UnreadableFile
from touchstone.read.read import read_bytes


def test_the_source_says_where_a_document_came_from() -> None:
    data = "# 小金属周报\n\n精铟报价 1,200 元/公斤，与上周五持平。\n".encode()
    source = read_bytes(data, "周报/小金属-2020-10-09.md").source
    assert source.hash == sha256(data).hexdigest() and source.size == len(data)
    assert (source.name, source.media) == ("周报/小金属-2020-10-09.md", "text/markdown")
    assert (source.title, source.published) == ("小金属周报", date(2020, 10, 9))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_the_same_in_every_encoding(encoding: str) -> None:
    text = "铜产量简报\r\n\r\n2022年6月，精炼铜产量 93.2 万吨，同比增长 10.3%。\r\n"
    document = read_bytes(text.encode(encoding), "简报.txt")
    assert document.text == text.replace("\r\n", "\n")
    assert document.source.title == "铜产量简报"


def test_a_title_is_no_sentence_and_has_no_markup() -> None:
    text = "[bookmark: _Toc1]一、周评\n今日精铟报价 1300 元/公斤，均价较上一交易日保持不变。\n"
    assert read_bytes(text.encode(), "a.txt").source.title == "一、周评"
    assert read_bytes("今日精铟报价 1300 元/公斤。\n".encode(), "a.txt").source.title == ""


@pytest.mark.parametrize(
    "dateline",
    [
        "Published 30 September 2022",
        "发布日期：2022年9月30日",
        "發佈日期：2022年9月30日",
        "date 2022-09-30 On September 30, the Ministry held a conference",
        "（2022年9月30日）",
    ],
)
def test_a_dateline_is_no_title_where_there_is_a_heading(dateline: str) -> None:
    document = read_bytes(f"{dateline}\n\n一、铜市场\n今日铜价 70000 元/吨，较上日持平。\n".encode(), "a.txt")
    assert (document.source.title, document.source.published) == ("一、铜市场", date(2022, 9, 30))


def test_a_title_with_its_day_stays_the_title() -> None:
    text = "小金属周评（2023年11月17日）\n\n一、铋\n本周铋锭报价平稳。\n"
    assert read_bytes(text.encode(), "a.txt").source.title == "小金属周评（2023年11月17日）"


@pytest.mark.parametrize("text", [" \n\t\n", "\n"])
def test_a_text_of_white_space_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile, match="READ-019"):
        read_bytes(text.encode(), "a.txt")


def test_text_in_no_encoding_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="READ-016"):
        read_bytes("铜".encode() * 3 + b"\xff\xff\x80" + "铝".encode(), "a.txt")
