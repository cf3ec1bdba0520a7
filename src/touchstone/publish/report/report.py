"""A report before it is written: blocks of sentences, tables and charts, each with the facts it stands on.

The writers beside this file put the same report into Word, Excel, PDF and a web page, in either language. They lay
out; they compute and reword nothing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from touchstone.facts.text import Text
from touchstone.publish.chart import Chart
from touchstone.publish.drawing import Drawing
from touchstone.publish.gauge import Gauge
from touchstone.publish.heatmap import HeatMap
from touchstone.publish.network import Network
from touchstone.publish.waterfall import Waterfall

KINDS = ("computed", "rule", "written", "quoted")
"""Where a sentence comes from.

computed   numbers, verbs and comparisons come from facts.
rule       follows from a declared rule (an outlook); marked as such wherever it is shown.
written    judgement of the editor, in the editor's words.
quoted     printed in another document, and repeated with its source.
"""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and what stands behind it.

    Attributes:
        text: with its full stop, in both languages; a written sentence may have only one, the other is "".
        kind: one of `KINDS`.
        facts: ids of the facts whose numbers it says, in the order in which it says them.
        rule: id of the rule or template that made it, "" for a written one.
        by: who wrote it, "" where computed.
        refs: numbers of its figures in the list of sources, as they are written behind it: "4–7, 9"; "" where the paper has no list.
    """

    text: Text
    kind: str = "computed"
    facts: tuple[str, ...] = ()
    rule: str = ""
    by: str = ""
    refs: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a section, 2 a part of one."""

    text: Text
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences in order. `label` stands in bold before them where it is given."""

    sentences: tuple[Sentence, ...]
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        text: ready to print; a number as the formatter wrote it.
        facts: what it stands on.
        columns, rows: how many of each it covers; covered places have no cell of their own.
        number: whether it is a figure, to be set right and, in a workbook, kept as a number with these digits; one
            printed with a sign is a change, and is coloured as such.
        note: mark of a note below the table, or numbers of sources, "" for none.
        anchor: a name by which a web page leads to it, "" for none.
        leads: where it leads besides its facts: "#name" to a cell of that anchor, a path of a console where one is known; "" for nowhere.
    """

    text: Text
    facts: tuple[str, ...] = ()
    columns: int = 1
    rows: int = 1
    number: bool = False
    note: str = ""
    anchor: str = ""
    leads: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        caption: above the table.
        head: rows of the head, at least one.
        body: rows below it. A row of units may stand in the body, as bulletins print it.
        notes: below the table, each with its mark.
        wide: whether it needs a page in landscape. flows: whether it is broken over pages though it has few rows, because they are tall.
    """

    caption: Text
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    notes: tuple[tuple[str, Sentence], ...] = ()
    wide: bool = False
    flows: bool = False


Drawn = Chart | Network | HeatMap | Gauge | Waterfall | Drawing


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing in either language, with the sentence that says what it shows to who cannot see it."""

    zh: Drawn
    en: Drawn
    alt: Text

    def drawn(self, lang: str) -> Drawn:
        """What is drawn in one language."""
        return self.zh if lang == "zh" else self.en


def pictured(drawing: Drawing) -> Figure:
    """A drawing that words itself, as a figure of both languages."""
    return Figure(drawing, drawing, Text(drawing.alt("zh"), drawing.alt("en")))


def title_of(drawn: Drawn, lang: str) -> str:
    """The title of a drawing in one language."""
    if isinstance(drawn, Drawing):
        return drawn.title.zh if lang == "zh" else drawn.title.en
    return drawn.title


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True, slots=True)
class Report:
    """A paper.

    Attributes:
        title, byline: on top; the byline says issue, day, and as of when the ledger was read.
        day: the day it is dated.
        blocks: in order.
        footer: on every page: what is computed, what is written, how to open a number.
    """

    title: Text
    byline: Text
    day: date
    blocks: tuple[Block, ...]
    footer: Text

    def anchors(self) -> tuple[str, ...]:
        """Names of the cells that others lead to, each once, in order; a name that stands twice leads nowhere."""
        tables = (block for block in self.blocks if isinstance(block, Table))
        found = [cell.anchor for table in tables for row in table.body for cell in row if cell.anchor]
        return tuple(name for name, n in Counter(found).items() if n == 1)

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, in order, those of table notes included."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield from block.sentences
            elif isinstance(block, Table):
                yield from (sentence for _, sentence in block.notes)

    def facts(self) -> tuple[str, ...]:
        """Ids of all facts it stands on, each once, in order."""
        cells = (c for b in self.blocks if isinstance(b, Table) for row in (*b.head, *b.body) for c in row)
        ids = [*(id for s in self.sentences() for id in s.facts), *(id for c in cells for id in c.facts)]
        return tuple(dict.fromkeys(ids))
