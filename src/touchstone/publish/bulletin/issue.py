"""An issue of the bulletin: from what a workspace knows to a report that has been read back and found sound.

What cannot be used is told and left out, and the rest goes on; what contradicts itself stops the issue.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from touchstone.audit.case import Case
from touchstone.audit.unit_sanity import unit_sanity
from touchstone.errors import Refusal
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency
from touchstone.facts.quotation import Quotations
from touchstone.facts.quote import Quote
from touchstone.facts.quoted import PRICES, Quoted, quotes_of
from touchstone.facts.reader import Moment, moment
from touchstone.facts.week import previous_friday
from touchstone.publish.bulletin.afterwards import afterwards, later_notes, published_later
from touchstone.publish.bulletin.bulletin import Material, bulletin
from touchstone.publish.bulletin.judgement import Judgement, judgement, unverified
from touchstone.publish.bulletin.layout import Layout, layout
from touchstone.publish.bulletin.notices import contradicted, left_out, restated, unplaced
from touchstone.publish.bulletin.outlook import outlook, outlook_rules
from touchstone.publish.bulletin.parity import Disproved
from touchstone.publish.bulletin.rates import MEASURE, with_rates
from touchstone.publish.bulletin.recheck import check_bulletin
from touchstone.publish.bulletin.reread import reread
from touchstone.publish.bulletin.stated import MEASURES as CHANGES
from touchstone.publish.bulletin.week import Week, week
from touchstone.publish.report.report import Report

_WEEKS_NAMED = 6


_LATELY = timedelta(days=31)
"""How old a document may be whose other figures are looked at: an issue takes those published since last Friday."""


class NoQuotes(Refusal):
    """Nothing that the bulletin prints was quoted in its week."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a workspace knows, read once for an issue.

    Attributes:
        quoted: its quotes, and what could not become one.
        facts: facts of prices, their changes, and all others of the documents published in the week.
        quotations: its quotations.
        names: of documents, by hash.
        document: gives a document by its hash.
        folder: where it may keep a bulletin.toml and an outlook.toml of its own.
        as_of: the day up to which the ledger was read: the one asked for, else that of its last entry; None for an
            empty one.
        later: facts of documents published after the day; they only say which other weeks there are, and what has
            become known of this one since.
        rates: facts of rates of exchange.
    """

    quoted: Quoted
    facts: Sequence[Fact]
    quotations: Quotations
    names: Mapping[str, str]
    document: Callable[[str], Document]
    folder: Path
    as_of: date | None = None
    later: Sequence[Fact] = ()
    rates: Sequence[Fact] = ()


class Listed(Protocol):
    """A document as a workspace lists it."""

    @property
    def hash(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def published(self) -> date | None: ...
    @property
    def recorded(self) -> datetime: ...


class Knows(Protocol):
    """What is asked of a workspace."""

    @property
    def folder(self) -> Path: ...
    def documents(self, as_of: Moment | None = None, /) -> Sequence[Listed]: ...
    def document(self, hash: str, /) -> Document: ...
    def facts(self, **filters: Any) -> Iterable[Fact]: ...
    def fact(self, id: str, /) -> Fact: ...
    def quotations(self) -> Quotations: ...


@dataclass(frozen=True, slots=True)
class Issue:
    """A bulletin ready to be written.

    Attributes:
        report: what is written, in every language and format.
        week: what it was made from.
        derived: facts that were worked out for it, parents before children.
        notices: what the editor should know: quotes left out, figures of the judgement that nothing bears out.
    """

    report: Report
    week: Week
    derived: tuple[Fact, ...]
    notices: tuple[Refusal, ...]


def known_of(workspace: Knows, day: date, as_of: Moment | None = None) -> Known:
    """What an issue of a day is made from: all prices and their stated changes, all figures of late documents.

    Args:
        workspace: its ledger is read once.
        day: the day of the issue; what documents published later say is not printed, only named.
        as_of: the moment as of which the ledger is read; as it stands where none is given.
    """
    entries = [e for e in workspace.documents(as_of) if e.published is None or e.published <= day]
    names = {entry.hash: entry.name for entry in entries}
    lately = [e.hash for e in entries if e.published and day - e.published <= _LATELY]
    wanted, counts = (*PRICES, *CHANGES, MEASURE), ("reported", "carried-over")
    told = list(workspace.facts(measure=wanted, status=counts, as_of=as_of))
    late = workspace.facts(source=lately, as_of=as_of)
    rates = [f for f in told if f.measure == MEASURE and f.source in names]
    facts = {f.id: f for some in ((f for f in told if f.measure != MEASURE), late) for f in some}
    later = [f for f in facts.values() if f.source and f.source not in names]
    counted = [f for f in facts.values() if not f.source or f.source in names]
    counted += _before_correction(workspace, later, names)
    known = workspace.quotations()
    until = moment(as_of)
    return Known(
        quotes_of(counted, known, names),
        counted,
        known,
        names,
        workspace.document,
        workspace.folder,
        until.date() if until else max((entry.recorded.date() for entry in entries), default=None),
        later,
        rates,
    )


def _before_correction(workspace: Knows, later: Iterable[Fact], names: Mapping[str, str]) -> Iterator[Fact]:
    """What was published by the day and has been corrected since: it stood on the day, so the issue is made from it."""
    for fact in later:
        while fact.replaces and fact.source not in names:
            fact = workspace.fact(fact.replaces)
        if fact.source in names:
            yield fact


def issue_of(day: date, known: Known, languages: Sequence[str], written: Path | None = None) -> Issue:
    """Make the issue of a day.

    Args:
        day: the day it is dated, as a rule a Friday.
        known: what the workspace knows.
        languages: in which it is to be read back.
        written: the file with the editor's judgement, None for nothing.

    Raises:
        NoQuotes: nothing was quoted in the week; the weeks that have quotes are named.
        UnreadableFile: the layout, the rules of the outlook or the judgement cannot be used.
        UnsoundBulletin: the bulletin contradicts itself or its quotes.
    """
    design = layout(known.folder / "bulletin.toml", known.quotations)
    rules = outlook_rules(known.folder / "outlook.toml")
    said = judgement(written, day, design) if written else None
    bare = replace(
        week(day, known.quoted.quotes, known.facts, design, known.quotations, known.names),
        refused=frozenset(problem.where for problem in known.quoted.problems),
    )
    if not bare.told:
        every = quotes_of((*known.facts, *known.later), known.quotations).quotes
        raise _no_quotes(day, every, design)
    follows = outlook(bare, rules)
    full = replace(bare, facts={**bare.facts, **{fact.id: fact for fact in follows.facts}})
    others = _of_the_week(known.facts, bare)
    late = afterwards(known.later, full)
    notes = tuple(later_notes(late, full))
    material = Material(known.quotations, follows, known.document, said, others, known.as_of, later=notes)
    disproved = _disproved(bulletin(full, material), full, known)
    report = bulletin(full, replace(material, disproved=disproved))
    for language in languages:
        check_bulletin(report, full, known.quotations, language, known.rates)
    derived = (*full.derived, *follows.facts)
    return Issue(report, full, derived, (*_notices(known, full, said), *published_later(late, full)))


def _notices(known: Known, full: Week, said: Judgement | None) -> Iterator[Refusal]:
    yield from left_out(known.quoted.problems, full)
    yield from unplaced(known.quoted.quotes, full)
    yield from contradicted(full)
    yield from restated(known.facts, full)
    if said:
        yield from unverified(said, full)


def _disproved(draft: Report, full: Week, known: Known) -> dict[str, Disproved]:
    """The prices of a bulletin whose market parity fails, as its reader would find.

    The draft is tested, not the documents: prices that stand side by side for the first time are compared too. The
    rates of exchange are those of the ledger, as in its audit.
    """
    back = reread(draft, "zh")
    own = back.own()
    of_fact = {fact.id: known.quotations.of(fact).code for fact in own}
    readings = with_rates(back.document, own, known.rates, full.first, full.day)
    failed: dict[str, Disproved] = {}
    for finding in unit_sanity.findings(Case(readings)):
        code, *others = dict.fromkeys(of_fact[id] for id in finding.facts if id in of_fact)
        if finding.verdict == "fails" and code in full.quoted:
            failed.setdefault(
                code, Disproved(finding, tuple(other for other in others if other in full.quoted))
            )
    return failed


def _of_the_week(facts: Iterable[Fact], bare: Week) -> list[Fact]:
    """The facts of the documents that the week's quotes stand in, and of those published since last Friday."""
    friday, sources = previous_friday(bare.day), bare.sources()
    return [
        fact
        for fact in facts
        if fact.source in sources or (fact.published and friday < fact.published <= bare.day)
    ]


def _no_quotes(day: date, quotes: Iterable[Quote], design: Layout) -> NoQuotes:
    codes = design.quotations()
    days = {q.day for q in quotes if q.quotation.code in codes and frequency(q.period) == "D"}
    weeks = sorted({"{0}-W{1:02d}".format(*each.isocalendar()) for each in days})[-_WEEKS_NAMED:]
    monday = day - timedelta(days=day.weekday())
    found = f"no quote of the layout's quotations in the week of {monday} up to {day}"
    there = ", ".join(weeks) or "none"
    return NoQuotes(
        "BULLETIN-008", f"bulletin {day}", found, f"a week with quotes; the latest: {there}", "no file was written",
        "read the documents of the week first, or choose another week",
        zh=(f"{monday}至{day}一周内没有版式所列的报价", f"有报价的一周；最近的有：{'、'.join(weeks) or '无'}",
            "没有写出任何文件", "先读入本周的文档，或另选一周"),
    )  # fmt: skip
