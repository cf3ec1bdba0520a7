"""A cap handed down to enterprises: every rule side by side, each amount with its arithmetic, and the lines and sources its figures come from."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from urllib.parse import quote, urlencode

from touchstone.calc.target.allocation import Allocation, Share
from touchstone.calc.target.allocation_rules import FIGURES, METHODS, Rule
from touchstone.calc.target.sharer import BY, Activity, Sharer
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.publish.pathway.allotted import MOST, Allotted, Taker
from touchstone.publish.pathway.pen import share as percent
from touchstone.publish.pathway.shown import EMISSIONS, TONNES, product_name
from touchstone.publish.pathway.target import both
from touchstone.publish.words import word
from touchstone.serve.pathway_allocated import Allocated, allocated
from touchstone.serve.pathway_budgeted import budgets_of
from touchstone.serve.pathway_guarded import cited, guarded, sourced, text_of, written
from touchstone.serve.pathway_measured import account_of
from touchstone.serve.pathway_stated_page import stated_address
from touchstone.serve.pathway_workbench import drawn
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_DRAWN = 8
"""Enterprises a drawing shows, the largest first; the others are in the table."""


def allocation_page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    """The cap of a scenario's year among its enterprises, by every rule there is; the address is the question."""
    return guarded(shelf, lambda: _page(shelf, query, lang))


def _page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    stock, demands = shelf.stock.pathways(), shelf.workspace.demands()
    budgets, wrong = budgets_of(demands, account_of(shelf.stock.carbon(), query), query.get("speaks", ""))
    found = allocated(stock, demands, budgets, query)
    shown = {
        "found": found, "question": found.asked, "form": {name: query.get(name, "") for name in ("amount", "reserve", "speaks", "cap")},
        "scenarios": list(stock.named.items()), "kinds": BY, "years": found.pathway.years,
        "products": [(key, product_name(key)) for key in found.pathway.given.case.products], "caps": found.caps,
        "cap": _cap(found, lang), "total": _total(found, lang), "summary": summary(found, lang),
        "rules": [_rule(rule, each, lang) for rule, each in found.found],
        "rows": [_row(each, found, lang) for each in _largest(found)], "refused_rows": (*wrong, *found.refused), "synthetic": stock.synthetic,
        "chart": drawn(_chart(found), lang) if found.usable and found.sharers else None,
    }  # fmt: skip
    return Page(
        "pathway_allocation.html", shown, lambda: allocation_told(found), lambda: allocation_rows(found)
    )


def _cap(found: Allocated, lang: str) -> dict[str, Any]:
    cap = found.cap
    return {
        "own": cap, "amount": _n(cap.amount, lang), "budget": _n(Fraction(found.budget), lang), "reserve": _n(Fraction(found.asked.reserve), lang),
        "source": sourced(cap.source), "stated": stated_address(cap.where), "scrap": _t(cap.scrap, lang) if cap.scrap else "",
        "base": "–".join(dict.fromkeys((str(min(found.asked.base)), str(max(found.asked.base))))),
        "scenario": found.pathway.given.scenario.name,
    }  # fmt: skip


def _total(found: Allocated, lang: str) -> dict[str, str]:
    before, planned = _before(found), sum((each.planned for each in found.sharers), Fraction(0))
    return {
        "before": _t(before, lang), "planned": _t(planned, lang), "budget": _n(Fraction(found.budget), lang),
        "change": change(Fraction(found.budget), before, lang),
    }  # fmt: skip


def summary(found: Allocated, lang: str) -> str:
    """The allocation in a sentence."""
    total = _total(found, lang)
    return word(
        "pathway_page.allocation_said", lang, year=found.asked.year, budget=total["budget"], n=len(found.sharers), base=found.asked.base[-1],
        before=total["before"], change=total["change"] or "—",
    )  # fmt: skip


def _largest(found: Allocated) -> list[Sharer]:
    """Who shares, those that emitted most first."""
    return sorted(
        found.sharers, key=lambda each: (-each.enterprise.figures["emissions"], each.enterprise.key)
    )


def _before(found: Allocated) -> Fraction:
    return sum((each.enterprise.figures["emissions"] for each in found.sharers), Fraction(0))


