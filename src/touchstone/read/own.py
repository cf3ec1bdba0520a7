"""Papers of ours: the facts that a bulletin or report says it stands on. One made from a ledger is no source for it.

A Word document lists them in customXml/facts.xml, a web page in `data-facts`, a workbook on its last sheet, a PDF in
the file facts.json attached to it.
"""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from touchstone.read import sniff

_PARTS = {sniff.DOCX: "customXml/facts.xml", sniff.XLSX: "xl/sharedStrings.xml"}
_ATTACHED = "facts.json"
_LARGEST = 50_000_000
"""Bytes of a part that is looked into; ours are far smaller."""
_IN_PAGE = re.compile(rb'data-facts="([0-9a-f ]+)"')
_ID = re.compile(rb"\b[0-9a-f]{20}\b")


def cited_facts(data: bytes, name: str) -> frozenset[str]:
    """The ids of the facts that a file says it stands on; none where it is no paper of ours.

    Args:
        data: the file.
        name: how the user knows it.

    Raises:
        UnreadableFile: what kind of file it is cannot be told.
    """
    media = sniff.media_type(data, name)
    if media == sniff.HTML:
        found = b" ".join(each[1] for each in _IN_PAGE.finditer(data))
    elif media == sniff.PDF:
        from touchstone.read.pdfattached import attached

        found = attached(data, _ATTACHED, _LARGEST)
    else:
        found = _part(data, _PARTS[media]) if media in _PARTS else b""
    return frozenset(each.decode() for each in _ID.findall(found))


def _part(data: bytes, part: str) -> bytes:
    """A part of a zipped file; nothing where it is not there, too large or broken: its reader says so."""
    try:
        with ZipFile(BytesIO(data)) as package:
            return package.read(part) if package.getinfo(part).file_size <= _LARGEST else b""
    except (KeyError, BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return b""
