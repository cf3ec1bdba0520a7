"""The same figure printed twice: groups of figures of one subject, measure, period, place and unit."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from touchstone.audit.case import Case, Key, about
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.page import Page
from touchstone.audit.report import SIGNS, healing, measured, report
from touchstone.audit.subject import names_nothing
from touchstone.audit.verdict import Judgement, compare
from touchstone.facts.text import Text

Placed = tuple[Page, Figure]
_VAGUE = frozenset(
    {"other", "count", "target", "share", "change", "money", "area", "volume", "length", "duration"}
)
"""Measures too general to say that two figures of one subject are the same thing."""
_NEAR = Decimal("0.2")
"""Figures further apart than this, relative to the larger, are taken for different things."""


def groups(case: Case) -> list[list[Placed]]:
    """Figures that claim to be one and the same, in reading order; groups of two and more."""
    return case.once("groups", lambda: list(_groups(case)))


def _groups(case: Case) -> Iterator[list[Placed]]:
    found: dict[tuple[Key, str, str | None], list[Placed]] = defaultdict(list)
    for page in case.pages:
        for f in page.figures:
            if f.fact.period in case.spans and _is_specific(f):
                found[about(page, f), f.fact.measure, f.fact.period].append((page, f))
    yield from (group for group in found.values() if len(group) > 1)


def _is_specific(figure: Figure) -> bool:
    fact = figure.fact
    if (
        names_nothing(figure.stem)
        or figure.kind not in ("level", "change")
        or fact.measure in _VAGUE
        or fact.form != "digit"
    ):
        return False
    return fact.value_high is None and not fact.approx


def judge(one: Figure, other: Figure) -> Judgement | None:
    """Do two printings agree? None where they are so far apart that they are two things."""
    found = compare(lambda x: x, [other.face], [other.span], one.span)
    if found.verdict == "fails" and not _near(one.face, other.face):
        return None
    # rounded to different places (620 and 620.2) they agree; only a plain difference counts
    return Judgement("holds", found.face, found.computed) if found.verdict == "edge" else found


def _near(one: Decimal, other: Decimal) -> bool:
    return one * other > 0 and abs(one - other) <= _NEAR * max(abs(one), abs(other))


def agreement(
    rule: str, one: Figure, other: Figure, found: Judgement | str, where: Text, note: Text | None = None
) -> Finding:
    """The finding of two printings of one figure; `where` says which two places."""
    verdict = found if isinstance(found, str) else found.verdict
    name = measured(one)
    sign = "=" if verdict == "holds" else SIGNS["fails"]
    arithmetic = f"{one.printed} {sign} {other.printed}"
    failed = verdict == "fails"
    return report(
        rule,
        [one, other],
        Text(f"{name.zh}（{one.fact.period}）：{where.zh}", f"{name.en} ({one.fact.period}): {where.en}"),
        Text(arithmetic, arithmetic),
        found,
        note=note,
        heals=(
            healing(one, other.span.low, other.span.high),
            healing(other, one.span.low, one.span.high),
        )
        if failed
        else (),
    )
