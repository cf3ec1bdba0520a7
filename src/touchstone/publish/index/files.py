"""The files of a monthly note: re-checked, then written in both languages as Word, PDF and web page."""

from collections.abc import Callable
from pathlib import Path

from touchstone.calc.index.kept import KeptIndex
from touchstone.facts.library import write_whole
from touchstone.publish.index.note import index_note
from touchstone.publish.index.recheck import check_sentences
from touchstone.publish.index.sources import Sources
from touchstone.publish.words import LANGUAGES


def write_note(
    kept: KeptIndex, out: Path, told: Callable[[int, int, str], None] | None = None, sources: Sources | None = None,
    console: str | None = None,
) -> tuple[Path, ...]:  # fmt: skip
    """Write the note of an index into a folder; all files are made before the first is put in its place.

    Args:
        sources: the figures of `sources.behind` and the names of their documents; they are listed at its end.
        console: address of a console that has the facts, to which figures lead.

    Raises:
        UnsoundNote: a sentence says what its attribution does not; no file is written.
        OSError: the folder cannot be written.
    """
    from touchstone.publish.report.page import page
    from touchstone.publish.report.pdf import pdf
    from touchstone.publish.report.word import word as docx

    for lang in LANGUAGES:
        check_sentences(kept, lang)
    report = index_note(kept, sources or Sources())
    made: dict[str, bytes] = {}
    for lang in LANGUAGES:
        made[f"docx {lang}"] = docx(report, lang, console)
        made[f"pdf {lang}"] = pdf(report, lang, console)
        made[f"html {lang}"] = page(report, lang, console).encode()
        if told:
            told(len(made), 3 * len(LANGUAGES), lang)
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, data in made.items():
        form, lang = name.split()
        path = out / f"{kept.recipe}-{kept.last}{'-synthetic' if kept.synthetic else ''}.{lang}.{form}"
        write_whole(path, data)
        paths.append(path)
    return tuple(paths)
