"""Notes to the tables: a price whose unit the audit disproves is printed as it stands, with the arithmetic below."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from touchstone.audit.finding import Finding
from touchstone.facts.quote import Quote
from touchstone.facts.text import Text
from touchstone.publish.bulletin.layout import Layout
from touchstone.publish.bulletin.week import Week
from touchstone.publish.bulletin.written import capital
from touchstone.publish.report.report import Sentence
from touchstone.publish.sentence import in_words

RULE = "unit_sanity"


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

    A quotation gets a note where the market parity of its prices fails, or where its printed unit measures something
    else than the quotation's.
    """
    return {
        code: _note(code, week, disproved.get(code))
        for code, quotes in week.quoted.items()
        if code in disproved or any(quote.off_unit for quote in quotes)
    }


def _note(code: str, week: Week, found: Disproved | None) -> Sentence:
    quote = next((q for q in week.quoted[code] if q.off_unit), week.quoted[code][-1])
    said = [_lead(quote, week.layout), *(_in_words(found.finding) if found else ())]
    text = Text("".join(each.zh for each in said), " ".join(each.en for each in said))
    others = (week.quoted[other][-1] for other in (found.against if found else ()))
    return Sentence(text, "rule", tuple(id for each in (quote, *others) for id in each.facts[:2]), RULE)


def _lead(quote: Quote, layout: Layout) -> Text:
    """Which price is meant, and that its unit is not ours."""
    product, market = layout.product(quote.quotation), layout.market(quote.quotation.market)
    named = capital(Text(f"{market.zh}{product.zh}", f"{market.en} {product.en}"))
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
