"""What must hold of every source of series, whoever declares it. A new source inherits these tests by being there.

Each is given a file as the source gives it: the history that comes with it, or a file of the source's form in
`recorded/<id>.*`, whose values are made up.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest

import touchstone
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.unit import unit
from touchstone.facts.vocabulary import vocabulary
from touchstone.flow import Workspace
from touchstone.read.sources.declaration import Declaration
from touchstone.read.sources.importing import ImportReport

LONGEST = 30
"""Lines of a declaration: a source is a page, not a program."""


@dataclass(frozen=True, slots=True)
class Given:
    """A source, a file of it, and the lines of its declaration."""

    by: Declaration
    path: Path
    lines: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it."""

    report: ImportReport
    document: Document
    facts: list[Fact]


class SourceContract:
    """Inherit it, and give the fixture `source`. All tests of one source share a workspace."""

    @pytest.fixture(scope="class")
    @classmethod
    def workspace(cls, source: Given, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
        return touchstone.open(tmp_path_factory.mktemp(source.by.id) / "workspace")

    @pytest.fixture(scope="class")
    @classmethod
    def taken(cls, source: Given, workspace: Workspace) -> Taken:
        report = workspace.import_series(source.path, source.by)
        return Taken(report, workspace.document(report.hash), list(workspace.facts(source=report.hash)))

    def test_the_bytes_are_kept_as_they_came(self, source: Given, workspace: Workspace, taken: Taken) -> None:
        assert workspace.raw(taken.report.hash) == source.path.read_bytes()

    def test_everything_is_named_by_codes_that_are_known(self, taken: Taken) -> None:
        words = vocabulary()
        for fact in taken.facts:
            codes = [fact.subject, fact.measure, *([fact.place] if fact.place else [])]
            assert [words.term(code).code for code in codes] == codes

    def test_no_figure_is_without_a_unit(self, taken: Taken) -> None:
        assert taken.facts and all(fact.unit and unit(fact.unit).dimension for fact in taken.facts)

    def test_every_number_in_a_declared_column_is_a_figure(self, taken: Taken) -> None:
        """Nothing is passed over: in the columns that were read, each cell with a digit is a fact."""
        found = {(fact.locator.row, fact.locator.column) for fact in taken.facts if fact.locator}
        columns = {column for _, column in found}
        text, [table] = taken.document.text, taken.document.blocks
        cells = {
            (cell.row, cell.column)
            for cell in table.cells
            if cell.column in columns and any(c.isdigit() for c in text[cell.start : cell.end]) and cell.row
        }
        assert cells == found and not taken.report.problems

    def test_every_figure_stands_where_it_says_and_is_what_stands_there(self, taken: Taken) -> None:
        for fact in taken.facts:
            assert fact.locator
            assert taken.document.text[fact.locator.start : fact.locator.end] == fact.quote
            printed = Decimal(fact.quote.replace(",", ""))
            assert abs(printed - fact.value) <= fact.half_width

    def test_what_is_written_out_reads_back_the_same(
        self, workspace: Workspace, taken: Taken, tmp_path: Path
    ) -> None:
        for measure in sorted({fact.measure for fact in taken.facts}):
            facts = [fact for fact in taken.facts if fact.measure == measure]
            path, own = tmp_path / f"{measure}.csv", tmp_path / f"{measure}.yaml"
            path.write_text(_written(facts), "utf-8")
            own.write_text(_declared(measure, facts[0]), "utf-8")
            again = workspace.import_series(path, own)
            back = list(workspace.facts(source=again.hash))
            assert sorted(map(_said, back)) == sorted(map(_said, facts))

    def test_the_same_again_adds_nothing(self, source: Given, workspace: Workspace, taken: Taken) -> None:
        again = workspace.import_series(source.path, source.by)
        assert (again.added, again.unchanged, again.hash) == (0, True, taken.report.hash)
        assert list(workspace.facts(source=again.hash)) == taken.facts

    def test_it_says_who_issues_it_by_what_licence_in_both_languages(self, source: Given) -> None:
        for text in (source.by.name, source.by.issuer, source.by.licence, source.by.address):
            assert text.zh and text.en
        assert source.lines <= LONGEST


def _written(facts: list[Fact]) -> str:
    out = StringIO()
    rows = csv.writer(out)
    rows.writerow(("period", "published", "subject", "place", "unit", "status", "value"))
    rows.writerows(
        (
            str(f.period).rpartition("/")[2],
            f.published or "",
            f.subject,
            f.place or "",
            f.unit,
            f.status,
            f.value,
        )
        for f in facts
    )
    return out.getvalue()


def _declared(measure: str, fact: Fact) -> str:
    day = "{year}-{month}-{day}"
    form = day if len(str(fact.period)) == 10 else "{year}-{month}"
    return f"""\
id: again-{measure.replace(".", "-").replace("_", "-")}
name: written out
issuer: the tests
licence: none
address: nowhere
date: {{column: period, form: "{form}"}}
published: {{column: published, form: "{day}"}}
subject: "{{subject}}"
place: "{{place}}"
unit: "{{unit}}"
status: "{{status}}"
values: {{value: {measure}}}
"""


def _said(fact: Fact) -> tuple[str, ...]:
    return (
        fact.subject, fact.measure, fact.place or "", str(fact.period), str(fact.value), fact.unit,
        str(fact.half_width), fact.status, str(fact.published),
    )  # fmt: skip
