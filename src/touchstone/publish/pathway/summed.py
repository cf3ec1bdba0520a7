"""The first page of a scenario report: when it peaks, which targets hold and how surely, what it costs, what is to be done."""

from collections.abc import Iterator, Sequence

import numpy as np

from touchstone.calc.pathway.accounts import ROUNDING
from touchstone.calc.pathway.chance.outcome import Outcomes
from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.deployment.result import Deployed
from touchstone.calc.pathway.pathway import Pathway, bought
from touchstone.facts.text import Text
from touchstone.publish.format import chance
from touchstone.publish.pathway.basis import Assumption, refs
from touchstone.publish.pathway.numbers import CARBON, FROM, YUAN
from touchstone.publish.pathway.pen import amount, figure
from touchstone.publish.pathway.priced import costs_of
from touchstone.publish.pathway.proven import provisos
from touchstone.publish.pathway.shown import course_name, peak_said, targets
from touchstone.publish.pathway.target import Target, both
from touchstone.publish.pathway.worked import Done, largest
from touchstone.publish.report.report import Paragraph, Sentence
from touchstone.publish.words import LANGUAGES, word

_PER_TONNE = Text("元/t CO₂e", "yuan/t CO₂e")
_LEAST = 1e-4
"""Of a gap as it is told: what is proven better is told as at most this."""


def peaked(
    found: Pathway,
    against: Sequence[Pathway],
    outcome: Outcomes | None,
    before: int,
    rows: Sequence[Assumption],
) -> Paragraph:
    """When emissions peak, in how many futures, and where they go."""
    cited = refs(rows, *FROM["emissions"])
    said = [(both("pathway_reported.peak", said=peak_said(found)), cited)]
    said += [
        (both("pathway_reported.peak_of", name=course_name(each, True), said=peak_said(each)), "")
        for each in against
    ]
    said += [(remark(found.given, each), "") for each in bought(found.given, found.plan)]
    emitted, years = found.accounts.emissions, found.years
    ends = {name: _each(float(emitted[y]), CARBON) for name, y in (("first", 0), ("last", -1))}
    said.append((both("pathway_reported.course", since=years[0], until=years[-1], **ends), cited))
    if outcome is not None:
        said.append((_chance(outcome, before), refs(rows, "driver")))
    return _paragraph("peak", said)


def aimed(every: Sequence[Target], rows: Sequence[Assumption]) -> Iterator[Paragraph]:
    """How many targets are met; which are missed, and which are met only if all is as assumed."""
    if not every:
        return
    said = [both("pathway_reported.met", met=sum(bool(each.met) for each in every), n=len(every))]
    for key, chosen in (
        ("missed", [each for each in every if each.met is False]),
        ("fragile", [each for each in every if each.fragile]),
    ):
        if chosen:
            said.append(both(f"pathway_summed.{key}", names=_named([each.name for each in chosen])))
    yield _paragraph("targets", [(each, refs(rows, "target")) for each in said])


def spent(found: Pathway, against: Sequence[Pathway], rows: Sequence[Assumption]) -> Paragraph:
    """What it costs, and what a tonne costs that it avoids against the first pathway it is compared with."""
    cited = refs(rows, *FROM["cost"])
    cost = _each(sum(costs_of(found).values()) / 1e8, YUAN)
    said = [(both("pathway_reported.cost", cost=cost, year=found.years[0]), cited)]
    said += [(_avoided(found, other), cited) for other in against[:1]]
    return _paragraph("cost", said)


def to_do(works: Sequence[Done], rows: Sequence[Assumption]) -> Paragraph:
    """The largest works."""
    if not works:
        return _paragraph("todo", [(both("pathway_summed.no_works"), "")])
    return _paragraph(
        "todo", [(both("pathway_summed.first_works", works=largest(works)), refs(rows, "adopt", "retire"))]
    )


def cheapest(
    found: Pathway, optimum: Pathway | None, deployed: Deployed | None, outcome: Outcomes | None, before: int
) -> Paragraph:
    """The least-cost plan that is kept: its peak, its cost beside that of the scenario's own rules, how far it is proven, what it meets and how
    surely; that nobody asked for its chances, where `outcome` of it is None.
    """
    if optimum is None or deployed is None:
        return _paragraph("optimum", [(both("pathway_summed.no_optimum"), "")])
    values = {"said": peak_said(optimum), "cost": _each(sum(costs_of(optimum).values()) / 1e8, YUAN)}
    own = _each(sum(costs_of(found).values()) / 1e8, YUAN)
    said = [
        both("pathway_summed.optimum_alone", **values)
        if found.kind == "optimum"
        else both("pathway_summed.optimum_is", own=own, **values),
        proof(deployed),
        *provisos(optimum, deployed),
        *(
            remark(optimum.given, each)
            for each in bought(optimum.given, optimum.plan)
            if optimum is not found
        ),
        *_kept(optimum),
        _sure(optimum, outcome, before),
    ]
    return _paragraph("optimum", [(each, "") for each in said])


