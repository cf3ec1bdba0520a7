"""Media types, found by looking at the bytes; the name only chooses between kinds of plain text.

bytes                          media type
%PDF-                          application/pdf
zip with word/ or xl/ inside   …wordprocessingml.document, …spreadsheetml.sheet
OLE with a Workbook stream     application/vnd.ms-excel
<!doctype html>, <html …       text/html
other text                     text/csv, text/markdown or text/plain
"""

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from touchstone.read.encoding import looks_like_text
from touchstone.read.refusal import refusal

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
PDF = "application/pdf"
HTML = "text/html"
CSV = "text/csv"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = ("EncryptedPackage", "WordDocument", "Workbook", "Book", "PowerPoint Document")
# What may stand before the first tag is taken in whole (possessive): tried again in parts, a run of
# comments would double the work with each comment.
_HTML_START = re.compile(
    rb"\s*+(?:(?><\?xml[^>]*>|<!--.*?-->)\s*+)*+"
    rb"<(?:!doctype\s+html|(?:html|head|body|title|meta|table|div|p|h[1-6]|center|font|style|script)[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_OTHER = (
    (b"{\\rtf", ("an RTF document", "RTF 文档")),
    (b"\x89PNG", ("a picture (PNG)", "图片（PNG）")),
    (b"\xff\xd8\xff", ("a picture (JPEG)", "图片（JPEG）")),
    (b"GIF8", ("a picture (GIF)", "图片（GIF）")),
    (b"II*\0", ("a picture (TIFF)", "图片（TIFF）")),
    (b"MM\0*", ("a picture (TIFF)", "图片（TIFF）")),
    (b"MIME-Version:", ("a web archive or e-mail (MHTML)", "网页归档或邮件（MHTML）")),
    (b"From: <Saved by", ("a web archive (MHTML)", "网页归档（MHTML）")),
    (b"Rar!", ("a RAR archive", "RAR 压缩包")),
    (b"7z\xbc\xaf", ("a 7z archive", "7z 压缩包")),
    (b"\x1f\x8b", ("a gzip archive", "gzip 压缩包")),
    (b"PAR1", ("a Parquet file", "Parquet 文件")),
    (b"SQLite format 3\0", ("a SQLite database", "SQLite 数据库")),
    (b"\x7fELF", ("a program", "可执行程序")),
    (b"<?xml", ("an XML file that is no web page", "非网页的 XML 文件")),
)
_ZIPPED = (
    ("ppt/", ("a PowerPoint presentation", "PowerPoint 演示文稿")),
    ("xl/workbook.bin", ("a binary Excel workbook (.xlsb)", "二进制 Excel 工作簿（.xlsb）")),
    ("META-INF/container.xml", ("an EPUB book", "EPUB 电子书")),
    ("content.xml", ("an OpenDocument file", "OpenDocument 文件")),
    ("OFD.xml", ("an OFD document", "OFD 版式文档")),
)


def media_type(data: bytes, name: str) -> str:
    """The media type of a file that can be read.

    Raises:
        UnreadableFile: the bytes are of a kind that is not read (READ-005 to READ-008, READ-012).
    """
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, name)
    if data.startswith(_OLE):
        return _ole(data, name)
    head = _plain_head(data)
    if _HTML_START.match(head):
        return HTML
    for start, kind in _OTHER:
        if head.startswith(start):
            raise refusal("READ-007", name, kind=kind)
    if not looks_like_text(data):
        raise refusal("READ-005", name)
    return _text(head, PurePath(name).suffix.lower())


def _zipped(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, IndexError, NotImplementedError, UnicodeError) as error:
        raise refusal("READ-008", name, reason=str(error)[:120]) from error
    for marker, kind in _ZIPPED:
        if any(part.startswith(marker) for part in names):
            raise refusal("READ-007", name, kind=kind)
    for folder, media in (("word/", DOCX), ("xl/", XLSX)):
        if any(part.startswith(folder) for part in names):
            return media
    raise refusal("READ-007", name, kind=("a zip archive", "zip 压缩包"))


def _ole(data: bytes, name: str) -> str:
    """Old Office files: the first of the known streams in the directory says what it is.

    Directory entries are aligned to 128 bytes and begin with the name in UTF-16, ended by a zero.
    """
    places = []
    for stream in _OLE_STREAMS:
        key = (stream + "\0").encode("utf-16-le")
        place = data.find(key)
        while place >= 0 and place % 128:
            place = data.find(key, place + 1)
        if place >= 0:
            places.append((place, stream))
    kind = min(places)[1] if places else ""
    if kind in ("Workbook", "Book"):
        return XLS
    if kind == "WordDocument":
        raise refusal("READ-006", name)
    if kind == "EncryptedPackage":
        raise refusal("READ-012", name)
    if kind:
        raise refusal(
            "READ-007",
            name,
            kind=("an old PowerPoint presentation (.ppt)", "旧版 PowerPoint 演示文稿（.ppt）"),
        )
    raise refusal("READ-007", name, kind=("an OLE file of unknown kind", "未知类型的 OLE 文件"))


def _plain_head(data: bytes) -> bytes:
    """The first bytes without byte order mark, 16-bit text brought to one byte a character."""
    head = data[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf")


def _text(head: bytes, suffix: str) -> str:
    if suffix in (".csv", ".tsv"):
        return CSV
    if suffix in (".md", ".markdown"):
        return MARKDOWN
    if suffix in (".html", ".htm", ".xhtml"):
        return HTML
    office = suffix in (".xlsx", ".xls", ".et")
    return CSV if office and _columns(head) > 1 else PLAIN


def _columns(head: bytes) -> int:
    """Fields a line where all first lines agree on a separator, else 1: text exports named .xls."""
    lines = [line for line in head.splitlines()[:20] if line.strip()]
    if len(lines) < 2:
        return 1
    counts = ({line.count(mark) for line in lines} for mark in (b"\t", b",", b";"))
    return max((min(found) + 1 for found in counts if len(found) == 1), default=1)
