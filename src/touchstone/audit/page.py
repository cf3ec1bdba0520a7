"""A page: one document with its figures, and the words around each of them."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from touchstone.audit.figure import Figure
from touchstone.audit.scope import scoped
from touchstone.audit.subject import names_nothing
from touchstone.facts.document import Block, Document

_SENTENCE_END = re.compile(r"[。！？!?\n]|\.(?=\s+[A-Z])")
_PART_END = re.compile(r"[。！？!?\n；;]")
_ENTERPRISE = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,4}?)?(?:集团|股份|公司|我们)|\b(?:our|the) company\b", re.I
)
_OFTEN, _SPARSE = 3, 2000
"""A document speaks for an enterprise that it names this often, once in so many characters."""
_LONGEST = 600
"""Characters of a sentence that are looked at before a figure; a long table is one block."""
_CLAUSE_END = re.compile(r"[。！？!?\n；;，,：:]")


class Page:
    """A document and its figures in reading order.

    All positions are characters of the document's text. Nothing here changes once built.
    """

    def __init__(self, document: Document, figures: list[Figure]) -> None:
        self.document = document
        self.text = document.text
        self._block_starts = [b.start for b in document.blocks]
        ordered = sorted(figures, key=lambda f: (f.start, f.end, f.fact.measure, f.fact.id))
        self.figures = list(self._with_subjects(ordered))
        self.number = {f.fact.id: i for i, f in enumerate(self.figures)}
        self._starts = [f.start for f in self.figures]

    def _with_subjects(self, ordered: list[Figure]) -> Iterator[Figure]:
        """Give a figure whose subject names nothing (同比 …) the stem of the figure before it in its block."""
        last: Figure | None = None
        for f in ordered:
            if names_nothing(f.fact.subject) and last and self.block_number(f) == self.block_number(last):
                f = replace(f, stem=last.stem)
            last = f if self.in_table(f) else self._scoped(f, last)
            yield last

    def _scoped(self, f: Figure, last: Figure | None) -> Figure:
        start = self.sentence(f)[0]
        before = last if last and last.start >= start else None
        return scoped(f, before, self.text[before.end if before else start : f.start])

    @property
    def name(self) -> str:
        """Name of the document as the user knows it."""
        return self.document.source.name

    @cached_property
    def scope(self) -> str:
        """The enterprise a document speaks for, "" for none.

        Output of copper in the report of a company is not output of copper in a national bulletin.
        """
        named = Counter(found[1] or "?" for found in _ENTERPRISE.finditer(self.text))
        times = sum(named.values())
        if times < _OFTEN or times * _SPARSE < len(self.text):
            return ""
        name = min(named, key=lambda name: (-named[name], name))
        return self.name if name == "?" else name

    def block(self, figure: Figure) -> Block:
        """The block a figure stands in."""
        return self.document.blocks[self.block_number(figure)]

    def block_number(self, figure: Figure) -> int:
        """Index of the block a figure stands in."""
        return max(0, bisect_right(self._block_starts, figure.start) - 1)

    def in_table(self, figure: Figure) -> bool:
        """Does the figure stand in a table?"""
        return self.block(figure).kind == "table"

    def in_heading(self, figure: Figure) -> bool:
        """Does the figure stand in a heading?"""
        return self.block(figure).kind == "heading"

    @cached_property
    def headings(self) -> list[int]:
        """For each block, the index of the heading above it (its own for a heading); -1 for none."""
        above, last = [], -1
        for i, block in enumerate(self.document.blocks):
            last = i if block.kind == "heading" else last
            above.append(last)
        return above

    def heading(self, figure: Figure) -> int:
        """Index of the heading block above a figure; -1 for none."""
        return self.headings[self.block_number(figure)] if self.headings else -1

    def inside(self, start: int, end: int) -> list[Figure]:
        """Figures that start within [start, end)."""
        return self.figures[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]

    def next_to(self, figure: Figure) -> Figure | None:
        """The next figure in reading order."""
        at = self.number[figure.fact.id] + 1
        return self.figures[at] if at < len(self.figures) else None

    def heading_after(self, position: int) -> int:
        """Where the next heading starts, or the end of the text."""
        at = bisect_right(self._heading_starts, position)
        return self._heading_starts[at] if at < len(self._heading_starts) else len(self.text)

    @cached_property
    def _heading_starts(self) -> list[int]:
        return [b.start for b in self.document.blocks if b.kind == "heading"]

    def of_block(self, number: int) -> list[Figure]:
        """Figures of one block."""
        block = self.document.blocks[number]
        return self.inside(block.start, block.end)

    def sentence(self, figure: Figure) -> tuple[int, int]:
        """Start and end of the sentence a figure stands in (a table cell's is its block)."""
        return self._around(figure, _SENTENCE_END)

    def part(self, figure: Figure) -> tuple[int, int]:
        """Start and end of the part of the sentence between semicolons."""
        return self._around(figure, _PART_END)

    def clause(self, figure: Figure) -> str:
        """The words between the commas around a figure."""
        start, end = self._around(figure, _CLAUSE_END)
        return self.text[start:end]

    def between(self, one: Figure, other: Figure) -> str:
        """The words between two figures."""
        return self.text[one.end : other.start]

    def before(self, figure: Figure, length: int = 20) -> str:
        """The words just before a figure, inside its block."""
        return self.text[max(self.block(figure).start, figure.start - length) : figure.start]

    def after(self, figure: Figure, length: int = 20) -> str:
        """The words just after a figure, inside its block."""
        return self.text[figure.end : min(self.block(figure).end, figure.end + length)]

    def _around(self, figure: Figure, mark: re.Pattern[str]) -> tuple[int, int]:
        block = self.block(figure)
        start = max(block.start, figure.start - _LONGEST)
        for found in mark.finditer(self.text, start, figure.start):
            start = found.end()
        after = mark.search(self.text, figure.end, block.end)
        return start, after.start() if after else block.end
