"""Disjoint shares: shares of one base that exclude each other cannot exceed 100 %."""

from collections.abc import Iterator
from decimal import Decimal

from touchstone.audit.case import Case
from touchstone.audit.declared import declared
from touchstone.audit.figure import Figure, number, show
from touchstone.audit.finding import Finding
from touchstone.audit.interval import exactly
from touchstone.audit.page import Page
from touchstone.audit.report import SIGNS, named, report, sum_text
from touchstone.audit.rule import rule
from touchstone.audit.verdict import compare
from touchstone.facts.text import Text


@rule(
    "disjoint_shares",
    zh="互斥占比",
    en="disjoint shares",
    zh_meaning="同一基数下互斥的占比之和不应超过100%。",
    en_meaning="Shares of one base that exclude each other add up to at most 100 %.",
)
def disjoint_shares(case: Case) -> Iterator[Finding]:
    """One finding for each sentence whose shares name different members of one declared set."""
    for page in case.pages:
        for shares in _sentences(page):
            for members in (s["members"] for s in declared("exclusive")["set"]):
                if len(chosen := _members(page, shares, members)) > 1:
                    yield _finding(chosen)


def _sentences(page: Page) -> Iterator[list[Figure]]:
    """Runs of shares within one part of a sentence."""
    run: list[Figure] = []
    for f in page.figures:
        if f.dimension != "%" or f.kind not in ("share", "level") or page.in_table(f) or f.face < 0:
            continue
        if run and page.part(run[-1]) != page.part(f):
            yield run
            run = []
        run.append(f)
    yield run


def _members(page: Page, shares: list[Figure], members: list[str]) -> list[Figure]:
    """The shares whose clause names one member of the set, each member once, with one verb for all."""
    chosen: dict[str, Figure] = {}
    frames = set()
    for share in shares:
        clause = page.clause(share)
        named = [m for m in members if m in clause]
        if len(named) == 1 and named[0] not in chosen:
            chosen[named[0]] = share
            frames.add(clause.replace(share.fact.quote, "").replace(named[0], "").strip())
    return list(chosen.values()) if len(frames) == 1 else []


def _finding(shares: list[Figure]) -> Finding:
    found = compare(
        lambda *x: sum(x, Decimal(0)), [s.face for s in shares], [s.span for s in shares], exactly(100), "<="
    )
    said = [named(share) for share in shares]
    names = Text("、".join(name.zh for name in said), ", ".join(name.en for name in said))
    left = f"{sum_text(shares)} = {number(found.face)}% {show(found.computed)}"
    sign = "≤" if found.verdict == "holds" else SIGNS[found.verdict].replace("≠", "≰")
    fails = found.verdict == "fails"
    return report(
        "disjoint_shares",
        shares,
        Text(f"{names.zh}：互斥占比之和 ≤ 100%", f"{names.en}: exclusive shares add up to at most 100 %"),
        Text(f"{left} {sign} 100%", f"{left} {sign} 100%"),
        found,
        note=Text(
            "两类互斥，占比不可能出自同一基数。",
            "The classes exclude each other: the shares cannot be of one base.",
        )
        if fails
        else None,
    )
