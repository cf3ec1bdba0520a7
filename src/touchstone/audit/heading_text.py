"""Heading and text: a heading that says 持续上涨 stands over figures that rise."""

import re
from collections.abc import Iterator

from touchstone.audit.case import Case
from touchstone.audit.direction import about_prices, direction
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.page import Page
from touchstone.audit.report import report
from touchstone.audit.rule import rule
from touchstone.audit.subject import element, metal_form
from touchstone.audit.tables import Column, columns, matching
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary

_SUBJECT_END = re.compile(r"[：:\s　]+")
_PRICE = re.compile("价|行情|prices?", re.I)
_BARGAIN = re.compile(r"还盘|实单|counter-?bid")
_WAYS = {1: ("上涨", "rising"), 0: ("平稳", "unchanged"), -1: ("下跌", "falling")}


@rule(
    "heading_text",
    zh="标题与数字相符",
    en="heading agrees with figures",
    zh_meaning="标题所说的涨跌方向应与其下的数字一致。",
    en_meaning="The direction a heading states is that of the figures below it.",
)
def heading_text(case: Case) -> Iterator[Finding]:
    """One finding for each claim of a heading about a metal whose change the text below gives."""
    for page in case.pages:
        tables: list[Column] | None = None
        for number, block in enumerate(page.document.blocks):
            if block.kind != "heading":
                continue
            for claim in _claims(page.text[block.start : block.end]):
                tables = columns(case, page) if tables is None else tables
                changes = _changes(page, number, claim)
                if changes:
                    yield _finding(page, claim, changes, tables)


def _claims(heading: str) -> Iterator[str]:
    """The parts of a heading that name one metal, or the price of a product, and a direction."""
    for part in _SUBJECT_END.split(heading):
        if (element(part) or _PRICE.search(part)) and direction(part) and about_prices(part):
            yield part


def _is_about(figure: Figure, claim: str) -> bool:
    """Is it the heading's product, 氧化镨钕, or its metal?"""
    metal, subject = element(claim), figure.fact.subject
    names = {vocabulary().name(subject, language).lower() for language in ("zh", "en")}
    if any(len(name) > 1 and name in claim.lower() for name in names):
        return True
    return metal is not None and metal_form(subject, figure.fact.subject_words) == metal


def _changes(page: Page, number: int, claim: str) -> list[Figure]:
    """Changes of the price of the heading's product in the text under it, up to the next heading."""
    return [
        f
        for f in page.figures
        if f.kind == "change"
        and page.heading(f) == number
        and not page.in_table(f)
        and not page.in_heading(f)
        and _is_about(f, claim)
        and not _BARGAIN.search(page.text[slice(*page.sentence(f))])
        and (
            f.fact.form == "implicit" or "price" in f.fact.measure or f.dimension.startswith(("CNY/", "USD/"))
        )
    ]


def _finding(page: Page, claim: str, changes: list[Figure], tables: list[Column]) -> Finding:
    said = direction(claim)
    assert said is not None
    way, plain = said
    signs = {(f.face > 0) - (f.face < 0) for f in changes}
    shown_in = {id(c): c for f in changes for c in matching(f, tables)}
    rows = [p for c in shown_in.values() for r in c.rows for p in _first(r.prices)]
    verdict = "holds" if way in signs else "fails" if plain and way else "warning"
    figures = [*changes, *rows]
    found = "、".join(f"“{f.fact.quote}”" if f.fact.form == "implicit" else f"{f.printed}" for f in changes)
    shown = "；" + " → ".join(f"{r.printed}" for r in rows) if rows else ""
    sign = "=" if verdict == "holds" else "≠"
    return report(
        "heading_text",
        figures,
        Text(f"标题“{claim}”与正文", f"heading “{claim}” and the text below"),
        Text(
            f"标题：{_WAYS[way][0]} {sign} 正文：{found}{shown}",
            f"heading: {_WAYS[way][1]} {sign} text: {found}{shown.replace('；', '; ')}",
        ),
        verdict,
        note=None
        if verdict == "holds"
        else Text("标题的方向与数字不符。", "The direction of the heading is not that of the figures."),
    )


def _first(prices: object) -> list[Figure]:
    assert isinstance(prices, dict)
    return [prices[max(prices)]] if prices else []
