"""Works and purchases of a plan in words: in the order in which a group would do them, with what each saves and costs."""

from collections.abc import Iterator
from math import isnan
from typing import Any

from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.works import Purchase, Taken, Work, purchases, works
from touchstone.facts.text import Text
from touchstone.publish.pathway.pen import figure, share
from touchstone.publish.pathway.shown import milestones
from touchstone.publish.words import LANGUAGES, word


def work_cells(found: Pathway, lang: str) -> list[dict[str, Any]]:
    """The works as a table or a line of text has them; what is not known is a dash."""
    return [
        {
            "number": each.number,
            "line": each.line.name,
            "year": _years(each.year, each.until),
            "what": _what(found, each),
            "part": Text(*(_part(each, one) for one in LANGUAGES)),
            "emissions": _less(each.emissions, lang),
            "power": _less(each.power, lang),
            "investment": _said(each.investment / 1e4, lang),
            "running": _said(each.running / 1e4, lang, signed=True),
            "each": _said(each.each, lang),
            "outcome": Text(*(_outcome(each, one) for one in LANGUAGES)),
        }
        for each in works(found)
    ]


def purchase_cells(found: Pathway, lang: str) -> list[dict[str, Any]]:
    """The purchases of the years that tables show."""
    return [
        {
            "contract": found.given.scenario.contracts[each.contract],
            "year": each.year,
            "power": _said(each.power, lang),
            "dearer": _said(each.dearer, lang, signed=True),
            "emissions": _said(each.emissions, lang),
            "each": _said(each.each, lang),
        }
        for each in _shown(found)
    ]


def work_rows(found: Pathway) -> list[dict[str, Any]]:
    """The works in full, for JSON and CSV."""
    return [
        {
            "number": each.number, "line": each.line.key, "year": each.year, "until": each.until, "before": each.before, "after": each.after,
            "technologies": "+".join(one.key for one in each.taken), "technology_years": "+".join(f"{one.since}-{one.until}" for one in each.taken),
            "technology_shares": "+".join(f"{one.share:.4g}" for one in each.taken), "capacity_t_a": _known(each.capacity), "share_of_line": _known(each.share),
            "saved_t_co2e_a": _known(each.emissions), "saved_mwh_a": _known(each.power), "investment_cny": _known(each.investment),
            "running_cny_a": _known(each.running), "cny_per_t_co2e": _known(each.each),
        }
        for each in works(found)
    ]  # fmt: skip


def purchase_rows(found: Pathway) -> list[dict[str, Any]]:
    """The purchases of every year, for JSON."""
    return [
        {
            "contract": each.contract, "year": each.year, "power_mwh": _known(each.power), "dearer_cny_per_mwh": _known(each.dearer),
            "saved_t_co2e": _known(each.emissions), "cny_per_t_co2e": _known(each.each),
        }
        for each in purchases(found)
    ]  # fmt: skip


def _shown(found: Pathway) -> Iterator[Purchase]:
    years = {found.years[y] for y in milestones(found.years)}
    return (each for each in purchases(found) if each.year in years)


def _what(found: Pathway, work: Work) -> Text:
    """The technologies that are taken up; each with its years where they are not the work's, and its part of the line where it is not the whole."""
    catalogue = found.given.catalogue

    def said(each: Taken, lang: str) -> str:
        years = "" if (each.since, each.until) == (work.year, work.until) else _years(each.since, each.until)
        part = "" if work.whole or len(work.taken) == 1 else share(each.share, lang)
        within = word("list.clause", lang).join(filter(None, (years, part)))
        name = getattr(catalogue[each.key].name, lang)
        return word("works.within", lang, name=name, within=within) if within else name

    return Text(
        *(word("list.semicolon", lang).join(said(each, lang) for each in work.taken) for lang in LANGUAGES)
    )


def _years(since: int, until: int) -> str:
    return str(since) if since == until else f"{since}–{until}"


def _part(work: Work, lang: str) -> str:
    """The capacity that takes it up, and whether that is the whole line."""
    part = word("works.whole", lang) if work.whole else share(work.share, lang)
    anew = word("works.anew", lang) if not work.before else ""
    return word("works.part", lang, capacity=figure(work.capacity, lang), part=part) + anew


def _less(value: float, lang: str) -> str:
    """What a year takes less; where it takes more, that in words."""
    return word("works.more", lang, more=figure(-value, lang)) if value < 0 else _said(value, lang)


def _outcome(work: Work, lang: str) -> str:
    """What a work saves, costs, and costs by the tonne avoided, in a sentence; why, where one of them is not known."""
    return word("list.semicolon", lang).join(
        (_saves(work, lang), _spends(work, lang), _by_the_tonne(work, lang))
    )


def _saves(work: Work, lang: str) -> str:
    if isnan(work.emissions):
        return word("works.beside_nothing", lang)
    parts = (
        word(f"works.{name}_{'more' if value < 0 else 'less'}", lang, by=figure(abs(value), lang))
        for name, value in (("emissions", work.emissions), ("power", work.power))
    )
    return word("list.comma", lang).join(parts)


def _spends(work: Work, lang: str) -> str:
    known = "works.unpriced" if isnan(work.investment) else "works.invests"
    parts = [word(known, lang, by=_said(work.investment / 1e4, lang))]
    if not isnan(work.running):
        parts.append(word("works.runs", lang, by=figure(work.running / 1e4, lang, signed=True)))
    return word("list.clause", lang).join(parts)


def _by_the_tonne(work: Work, lang: str) -> str:
    if not isnan(work.each):
        return word("works.by_the_tonne", lang, by=figure(work.each, lang))
    why = (
        "not_compared"
        if isnan(work.emissions)
        else "unpriced_tonne"
        if isnan(work.investment)
        else "avoids_nothing"
    )
    return word(f"works.{why}", lang)


def _said(value: float, lang: str, *, signed: bool = False) -> str:
    return "—" if isnan(value) else figure(value, lang, signed=signed)


def _known(value: float) -> float | None:
    """A number with the digits that a plan can have; None where it is not known."""
    return None if isnan(value) else float(f"{value:.9g}") + 0.0
