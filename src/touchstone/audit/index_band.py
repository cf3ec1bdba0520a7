"""Bands of published indices: the value lies in the band that is named, and the limits printed are the declared ones.

A release that calls 105.6 “偏热” and prints 95.7-104.2 beside it is right about the band and wrong about its limits.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.index_history import across
from touchstone.audit.index_words import Band, Limits, Placed, declared_indices, placings
from touchstone.audit.interval import Interval
from touchstone.audit.page import Page
from touchstone.audit.report import SIGNS, named, report
from touchstone.audit.rule import rule
from touchstone.audit.verdict import SERIOUSNESS, Judgement, compare
from touchstone.facts.text import Text

_OTHER = re.compile(r"指数|PMI|\bindex\b", re.I)
_NEAR = 24
"""Characters between the name of an index and its value, at most."""


@rule(
    "index_band",
    zh="景气区间相符",
    en="index bands are the declared ones",
    zh_meaning="指数应落在文中所称的景气区间，所印界限应为发布方声明的界限。",
    en_meaning="An index lies in the band the text names, and the limits printed are those its issuer declares.",
)
def index_band(case: Case) -> Iterator[Finding]:
    """For each value of a declared index beside the name of a band: one finding for the value, one for printed limits.

    Where documents name the index in different words, its values of one month and its changes from month to month are held
    against each other too; where they use the same words, the rules for all figures do that.
    """
    for index in declared_indices():
        levels = [
            (page, level)
            for page in case.pages
            for level in page.figures
            if level.fact.measure == "index"
            and (level.fact.subject == index.subject or _is_of(page, level, index.words))
        ]
        for page, level in levels:
            yield from _judged(page, level, index.bands)
        yield from across(levels)


def _is_of(page: Page, level: Figure, words: re.Pattern[str]) -> bool:
    """Does the name of the index stand before this figure, with no other index and no other level between?"""
    start, _ = page.sentence(level)
    name = max(words.finditer(page.text, start, level.start), key=re.Match.end, default=None)
    if name is None or level.start - name.end() > _NEAR:
        return False
    between = page.text[name.end() : level.start]
    return not _OTHER.search(between) and not any(
        f.kind == "level" for f in page.inside(name.end(), level.start)
    )


def _judged(page: Page, level: Figure, bands: tuple[Band, ...]) -> Iterator[Finding]:
    """What the words behind a value say of it: the value against that, and the limits printed there against the declared ones."""
    _, end = page.sentence(level)
    for number, placed in enumerate(placings(page.text[level.end : end], bands), 1):
        yield _value(level, placed, number)
        if limits := placed.limits:
            bounds = page.inside(level.end + limits.start, level.end + limits.end)
            yield _printed_limits(
                level, [f for f in bounds if f.fact.measure.startswith("band.")], placed, limits, number
            )


def _value(level: Figure, placed: Placed, number: int) -> Finding:
    """The value against the limits of the band named."""
    band, name = placed.band, named(level)
    judged = [(_against(level, relation, limit), relation, limit) for relation, limit in _tests(placed)]
    pick = (
        min if placed.relation == "out" else max
    )  # out of a band is beyond one end of it, in it within both
    shown = pick(judged, key=lambda each: SERIOUSNESS[each[0].verdict])
    told = [shown] if placed.relation == "out" else judged
    arithmetic = " , ".join(
        f"{level.printed} {_sign(found, relation)} {limit}" for found, relation, limit in told
    )
    title = {
        "in": Text(f"{name.zh}：属“{band.name.zh}”（{band.printed.zh}）", f"{name.en}: {band.name.en} ({band.printed.en})"),
        "out": Text(f"{name.zh}：不属“{band.name.zh}”（{band.printed.zh}）", f"{name.en}: not {band.name.en} ({band.printed.en})"),
        ">=": Text(f"{name.zh}：高于“{band.name.zh}”的界限{placed.limit}", f"{name.en}: above the {band.name.en} limit {placed.limit}"),
        "<=": Text(f"{name.zh}：低于“{band.name.zh}”的界限{placed.limit}", f"{name.en}: below the {band.name.en} limit {placed.limit}"),
    }[placed.relation]  # fmt: skip
    return report(
        "index_band",
        [level],
        title,
        Text(arithmetic, arithmetic),
        shown[0],
        variant=_variant("value", number),
    )


def _tests(placed: Placed) -> list[tuple[str, Decimal]]:
    """The relations to limits that a placing means: all of them for "in", any of them for "out"."""
    band = placed.band
    if placed.limit is not None:
        return [(placed.relation, placed.limit)]
    low, high = (">=", "<=") if placed.relation == "in" else ("<=", ">=")
    return [(sign, limit) for sign, limit in ((low, band.low), (high, band.high)) if limit is not None]


def _against(level: Figure, relation: str, limit: Decimal) -> Judgement:
    return compare(lambda x: x, [level.face], [level.span], Interval(limit, limit), relation)


def _sign(found: Judgement, relation: str) -> str:
    return {">=": "≥", "<=": "≤"}[relation] if found.verdict == "holds" else SIGNS[found.verdict]


def _printed_limits(
    level: Figure, bounds: list[Figure], placed: Placed, printed: Limits, number: int
) -> Finding:
    """The limits printed behind the name of a band against those declared for it, and the side they are open to."""
    band = placed.band
    meant = [(placed.one,)] if placed.one is not None else []
    if placed.limit is not None and len(printed.numbers) == 1:
        meant.append((placed.limit,))
    right = printed.numbers in (band.limits, *meant) and _open(band, printed.way)
    words, due = printed.said, band.printed
    note = Text(f"“{band.name.zh}”的界限应为{due.zh}。", f"The limits of {band.name.en} are {due.en}.")
    return report(
        "index_band",
        [level, *bounds],
        Text(f"“{band.name.zh}”的界限：{words.zh}", f"limits of {band.name.en}: {words.en}"),
        Text(
            *(
                f"{said} {'=' if right else '≠'} {declared}"
                for said, declared in ((words.zh, due.zh), (words.en, due.en))
            )
        ),
        "holds" if right else "fails",
        note=None if right else note,
        variant=_variant("limits", number),
    )


def _open(band: Band, way: str) -> bool:
    """Whether a band is open to the side that is printed; nothing printed says nothing."""
    return not way or (band.high is None if way == ">=" else band.low is None)


def _variant(what: str, number: int) -> str:
    """The first of a value keeps the name it always had."""
    return what if number == 1 else f"{what}{number}"
