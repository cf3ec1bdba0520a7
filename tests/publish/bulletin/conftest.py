"""Issues made from a few printed sentences, as a desk would have them in its folder."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.quotation import quotations
from touchstone.facts.quoted import quotes_of
from touchstone.publish.bulletin.issue import Issue, Known, issue_of
from touchstone.publish.bulletin.layout import layout
from touchstone.publish.bulletin.week import Week, week
from touchstone.publish.report.report import Report, Table
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes, read_document

FRIDAY = date(2020, 10, 16)
"""An ordinary week: last Friday is the 9th, on which the market was open."""
BEFORE = date(2020, 10, 9)


def known_of(documents: Iterable[Document], folder: Path) -> Known:
    """What a workspace with these documents knows."""
    read = {document.source.hash: document for document in documents}
    facts: list[Fact] = [fact for document in read.values() for fact in read_figures(document)]
    known = quotations(folder / "quotations.toml")
    names = {hash: document.source.name for hash, document in read.items()}
    return Known(quotes_of(facts, known, names), facts, known, names, read.__getitem__, folder)


def printed(texts: dict[str, str]) -> list[Document]:
    """Documents of plain text, each published on the day it is filed under."""
    return [read_bytes(f"{day}\n{text}".encode(), f"weekly-{day}.txt") for day, text in texts.items()]


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Issue]:
    """The issue of a day made from printed texts by their day of publication, read back in both languages."""

    def of(texts: dict[str, str], day: date = FRIDAY, written: Path | None = None) -> Issue:
        return issue_of(day, known_of(printed(texts), tmp_path), ("zh", "en"), written)

    return of


@pytest.fixture
def gather(tmp_path: Path) -> Callable[..., Week]:
    """The week of a day made from printed texts."""

    def of(texts: dict[str, str], day: date = FRIDAY) -> Week:
        known = known_of(printed(texts), tmp_path)
        return week(day, known.quoted.quotes, known.facts, layout(), known.quotations, known.names)

    return of


@pytest.fixture
def sample(sample_folder: Path, tmp_path: Path) -> Known:
    """What is known from the bulletin of the sample folder."""
    path = sample_folder / "小金属周报-2020-10-09.docx"
    return known_of([read_document(path, path.name)], tmp_path)


@pytest.fixture
def corpus(corpus_folder: Path, tmp_path: Path) -> Known:
    """What is known from the real bulletin that may lie beside a checkout."""
    path = corpus_folder / "minor-metals-weekly-2020-10-09.txt"
    return known_of([read_document(path, path.name)], tmp_path)


def tables(report: Report) -> list[Table]:
    """The price tables of a report."""
    return [block for block in report.blocks if isinstance(block, Table)]


def cells(table: Table) -> list[list[str]]:
    """The body of a table as printed in Chinese."""
    return [[cell.text.zh for cell in row] for row in table.body]
