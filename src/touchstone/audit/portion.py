"""Portions: an amount, its share and the whole; what 其中 names with its share, and the whole before it.

Which figures belong together is told by the words alone, never by whether they fit: a share that
contradicts its amount has to be found as surely as one that agrees.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from touchstone.audit.figure import Figure, number, show
from touchstone.audit.finding import Finding
from touchstone.audit.interval import HUNDRED
from touchstone.audit.page import Page
from touchstone.audit.part_of_whole import divided
from touchstone.audit.report import SIGNS, report
from touchstone.audit.verdict import Judgement, compare
from touchstone.facts.text import Text

_SHARE = re.compile(
    r"[，,、（(\s](?:占|占比|占(?:其|总|全部)?(?:总额|总量|全部|总产量|总数)?的?(?:比重|比例|份额)?|accounting for|or)"
    r"(?:为|达到?|约|逾|超过?)?\s*$|^\s*[(（]占?比?\s*$"
)
_OF_COUNTRY = re.compile(r"占(?:全国|国内|我国)(?:总量|总产量|产量)?的?(?:比重|比例)?(?:为|达到?|约)?\s*$")
_APART = re.compile(r"[。；;\n]")


@dataclass(frozen=True, slots=True)
class Portion:
    """An amount, its share, and the wholes the share may be of: the total first, then a part divided again."""

    part: Figure
    share: Figure
    wholes: tuple[Figure, ...]


def portions(page: Page) -> Iterator[Portion]:
    """Every amount behind 其中 that is followed by its share."""
    # behind a second 其中 the share is of the first whole or of the part just named
    wholes: dict[str, list[Figure]] = {}
    named: dict[str, Figure] = {}
    for whole, parts in divided(page):
        for part in parts:
            named[part.fact.id] = part
            wholes.setdefault(part.fact.id, []).append(whole)
    for name, part in named.items():
        share = _share_behind(page, part, wholes[name][0])
        if share and all(w.is_positive for w in wholes[name]):
            yield Portion(part, share, tuple(wholes[name]))


def share_judged(part: Figure, whole: Figure, share: Figure) -> Judgement:
    """Judge `part / whole = share`; more than 超5% is no error."""
    return compare(
        lambda a, b: a / b * HUNDRED,
        [part.face, whole.face],
        [part.span, whole.span],
        share.span,
        share.relation,
    )


def share_finding(rule: str, part: Figure, whole: Figure, share: Figure, name: Text, of: Text) -> Finding:
    """The finding that an amount over its whole is its share; `name` and `of` say whose share it is and of what."""
    found = share_judged(part, whole, share)
    said = share.said if share.fact.approx else share.printed
    left = f"{part.printed} / {whole.printed} = {number(found.face)}% {show(found.computed)}"
    arithmetic = f"{left} {SIGNS[found.verdict]} {said} {show(share.span)}"
    return report(
        rule,
        [part, whole, share],
        Text(f"{name.zh}：占{of.zh}的 {said}", f"{name.en}: {said} of {of.en}"),
        Text(arithmetic, arithmetic),
        found,
    )


def _share_behind(page: Page, part: Figure, whole: Figure) -> Figure | None:
    """The share said of an amount: the next figure, or the next behind its growth."""
    figure = page.next_to(part)
    while figure and page.block_number(figure) == page.block_number(part):
        if _APART.search(page.between(part, figure)):
            return None
        if figure.dimension == "%" and figure.kind in ("share", "level"):
            words = page.before(figure, figure.start - part.end)
            return figure if _says_share(words, whole) else None
        if figure.kind != "change":
            return None
        figure = page.next_to(figure)
    return None


def _says_share(words: str, whole: Figure) -> bool:
    # 占全国 is a share of the country's figure only
    return bool(_OF_COUNTRY.search(words) and whole.fact.place == "CN" or _SHARE.search(words))
