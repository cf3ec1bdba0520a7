"""Any bytes give a document whose offsets are right, or a refusal. Nothing else, and it ends.

The suite runs a small number of cases; `make fuzz` runs thousands, `fuzz_readers.py` runs without end.
"""

import zipfile
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.errors import UnreadableFile
from touchstone.facts.document import BLOCK_KINDS, Document
from touchstone.read.read import read_bytes

KINDS = ["a.docx", "a.pdf", "a.xlsx", "a.xls", "a.html", "a.csv", "a.txt", "a.md"]
WORDS = (
    b'< /> \xff &#x0; 99999999 -1 <w:tbl> </w:tc> <table> colspan=999999 1e400 " endobj stream A1:XFD1048576'
)
PIECES = [*WORDS.split(), b"\0", b"\r\n", b"\t", b"\x80", b"PK\x03\x04"]

edits = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 40),
        st.one_of(st.sampled_from(PIECES), st.binary(max_size=12)),
    ),
    min_size=1,
    max_size=6,
)


def check(document: Document) -> None:
    """Blocks and cells are in order, inside the text and apart; cells are one line, one for each place."""
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert block.kind in BLOCK_KINDS and (block.kind == "table") == bool(block.cells)
        assert document.text[block.start : block.end].strip()
        inside = [
            block.start,
            *(place for cell in block.cells for place in (cell.start, cell.end)),
            block.end,
        ]
        assert all(a <= b for a, b in pairwise(inside))
        for cell in block.cells:
            assert not {"\n", "\t"} & set(document.text[cell.start : cell.end])
            assert cell.row_span > 0 and cell.column_span > 0
        places = [(cell.row, cell.column) for cell in block.cells]
        assert places == sorted(set(places))
        end = block.end


def read_or_refuse(data: bytes, name: str) -> None:
    try:
        document = read_bytes(data, name)
    except UnreadableFile:
        return
    check(document)


def edited(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for place, removed, added in changes:
        at = int(place * len(data))
        data = data[:at] + added + data[at + removed :]
    return data


def edited_inside(data: bytes, changes: list[tuple[float, int, bytes]], chosen: float) -> bytes:
    """The same to one part of an Office package, so that the zip stays whole and the part is reached."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        names = sorted(name for name in source.namelist() if name.endswith((".xml", ".rels")))
        for name in names:
            part = source.read(name)
            target.writestr(name, edited(part, changes) if name == names[int(chosen * len(names))] else part)
    return out.getvalue()


@pytest.mark.parametrize("name", KINDS)
def test_whole_documents_have_right_offsets(seeds: dict[str, bytes], name: str) -> None:
    document = read_bytes(seeds[name], name)
    assert document.blocks and not document.left_out
    check(document)


@pytest.mark.parametrize("name", KINDS)
@given(changes=edits)
@settings(max_examples=settings.default.max_examples // 3)
def test_damaged_documents_are_read_or_refused(
    seeds: dict[str, bytes], name: str, changes: list[tuple[float, int, bytes]]
) -> None:
    read_or_refuse(edited(seeds[name], changes), name)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
@given(changes=edits, chosen=st.floats(0, 1, exclude_max=True))
def test_damaged_parts_of_a_package_are_read_or_refused(
    seeds: dict[str, bytes], name: str, changes: list[tuple[float, int, bytes]], chosen: float
) -> None:
    read_or_refuse(edited_inside(seeds[name], changes, chosen), name)


@given(data=st.binary(max_size=300), name=st.sampled_from(KINDS))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    read_or_refuse(data, name)


@given(text=st.text(max_size=200), name=st.sampled_from(["a.html", "a.csv", "a.txt", "a.md"]))
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    read_or_refuse(text.encode("utf-8", "surrogatepass"), name)
    if name == "a.html":
        read_or_refuse(f"<!DOCTYPE html>{text}".encode("utf-8", "replace"), name)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.99])
def test_documents_that_are_cut_off_are_read_or_refused(
    seeds: dict[str, bytes], name: str, keep: float
) -> None:
    read_or_refuse(seeds[name][: int(len(seeds[name]) * keep)], name)
