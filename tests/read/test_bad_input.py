"""Files that cannot be read: each is refused with a code, the place and a remedy, in both languages."""

import os
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from touchstone.errors import UnreadableFile
from touchstone.read import package
from touchstone.read.read import MAX_BYTES, read_bytes, read_document
from touchstone.read.refusal import catalogue, refusal

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARAGRAPH = "<w:p><w:r><w:t>产量 95.2</w:t></w:r></w:p>"


def word(body: str = PARAGRAPH, before: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def pdf(draw=None, **options: object) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, **options)
    (draw or (lambda c: c.drawString(100, 700, "Output 95.2")))(canvas)
    canvas.save()
    return out.getvalue()


def scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (200, 300), 200)), 0, 0, 500, 800)


def refused(data: bytes, name: str = "文件 1.docx") -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(data, name)
    error = caught.value
    assert error.where.startswith(name) and all((error.found, error.expected, error.so, error.fix))
    return error


def test_an_empty_file_is_refused() -> None:
    assert refused(b"").code == "READ-001"


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_truncated_pdf_is_refused(keep: float) -> None:
    whole = pdf()
    assert refused(whole[: int(len(whole) * keep)], "a.pdf").code == "READ-013"


def test_a_pdf_of_noise_is_refused() -> None:
    assert refused(b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\n%%EOF", "a.pdf").code == "READ-013"


def test_an_encrypted_pdf_is_refused() -> None:
    lock = pdfencrypt.StandardEncryption("geheim", strength=128)
    assert refused(pdf(encrypt=lock), "a.pdf").code == "READ-012"


def test_a_scanned_pdf_without_text_is_refused() -> None:
    assert refused(pdf(scan), "a.pdf").code == "READ-014"


def test_a_scanned_page_among_others_is_left_out_and_named() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "Output 95.2")
        canvas.showPage()
        scan(canvas)

    document = read_bytes(pdf(draw), "a.pdf")
    assert document.text == "Output 95.2"
    assert [(e.code, e.where) for e in document.left_out] == [("READ-014", "a.pdf, page 2")]


def test_an_empty_pdf_is_refused() -> None:
    assert refused(pdf(lambda canvas: canvas.showPage()), "a.pdf").code == "READ-019"


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_a_broken_zip_is_refused(keep: float) -> None:
    whole = word()
    assert refused(whole[: int(len(whole) * keep)]).code == "READ-008"


def test_a_damaged_part_is_refused() -> None:
    data = bytearray(word("<w:p/>" * 50 + PARAGRAPH * 50))
    middle = data.index(b"word/document.xml") + 60
    data[middle : middle + 20] = b"\xff" * 20
    assert refused(bytes(data)).code == "READ-008"


def test_a_zip_bomb_is_stopped_while_unpacking() -> None:
    bomb = word(parts={"word/_rels/document.xml.rels": b" " * 60_000_000})
    assert len(bomb) < 100_000 and refused(bomb).code == "READ-009"


def test_the_size_a_zip_states_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART", 100_000)
    noise = os.urandom(150_000).hex().encode()
    assert refused(word(parts={"word/_rels/document.xml.rels": noise})).code == "READ-009"


