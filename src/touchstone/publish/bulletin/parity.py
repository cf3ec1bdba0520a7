"""Notes to the tables: what was done to a unit, and a price whose unit the audit disproves, with the arithmetic."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from touchstone.audit.finding import Finding
from touchstone.facts.quote import Quote
from touchstone.facts.text import Text, capital
from touchstone.facts.unit import unit
from touchstone.publish.bulletin.layout import Layout
from touchstone.publish.bulletin.week import Week
from touchstone.publish.bulletin.written import day, price
from touchstone.publish.report.report import Sentence
from touchstone.publish.sentence import in_words

RULE = "unit_sanity"
UNIT = "bulletin.unit"
"""Rule of a note that only says how a unit was printed."""


@dataclass(frozen=True, slots=True)
class Disproved:
    """A market parity that fails: the finding, and the quotations it was tested against."""

    finding: Finding
    against: tuple[str, ...]


def parity_notes(week: Week, disproved: Mapping[str, Disproved]) -> dict[str, Sentence]:
    """What is to be said below the tables, by the code of the quotation.

    Args:
        week: the quotes of the week.
        disproved: what the audit finds of them, by quotation.

    A quotation gets a note where the market parity of its prices fails, or where its unit is not printed as the
    quotation has it: another one, another size of it, or a currency alone.
    """
    wrong = {
        code: _note(code, week, disproved.get(code))
        for code, quotes in week.quoted.items()
        if code in disproved or any(quote.off_unit for quote in quotes)
    }
    return {code: said for code in week.quoted if (said := _joined(wrong.get(code), _unit_note(code, week)))}


def _joined(wrong: Sentence | None, note: Sentence | None) -> Sentence | None:
    """One note for a quotation, under the rule of the graver part."""
    if wrong is None or note is None:
        return wrong or note
    text = Text(wrong.text.zh + note.text.zh, f"{wrong.text.en} {note.text.en}")
    return replace(wrong, text=text, facts=tuple(dict.fromkeys((*wrong.facts, *note.facts))))


def _unit_note(code: str, week: Week) -> Sentence | None:
    """How a unit is printed that was completed, or in another size; each way once, None where all are as declared.

    What was only completed names no quotation, so that one note serves every column of a table it is true of.
    """
    quotes = week.quoted[code]
    sized = {quote.facts[:2]: said for quote in quotes if (said := _as_printed(quote, week))}
    completed = {
        quote.facts[:2]: said
        for quote in quotes
        if quote.facts[:2] not in sized and (said := _completed(quote, week))
    }
    if not sized and not completed:
        return None
    named = capital(week.layout.named(quotes[-1].quotation))
    ways = list(dict.fromkeys(sized.values()))
    said = (
        [
            Text(
                f"{named.zh}{'；'.join(w.zh for w in ways)}。",
                f"{named.en}: {'; '.join(w.en for w in ways)}.",
            )
        ]
        if ways
        else []
    )
    said += dict.fromkeys(completed.values())
    text = Text("".join(each.zh for each in said), " ".join(each.en for each in said))
    return Sentence(text, "rule", tuple(id for ids in (*sized, *completed) for id in ids), UNIT)


def _as_printed(quote: Quote, week: Week) -> Text | None:
    printed = week.as_printed.get(quote.facts[0])
    if printed is None:
        return None
    was, on, ours = (
        price(printed, week.layout),
        day(quote.day, week.is_over_new_year),
        week.layout.unit(quote.unit),
    )
    return Text(
        f"{on.zh}原文为{was.zh}，按{ours.zh}刊出", f"{was.en} in the source on {on.en}, here in {ours.en}"
    )


def _completed(quote: Quote, week: Week) -> Text | None:
    if not quote.read_by:
        return None
    printed = unit(week.facts[quote.facts[0]].unit)
    return Text(
        f"原文单位只有“{printed.zh}”，数量单位按报价规格补足。",
        f"The source prints only {printed.en}; the quantity is that of the quotation.",
    )


def _note(code: str, week: Week, found: Disproved | None) -> Sentence:
    quote = next((q for q in week.quoted[code] if q.off_unit), week.quoted[code][-1])
    said = [_lead(quote, week.layout), *(_in_words(found.finding) if found else ())]
    text = Text("".join(each.zh for each in said), " ".join(each.en for each in said))
    others = (week.quoted[other][-1] for other in (found.against if found else ()))
    return Sentence(text, "rule", tuple(id for each in (quote, *others) for id in each.facts[:2]), RULE)


def _lead(quote: Quote, layout: Layout) -> Text:
    """Which price is meant, and that its unit is not ours."""
    named = capital(layout.named(quote.quotation))
    if not quote.off_unit:
        return Text(f"{named.zh}的价格与国内价不相称。", f"{named.en} does not agree with the home price.")
    usual, printed = layout.unit(quote.quotation.unit), layout.unit(quote.unit)
    return Text(
        f"{named.zh}的单位照原文刊出（{printed.zh}），这一报价的单位应为{usual.zh}。",
        f"{named.en}: the unit is printed as in the source ({printed.en}); this quotation is in {usual.en}.",
    )


def _in_words(finding: Finding) -> Iterator[Text]:
    """The arithmetic of a finding and what it concludes."""
    zh, en = in_words(finding.arithmetic.zh, "zh"), in_words(finding.arithmetic.en, "en")
    yield Text(f"{zh}。", f"{en}.")
    if finding.note:
        yield Text(in_words(finding.note.zh, "zh"), in_words(finding.note.en, "en"))