def _kept(optimum: Pathway) -> Iterator[Text]:
    """How many targets a least-cost plan meets, and which it misses."""
    every = targets(optimum)
    if every:
        yield both("pathway_reported.met", met=sum(bool(each.met) for each in every), n=len(every))
    if missed := [each.name for each in every if each.met is False]:
        yield both("pathway_summed.missed", names=_named(missed))


def _sure(optimum: Pathway, outcome: Outcomes | None, before: int) -> Text:
    """How likely a least-cost plan peaks in time and meets each target; that it was not asked, where there is no outcome."""
    if outcome is None:
        return both("pathway_summed.not_asked")
    names = {aim.key: aim.name for aim in optimum.given.scenario.aims}
    chances = [
        both("pathway_summed.each_chance", name=names[each.rule.key], share=_likely(outcome.met(each.rule.key).share))
        for each in outcome.rules
    ]  # fmt: skip
    values = {"n": len(outcome), "year": before, "share": _likely(outcome.peaks().before(before).share)}
    said = both("pathway_summed.optimum_chance", **values)
    return both("pathway_summed.optimum_chances", said=said, each=_named(chances)) if chances else said


def _named(names: Sequence[Text]) -> Text:
    return Text(
        *(word("list.semicolon", lang).join(getattr(each, lang) for each in names) for lang in LANGUAGES)
    )


def proof(deployed: Deployed) -> Text:
    """How a least-cost plan ended, and how far above the optimum it can be."""
    known = np.isfinite(deployed.gap)
    gap = (
        both(
            "pathway_summed.gap",
            gap=Text(*(figure(100 * max(deployed.gap, _LEAST), lang, 2) + "%" for lang in LANGUAGES)),
        )
        if known
        else both("pathway_summed.unproven")
    )
    return both("pathway_summed.status", status=both(f"plans.status_{deployed.status}"), gap=gap)


def _avoided(found: Pathway, other: Pathway) -> Text:
    """Both costs, the tonnes avoided over all years, and the one over the other; why not, where they cannot be compared."""
    case, than, name = found.given.case, other.given.case, course_name(other, True)
    if found.years != other.years or case.discount != than.discount:
        return both("pathway_summed.unlike", name=name)
    own, others = costs_of(found), costs_of(other)
    avoided = float((other.accounts.emissions - found.accounts.emissions) @ case.weight)
    values: dict[str, object] = {
        "name": name,
        "cost": _each(sum(others.values()) / 1e8, YUAN),
        "tonnes": _each(abs(avoided), CARBON),
    }
    if avoided <= ROUNDING * float(other.accounts.emissions @ case.weight):
        return both("pathway_summed.no_less", **values)
    dearer = {kind: own[kind] - others[kind] for kind in own}
    total = sum(dearer.values())
    return both(
        "pathway_summed.dearer" if total >= 0 else "pathway_summed.cheaper",
        more=_each(abs(total) / 1e8, YUAN),
        each=_each(total / avoided, _PER_TONNE),
        bare=_each((total - dearer["carbon"]) / avoided, _PER_TONNE),
        **values,
    )


def _chance(outcome: Outcomes, before: int) -> Text:
    peaks = outcome.peaks()
    at = peaks.before(before)
    error = Text(*(figure(100 * at.error, lang, 2) for lang in LANGUAGES))
    values = {"year": before, "error": error, "kind": outcome.kind, "n": len(outcome)}
    return both(
        "pathway_reported.chance", share=_likely(at.share), never=_likely(peaks.not_yet.share), **values
    )


def _paragraph(label: str, said: Sequence[tuple[Text, str]]) -> Paragraph:
    return Paragraph(
        tuple(Sentence(text, refs=cited) for text, cited in said), both(f"pathway_summed.{label}")
    )


def _likely(value: float) -> Text:
    return Text(*(chance(value, lang) for lang in LANGUAGES))


def _each(value: float, unit: Text) -> Text:
    return Text(*(amount(value, unit, lang) for lang in LANGUAGES))


def ended(said: Text) -> Text:
    """A remark as a sentence."""
    return Text(said.zh.rstrip("。") + "。", said.en[:1].upper() + said.en[1:].rstrip(".") + ".")


def remark(given: Compiled, said: Text) -> Text:
    """A remark as a sentence, by names alone: who reads a paper looks nothing up by its key."""
    zh, en = said.zh, said.en
    for key in (*given.case.products, *given.catalogue, *given.case.lines):
        zh, en = zh.replace(f"（{key}）", ""), en.replace(f" ({key})", "")
    return ended(Text(zh, en))
