"""What became known after the day of an issue about days of its week: corrections, assessments, late quotes.

Two clocks run. The figures of an issue go by the clock of publication: it prints what its readers could know on its
day, whenever it is written. Whatever was published later about a day of its week is named, not printed: a figure that
changed without a word would be worse than one that is out of date and says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from touchstone.calc.price import in_unit
from touchstone.desk.publication import RULE as ASSESSED
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency
from touchstone.facts.quote import Quote
from touchstone.facts.quoted import quotes_of
from touchstone.facts.text import Text
from touchstone.publish.bulletin.notices import Notice
from touchstone.publish.bulletin.remarks import RULE
from touchstone.publish.bulletin.week import Week
from touchstone.publish.bulletin.written import day, listed, price
from touchstone.publish.report.report import Sentence

_KINDS = {
    "correction": Text("更正", "corrections of assessments"),
    "assessment": Text("评估", "assessments"),
    "quote": Text("报价", "quotes"),
}


@dataclass(frozen=True, slots=True)
class Late:
    """A quote of a day in the week that was published after the day of the issue.

    Attributes:
        kind: correction or assessment of the desk, or a quote that a document prints.
        was: the quote that the issue prints for that day, None where it has none.
    """

    kind: str
    quote: Quote
    was: Quote | None


def afterwards(later: Sequence[Fact], week: Week) -> list[Late]:
    """The quotes of the week, other than those the issue prints, that were published after its day.

    Args:
        later: facts of documents published after the day.
    """
    by_id = {fact.id: fact for fact in later}
    own = {(q.quotation.code, q.period): q for quotes in week.quoted.values() for q in quotes}
    found = []
    for quote in quotes_of(later, week.quotations).quotes:
        code, was = quote.quotation.code, own.get((quote.quotation.code, quote.period))
        is_of_week = frequency(quote.period) == "D" and week.covers(quote.period)
        if code in week.layout.quotations() and is_of_week and quote.carried_from is None:
            same = was and in_unit(quote, was.unit)
            if not (was and same and (same.low, same.high) == (was.low, was.high)):
                found.append(Late(_kind(quote, by_id), quote, was))
    return found


def later_notes(found: Iterable[Late], week: Week) -> Iterator[Sentence]:
    """A note for each kind and day of publication: what it was about, without its figures."""
    for kind, published, several in _grouped(found):
        about = listed([_about(each, week) for each in several])
        on = day(published, with_year=True)
        yield Sentence(
            Text(
                f"{on.zh}、本期日期之后发布的{_KINDS[kind].zh}，本期未采用：{about.zh}。",
                f"Published on {on.en}, after the day of this issue, and not used in it, {_KINDS[kind].en}:"
                f" {about.en}.",
            ),
            rule=RULE,
        )


def published_later(found: Iterable[Late], week: Week) -> Iterator[Notice]:
    """A notice for each kind and day of publication, with both figures."""
    for kind, published, several in _grouped(found):
        said = [_both(each, week) for each in several]
        zh, en = "；".join(each.zh for each in said), "; ".join(each.en for each in said)
        yield Notice(
            "BULLETIN-015", f"bulletin {week.day}",
            f"{_KINDS[kind].en} published on {published}, after the day of this issue: {en}",
            "what was published up to the day of the issue", "the issue prints what was known on its day, and a note names these",
            "say in your judgement what changed, or print it in the issue of a later day",
            zh=(f"{published} 发布的{_KINDS[kind].zh}，晚于本期日期：{zh}", "截至本期日期已发布的内容",
                "本期按当日已知的刊出，并在说明中列出", "在评述中说明变化，或在以后的一期刊出"),
        )  # fmt: skip


def _kind(quote: Quote, by_id: Mapping[str, Fact]) -> str:
    fact = by_id[quote.facts[0]]
    if fact.rule != ASSESSED:
        return "quote"
    return "correction" if fact.replaces else "assessment"


def _grouped(found: Iterable[Late]) -> Iterator[tuple[str, date, list[Late]]]:
    groups: dict[tuple[str, date], list[Late]] = {}
    for each in found:
        groups.setdefault((each.kind, each.quote.published or date.min), []).append(each)
    for kind in _KINDS:
        for (of, published), several in sorted(groups.items(), key=lambda pair: pair[0][1]):
            if of == kind:
                yield kind, published, several


def _about(each: Late, week: Week) -> Text:
    named, on = week.layout.named(each.quote.quotation), day(each.quote.day, week.is_over_new_year)
    return Text(f"{named.zh}（{on.zh}）", f"{named.en} of {on.en}")


def _both(each: Late, week: Week) -> Text:
    about, new = _about(each, week), price(each.quote, week.layout)
    old = price(each.was, week.layout) if each.was else Text("无", "none")
    return Text(f"{about.zh} {old.zh} → {new.zh}", f"{about.en}, {old.en} → {new.en}")
