"""What a report says in one language: sentences with their marks, and which numbers rose or fell.

A mark stands behind a sentence that no figure proves: it follows from a rule, or an editor wrote it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from touchstone.facts.text import Text
from touchstone.publish.report.report import Cell, Paragraph, Report, Sentence, Table
from touchstone.publish.words import word

_OTHER = {"zh": "en", "en": "zh"}
_WRITTEN_IN = {"zh": "report.in_zh", "en": "report.in_en"}
_ROSE, _FELL = re.compile(r"[+＋▲↑]\s?\d"), re.compile(r"[-−－▼↓]\s?\d")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in one language.

    Attributes:
        text: its words.
        lang: the language they are in; the other one where the editor wrote only that.
        mark: what stands behind it in brackets, "" for none.
        facts: ids of the facts it stands on.
        refs: their numbers in the list of sources, in brackets, "" for none.
    """

    text: str
    lang: str
    mark: str
    facts: tuple[str, ...]
    refs: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A place of a report that stands on facts: a sentence or a cell."""

    where: str
    text: str
    facts: tuple[str, ...]


def words(text: Text, lang: str) -> str:
    """A text in one language, as it is."""
    return text.zh if lang == "zh" else text.en


def said(sentence: Sentence, lang: str) -> Said:
    """A sentence as it is written. One that has no words in `lang` is given in its own, and marked so."""
    text = words(sentence.text, lang)
    tongue = lang if text else _OTHER[lang]
    notes = [*_notes(sentence, lang)] + ([] if text else [word(_WRITTEN_IN[tongue], lang)])
    mark = word("report.mark", lang, words=word("list.clause", lang).join(notes)) if notes else ""
    return Said(
        text or words(sentence.text, tongue),
        tongue,
        mark,
        sentence.facts,
        f"[{sentence.refs}]" if sentence.refs else "",
    )


def bracketed(note: str) -> str:
    """The mark of a note where nothing can be raised: a number or letter in brackets, so that it is no part of what it stands behind.

    >>> bracketed("5"), bracketed("[4–7]"), bracketed("*"), bracketed("")
    (' [5]', '[4–7]', '*', '')
    """
    return f" [{note}]" if note.isascii() and note.replace(",", "").isalnum() else note


def gap(lang: str) -> str:
    """What stands between two sentences."""
    return "" if lang == "zh" else " "


def change(cell: Cell, lang: str) -> str:
    """ "up" or "down" for a figure printed with a sign or an arrow, "" for any other."""
    text = words(cell.text, lang).lstrip() if cell.number else ""
    return "up" if _ROSE.match(text) else "down" if _FELL.match(text) else ""


def stated(report: Report, lang: str) -> Iterator[Stated]:
    """Every sentence and cell that stands on facts, in order."""
    tables = paragraphs = 0
    for block in report.blocks:
        if isinstance(block, Paragraph):
            paragraphs += 1
            yield from _stated(block.sentences, word("report.paragraph", lang, n=paragraphs), lang)
        elif isinstance(block, Table):
            tables += 1
            name = word("report.table", lang, n=tables)
            for row, cells in enumerate((*block.head, *block.body), 1):
                for column, cell in enumerate(cells, 1):
                    if cell.facts:
                        where = word("report.cell", lang, table=name, row=row, column=column)
                        yield Stated(where, words(cell.text, lang), cell.facts)
            yield from _stated(tuple(sentence for _, sentence in block.notes), name, lang)


def _stated(sentences: tuple[Sentence, ...], where: str, lang: str) -> Iterator[Stated]:
    for sentence in sentences:
        if sentence.facts:
            yield Stated(where, said(sentence, lang).text, sentence.facts)


def _notes(sentence: Sentence, lang: str) -> Iterator[str]:
    """What a mark says of where a sentence comes from."""
    if sentence.kind == "rule":
        yield word("report.rule", lang)
    elif sentence.kind == "written":
        yield (
            word("report.editor_named", lang, name=sentence.by)
            if sentence.by
            else word("report.editor", lang)
        )
    elif sentence.kind == "quoted" and sentence.by:
        yield word("report.quoted", lang, name=sentence.by)