def _rule(rule: Rule, answer: Allocation | Refusal, lang: str) -> dict[str, Any]:
    """A rule as it was declared; and why it cannot be used."""
    parts = [(METHODS[method][0], percent(float(part), lang)) for method, part in rule.shares.items()]
    held = [(side, percent(float(value), lang)) for side, value in (("floor", rule.floor), ("cap", rule.cap)) if value is not None]  # fmt: skip
    return {
        "own": rule, "parts": parts, "held": held, "where": rule.where, "stated": stated_address(rule.where),
        "source": cited(rule.cited.document, rule.cited.clause) if rule.cited else [], "why": answer if isinstance(answer, Refusal) else None,
    }  # fmt: skip


def _row(each: Sharer, found: Allocated, lang: str) -> dict[str, Any]:
    key, before = each.enterprise.key, each.enterprise.figures["emissions"]
    return {
        "key": key, "anchor": f"e-{quote(key)}", "name": name_of(each, found), "before": _t(before, lang), "planned": _t(each.planned, lang),
        "shares": [_share(one, own, lang) for one in found.usable for own in one.shares if own.enterprise.key == key],
        "figures": [(*FIGURES[name], _n(value, lang)) for name, value in each.enterprise.figures.items()],
        "lacking": [FIGURES[name][0] for name in FIGURES if name not in each.enterprise.figures],
        "known": {"own": each.known, "names": [FIGURES[name][0] for name in each.known.figures], "stated": stated_address(each.known.where),
                  "source": cited(each.known.cited.document, each.known.cited.clause)} if each.known else None,
        "lines": [_line(line, found, lang) for line in each.lines],
    }  # fmt: skip


def name_of(each: Sharer, found: Allocated) -> Text:
    """An enterprise by its name; a plant by the name of its only line, else by its key."""
    if found.asked.by == "plant" and len(each.lines) == 1:
        return each.lines[0].line.name
    if found.asked.by == "enterprise" and each.lines:
        return each.lines[0].line.owner
    return Text(each.enterprise.key, each.enterprise.key)


def _share(given: Allocation, each: Share, lang: str) -> dict[str, Any]:
    return {
        "rule": given.rule, "amount": _n(Fraction(each.amount), lang), "change": change(Fraction(each.amount), each.enterprise.figures["emissions"], lang),
        "parts": [(METHODS[part.method][0], part.written, _part(part.amount, lang)) for part in each.parts],
        "exact": _part(each.exact, lang), "bound": each.bound, "low": _n(Fraction(each.low), lang) if each.low else "",
        "high": _n(Fraction(each.high), lang) if each.high is not None else "", "moved": each.exact != each.wanted,
    }  # fmt: skip


def _line(each: Activity, found: Allocated, lang: str) -> dict[str, Any]:
    where = found.pathway.given.register.where(each.line)
    query = urlencode({"s": found.asked.scenario, "year": found.asked.base[-1]})
    mark = each.benchmark
    return {
        "own": each, "address": f"/pathway/line/{quote(each.line.key)}?{query}", "where": where, "stated": stated_address(where),
        "product": product_name(each.line.product), "output": _n(each.output, lang), "history": _t(each.history, lang),
        "emissions": _t(each.emissions, lang), "capacity": _n(each.capacity, lang), "benchmark": _n(mark.value, lang) if mark else "",
        "source": cited(mark.cited.document, mark.cited.clause) if mark else [], "mark_stated": stated_address(mark.where) if mark else "",
        "due": _t(each.output * mark.value, lang) if mark else "",
    }  # fmt: skip


def _chart(found: Allocated) -> Allotted:
    given = found.usable[:MOST]
    largest = _largest(found)[:_DRAWN]
    amounts = {(at, own.enterprise.key): own.amount for at, one in enumerate(given) for own in one.shares}
    takers = tuple(
        Taker(
            name_of(each, found), float(each.enterprise.figures["emissions"]) / TONNES,
            tuple(amounts[at, each.enterprise.key] / TONNES for at in range(len(given))), f"#e-{quote(each.enterprise.key)}",
        )
        for each in largest
    )  # fmt: skip
    title = both("pathway_page.allocation_chart", year=found.asked.year)
    more = len(found.sharers) - len(largest)
    note = both("pathway_page.allocation_more", n=more) if more else Text("", "")
    before = both("pathway_page.emitted_in", year=found.asked.base[-1])
    return Allotted(title, EMISSIONS, tuple(one.rule.name for one in given), before, takers, note)


