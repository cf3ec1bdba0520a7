"""Office packages: the zip and the XML inside a docx or xlsx, opened without trusting them.

Sizes are checked while unpacking, never believed from the directory; document types and entities
are refused before and after parsing; nothing outside the package is ever fetched.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO

import lxml.etree as etree

from touchstone.read.refusal import refusal

MAX_UNPACKED = 512_000_000
"""Bytes of all parts of one package that are read, unpacked."""
MAX_PART = 256_000_000
MAX_TREE = 32_000_000
"""Bytes of XML held as a tree at one time; a tree takes about fifteen times their memory."""
MAX_RATIO = 300
_RATIO_FROM = 20_000_000
_CHUNK = 1 << 20
_FED = 1 << 16
"""Bytes given to the parser at a time: elements that wait for their turn are held."""
_SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
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
            READ-012 an encrypted part, READ-023 nested too deeply, READ-024 too much in one piece.
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
        if len(data) > MAX_TREE:
            raise self._piece(name)
        self.forbid_entities(data, name)
        try:
            root = etree.fromstring(data, etree.XMLParser(**_SAFE))
        except etree.XMLSyntaxError as error:
            raise self._malformed(error, name) from error
        self._forbid_type(root, name)
        return root

    def stream(self, name: str, inside: tuple[str, ...], ends: tuple[str, ...]) -> Iterator[etree._Element]:
        """The children of the elements `inside` of one XML part, each gone when the next is asked for.

        Args:
            name: the part.
            inside: tags of the elements whose children are wanted.
            ends: tags of the children at whose end the part is cut; children with other tags come with
                the next of these, in the order of the part.
        """
        data = self.part(name)
        self.forbid_entities(data, name)
        parser = etree.XMLPullParser(events=("end",), tag=(*inside, *ends), **_SAFE)
        held = 0
        kept: etree._Element | None = None
        try:
            for at in range(0, len(data), _FED):
                parser.feed(data[at : at + _FED])
                held += _FED
                for _, element in parser.read_events():
                    self._forbid_type(element, name)
                    if element.tag in inside:
                        yield from (child for child in element if child is not kept)
                        element.clear(keep_tail=True)
                    elif (parent := element.getparent()) is not None and parent.tag in inside:
                        before = [e for e in element.itersiblings(preceding=True) if e is not kept]
                        yield from reversed(before)
                        yield element
                        _forget(element)
                        kept, held = element, 0
                if held > MAX_TREE:
                    raise self._piece(name)
            self._forbid_type(parser.close(), name)
        except etree.XMLSyntaxError as error:
            raise self._malformed(error, name) from error

    def forbid_entities(self, data: bytes, name: str) -> None:
        """Refuse a part with a document type, before any parser sees it (UTF-8 or UTF-16)."""
        head = data[: 1 << 16].replace(b"\0", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise refusal("READ-010", self._where, part=name)

    def _forbid_type(self, element: etree._Element, name: str) -> None:
        if element.getroottree().docinfo.doctype:
            raise refusal("READ-010", self._where, part=name)

    def _malformed(self, error: etree.XMLSyntaxError, name: str) -> Exception:
        reason = _first_line(error)
        if "Excessive depth" in reason:
            return refusal("READ-023", self._where)
        return refusal("READ-011", self._where, part=name, reason=reason)

    def _piece(self, name: str) -> Exception:
        return refusal("READ-024", self._where, part=name, limit=MAX_TREE // 1_000_000)

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


def _forget(element: etree._Element) -> None:
    """Empty an element and drop what stands before it; itself it stays, the parser may still add its tail."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    for before in list(element.itersiblings(preceding=True)):
        parent.remove(before)


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
