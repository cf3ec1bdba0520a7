"""The files of an issue: written in every language and format, read back, and put in place all at once."""

import os
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


class UnknownFormat(Refusal):
    """A bulletin is asked for in a format or language that there is not."""


def write_issue(
    issue: Issue, known: Quotations, out: Path, languages: Sequence[str], formats: Sequence[str],
    told: Callable[[int, int, str], None] | None = None,
) -> tuple[Path, ...]:  # fmt: skip
    """Write an issue into a folder of its own below `out`.

    Either all files appear or none: they are written beside it, and the folder is renamed. An issue of the same day
    is replaced as a whole.

    Args:
        issue: what to write.
        known: the quotations of the workspace, for reading the Word file back.
        out: made where it is missing.
        languages, formats: which of `LANGUAGES` and `FORMATS`.
        told: progress, after each file.

    Raises:
        UnknownFormat: a language or format that there is not.
        UnsoundBulletin: the Word file does not give back the quotes it was made from.
        OSError: the folder cannot be written.
    """
    check_formats(languages, formats)
    out.mkdir(parents=True, exist_ok=True)
    making = Path(mkdtemp(prefix=".bulletin-", dir=out))
    try:
        wanted = [(lang, kind) for lang in languages for kind in formats]
        for done, (lang, kind) in enumerate(wanted, 1):
            name = _name(issue.report, lang, kind)
            data = _written(issue.report, lang, kind)
            if kind == "docx" and (differences := round_trip(data, issue.report, issue.week, known, lang)):
                raise _altered(name, differences)
            (making / name).write_bytes(data)
            if told:
                told(done, len(wanted), name)
        final = out / f"bulletin-{issue.report.day}"
        _put(making, final)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return tuple(final / _name(issue.report, lang, kind) for lang, kind in wanted)


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


def _written(report: Report, lang: str, kind: str) -> bytes:
    if kind == "docx":
        from touchstone.publish.report.word import word

        return word(report, lang)
    if kind == "xlsx":
        from touchstone.publish.report.workbook import workbook

        return workbook(report, lang)
    if kind == "pdf":
        from touchstone.publish.report.pdf import pdf

        return pdf(report, lang)
    from touchstone.publish.report.page import page

    return page(report, lang).encode()


def _name(report: Report, lang: str, kind: str) -> str:
    title = report.title.zh if lang == "zh" else report.title.en
    return f"{'-'.join(title.split())}-{report.day}.{kind}"


def _put(made: Path, final: Path) -> None:
    """Let a folder appear under its name; the one that was there goes as a whole."""
    made.chmod(0o755)
    if final.exists():
        old = made.with_name(f"{made.name}.old")
        os.replace(final, old)
        os.replace(made, final)
        shutil.rmtree(old)
    else:
        os.replace(made, final)


def _altered(name: str, differences: Sequence[str]) -> UnsoundBulletin:
    found = "; ".join(differences)
    return UnsoundBulletin(
        "BULLETIN-010", name, found, "the quotes the bulletin was made from", "no file was written",
        "correct the heads of the layout: words and units must be read back as they are meant",
        zh=(found, "编制所据的报价", "没有写出任何文件", "改正版式的表头：用语和单位要能读回原意"),
    )  # fmt: skip
