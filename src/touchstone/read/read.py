"""Reading: a file → a `Document`. The file is looked at once, as bytes; its name is not believed.

One reader a media type; each turns bytes into text and blocks, or says why it cannot.
"""

import os
import re
import stat
from hashlib import sha256
from pathlib import Path

from touchstone.facts.document import Block, Document, Source
from touchstone.read import sniff
from touchstone.read.builder import Reading
from touchstone.read.encoding import decode
from touchstone.read.published import is_dateline, published
from touchstone.read.refusal import refusal

MAX_BYTES = 200_000_000
"""Largest file that is opened, in bytes."""
_MB = 1_000_000
_LONGEST_TITLE = 80
_MARKUP = re.compile(r"\[bookmark: \w+\]|\*\*|^[#>\s]+")


def read_document(path: Path, name: str) -> Document:
    """Read one file.

    Args:
        path: where the file is.
        name: how the user knows it: the path relative to the folder read; kept in the source, shown in
            errors.

    Returns:
        The document; `left_out` names the parts (sheets, pages) that could not be read.

    Raises:
        UnreadableFile: nothing could be read; the code says why.
    """
    return read_bytes(file_bytes(path, name), name)


def read_bytes(data: bytes, name: str) -> Document:
    """Read a document that is already in memory. See `read_document`."""
    if not data:
        raise refusal("READ-001", name)
    media = sniff.media_type(data, name)
    reading = _reader(media, data, name)
    source = Source(
        sha256(data).hexdigest(), name, media, len(data), reading.title, published(name, reading.text)
    )
    return Document(source, reading.text, reading.blocks, reading.left_out)


def file_bytes(path: Path, name: str) -> bytes:
    """The bytes of a regular file, its size checked first.

    Raises:
        UnreadableFile: READ-002 too large, READ-003 not readable, READ-004 not a regular file.
    """
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for a writer for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refusal("READ-003", name, reason=reason) from error
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise refusal("READ-004", name, kind=_kind(status.st_mode))
        if status.st_size > MAX_BYTES:
            raise refusal("READ-002", name, size=status.st_size // _MB, limit=MAX_BYTES // _MB)
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(MAX_BYTES)
    except OSError as error:
        raise refusal("READ-003", name, reason=error.strerror or str(error)) from error
    finally:
        os.close(handle)


def _reader(media: str, data: bytes, name: str) -> Reading:
    """Readers are imported when needed: a run over text files never loads the PDF library."""
    if media == sniff.DOCX:
        from touchstone.read.docx import read_docx as read
    elif media == sniff.PDF:
        from touchstone.read.pdf import read_pdf as read
    elif media == sniff.HTML:
        from touchstone.read.html import read_html as read
    elif media == sniff.XLSX:
        from touchstone.read.sheet import read_xlsx as read
    elif media == sniff.XLS:
        from touchstone.read.sheet import read_xls as read
    elif media == sniff.CSV:
        from touchstone.read.delimited import read_delimited as read
    else:
        read = _read_text
    return read(data, name)


def _read_text(data: bytes, name: str) -> Reading:
    from touchstone.read.text import text_blocks

    text = decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    blocks = tuple(block for block in text_blocks(text) if text[block.start : block.end].strip())
    if not blocks:
        raise refusal("READ-019", name)
    return Reading(text, blocks, _text_title(text, blocks))


def _text_title(text: str, blocks: tuple[Block, ...]) -> str:
    """The first line, if it is short and no sentence, else the first heading; without marks of markup.

    A line that only gives the day of publication is a title where there is no heading.
    """
    first = text[blocks[0].start : blocks[0].end]
    plain = len(first) <= _LONGEST_TITLE and first.rstrip()[-1:] not in "。；;.!?！？"
    if plain and not is_dateline(first):
        return _unmarked(first)
    headings = (text[block.start : block.end] for block in blocks if block.kind == "heading")
    heading = next((words for words in headings if not is_dateline(words)), first if plain else "")
    return _unmarked(heading)


def _unmarked(title: str) -> str:
    return " ".join(_MARKUP.sub("", title).split())


def _kind(mode: int) -> tuple[str, str]:
    if stat.S_ISDIR(mode):
        return "a folder", "文件夹"
    if stat.S_ISFIFO(mode):
        return "a named pipe", "命名管道"
    return "a device or socket", "设备或套接字"
