"""A report as the reader of documents sees it: its text and blocks, with the place of every sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import count

from touchstone.facts.document import Block, Document, Source
from touchstone.facts.document import Cell as Place
from touchstone.facts.fact import Fact
from touchstone.facts.text import Text
from touchstone.publish.bulletin.parity import RULE as PARITY
from touchstone.publish.bulletin.parity import UNIT
from touchstone.publish.report.report import Heading, Paragraph, Report, Sentence, Table
from touchstone.publish.report.said import said
from touchstone.read.figures import read_figures


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence of a report and the figures that are read in it, in order of their places."""

    sentence: Sentence
    text: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Reread:
    """A report read in one language: the document, all its facts, and its sentences with theirs."""

    document: Document
    facts: tuple[Fact, ...]
    sentences: tuple[Spoken, ...]

    def own(self) -> list[Fact]:
        """The facts that the bulletin itself states, without those in the words of others."""
        others = {fact.id for each in self.sentences if is_of_others(each.sentence) for fact in each.facts}
        return [fact for fact in self.facts if fact.id not in others]


def is_of_others(sentence: Sentence) -> bool:
    """Whether a sentence says what somebody else says: the editor, a document quoted, the audit in a note."""
    return sentence.kind in ("written", "quoted") or sentence.rule in (PARITY, UNIT)


def reread(report: Report, lang: str) -> Reread:
    """Read a report in a language, as if it were somebody else's document."""
    setter = _Setter(lang)
    setter.line("heading", getattr(report.title, lang), 1)
    setter.line("paragraph", getattr(report.byline, lang))
    for block in report.blocks:
        if isinstance(block, Heading):
            setter.line("heading", getattr(block.text, lang), block.level + 1)
        elif isinstance(block, Paragraph):
            setter.paragraph(block)
        elif isinstance(block, Table):
            setter.table(block)
    text = "\n".join(setter.lines)
    name = f"{getattr(report.title, lang)} {report.day}"
    data = text.encode()
    source = Source(sha256(data).hexdigest(), name, "text/plain", len(data), name, report.day)
    document = Document(source, text, tuple(setter.blocks))
    facts = tuple(read_figures(document))
    return Reread(document, facts, tuple(_spoken(*each, text, facts) for each in setter.places))


def _spoken(sentence: Sentence, start: int, end: int, text: str, facts: Sequence[Fact]) -> Spoken:
    inside = (f for f in facts if f.locator and start <= f.locator.start and f.locator.end <= end)
    return Spoken(sentence, text[start:end], tuple(inside))


class _Setter:
    """Sets blocks one below the other and keeps where everything stands."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._at = 0
        self.lines: list[str] = []
        self.blocks: list[Block] = []
        self.places: list[tuple[Sentence, int, int]] = []

    def line(self, kind: str, words: str, level: int = 0) -> None:
        """A block of one line."""
        self._add(words, Block(kind, self._at, self._at + len(words), level))

    def paragraph(self, block: Paragraph) -> None:
        """The sentences of a paragraph behind its label."""
        self._sentences(block.sentences, self._said(block.label) if block.label else "")

    def table(self, table: Table) -> None:
        """The caption, the cells with their spans, and the notes."""
        self.line("caption", self._said(table.caption))
        cells, pieces, at = [], [], self._at
        taken: set[tuple[int, int]] = set()
        for row, line in enumerate((*table.head, *table.body)):
            for cell in line:
                column = next(c for c in count() if (row, c) not in taken)
                taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
                words = self._said(cell.text) + cell.note
                cells.append(Place(row, column, at, at + len(words), cell.rows, cell.columns))
                pieces.append(words)
                at += len(words) + 1
        words = "\t".join(pieces)
        self._add(words, Block("table", self._at, self._at + len(words), cells=tuple(cells)))
        for mark, sentence in table.notes:
            self._sentences((sentence,), f"{mark} ")

    def _sentences(self, sentences: Sequence[Sentence], before: str) -> None:
        words = before
        for sentence in sentences:
            words += " " if words and self._lang == "en" and not words.endswith(" ") else ""
            start = self._at + len(words)
            words += said(sentence, self._lang).text
            self.places.append((sentence, start, self._at + len(words)))
        self.line("paragraph", words)

    def _said(self, text: Text) -> str:
        return text.zh if self._lang == "zh" else text.en

    def _add(self, words: str, block: Block) -> None:
        self.lines.append(words)
        self.blocks.append(block)
        self._at += len(words) + 1
