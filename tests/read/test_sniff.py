"""Media types by the bytes, whatever the name says."""

import zipfile
from io import BytesIO

import docx
import openpyxl
import pytest
import xlwt

from touchstone.errors import UnreadableFile
from touchstone.read import sniff
from touchstone.read.read import read_bytes


def office(kind: str) -> bytes:
    out = BytesIO()
    if kind == "docx":
        file = docx.Document()
        file.add_paragraph("产量 95.2 万吨")
        file.save(out)
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        book.active["A1"] = "铜"
        book.save(out)
    else:
        old = xlwt.Workbook()
        old.add_sheet("表").write(0, 0, "铜")
        old.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["docx", "xlsx", "xls"])
@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.xls", "a.pdf", "a.txt", "a", "报告 最终.doc"])
def test_a_wrong_extension_does_not_matter(kind: str, name: str) -> None:
    data = office(kind)
    assert sniff.media_type(data, name) == {"docx": sniff.DOCX, "xlsx": sniff.XLSX, "xls": sniff.XLS}[kind]
    assert read_bytes(data, name).blocks


@pytest.mark.parametrize(
    ("data", "name", "media"),
    [
        (b"%PDF-1.7\n", "a.docx", sniff.PDF),
        (b"\0junk\n%PDF-1.4", "a", sniff.PDF),
        (b"<!DOCTYPE html><p>x", "a.txt", sniff.HTML),
        (b"\xef\xbb\xbf  <!-- x --> <HTML>", "a.xls", sniff.HTML),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "a.xml", sniff.HTML),
        (b'<?xml version="1.0"?> <!-- > -> -- -->\n<!----><p>', "a.xml", sniff.HTML),
        (b"<!---->" * 1000 + b"zzz", "a.txt", sniff.PLAIN),
        (b"<!-- --> \n" * 700 + b"<p>x", "a.txt", sniff.HTML),
        (b"<!--" * 2000, "a.txt", sniff.PLAIN),
        ("<html><p>锌".encode("utf-16"), "a.doc", sniff.HTML),
        ("一、铜".encode(), "a.md", sniff.MARKDOWN),
        ("一、铜".encode(), "a.txt", sniff.PLAIN),
        ("一、铜".encode("gb18030"), "a", sniff.PLAIN),
        ("产量：95.2 万吨\n".encode("utf-16-le"), "a.txt", sniff.PLAIN),
        (b"a,b\n1,2\n3,4\n", "a.csv", sniff.CSV),
        (b"a,b\n1,2\n3,4\n", "a.xlsx", sniff.CSV),
        (b"Copper, tin\nand, well, more\n", "a.xlsx", sniff.PLAIN),
    ],
)
def test_the_bytes_say_what_a_file_is(data: bytes, name: str, media: str) -> None:
    assert sniff.media_type(data, name) == media


def zipped(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def ole(*streams: str) -> bytes:
    """The beginning of an old Office file with these directory entries."""
    entries = b"".join(
        (name + "\0").encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams)
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries.ljust(1024, b"\0")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ole("WordDocument", "1Table"), "READ-006"),
        (ole("PowerPoint Document"), "READ-007"),
        (ole("EncryptionInfo", "EncryptedPackage"), "READ-012"),
        (ole("Something"), "READ-007"),
        (zipped("ppt/presentation.xml"), "READ-007"),
        (zipped("xl/workbook.bin"), "READ-007"),
        (zipped("content.xml", "mimetype"), "READ-007"),
        (zipped("报告.docx"), "READ-007"),
        (b"PK\x03\x04 and nothing else", "READ-008"),
        (b"{\\rtf1 x}", "READ-007"),
        (b"MIME-Version: 1.0\r\n", "READ-007"),
        (b"\x89PNG\r\n\x1a\n", "READ-007"),
        (b"\xff\xd8\xff\xe0", "READ-007"),
        (b"\x1f\x8b\x08", "READ-007"),
        (b'<?xml version="1.0"?><data/>', "READ-007"),
        (bytes(range(256)) * 4, "READ-005"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_bytes(data, "文件 一.docx")
    assert refused.value.code == code and refused.value.where == "文件 一.docx"
