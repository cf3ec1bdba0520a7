"""Delimited text: separators, quotes, encodings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.errors import UnreadableFile
from touchstone.facts.document import Document
from touchstone.read.read import read_bytes


def rows(document: Document) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for block in document.blocks:
        for cell in block.cells:
            found.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    return list(found.values())


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_separator_and_encoding_are_found(separator: str, encoding: str) -> None:
    lines = [["品种", "最低", "最高"], ["精铟", "1200", "1230"], ["硒粉", "90", "110"]]
    data = "\r\n".join(separator.join(line) for line in lines).encode(encoding)
    assert rows(read_bytes(data, "价格.csv")) == lines


def test_quoted_fields_keep_separators_and_lose_line_ends() -> None:
    data = '名称,数\n"铜, 精炼","1,200"\n"两\n行",3\n'.encode()
    assert rows(read_bytes(data, "a.csv")) == [["名称", "数"], ["铜, 精炼", "1,200"], ["两 行", "3"]]


def test_a_quote_that_is_never_closed_does_not_swallow_the_file() -> None:
    data = '名,数\n5" 管,12\n"铜,95.2\n锌,3\n'.encode()
    assert rows(read_bytes(data, "a.csv"))[-1] == ["锌", "3"]


def test_a_separated_file_named_xls_is_read_as_what_it_is() -> None:
    document = read_bytes("年\t产量\n2020\t40.9\n2021\t43.5\n".encode("gb18030"), "导出.xls")
    assert document.source.media == "text/csv" and rows(document)[1] == ["2020", "40.9"]


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="READ-017"):
        read_bytes((",".join("1" * 10_000) + "\n").encode() * 2, "a.csv")


@given(
    st.lists(
        st.lists(st.text("ab锌1.,;\"'", min_size=1, max_size=6), min_size=2, max_size=2),
        min_size=2,
        max_size=6,
    )
)
def test_every_field_is_a_cell(lines: list[list[str]]) -> None:
    quoted = "\n".join(
        ",".join('"' + field.replace('"', '""') + '"' for field in line) for line in [["甲", "乙"], *lines]
    )
    expected = [["甲", "乙"], *([field.strip() for field in line] for line in lines)]
    assert rows(read_bytes(quoted.encode(), "a.csv")) == expected