def test_the_parts_of_a_package_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.Workbook()
    for _ in range(3):
        book.create_sheet().append(list(range(2000)))
    out = BytesIO()
    book.save(out)
    monkeypatch.setattr(package, "MAX_UNPACKED", 150_000)
    assert refused(out.getvalue(), "a.xlsx").code == "READ-009"


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_every_encoding(declared: str, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{declared}<w:document xmlns:w="{W}"/>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", xml.encode(encoding))
    assert refused(out.getvalue()).code == "READ-010"


def test_a_document_type_far_down_is_refused_too() -> None:
    assert (
        refused(word(before="<!--" + "x" * 100_000 + '--><!DOCTYPE x [<!ENTITY a "b">]>')).code == "READ-010"
    )


def test_xml_that_is_cut_off_is_refused() -> None:
    assert refused(word("<w:p>")).code == "READ-011"


def test_xml_nested_beyond_reason_is_refused() -> None:
    error = refused(word("<w:p>" * 5_000 + "</w:p>" * 5_000))
    assert error.code == "READ-023" and "nested too deeply" in error.found and "嵌套" in error.text("zh")


def test_tables_nested_beyond_reason_are_refused_as_such() -> None:
    opened, closed = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    assert refused(word(opened * 120 + PARAGRAPH + closed * 120)).code == "READ-023"
    assert read_bytes(word(opened * 60 + PARAGRAPH + closed * 60), "a.docx").text.strip() == "产量 95.2"


def test_what_is_held_at_one_time_has_a_limit_and_a_long_text_does_not_reach_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(package, "MAX_TREE", 200_000)
    wrapped = f"<w:sdt><w:sdtContent>{PARAGRAPH * 10_000}</w:sdtContent></w:sdt>"
    error = refused(word(wrapped))
    assert error.code == "READ-024" and "word/document.xml" in error.found
    assert len(read_bytes(word(PARAGRAPH * 10_000), "a.docx").blocks) == 10_000
    styles = b"<x>" + b" " * 300_000 + b"</x>"
    assert refused(word(parts={"word/_rels/document.xml.rels": styles})).code == "READ-024"


def test_bytes_in_no_encoding_are_refused() -> None:
    broken = "<!DOCTYPE html><p>氧化铝".encode() + b"\x80\xff\xff" + "锌".encode()
    error = refused(broken, "a.html")
    assert error.code == "READ-016" and "byte" in error.found


def test_a_text_too_large_is_refused_without_reading_it(tmp_path: Path) -> None:
    """In a process of its own, with less memory than the file has bytes."""
    large = tmp_path / "大 文本.txt"
    with large.open("wb") as file:
        file.truncate(300_000_000)
    code = (
        "import resource, sys\nfrom pathlib import Path\nfrom touchstone.errors import UnreadableFile\n"
        "from touchstone.read.read import read_document\n"
        "resource.setrlimit(resource.RLIMIT_AS, (280_000_000, 280_000_000))\n"
        "try: read_document(Path(sys.argv[1]), 'big.txt')\nexcept UnreadableFile as e: print(e.code, e.found)"
    )
    source = Path(package.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    command = [sys.executable, "-c", code, large]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "READ-002 300 MB", done.stderr
    assert MAX_BYTES < 300_000_000


def test_what_is_not_a_regular_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "folder.docx").mkdir()
    found = {}
    for name in ("pipe.txt", "loop.txt", "folder.docx", "none.txt"):
        with pytest.raises(UnreadableFile) as caught:
            read_document(tmp_path / name, name)
        found[name] = caught.value.code
    assert found == {
        "pipe.txt": "READ-004",
        "loop.txt": "READ-003",
        "folder.docx": "READ-004",
        "none.txt": "READ-003",
    }
    with pytest.raises(UnreadableFile, match="READ-004"):
        read_document(Path("/dev/zero"), "zero.txt")


def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    locked = tmp_path / "锁.txt"
    locked.write_text("铜")
    locked.chmod(0)
    catalogue()  # loaded before rights are given up
    user = os.geteuid()
    try:
        if user == 0:  # root may read every file
            os.seteuid(65534)
        with pytest.raises(UnreadableFile, match="READ-003"):
            read_document(locked, "锁.txt")
    finally:
        os.seteuid(user)


def test_names_with_spaces_and_chinese_are_read(tmp_path: Path) -> None:
    file = tmp_path / "周报 （最终） 2020-10-09.html"
    file.write_text("<!DOCTYPE html><p>铟 1,200 元/公斤", "utf-8")
    source = read_document(file, "周报 （最终） 2020-10-09.html").source
    assert (
        source.name == file.name
        and str(source.published) == "2020-10-09"
        and source.size == file.stat().st_size
    )


def test_every_refusal_is_written_in_both_languages() -> None:
    gaps = re.compile(r"{(\w+)}")
    for code, parts in catalogue().items():
        assert set(parts) == {"found", "expected", "so", "fix"}, code
        names = {gap for texts in parts.values() for text in texts for gap in gaps.findall(text)}
        assert all(gaps.findall(english) == gaps.findall(chinese) or sorted(gaps.findall(english)) == sorted(
            gaps.findall(chinese)) for english, chinese in parts.values()), code  # fmt: skip
        error = refusal(code, "a", **dict.fromkeys(names, ("one", "一")))
        assert "{" not in str(error) + error.text("zh")
        assert re.search("[\u4e00-\u9fff]", error.text("zh")) and not re.search("[\u4e00-\u9fff]", str(error))
