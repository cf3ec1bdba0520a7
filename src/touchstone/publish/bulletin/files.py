"""The files of an issue: written in every language and format, read back, and put in place when all are sound."""

import os
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import mkdtemp

from touchstone.errors import Refusal
from touchstone.facts.quotation import Quotations
from touchstone.publish.bulletin.issue import Issue
from touchstone.publish.bulletin.recheck import UnsoundBulletin, round_trip
from touchstone.publish.report.report import Report
from touchstone.publish.words import LANGUAGES

FORMATS = ("docx", "xlsx", "pdf", "html")
"""What a bulletin is written as."""


_NO_NAME = re.compile(r"[^\w-]+")
_LONGEST = 60
"""Characters of a title that a name takes: file systems end at 255 bytes, and a Chinese one has three."""


class TakenName(Refusal):
    """Something else stands where a file or folder of an issue must be."""


class UnknownFormat(Refusal):
    """A bulletin is asked for in a format or language that there is not."""


def write_issue(
    issue: Issue, known: Quotations, out: Path, languages: Sequence[str], formats: Sequence[str],
    told: Callable[[int, int, str], None] | None = None, console: str | None = None,
) -> tuple[Path, ...]:  # fmt: skip
    """Write an issue into a folder of its own below `out`.

    All files are made and checked before the first is put in its place; each then takes the place of the one of its
    name, in one step. Files of other languages and formats stay, and so do those that somebody else put there.

    Args:
        issue: what to write.
        known: the quotations of the workspace, for reading the Word file back.
        out: made where it is missing.
        languages, formats: which of `LANGUAGES` and `FORMATS`.
        told: progress, after each file.
        console: address of a console that has the facts, to which figures lead.

    Raises:
        UnknownFormat: a language or format that there is not.
        UnwritableReport: something that cannot be written, an address that is none.
        UnsoundBulletin: the Word file does not give back the quotes it was made from.
        TakenName: a file stands where a folder must be, or a folder where a file must be.
        OSError: the folder cannot be written.
    """
    check_formats(languages, formats)
    final = out / f"bulletin-{issue.report.day}"
    wanted = [(lang, kind) for lang in dict.fromkeys(languages) for kind in dict.fromkeys(formats)]
    names = [_name(issue.report, lang, kind) for lang, kind in wanted]
    _check_places(out, final, names)
    out.mkdir(parents=True, exist_ok=True)
    making = Path(mkdtemp(prefix=".bulletin-", dir=out))
    try:
        for done, ((lang, kind), name) in enumerate(zip(wanted, names, strict=True), 1):
            data = _written(issue.report, lang, kind, console)
            if kind == "docx" and (differences := round_trip(data, issue.report, issue.week, known, lang)):
                raise _altered(name, differences)
            (making / name).write_bytes(data)
            if told:
                told(done, len(wanted), name)
        final.mkdir(exist_ok=True)
        for name in names:
            os.replace(making / name, final / name)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return tuple(final / name for name in names)


def check_formats(languages: Sequence[str], formats: Sequence[str]) -> None:
    """Refuse what cannot be written, before anything is worked out.

    Raises:
        UnknownFormat: a language or format that there is not, or none at all.
    """
    for given, there, zh in ((languages, LANGUAGES, "语言"), (formats, FORMATS, "格式")):
        if not given or set(given) - set(there):
            found = ", ".join(given) or "-"
            raise UnknownFormat(
                "BULLETIN-009", "bulletin", found, ", ".join(there), "no file was written", "choose among these",
                zh=(f"{zh}：{found}", "、".join(there), "没有写出任何文件", "从中选择"),
            )  # fmt: skip


def _written(report: Report, lang: str, kind: str, console: str | None) -> bytes:
    if kind == "docx":
        from touchstone.publish.report.word import word

        return word(report, lang, console)
    if kind == "xlsx":
        from touchstone.publish.report.workbook import workbook

        return workbook(report, lang, console)
    if kind == "pdf":
        from touchstone.publish.report.pdf import pdf

        return pdf(report, lang, console)
    from touchstone.publish.report.page import page

    return page(report, lang, console).encode()


def _name(report: Report, lang: str, kind: str) -> str:
    """The title as a name of a file: letters, digits and hyphens, then day and language, so that no two are one."""
    title = report.title.zh if lang == "zh" else report.title.en
    plain = _NO_NAME.sub("-", title).strip("-_")[:_LONGEST] or "bulletin"
    return f"{plain}-{report.day}-{lang}.{kind}"


def _check_places(out: Path, final: Path, names: Sequence[str]) -> None:
    """See that folders can be folders and files files, before anything is made."""
    for folder in (out, final):
        if folder.exists() and not folder.is_dir():
            raise _taken(folder, "a file of this name", "a folder", "已有同名文件", "文件夹")
    for name in names:
        if (final / name).is_dir():
            raise _taken(final / name, "a folder of this name", "a file", "已有同名文件夹", "文件")


def _taken(place: Path, found: str, expected: str, found_zh: str, expected_zh: str) -> TakenName:
    return TakenName(
        "BULLETIN-014", str(place), found, expected, "no file was written", "move it away, or choose another folder",
        zh=(found_zh, expected_zh, "没有写出任何文件", "移走它，或另选文件夹"),
    )  # fmt: skip


def _altered(name: str, differences: Sequence[str]) -> UnsoundBulletin:
    found = "; ".join(differences)
    return UnsoundBulletin(
        "BULLETIN-010", name, found, "the quotes the bulletin was made from", "no file was written",
        "correct the heads of the layout: words and units must be read back as they are meant",
        zh=(found, "编制所据的报价", "没有写出任何文件", "改正版式的表头：用语和单位要能读回原意"),
    )  # fmt: skip
