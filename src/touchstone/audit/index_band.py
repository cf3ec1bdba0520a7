"""Bands of published indices: the value lies in the band that is named, and the limits printed are the declared ones.

A release that calls 105.6 “偏热” and prints 95.7-104.2 beside it is right about the band and wrong about its limits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from touchstone.audit.case import Case
from touchstone.audit.declared import declared
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.index_history import across
from touchstone.audit.interval import Interval
from touchstone.audit.page import Page
from touchstone.audit.report import SIGNS, named, report
from touchstone.audit.rule import rule
from touchstone.audit.verdict import SERIOUSNESS, Judgement, compare
from touchstone.facts.text import Text

_OTHER = re.compile(r"指数|PMI|\bindex\b", re.I)
_FROM = re.compile(r"(?:由|从|自|from|与|和|and)\s?[“\"'‘「]?$", re.I)
_BEHIND = r"[”\"'’」]?\s*(?:区间|界限|范围|区|band|limit|range|zone|interval|territory)?"
_LIMITS = re.compile(
    r"[^（(，,。；;]{0,8}[（(]\s*[<>≤≥＜＞]?\s*(?P<low>\d+(?:\.\d+)?)(?:\s*(?:[-–—~～至]|to)\s*(?P<high>\d+(?:\.\d+)?))?\s*[)）]"
)
_NEAR = 24
"""Characters between the name of an index and its value, at most."""


@dataclass(frozen=True, slots=True)
class _Band:
    """A band of an index; None where it is open."""

    name: Text
    words: re.Pattern[str]
    low: Decimal | None
    high: Decimal | None

    @property
    def limits(self) -> tuple[Decimal, ...]:
        return tuple(limit for limit in (self.low, self.high) if limit is not None)

    @property
    def printed(self) -> Text:
        if self.low is None:
            return Text(f"{self.high}以下", f"below {self.high}")
        if self.high is None:
            return Text(f"{self.low}以上", f"above {self.low}")
        return Text(f"{self.low}-{self.high}", f"{self.low}-{self.high}")


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
    for index in _indices():
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


def _judged(page: Page, level: Figure, bands: tuple[_Band, ...]) -> Iterator[Finding]:
    _, end = page.sentence(level)
    found = _named_band(page.text[level.end : end], bands)
    if found is None:
        return
    band, behind = found
    yield _value(level, band)
    if limits := _LIMITS.match(page.text, level.end + behind, end):
        yield _printed_limits(page, level, band, limits)


def _named_band(text: str, bands: tuple[_Band, ...]) -> tuple[_Band, int] | None:
    """The first band named behind a value that it does not come from, and where its name ends."""
    there = [
        (found.start(), band, named.end())
        for band in bands
        for found in band.words.finditer(text)
        if not _FROM.search(text, 0, found.start())
        and (named := re.compile(_BEHIND).match(text, found.end()))
    ]
    return min(there, key=lambda each: each[0])[1:] if there else None


def _value(level: Figure, band: _Band) -> Finding:
    """The value against the limits of the band named."""
    judged = [
        (compare(lambda x: x, [level.face], [level.span], Interval(limit, limit), relation), relation, limit)
        for relation, limit in ((">=", band.low), ("<=", band.high))
        if limit is not None
    ]
    worst, _, _ = max(judged, key=lambda each: SERIOUSNESS[each[0].verdict])
    shown = " , ".join(
        f"{level.printed} {_sign(found, relation)} {limit}" for found, relation, limit in judged
    )
    name = named(level)
    return report(
        "index_band",
        [level],
        Text(
            f"{name.zh}：属“{band.name.zh}”（{band.printed.zh}）",
            f"{name.en}: {band.name.en} ({band.printed.en})",
        ),
        Text(shown, shown),
        worst,
        variant="value",
    )


def _sign(found: Judgement, relation: str) -> str:
    return {">=": "≥", "<=": "≤"}[relation] if found.verdict == "holds" else SIGNS[found.verdict]


def _printed_limits(page: Page, level: Figure, band: _Band, found: re.Match[str]) -> Finding:
    """The limits printed behind the name of a band against those declared for it."""
    printed = tuple(Decimal(number) for number in found.group("low", "high") if number)
    right = printed == band.limits
    words = "-".join(map(str, printed))
    bounds = [f for f in page.inside(found.start(), found.end()) if f.fact.measure.startswith("band.")]
    due = band.printed
    note = Text(f"“{band.name.zh}”的界限应为{due.zh}。", f"The limits of {band.name.en} are {due.en}.")
    return report(
        "index_band",
        [level, *bounds],
        Text(f"“{band.name.zh}”的界限：{words}", f"limits of {band.name.en}: {words}"),
        Text(f"{words} {'=' if right else '≠'} {due.zh}", f"{words} {'=' if right else '≠'} {due.en}"),
        "holds" if right else "fails",
        note=None if right else note,
        variant="limits",
    )


@dataclass(frozen=True, slots=True)
class _Index:
    """A declared index: the code of its imported values, how texts name it, its bands."""

    subject: str
    words: re.Pattern[str]
    bands: tuple[_Band, ...]


@cache
def _indices() -> tuple[_Index, ...]:
    return tuple(
        _Index(row["subject"], re.compile(row["words"], re.I), tuple(_band(band) for band in row["band"]))
        for row in declared("index_bands")["index"]
    )


def _band(row: dict[str, str]) -> _Band:
    low, high = (Decimal(row[end]) if end in row else None for end in ("low", "high"))
    return _Band(Text(row["zh"], row["en"]), re.compile(row["words"], re.I), low, high)
