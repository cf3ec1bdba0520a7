"""The library: documents and their bytes, kept by hash, whole or not at all."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.errors import LedgerError, UnreadableFile
from touchstone.facts.document import BLOCK_KINDS, Block, Cell, Document, Source
from touchstone.facts.library import Library, write_whole

TEXT = st.text(st.characters(), max_size=30)  # half surrogate pairs too
PLACE = st.integers(0, 1000)
CELLS = st.builds(Cell, PLACE, PLACE, PLACE, PLACE, PLACE, PLACE, st.none() | TEXT)
PROBLEMS = st.builds(
    UnreadableFile, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, st.none() | st.tuples(TEXT, TEXT, TEXT, TEXT)
)
DOCUMENTS = st.builds(
    Document,
    st.builds(
        Source,
        st.binary().map(lambda raw: sha256(raw).hexdigest()),
        TEXT,
        TEXT,
        PLACE,
        TEXT,
        st.none() | st.dates(),
    ),
    TEXT,
    st.lists(
        st.builds(
            Block,
            st.sampled_from(BLOCK_KINDS),
            PLACE,
            PLACE,
            PLACE,
            TEXT,
            st.lists(CELLS).map(tuple),
            st.booleans(),
        ),
        max_size=4,
    ).map(tuple),
    st.lists(PROBLEMS, max_size=2).map(tuple),
)


def plain(document: Document) -> tuple[object, ...]:
    """A document as values that compare; two errors are never equal."""
    return document.source, document.text, document.blocks, [e.__reduce__() for e in document.left_out]


@given(DOCUMENTS, st.binary())
def test_a_document_and_its_bytes_come_back_as_they_were(document: Document, raw: bytes) -> None:
    with TemporaryDirectory() as folder:
        library = Library(Path(folder))
        library.keep(document, raw)
        assert plain(library.document(document.source.hash)) == plain(document)
        assert library.raw(document.source.hash) == raw


def note(name: str) -> Document:
    return Document(
        Source(sha256(b"note").hexdigest(), name, "text/plain", 4, "", date(2024, 1, 1)), "note", ()
    )


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/passwd", "a\x00b", "C:\\evil", "名 称.txt", ""])
def test_a_name_is_never_a_path(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "workspace"
    library = Library(folder)
    library.keep(note(name), b"note")
    hash = note(name).source.hash
    assert {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()} == {
        f"workspace/raw/{hash[:2]}/{hash}", f"workspace/documents/{hash[:2]}/{hash}"
    }  # fmt: skip
    assert library.document(hash).source.name == name


@pytest.mark.parametrize("hash", ["../../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_hash_opens_nothing(tmp_path: Path, hash: str) -> None:
    library = Library(tmp_path)
    for read in (library.raw, library.document, library.holds):
        with pytest.raises(LedgerError, match="not the hash"):
            read(hash)


def test_a_document_that_is_not_there_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no document 000"):
        Library(tmp_path).raw("0" * 64)
    assert not Library(tmp_path).holds("0" * 64)


def test_a_file_that_cannot_be_written_whole_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "findings"
    write_whole(path, b"old")
    with pytest.raises(TypeError):
        write_whole(path, "not bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]
