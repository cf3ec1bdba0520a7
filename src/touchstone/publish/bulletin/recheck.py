"""The re-check: a bulletin is read back before it is written, in each language, as if somebody else had made it.

Every computed sentence must say the numbers it claims and no other; the audit of the whole must find nothing that
fails but what came with the source and stands in a note; the document must give back the quotes it was made from.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from touchstone.audit.audit import audit
from touchstone.audit.finding import Finding
from touchstone.errors import Refusal
from touchstone.facts.fact import Fact
from touchstone.facts.quotation import Quotations, is_price_unit
from touchstone.facts.quote import Quote
from touchstone.facts.quoted import quotes_of
from touchstone.facts.text import Text
from touchstone.facts.unit import unit
from touchstone.publish.bulletin.parity import RULE as PARITY
from touchstone.publish.bulletin.rates import with_rates
from touchstone.publish.bulletin.reread import Reread, Spoken, is_of_others, reread
from touchstone.publish.bulletin.week import Week
from touchstone.publish.report.report import Report
from touchstone.publish.report.said import said
from touchstone.publish.sentence import in_words
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes


class UnsoundBulletin(Refusal):
    """A bulletin contradicts itself or the quotes it was made from."""


def check_bulletin(
    report: Report, week: Week, known: Quotations, lang: str, rates: Sequence[Fact] = ()
) -> None:
    """Read a bulletin back in a language and test it.

    Args:
        report: the bulletin.
        week: the quotes it was made from.
        known: the quotations of the workspace.
        lang: the language it is read in.
        rates: the rates of exchange that the ledger knows.

    Raises:
        UnsoundBulletin: a sentence says another number than it claims, an identity fails, or a quote is not the
            same again; the sentence or quote is named.
    """
    back = reread(report, lang)
    claims = _claims(week)
    for spoken in back.sentences:
        if wrong := _misspoken(spoken, claims):
            raise _refused("BULLETIN-005", lang, f"“{spoken.text}”: {wrong}")
    own, footnoted = back.own(), _footnoted(report, week)
    stated = {fact.id for fact in own}
    for finding in audit(with_rates(back.document, own, rates, week.first, week.day)):
        concerns = not stated.isdisjoint(finding.facts)
        if concerns and finding.verdict == "fails" and not _is_known(finding, footnoted, own, known):
            raise _refused("BULLETIN-006", lang, _said(finding, back, lang))
    if differences := list(_differences(own, week, known)):
        raise _refused("BULLETIN-007", lang, "; ".join(differences))


def round_trip(document: bytes, report: Report, week: Week, known: Quotations, lang: str) -> list[str]:
    """What differs between the quotes of a written document and those it was made from; [] where nothing does.

    Quotes of weeks before are none too many where they are what they were: a workbook holds the numbers of its charts.

    Args:
        document: the bytes of the file as written (Word, HTML, PDF or a workbook).
        report: what was written; the words of others in it are no quotes of ours.
        week: the quotes it was made from.
        known: the quotations of the workspace.
        lang: the language it was written in.
    """
    read = read_bytes(document, f"{week.day}")
    others = {said(each, lang).text for each in report.sentences() if is_of_others(each)}
    foreign = _places(others, read.text)
    own = [fact for fact in read_figures(read) if fact.locator and fact.locator.start not in foreign]
    return list(_differences(own, week, known, with_history=True))


def _places(sentences: Iterable[str], text: str) -> frozenset[int]:
    """Where a text has the words of sentences, each character of them; lines may be broken otherwise than written."""
    at = [n for n, char in enumerate(text) if not char.isspace()]
    bare = "".join(text[n] for n in at)
    spelled = (re.escape("".join(sentence.split())) for sentence in sentences)
    found = (match.span() for words in spelled for match in re.finditer(words, bare))
    return frozenset(n for start, end in found for n in at[start:end])


def _claims(week: Week) -> dict[str, tuple[Fact, str]]:
    """The facts that sentences may say, each with its unit; that of a quote where the print has only a currency."""
    completed = (quote for quotes in week.quoted.values() for quote in quotes if quote.read_by)
    units = {id: quote.unit for quote in completed for id in quote.facts}
    return {id: (fact, units.get(id, fact.unit)) for id, fact in week.facts.items()}


def _misspoken(spoken: Spoken, claims: Mapping[str, tuple[Fact, str]]) -> str:
    """What is wrong with the numbers of a sentence; "" where nothing is.

    A computed sentence says all its numbers; of one that follows from a rule a reader may pass over what is merely
    counted. A change of nothing is said in words.
    """
    sentence = spoken.sentence
    if is_of_others(sentence):
        return ""
    claimed = [claims[id] for id in sentence.facts]
    read = [fact for fact in spoken.facts if fact.form != "implicit"]
    unmoved = [fact for fact in spoken.facts if fact.form == "implicit"]
    if unmoved and all(fact.value for fact, _ in claimed):
        return unmoved[0].quote
    told = [each for each in claimed if each[0].value] if sentence.kind == "computed" else claimed
    rest = iter(told)
    for fact in read:
        if not any(_same(fact, *claim) for claim in rest):
            return fact.quote
    missing = next(rest, None) if sentence.kind == "computed" else None
    return f"{missing[0].value} {missing[1]}" if missing else ""


def _same(read: Fact, claimed: Fact, claimed_unit: str) -> bool:
    """Whether a figure that was read is the one claimed, in any size of the unit; a change must go the same way."""
    both_changes = read.measure.endswith("change") and claimed.measure.endswith("change")
    read_as, meant = (each.value if both_changes else abs(each.value) for each in (read, claimed))
    one, other = unit(read.unit), unit(claimed_unit)
    # what is counted may be called otherwise in another language: 18个, 18 quotations
    if one.code == other.code or other.is_count:
        return read_as == meant
    prices = is_price_unit(one) and one.dimension == other.dimension
    return prices and Fraction(read_as) * one.factor == Fraction(meant) * other.factor


def _footnoted(report: Report, week: Week) -> frozenset[str]:
    """Quotations whose unit a note says to be wrong."""
    noted = {id for sentence in report.sentences() if sentence.rule == PARITY for id in sentence.facts}
    return frozenset(
        code for code, quotes in week.quoted.items() if any(noted.intersection(q.facts) for q in quotes)
    )


def _is_known(finding: Finding, footnoted: frozenset[str], own: Iterable[Fact], known: Quotations) -> bool:
    """Whether a finding is the one that the source had and a note tells: the first of its figures says whose."""
    first = next(fact for fact in own if fact.id == finding.facts[0])
    return finding.rule == PARITY and known.of(first).code in footnoted


def _differences(
    own: Iterable[Fact], week: Week, known: Quotations, with_history: bool = False
) -> Iterator[str]:
    """Quotes that are missing, other or too many in what was read back."""
    found = quotes_of(own, known)
    yield from (f"{problem.where}: {problem.found}" for problem in found.problems)
    read = _by_day(quote for quote in found.quotes if quote.carried_from is None)
    made = _by_day(week.printed())
    before = _by_day(q for quotes in week.history.values() for q in quotes) if with_history else {}
    for key in sorted({*read, *made}):
        if read.get(key) != made.get(key) and (key in made or read[key] != before.get(key)):
            yield f"{key[0]} {key[1]}: {_shown(made.get(key))} → {_shown(read.get(key))}"


def _by_day(quotes: Iterable[Quote]) -> dict[tuple[str, str], tuple[object, ...]]:
    return {(q.quotation.code, q.period): (q.low, q.high, q.unit) for q in quotes}


def _shown(ends: Sequence[object] | None) -> str:
    return "-" if ends is None else "{0}-{1} {2}".format(*ends)


def _said(finding: Finding, back: Reread, lang: str) -> str:
    """What failed: the sentence, or the figures of the table, and the arithmetic."""
    title, arithmetic = (in_words(getattr(text, lang), lang) for text in (finding.title, finding.arithmetic))
    telling = [each.text for each in back.sentences if any(fact.id in finding.facts for fact in each.facts)]
    printed = f"“{telling[0]}”" if telling else " | ".join(finding.quotes)
    return f"{printed}: {title} [{finding.rule}] {arithmetic}"


_EXPECTED = {
    "BULLETIN-005": Text("句中数字与其所据一致", "the numbers of its facts, and no other"),
    "BULLETIN-006": Text("各数字互相一致", "figures that agree with each other"),
    "BULLETIN-007": Text("读回的报价与编制所据的一致", "the quotes the bulletin was made from"),
}


def _refused(code: str, lang: str, found: str) -> UnsoundBulletin:
    expected = _EXPECTED[code]
    return UnsoundBulletin(
        code, f"bulletin ({lang})", found, expected.en, "no file was written",
        "look the figures up in the source; correct the source, the layout or the template",
        zh=(found, expected.zh, "没有写出任何文件", "到来源中核对数字；改正来源、版式或模板"),
    )  # fmt: skip
