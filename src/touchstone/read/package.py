"""Office packages: the zip and the XML inside a docx or xlsx, opened without trusting them.

Sizes are checked while unpacking, never believed from the directory; document types and entities
are refused before and after parsing; nothing outside the package is ever fetched.
"""

import zipfile
import zlib
from io import BytesIO
from typing import IO

import lxml.etree as etree

from touchstone.read.refusal import refusal

MAX_UNPACKED = 512_000_000
"""Bytes of all parts of one package that are read, unpacked."""
MAX_PART = 256_000_000
MAX_RATIO = 300
_RATIO_FROM = 20_000_000
_CHUNK = 1 << 20
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    KeyError,
    NotImplementedError,
    OverflowError,
    UnicodeError,
)
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)


class Package:
    """The parts of one zip; `where` names the file in errors.

    Raises (from every method):
        UnreadableFile: READ-008 broken, READ-009 bomb, READ-010 unsafe XML, READ-011 not XML,
            READ-012 an encrypted part.
    """

    def __init__(self, data: bytes, where: str) -> None:
        self._where = where
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise self._broken(error) from error
        self.names = frozenset(self._zip.namelist())

    def part(self, name: str) -> bytes:
        """The bytes of one part."""
        if name not in self.names:
            raise refusal("READ-011", self._where, part=name, reason=("no such part", "无此部件"))
        entry = self._zip.getinfo(name)
        if entry.flag_bits & 1:
            raise refusal("READ-012", self._where)
        try:
            with self._zip.open(entry) as stream:
                data = self._unpack(stream, entry.compress_size)
        except _BROKEN as error:
            raise self._broken(error) from error
        return _transitional(data)

    def xml(self, name: str) -> etree._Element:
        """The root of one XML part, parsed without entities, network or document types."""
        data = self.part(name)
        try:
            parser = etree.XMLParser(
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            self.forbid_entities(data, name)
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise refusal("READ-011", self._where, part=name, reason=_first_line(error)) from error
        if root.getroottree().docinfo.doctype:
            raise refusal("READ-010", self._where, part=name)
        return root

    def forbid_entities(self, data: bytes, name: str) -> None:
        """Refuse a part with a document type, before any parser sees it (UTF-8 or UTF-16)."""
        head = data[: 1 << 16].replace(b"\0", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise refusal("READ-010", self._where, part=name)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id → (last word of the type, name of the target part)."""
        folder, _, leaf = part.rpartition("/")
        name = f"{folder}/_rels/{leaf}.rels".lstrip("/")
        if name not in self.names:
            return {}
        found = {}
        for item in self.xml(name):
            kind, target = item.get("Type", "").rpartition("/")[2], item.get("Target", "")
            if item.get("TargetMode") != "External":
                found[item.get("Id", "")] = (kind, _resolve(folder, target))
        return found

    def main_part(self) -> str:
        """Name of the part the package is about (word/document.xml, xl/workbook.xml)."""
        targets = [target for kind, target in self.relations("").values() if kind == "officeDocument"]
        return next((t for t in targets if t in self.names), "")

    def _unpack(self, stream: IO[bytes], packed: int) -> bytes:
        chunks, size = [], 0
        while chunk := stream.read(_CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            self._unpacked += len(chunk)
            bomb = size > _RATIO_FROM and size > MAX_RATIO * max(packed, 1)
            if bomb or size > MAX_PART or self._unpacked > MAX_UNPACKED:
                raise refusal(
                    "READ-009",
                    self._where,
                    size=size // 1_000_000,
                    limit=MAX_PART // 1_000_000,
                    ratio=MAX_RATIO,
                )
        return b"".join(chunks)

    def _broken(self, error: Exception) -> Exception:
        return refusal("READ-008", self._where, reason=_first_line(error))


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    parts = [p for p in folder.split("/") if p]
    for piece in target.split("/"):
        if piece == "..":
            del parts[-1:]
        elif piece not in ("", "."):
            parts.append(piece)
    return "/".join(parts)


def _transitional(data: bytes) -> bytes:
    """Files saved as "Strict Open XML" differ only in their namespaces; read both alike."""
    if b"http://purl.oclc.org/ooxml/" in data[:4096]:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return data


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