def allocation_told(found: Allocated) -> dict[str, Any]:
    """An allocation as JSON, t CO2e."""
    asked, cap = found.asked, found.cap
    return {
        "scenario": asked.scenario, "year": asked.year, "base": asked.base, "by": asked.by, "product": asked.product,
        "cap": {
            "key": cap.key, "name": text_of(cap.name), "t_co2e": float(cap.amount), "source": cap.source, "stated_at": cap.where,
            "of_scrap": float(cap.scrap),
        },
        "reserve": asked.reserve, "budget": found.budget, "emissions": float(_before(found)),
        "sharers": [_told(each, found) for each in found.sharers],
        "rules": [
            {"rule": rule.key, "name": text_of(rule.name), "stated_at": rule.where, "shares": {key: float(part) for key, part in rule.shares.items()},
             "floor": _float(rule.floor), "cap": _float(rule.cap), **_given(answer)}
            for rule, answer in found.found
        ],
        "refused": [each.text("en") for each in found.refused],
    }  # fmt: skip


def _told(each: Sharer, found: Allocated) -> dict[str, Any]:
    register = found.pathway.given.register
    return {
        "key": each.enterprise.key, "figures": {name: float(value) for name, value in each.enterprise.figures.items()}, "planned": float(each.planned),
        "stated_at": each.known.where if each.known else None,
        "lines": [
            {"line": one.line.key, "product": one.line.product, "stated_at": register.where(one.line), "history": float(one.history),
             "emissions": float(one.emissions), "output": float(one.output), "capacity": float(one.capacity),
             "benchmark": _float(one.benchmark.value) if one.benchmark else None, "benchmark_at": one.benchmark.where if one.benchmark else None}
            for one in each.lines
        ],
    }  # fmt: skip


def _given(answer: Allocation | Refusal) -> dict[str, Any]:
    if isinstance(answer, Refusal):
        return {
            "why": {"code": answer.code, "zh": answer.text("zh"), "en": answer.text("en")},
            "amounts": None,
        }
    return {
        "why": None,
        "amounts": {
            each.enterprise.key: {
                "t_co2e": each.amount, "exact": float(each.exact), "bound": each.bound,
                "parts": [{"method": part.method, "t_co2e": float(part.amount), "written": part.written} for part in each.parts],
            }
            for each in answer.shares
        },
    }  # fmt: skip


def allocation_rows(found: Allocated) -> list[dict[str, Any]]:
    """One row for each enterprise and rule that can be used."""
    asked = found.asked
    return [
        {
            "scenario": asked.scenario, "year": asked.year, "cap": found.cap.key, "budget_t_co2e": found.budget, "base": f"{asked.base[0]}-{asked.base[-1]}",
            "by": asked.by, "sharer": each.enterprise.key, "rule": given.rule.key, "t_co2e": each.amount,
            **{name: _float(each.enterprise.figures.get(name)) for name in FIGURES}, "bound": each.bound,
            "arithmetic": " + ".join(f"{part.written} [{part.method}]" for part in each.parts), "source": found.cap.source or found.cap.key,
        }
        for given in found.usable for each in given.shares
    ]  # fmt: skip


def change(amount: Fraction | int, before: Fraction, lang: str) -> str:
    """Against what was emitted before; "" where that was nothing."""
    return percent(float(Fraction(amount) / before - 1), lang, signed=True) if before else ""


def _t(value: Fraction, lang: str) -> str:
    """Whole tonnes."""
    return written(round(value), lang)


def _part(value: Fraction, lang: str) -> str:
    """Tonnes before they are made whole, with enough digits to see which way."""
    return written(float(value), lang, 8)


def _n(value: Fraction, lang: str) -> str:
    return written(float(value), lang)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
