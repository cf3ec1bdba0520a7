"""What `touchstone warning --out` writes: the weekly bulletin in every format and both languages."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from touchstone.publish.words import LANGUAGES
from touchstone.serve import terminal

if TYPE_CHECKING:
    from touchstone.calc.warning.kept import KeptWall
    from touchstone.flow import Workspace

_WEEK = timedelta(days=7)


def write_bulletin(opened: "Workspace", wall: "KeptWall", as_of: date | None, out: Path) -> list[Path]:
    """The bulletin of a wall against the wall of a week before; the files.

    Raises:
        UnreadableFile: COMMAND-021, the folder cannot be written.
        UnsoundWarning: WARN-017, the bulletin says something else than the wall; no file is written.
    """
    from touchstone.publish.report.page import page
    from touchstone.publish.report.pdf import pdf
    from touchstone.publish.report.word import word as docx
    from touchstone.publish.warning.bulletin import Week, latest_late, warning_report
    from touchstone.publish.warning.recheck import check_bulletin

    mode = {light.mode for light in wall.lights}
    before = opened.warnings(wall.day - _WEEK, as_of, mode=mode.pop() if len(mode) == 1 else None)
    releases = {row.key: row for row in opened.releases().rows}
    late = latest_late(opened.expected(wall.day, as_of))
    week = Week(wall, before, opened.changes(before, wall), opened.cards(), late, releases)
    report = warning_report(week)
    for lang in LANGUAGES:
        check_bulletin(report, week, lang)
    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for lang in LANGUAGES:
            made = {"docx": docx(report, lang), "pdf": pdf(report, lang), "html": page(report, lang).encode()}
            for form, data in made.items():
                path = out / f"warning-{wall.day}.{lang}.{form}"
                path.write_bytes(data)
                written.append(path)
    except OSError as error:
        raise terminal.wrong("COMMAND-021", str(out), reason=error.strerror or str(error)) from error
    return written
