"""Reports: from figures and a judgement to a finding that prints its own arithmetic."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from touchstone.audit.figure import Figure, number, with_unit
from touchstone.audit.finding import Finding, Healing
from touchstone.audit.verdict import MISLEADS, SERIOUSNESS, Judgement
from touchstone.facts.fact import fact_id
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary

SIGNS = {"holds": "√", "edge": "≈", "fails": "≠", "revised": "≠", "warning": "?"}


def report(
    rule: str,
    figures: Sequence[Figure],
    title: Text,
    arithmetic: Text,
    judgement: Judgement | str,
    note: Text | None = None,
    heals: tuple[Healing, ...] = (),
    variant: str = "",
) -> Finding:
    """Build a finding.

    Args:
        rule: id of the rule.
        figures: in the order of the arithmetic.
        title, arithmetic: what was tested, and the sum with its numbers.
        judgement: of a comparison, or a bare verdict where words were compared.
        note: explanation, where there is one.
        heals: figures any one of which would heal a failure.
        variant: tells apart two findings of one rule on the same figures.
    """
    verdict = judgement if isinstance(judgement, str) else judgement.verdict
    chance = None if isinstance(judgement, str) else judgement.chance
    half_units = None if isinstance(judgement, str) else judgement.half_units
    ids = tuple(f.fact.id for f in figures)
    return Finding(
        id=fact_id(rule, variant, *ids),
        rule=rule,
        verdict=verdict,
        facts=ids,
        title=title,
        arithmetic=arithmetic,
        quotes=tuple(f.fact.quote for f in figures),
        sources=tuple(dict.fromkeys(f.fact.source for f in figures)),
        chance=chance,
        half_units=half_units,
        heals=heals,
        note=note,
        severity=severity(rule, verdict, chance, half_units),
    )


def restated(judgement: Judgement, figures: Sequence[Figure]) -> Judgement:
    """A failure between documents is a restatement as far as anyone can tell: `revised`."""
    if judgement.verdict != "fails" or len({f.fact.source for f in figures}) == 1:
        return judgement
    return replace(judgement, verdict="revised")


def severity(rule: str, verdict: str, chance: float | None, half_units: float | None) -> float:
    """The order of the audit page: verdict, what misleads most, how far off, how unlikely."""
    size = min(half_units or 0.0, 99.0)
    unlikely = (1.0 - chance if chance is not None else 0.0) * 10
    return round(SERIOUSNESS[verdict] + MISLEADS.get(rule, 0) + size + unlikely, 4)


def healing(figure: Figure, low: Decimal, high: Decimal) -> Healing:
    """What one figure, changed alone, would have to be; `low` and `high` in base units."""
    unit = figure.fact.unit
    return Healing(
        figure.fact.id,
        with_unit(number(low / figure.scale), unit),
        with_unit(number(high / figure.scale), unit),
    )


def named(figure: Figure) -> Text:
    """What a figure is about, for a title: the words of the document; in English by its codes, if it has them."""
    fact, words = figure.fact, vocabulary()
    printed = fact.subject_words or fact.subject
    known = words.name(fact.subject, "en")
    if known == fact.subject:
        return Text(printed, printed)
    return Text(printed, f"{known}, {words.name(fact.measure.split('.')[0], 'en')}")


def measured(figure: Figure) -> Text:
    """What a figure is about and what was measured of it: `精炼铅产量同比`, `refined lead, output, year on year`."""
    fact, words = figure.fact, vocabulary()
    if words.name(fact.measure, "zh") == fact.measure:
        return named(figure)
    zh, en = (words.name(fact.subject, language) for language in ("zh", "en"))
    if zh == fact.subject:
        if figure.kind != "change":  # the printed words of a level say what it is better than a general code
            return named(figure)
        zh = en = fact.subject_words or fact.subject
    return Text(
        _joined(zh, words.name(fact.measure, "zh"), ""), _joined(en, words.name(fact.measure, "en"), ", ")
    )


def _joined(subject: str, measure: str, between: str) -> str:
    """云南产量 and 产量同比 are 云南产量同比: what the subject says already is not said again."""
    size = next((n for n in range(len(measure), 1, -1) if subject.endswith(measure[:n])), 0)
    return f"{subject}{measure[size:]}" if size else f"{subject}{between}{measure}"


def sum_text(figures: Sequence[Figure], sign: str = " + ") -> str:
    """The left side of a sum as printed: `533.3万吨 + 87.0万吨`."""
    return sign.join(f.printed for f in figures)
