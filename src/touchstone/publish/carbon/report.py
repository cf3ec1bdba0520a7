"""The inventory report of one year, in the form of the guidelines: who reports, what is counted, emissions by source, units with activity
data and factors, performance, the year before, range, open points, what is missing, the list of sources, and signatures.

Numbers are those of the account; each cell carries the facts it stands on.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from fractions import Fraction

from touchstone.calc.carbon.inventory.account import Account, grouped
from touchstone.calc.carbon.inventory.coverage import Caution
from touchstone.calc.carbon.inventory.doubted import Doubted
from touchstone.calc.carbon.inventory.performed import Performance
from touchstone.calc.carbon.line import PLACES, Line
from touchstone.facts.text import Text
from touchstone.publish.carbon.blocks import (
    exact,
    facts_of,
    heading,
    number,
    paragraph,
    places_of,
    potential,
    row,
    same,
    stated,
    stopped,
    tonnes,
)
from touchstone.publish.carbon.identity import identity, signatures
from touchstone.publish.carbon.labelled import both, both_counted, numbered, term_name
from touchstone.publish.carbon.report_compared import comparison
from touchstone.publish.carbon.report_data import activity, factors_used
from touchstone.publish.carbon.report_lines import NO_EVIDENCE, Evidence, unit_lines
from touchstone.publish.carbon.report_performance import performance
from touchstone.publish.carbon.report_suspects import suspects
from touchstone.publish.carbon.said import caution_said, missing_said, range_said
from touchstone.publish.report.report import Block, Cell, Paragraph, Report, Sentence, Table
from touchstone.publish.words import LANGUAGES


def inventory_report(
    account: Account, performed: Performance, doubt: Doubted, cautious: Caution, day: date, stood: date | datetime, synthetic: bool,
    evidence: Evidence = NO_EVIDENCE,
) -> Report:  # fmt: skip
    """The report of an account of one year.

    Args:
        cautious: what stands before the total: open errors, missing lines, months without data.
        day: the paper is dated; stood: as of when the ledger was read, a day for its end.
        synthetic: the activity data are made up, which title and first sentence then say.
        evidence: the documents named for the activity data.
    """
    who = (
        account.name(account.group or account.node)
        if account.group or account.node
        else both("inventory.all")
    )
    title = both(
        "inventory_report.title_synthetic" if synthetic else "inventory_report.title",
        who=who,
        year=account.year,
    )
    blocks = (
        *identity(account), *_boundary(account, cautious, synthetic), *_emissions(account), *_auxiliary(account), *_units(account),
        *unit_lines(account, evidence), *activity(account), *factors_used(account), *performance(account, performed),
        *comparison(account), *_doubt(account, doubt), *_open(account), *_missing(account), *_sources(account), *signatures(),
    )  # fmt: skip
    byline = both("inventory_report.byline", day=str(day), stood=_moment(stood))
    return Report(title, byline, day, blocks, both("inventory_report.footer"))


def _moment(stood: date | datetime) -> Text:
    """A moment in UTC, as `--as-of` takes it; of a day, that it is its end."""
    if isinstance(stood, datetime):
        said = f"{stood.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
        return Text(f"{said}（UTC）", f"{said} UTC")
    return Text(f"{stood}日终（UTC）", f"the end of {stood} (UTC)")


def _boundary(account: Account, cautious: Caution, synthetic: bool) -> Iterator[Block]:
    yield heading("boundary")
    how = both(f"inventory.approach_{account.approach or 'control'}" if account.group else "inventory.whole")
    said = [both("inventory.synthetic")] if synthetic else []
    said += [
        both(
            "inventory_report.counted", boundary=both(f"inventory_boundary.{account.boundary}"), how=how, set=account.set,
            why=account.set_says, n=both_counted("units", len({each.unit for each in account.lines})),
        ),
        both("inventory_report.total", total=tonnes(account.total), year=account.year),
    ]  # fmt: skip
    yield paragraph(said)
    warned = (list(caution_said(account, cautious, lang, "table")) for lang in LANGUAGES)
    yield from (paragraph([told]) for told in (*map(Text, *warned), *account.inventory.notes))
    yield from suspects(account, cautious.suspects)
    head = row("method", "document", "number", "applies")
    body = []
    for method in account.used.values():
        document = account.library.documents[method.document]
        said = Text(*(numbered(document, lang) or "–" for lang in LANGUAGES))
        body.append((Cell(method.name), Cell(document.title), Cell(said), Cell(method.applies)))
    yield Table(both("inventory_report.methods"), (head,), tuple(body))


def _emissions(account: Account) -> Iterator[Block]:
    yield heading("emissions")
    body: list[tuple[Cell, ...]] = []
    for scope in sorted({each.scope for each in account.lines}):
        of_scope = [each for each in account.lines if each.scope == scope]
        for term, gas in dict.fromkeys((each.term, each.gas) for each in of_scope):
            lines = [each for each in of_scope if (each.term, each.gas) == (term, gas)]
            body.append(_source(account, scope, term, gas, lines))
        body.append(_sum(account, both(f"inventory_scope.{scope}"), of_scope))
    body.append(_sum(account, both("inventory.total"), account.lines))
    yield Table(
        both("inventory_report.by_source", set=account.set),
        (row("source", "gas", "mass", "gwp", "equivalent"),),
        tuple(body),
    )


def _source(account: Account, scope: int, term: str, gas: str, lines: list[Line]) -> tuple[Cell, ...]:
    mass = sum(
        (Fraction(each.mass, 10**PLACES) * account.part(each) for each in lines),
        Fraction(0),
    )
    total = sum((account.weighed(each) for each in lines), Fraction(0))
    weight = potential(account, gas)
    name = Text(term_name(account, term, "zh"), term_name(account, term, "en"))
    return (
        Cell(name), Cell(same(gas)), number(mass, facts_of(lines), places_of(mass, weight)), stated(exact(weight)),
        number(total, facts_of(lines)),
    )  # fmt: skip


def _sum(account: Account, name: Text, lines: Iterable[Line]) -> tuple[Cell, ...]:
    return (Cell(name, columns=4), number(sum((account.weighed(each) for each in lines), Fraction(0)), ()))


def _auxiliary(account: Account) -> Iterator[Block]:
    lines = [
        each
        for each in account.every_line
        if (each.level == "auxiliary" or not account.counts.counts(each)) and account.part(each)
    ]
    yield heading("auxiliary")
    if not lines:
        yield paragraph([both("inventory_report.no_auxiliary")])
        return
    yield paragraph([both("inventory_report.auxiliary_say")])
    body = []
    for term, gas in dict.fromkeys((each.term, each.gas) for each in lines):
        own = [each for each in lines if (each.term, each.gas) == (term, gas)]
        mass = sum(
            (Fraction(each.mass, 10**PLACES) * account.part(each) for each in own),
            Fraction(0),
        )
        counted = both("inventory_report.yes" if account.counts.counts(own[0]) else "inventory_report.no")
        name = Text(term_name(account, term, "zh"), term_name(account, term, "en"))
        body.append(
            (
                Cell(name),
                Cell(same(gas)),
                number(mass, facts_of(own), places_of(mass, potential(account, gas))),
                Cell(counted),
            )
        )
    yield Table(both("inventory_report.auxiliary"), (row("source", "gas", "mass", "counted"),), tuple(body))


def _units(account: Account) -> Iterator[Block]:
    yield heading("units")
    body = []
    for total in account.totals("enterprise", "unit"):
        names = [account.name(key) for key in total.key]
        body.append((*(Cell(each) for each in names), number(total.total, ())))
    body.append((Cell(both("inventory.total"), columns=2), number(account.total, ())))
    yield Table(both("inventory_report.by_unit"), (row("enterprise", "unit", "equivalent"),), tuple(body))
    months = [(Cell(same(each.key[0])), number(each.total, ())) for each in account.totals("month")]
    yield Table(both("inventory_report.by_month"), (row("month", "equivalent"),), tuple(months))


def _doubt(account: Account, found: Doubted) -> Iterator[Block]:
    yield heading("uncertainty")
    zh, en = (list(range_said(account, found, lang)) for lang in ("zh", "en"))
    yield from (paragraph([stopped(Text(*each))]) for each in zip(zh, en, strict=True))


def _open(account: Account) -> Iterator[Block]:
    yield heading("open")
    every = [(method.name, each) for method in account.used.values() for each in method.open_points]
    if not every:
        yield paragraph([both("inventory_report.nothing_open")])
    yield from (
        Paragraph((Sentence(stopped(each)),), label=Text(f"{name.zh}：", f"{name.en}: "))
        for name, each in every
    )


def _missing(account: Account) -> Iterator[Block]:
    yield heading("missing")
    found = grouped(account.missing)
    if not found:
        yield paragraph([both("inventory_report.nothing_missing")])
    for each, n, units in found:
        said = Text(*(missing_said(account, each, n, units, lang).strip() for lang in ("zh", "en")))
        yield Paragraph((Sentence(stopped(said), facts=each.facts[:20]),))


def _sources(account: Account) -> Iterator[Block]:
    yield heading("sources")
    keys = dict.fromkeys(method.document for method in account.used.values())
    used = (
        account.library.get(each.factor).document
        for line in account.lines
        for each in line.inputs
        if each.factor
    )
    keys.update(dict.fromkeys(used))
    body = []
    for key in keys:
        document = account.library.documents[key]
        number_said = Text(*(numbered(document, lang) or "–" for lang in LANGUAGES))
        status = both(f"document_status.{document.status}")
        note = document.status_note or Text("", "")
        said = Text(
            f"{status.zh}。{note.zh}" if note.zh else status.zh,
            f"{status.en}. {note.en}" if note.en else status.en,
        )
        body.append(
            (
                Cell(document.title),
                Cell(document.issuer),
                Cell(number_said),
                Cell(said),
                Cell(same(document.address or "–")),
            )
        )
    yield Table(
        both("inventory_report.sources"),
        (row("document", "issuer", "number", "status", "address"),),
        tuple(body),
    )
