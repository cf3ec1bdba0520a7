"""What `touchstone inventory --out` and `inventory plan` write: papers in every format and both languages."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from touchstone.publish.words import LANGUAGES, word
from touchstone.serve import terminal
from touchstone.serve.progress import progress

FORMS = ("docx", "xlsx", "pdf", "html")

if TYPE_CHECKING:
    from touchstone.calc.carbon.inventory.account import Account
    from touchstone.flow import Workspace
    from touchstone.publish.report.report import Report


@dataclass(frozen=True, slots=True)
class Paper:
    """What is written. Attributes: report: as text; book: as a workbook, which may have more in it."""

    report: "Report"
    book: "Report"


def write_report(
    opened: "Workspace", account: "Account", as_of: date | datetime | None, out: Path
) -> list[Path]:
    """The report of an account of one year; the files.

    Raises:
        UnreadableFile: COMMAND-021 the folder cannot be written, COMMAND-033 no year is named.
        UnsoundInventory: as `checked_report`; no file is written.
    """
    if not account.year:
        raise terminal.wrong("COMMAND-033", "--out", given="--out", known="--out DIR --year YYYY")
    return write_papers(checked_report(opened, account, as_of), paper_name(account, as_of), out)


def checked_report(
    opened: "Workspace", account: "Account", as_of: date | datetime | None, asked: datetime | None = None
) -> Paper:
    """The report of an account of one year, read back against it.

    Args:
        asked: when the account was taken, which may be long before the report is made; now if not given.

    Raises:
        UnusableDeclaration: INVENTORY-004, nothing counts.
        UnsoundInventory: INVENTORY-003, the report says something else than the inventory.
    """
    from touchstone.calc.carbon.inventory.doubted import doubted
    from touchstone.calc.carbon.inventory.performed import performed
    from touchstone.publish.carbon.recheck import check_report
    from touchstone.publish.carbon.report import inventory_report
    from touchstone.publish.carbon.report_lines import with_months
    from touchstone.serve.inventory_views import is_synthetic, must_have_lines

    must_have_lines(account)
    evidence = opened.activity_evidence(as_of)
    day = as_of.date() if isinstance(as_of, datetime) else as_of or opened.today()
    report = inventory_report(
        account,
        performed(account),
        doubted(account),
        opened.inventory_caution(account, as_of),
        day,
        as_of or asked or moment_now(),
        is_synthetic(opened, account),
        evidence,
    )
    for lang in LANGUAGES:
        check_report(report, account, lang)
    return Paper(report, with_months(report, account, evidence))


def moment_now() -> datetime:
    """The moment, up to the next whole second: asked for as of it, the ledger is as it was read."""
    return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)


def paper_name(account: "Account", as_of: date | datetime | None = None) -> str:
    """What the files of an account are called, without language and format: whatever of the question is not the usual stands in it, so
    that no two questions have files of one name.
    """
    group, node = account.group, account.node
    parts = [
        "inventory",
        f"{node}-in-{group}" if group and node else group or node or "all",
        account.year,
        "" if account.boundary == "enterprise" else account.boundary,
        _consolidated(account),
        account.asked_set,
        f"as-of-{as_of:%Y-%m-%dT%H%M%S%z}"
        if isinstance(as_of, datetime)
        else f"as-of-{as_of}"
        if as_of
        else "",
    ]
    return "-".join(filter(None, parts))


def _consolidated(account: "Account") -> str:
    """How units count, "" where it is usual: a group by control, everything else whole."""
    kind = (
        account.organisation.nodes[account.group or account.node].kind
        if account.group or account.node
        else ""
    )
    if account.group:
        return "equity" if account.approach == "equity" else "" if kind == "group" else "control"
    return "whole" if kind == "group" else ""


def form_of(paper: Paper, form: str, lang: str, address: str | None = None) -> bytes:
    """The file of a paper in one of `FORMS`; `address` of a console that its numbers lead to."""
    from touchstone.publish.report.page import page
    from touchstone.publish.report.pdf import pdf
    from touchstone.publish.report.word import word as docx
    from touchstone.publish.report.workbook import workbook

    if form == "html":
        return page(paper.report, lang, address).encode()
    if form == "xlsx":
        return workbook(paper.book, lang, address)
    return {"docx": docx, "pdf": pdf}[form](paper.report, lang, address)


def write_plan(opened: "Workspace", enterprise: str, year: str, out: Path | None) -> list[Path]:
    """The data-quality-control plan of an enterprise for a year; the files.

    Raises:
        UnreadableFile: COMMAND-021 the folder cannot be written, COMMAND-033 no folder, or no year.
        UnusableDeclaration: the organisation is wrong, or none of the enterprise is there in the year.
    """
    if out is None or not (year.isascii() and year.isdigit() and len(year) == 4):
        raise terminal.wrong(
            "COMMAND-033", "plan", given=f"plan {enterprise} {year}", known="plan ENTERPRISE YYYY --out DIR"
        )
    plan = opened.quality_plan(enterprise, int(year), opened.today())
    return write_papers(Paper(plan, plan), f"plan-{enterprise}-{year}", out)


def write_papers(paper: Paper, name: str, out: Path) -> list[Path]:
    """Every format of a paper in both languages; the files. Raises UnreadableFile: COMMAND-021, the folder cannot be written."""
    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        with progress(word("inventory.writing", LANGUAGES[1])) as tell:
            for done, lang in enumerate(LANGUAGES):
                for form in FORMS:
                    path = out / f"{name}.{lang}.{form}"
                    path.write_bytes(form_of(paper, form, lang))
                    written.append(path)
                tell(done + 1, len(LANGUAGES), lang)
    except OSError as error:
        raise terminal.wrong("COMMAND-021", str(out), reason=error.strerror or str(error)) from error
    return written
