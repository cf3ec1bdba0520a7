"""The review: for each metal a heading and a paragraph of sentences, worked out from the quotes of the week.

Numbers, verbs and comparisons come from how the quotes moved; the words are templates of data/bulletins/commentary.toml.
Where the ledger has no quote to compare with and a document states the change, the sentence says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from touchstone.calc.price_facts import Changes
from touchstone.facts.fact import Fact
from touchstone.facts.text import Text, capital
from touchstone.publish.bulletin.layout import Metal
from touchstone.publish.bulletin.stated import Stated
from touchstone.publish.bulletin.template import fitting, said
from touchstone.publish.bulletin.week import Told, Week
from touchstone.publish.bulletin.written import day, price, size
from touchstone.publish.report.report import Paragraph, Sentence

FILE = "commentary"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence: its words, the facts whose numbers it says, the template it was made by."""

    text: Text
    facts: tuple[str, ...]
    template: str


def review(metal: Metal, week: Week) -> Paragraph | None:
    """The computed paragraph of a metal; None where none of its quotations was quoted in the week."""
    told = [week.told[code] for code in metal.quotations if code in week.told]
    sentences, compared = [], set()
    for each in told:
        sentences.append(sentence(each, week, again=_days_compared(each) in compared))
        compared.add(_days_compared(each))
    return Paragraph(tuple(sentences)) if sentences else None


def sentence(told: Told, week: Week, *, again: bool = False) -> Sentence:
    """What one quotation is quoted at, and how that compares with last Friday.

    Args:
        told: the quotation in the week.
        week: the week, for its layout and its day.
        again: whether the reader was just told which day stands in for last Friday.

    The rule of the sentence names its templates; its facts stand in the order of the numbers it says.
    """
    opening, clauses = _opening(told, week), list(_clauses(told, week))
    behind = (_basis(told, week, again), _remark(told))
    zh = "，".join(piece.text.zh for piece in (opening, *clauses)) + "".join(p.text.zh for p in behind)
    en = ", ".join(piece.text.en for piece in (opening, *clauses)) + "".join(p.text.en for p in behind)
    pieces = (opening, *clauses, *behind)
    return Sentence(
        capital(Text(f"{zh}。", f"{en}.")),
        "computed",
        tuple(fact for piece in pieces for fact in piece.facts),
        "+".join(["bulletin", *(piece.template for piece in pieces if piece.text.zh)]),
    )


def _days_compared(told: Told) -> tuple[date, date, bool] | None:
    """Last Friday, the day that stands in for it, and whether for a holiday; None where no day stands in."""
    base, friday = told.move.base, told.move.comparison.friday
    return (friday, base.day, told.is_closed) if base and base.day != friday else None


def _opening(told: Told, week: Week) -> Piece:
    quotation = told.quote.quotation
    values = {
        "market": week.layout.market(quotation.market),
        "product": week.layout.product(quotation),
        "quote": price(told.quote, week.layout),
        "day": day(told.quote.day, week.is_over_new_year),
    }
    template = fitting(FILE, "opening", frozenset())
    return Piece(template.filled(values), told.quote.facts[:2], template.id)


def _clauses(told: Told, week: Week) -> Iterator[Piece]:
    known = told.source_of_change
    if known is None:
        yield _alone(told, week)
        return
    shape = "range" if told.quote.is_range else "single"
    percent = known.percent if isinstance(known, Changes) else None
    for end in _ends_to_tell(known):
        yield _clause(end, getattr(known, end), percent if end == "mean" else None, shape, week)


def _alone(told: Told, week: Week) -> Piece:
    """Why there is no change against last Friday, or the change a document states against another day."""
    why, undated = _why_alone(told), told.undated
    if undated is None or why not in ("since", "undated"):
        template = fitting(FILE, "clause", {why})
        return Piece(template.filled({}), (), template.id)
    template = fitting(FILE, "clause", {why, "moved" if undated.value else "kept"})
    values = {"verb": said(FILE, "up" if undated.value > 0 else "down"), "change": size(undated, week.layout)}
    if told.before:
        values["base"] = day(told.before.day, week.is_over_new_year)
    return Piece(template.filled(values), (undated.id,), template.id)


def _why_alone(told: Told) -> str:
    if told.move.refused:
        return "other unit" if told.move.comparison.day else "before calendar"
    if told.is_last_fridays:
        return "not since"
    if told.undated and (told.is_against_before or not told.before):
        return "since" if told.before else "undated"
    return "only later" if told.before else "alone"


def _ends_to_tell(known: Changes | Stated) -> tuple[str, ...]:
    """The mean alone where both ends moved alike, else each end as well; all that a document states."""
    low, high = known.low, known.high
    if isinstance(known, Stated):
        return tuple(end for end in ("low", "high", "mean") if getattr(known, end))
    return ("mean",) if low is None or high is None or low.value == high.value else ("low", "high", "mean")


def _clause(end: str, change: Fact, percent: Fact | None, shape: str, week: Week) -> Piece:
    conditions = {"moved" if change.value else "kept", shape if end == "mean" else end}
    conditions |= {"rate"} if percent and percent.value else set()
    up = change.value > 0
    values = {
        "verb": said(FILE, "up" if up else "down"),
        "noun": said(FILE, "rise" if up else "fall"),
    }
    figures = {"change": change} | ({"percent": percent} if percent else {})
    template = fitting(FILE, "clause", conditions)
    values |= {name: size(fact, week.layout) for name, fact in figures.items() if change.value}
    return Piece(template.filled(values), tuple(figures[name].id for name in template.says), template.id)


def _basis(told: Told, week: Week, again: bool) -> Piece:
    conditions: set[str] = set()
    values: dict[str, Text] = {}
    if told.changes and told.move.base:
        friday, base = told.move.comparison.friday, told.move.base.day
        if base != friday:
            conditions = {"compared", "closed" if told.is_closed else "unquoted"} | (
                {"again"} if again else set()
            )
        values = {"friday": day(friday, week.is_over_new_year), "base": day(base, week.is_over_new_year)}
    elif told.stated:
        conditions = {"stated"}
    template = fitting(FILE, "basis", conditions)
    return Piece(template.filled(values), (), template.id)


def _remark(told: Told) -> Piece:
    template = fitting(FILE, "remark", {"off unit"} if told.quote.off_unit else set())
    return Piece(template.text, (), template.id)
