"""Replacement of capacity: what the lines of a register were built by, and what a planner may build for what retires."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any
from urllib.parse import quote

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.pathway.register import Register
from touchstone.calc.target.ratios import AREAS, Rule, Rules
from touchstone.calc.target.registered import exact, projects, quotas
from touchstone.calc.target.replacement import Project, Quota, Replaced, Use, replaced
from touchstone.facts.text import Text
from touchstone.publish.pathway.shown import product_name
from touchstone.serve.pathway_guarded import cited, guarded, number_of, one_of, text_of, written
from touchstone.serve.pathway_stated_page import stated_address
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_LARGEST = 1e12
_OTHERS = {"steel": Text("钢铁", "steel"), "cement.clinker": Text("水泥熟料", "cement clinker")}
_RETIRED = "retired"
"""The quota of the calculator."""


def built(register: Register, rules: Rules) -> tuple[tuple[Replaced, ...], tuple[UnusablePathway, ...]]:
    """The lines of the register that were built by replacing others, and why some cannot be judged."""
    planned, refused = projects(register)
    return replaced(planned, quotas(register), rules), refused


def replaced_rows(
    found: tuple[tuple[Replaced, ...], tuple[UnusablePathway, ...]], lang: str
) -> dict[str, Any]:
    """For a page."""
    done, refused = found
    return {"rows": [_shown(each, lang) for each in done], "refused": refused}


def replacement_page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    """The calculator, and the lines of the register."""
    return guarded(shelf, lambda: _page(shelf, query, lang))


def _page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    stock = shelf.stock.pathways()
    rules = shelf.workspace.demands().ratios()
    has = stock.files.folder.exists()
    register = stock.register if has else Register("", ())
    known = products(register, rules)
    asked, answer = _answer(rules, known, query)
    found = built(register, rules)
    shown = {
        "form": asked,
        "answer": None if answer is None else {**_shown(answer, lang), "may": written(may_build(answer), lang)},
        "products": [(key, product_name(key)) for key in known],
        "areas": AREAS,
        "rules": [{"rule": rule, "ratio": written(float(rule.ratio), lang), "source": cited(rule.cited.document, rule.cited.clause),
                   "products": [_named(each) for each in rule.products]} for rule in rules.ratios],
        "without": [(product_name(key), why) for key, why in rules.none.items() if key in items()],
        "built": replaced_rows(found, lang),
        "synthetic": has and stock.synthetic,
    }  # fmt: skip
    told = {
        "asked": asked,
        "answer": None if answer is None else replaced_told(answer),
        "register": [replaced_told(each) for each in found[0]],
    }
    return Page("pathway_replacement.html", shown, told, [_flat(each) for each in found[0]])


def _named(product: str) -> Text:
    """A product of a rule: one of ours, or of another industry whose rules are kept to compare with."""
    return _OTHERS.get(product) or product_name(product)


def products(register: Register, rules: Rules) -> list[str]:
    """Products of the register, and those that a ratio or a reason for none is known of."""
    own = [line.product for line in register.lines]
    named = [product for rule in rules.ratios for product in rule.products]
    return [key for key in dict.fromkeys((*own, *named, *rules.none)) if key in items()]


def _answer(
    rules: Rules, known: list[str], query: Mapping[str, str]
) -> tuple[dict[str, str], Replaced | None]:
    """What the form asks, and the answer; None as long as no capacity is given."""
    asked = {
        name: query.get(name, "") for name in ("capacity", "product", "area", "ratio", "start", "merged")
    }
    capacity = number_of(query, "capacity", 0, _LARGEST)
    if capacity is None:
        return asked, None
    product = one_of({key: key for key in known}, asked["product"], "product")
    area = one_of({key: key for key in AREAS}, asked["area"] or "any", "area")
    ratio = number_of(query, "ratio", 0.001, 1000)
    stated = None if ratio is None else exact(ratio)
    return asked, calculated(
        rules, exact(capacity), product, area, stated, day_of(asked["start"]), bool(asked["merged"])
    )


def calculated(
    rules: Rules, retired: Fraction, product: str, area: str, ratio: Fraction | None, start: date, merged: bool = False
) -> Replaced:  # fmt: skip
    """As much as may be built for what retires: a project of the largest capacity that its ratio allows, that of the document or a higher one."""
    quota = Quota(_RETIRED, product, retired, start)
    trial = Project("new", product, Fraction(0), start, (Use(_RETIRED, retired),), area, merged, ratio)
    [first] = replaced([trial], [quota], rules)
    if first.ratio is None:
        return first
    largest = Project(
        "new", product, retired / first.ratio, start, (Use(_RETIRED, retired),), area, merged, ratio
    )
    return replaced([largest], [quota], rules)[0]


def may_build(answer: Replaced) -> float | None:
    """t/a that may be built; None without a ratio."""
    return None if answer.ratio is None else float(answer.project.capacity)


def day_of(said: str) -> date:
    """The day on which a project starts; today where none is given. Raises UnusablePathway: PATHWAY-031, it is none."""
    if not said:
        return date.today()
    try:
        return date.fromisoformat(said)
    except ValueError:
        expected = Text("日期，如2026-01-01", "a day, as 2026-01-01")
        raise refusal("PATHWAY-031", "start", found=said, expected=expected) from None


def _shown(each: Replaced, lang: str) -> dict[str, Any]:
    def n(value: Fraction | None) -> str:
        return written(None if value is None else float(value), lang)

    project, rule = each.project, each.rule
    return {
        "key": project.key, "address": f"/pathway/line/{quote(project.key)}", "stated": stated_address(project.where), "where": project.where,
        "product": product_name(project.product), "capacity": n(project.capacity), "start": project.start, "ratio": n(each.ratio),
        "needed": n(each.needed), "given": n(each.given), "short": n(each.short), "enough": None if each.short is None else not each.short,
        "rule": rule, "source": _cited(rule), "findings": each.findings,
        "uses": [(used.use.line, f"/pathway/line/{quote(used.use.line)}", n(used.use.amount), n(used.counts)) for used in each.counted],
    }  # fmt: skip


def _cited(rule: Rule | None) -> list[tuple[Text, str]]:
    return cited(rule.cited.document, rule.cited.clause) if rule else []


def replaced_told(each: Replaced) -> dict[str, Any]:
    """A project against its quotas as JSON, t/a."""
    rule = each.rule
    return {
        "line": each.project.key, "product": each.project.product, "capacity": float(each.project.capacity), "start": each.project.start.isoformat(),
        "ratio": _float(each.ratio), "needed": _float(each.needed), "given": float(each.given), "short": _float(each.short),
        "rule": None if rule is None else {"name": text_of(rule.name), "document": rule.cited.document, "clause": rule.cited.clause, "tag": rule.cited.tag},
        "uses": [{"line": used.use.line, "amount": float(used.use.amount), "counts": float(used.counts)} for used in each.counted],
        "findings": [{"code": one.code, "zh": one.text("zh"), "en": one.text("en")} for one in each.findings],
    }  # fmt: skip


def _flat(each: Replaced) -> dict[str, Any]:
    told = replaced_told(each)
    rule = told["rule"] or {"document": "", "clause": ""}
    kept = {
        name: told[name]
        for name in ("line", "product", "capacity", "start", "ratio", "needed", "given", "short")
    }
    return {
        **kept,
        "document": rule["document"],
        "clause": rule["clause"],
        "findings": " ".join(one["code"] for one in told["findings"]),
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
