"""The library of a workspace: the bytes of every document by hash, and what was read from them.

    raw/ab/<hash>         the bytes as they came
    documents/ab/<hash>   the `Document`, as compressed JSON; with the edition of the reading rules
                          behind the hash, where one was given

The place of a file comes from its hash alone. The name a document came with is kept for display
and is never used as a path.
"""

import json
import os
import re
import shutil
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from touchstone.errors import LedgerError, UnreadableFile
from touchstone.facts.document import Block, Cell, Document, Source
from touchstone.facts.segment import sync_folder

_HASH = re.compile(r"[0-9a-f]{64}")
_EDITION = re.compile(r"[0-9a-zA-Z]*")


class Library:
    """The documents of the workspace in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, document: Document, raw: "bytes | Path", edition: str = "") -> None:
        """Keep a document and its bytes (or the file that holds them); both are on disk on return.

        Keeping the same one again changes nothing. A reader sees neither half written.
        """
        raw_path = self._place("raw", document.source.hash)
        if not raw_path.exists():
            _write(raw_path, lambda file: _copy(raw, file))
        packed = zlib.compress(_packed(document), 1)
        path = self._place("documents", document.source.hash, edition)
        if not path.exists() or path.read_bytes() != packed:
            _write(path, lambda file: file.write(packed))

    def raw(self, hash: str) -> bytes:
        """The bytes of a document as they came."""
        return self._bytes("raw", hash)

    def document(self, hash: str, edition: str = "") -> Document:
        """A document as it was read by an edition of the rules."""
        return _unpacked(zlib.decompress(self._bytes("documents", hash, edition)))

    def holds(self, hash: str, edition: str = "") -> bool:
        """Whether a document of this hash, as read by an edition of the rules, was kept."""
        return self._place("documents", hash, edition).exists()

    def _bytes(self, kind: str, hash: str, edition: str = "") -> bytes:
        try:
            return self._place(kind, hash, edition).read_bytes()
        except FileNotFoundError as error:
            raise LedgerError(f"no document {hash} in {self._folder}") from error

    def _place(self, kind: str, hash: str, edition: str = "") -> Path:
        if not is_hash(hash):
            raise LedgerError(f"{hash!r} is not the hash of a document (64 hexadecimal digits)")
        if not _EDITION.fullmatch(edition):
            raise LedgerError(f"{edition!r} is not an edition of reading rules (letters and digits)")
        return self._folder / kind / hash[:2] / (f"{hash}.{edition}" if edition else hash)


def is_hash(text: str) -> bool:
    """Whether a text is the hash of a document."""
    return _HASH.fullmatch(text) is not None


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file at once: a reader sees the old bytes or the new, whatever happens in between."""
    _write(path, lambda file: file.write(content))


def _write(path: Path, fill: "Callable[[BinaryIO], object]") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{uuid4().hex}.part")
    try:
        with part.open("wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)


def _copy(raw: "bytes | Path", file: "BinaryIO") -> None:
    if isinstance(raw, bytes):
        file.write(raw)
        return
    with raw.open("rb") as origin:
        shutil.copyfileobj(origin, file, 1 << 20)


def _left_out(
    code: str, where: str, found: str, expected: str, so: str, fix: str, zh: list[str] | None
) -> UnreadableFile:
    chinese = (zh[0], zh[1], zh[2], zh[3]) if zh else None
    return UnreadableFile(code, where, found, expected, so, fix, chinese)


def _packed(document: Document) -> bytes:
    source = document.source
    published = source.published.isoformat() if source.published else None
    blocks = [
        [b.kind, b.start, b.end, b.level, b.where, b.spans,
         [[c.row, c.column, c.start, c.end, c.row_span, c.column_span, c.raw] for c in b.cells]]
        for b in document.blocks
    ]  # fmt: skip
    left_out = [[e.code, e.where, e.found, e.expected, e.so, e.fix, e.zh] for e in document.left_out]
    head = [source.hash, source.name, source.media, source.size, source.title, published]
    # text from a broken file may hold half a surrogate pair: it must come back as it was
    return json.dumps([head, document.text, blocks, left_out], ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


def _unpacked(packed: bytes) -> Document:
    head, text, blocks, left_out = json.loads(packed.decode("utf-8", "surrogatepass"))
    hash, name, media, size, title, published = head
    return Document(
        Source(hash, name, media, size, title, date.fromisoformat(published) if published else None),
        text,
        tuple(
            Block(kind, start, end, level, where, tuple(Cell(*cell) for cell in cells), spans)
            for kind, start, end, level, where, spans, cells in blocks
        ),
        tuple(_left_out(*parts) for parts in left_out),
    )
