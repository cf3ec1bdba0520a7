"""What `touchstone inventory --out` and `inventory plan` write: papers in every format and both languages."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from touchstone.publish.words import LANGUAGES, word
from touchstone.serve import terminal
from touchstone.serve.progress import progress

if TYPE_CHECKING:
    from touchstone.calc.carbon.inventory.account import Account
    from touchstone.flow import Workspace
    from touchstone.publish.report.report import Report


def write_report(opened: "Workspace", account: "Account", as_of: date | None, out: Path) -> list[Path]:
    """The report of an account of one year; the files.

    Raises:
        UnreadableFile: COMMAND-021 the folder cannot be written, COMMAND-033 no year is named.
        UnsoundInventory: INVENTORY-003, the report says something else than the inventory; no file is written.
    """
    from touchstone.calc.carbon.inventory.doubted import doubted
    from touchstone.calc.carbon.inventory.performed import performed
    from touchstone.publish.carbon.recheck import check_report
    from touchstone.publish.carbon.report import inventory_report
    from touchstone.publish.carbon.report_lines import with_months
    from touchstone.serve.inventory_views import is_synthetic, must_have_lines

    if not account.year:
        raise terminal.wrong("COMMAND-033", "--out", given="--out", known="--out DIR --year YYYY")
    must_have_lines(account)
    day, evidence = as_of or opened.today(), opened.activity_evidence(as_of)
    report = inventory_report(
        account,
        performed(account),
        doubted(account),
        opened.inventory_caution(account, as_of),
        day,
        as_of,
        is_synthetic(opened, account),
        evidence,
    )
    for lang in LANGUAGES:
        check_report(report, account, lang)
    name = "-".join(("inventory", account.group or account.node or "all", account.year))
    return _written(report, name, out, with_months(report, account, evidence))


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
    return _written(plan, f"plan-{enterprise}-{year}", out)


def _written(report: "Report", name: str, out: Path, book: "Report | None" = None) -> list[Path]:
    """Write a report in every form. Args: book: what goes into the workbooks, if that is more."""
    from touchstone.publish.report.page import page
    from touchstone.publish.report.pdf import pdf
    from touchstone.publish.report.word import word as docx
    from touchstone.publish.report.workbook import workbook

    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        with progress(word("inventory.writing", LANGUAGES[1])) as tell:
            for done, lang in enumerate(LANGUAGES):
                made = {
                    "docx": docx(report, lang), "xlsx": workbook(book or report, lang), "pdf": pdf(report, lang),
                    "html": page(report, lang).encode(),
                }  # fmt: skip
                for form, data in made.items():
                    path = out / f"{name}.{lang}.{form}"
                    path.write_bytes(data)
                    written.append(path)
                tell(done + 1, len(LANGUAGES), lang)
    except OSError as error:
        raise terminal.wrong("COMMAND-021", str(out), reason=error.strerror or str(error)) from error
    return written
