"""Moves: from-value, to-value, difference and rate that one sentence gives of one price or amount.

均价15.2万元/吨，较上周的14.9万元/吨上涨0.3万元/吨，涨幅2.0%
由上周五的585万元/吨跌至576万元/吨，跌幅1.5%
82350元/吨，较前一日上涨850元/吨，涨幅1.04%；前一日均价81500元/吨
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from touchstone.audit.figure import Figure
from touchstone.audit.page import Page

_AGAINST = re.compile(
    r"^[，,、（(\s]*(?:环比|同比)?(?:较|比|相较于?|相比于?)[^，,。；;\d]{1,16}$|"
    r"^[，,、（(\s]*(?:上[周月期]|上?一?个?交易日|前一(?:交易)?日|昨日|[去上]年同期)(?:的?(?:均价|价格|产量))?(?:为|是)?[:：]?\s*$|"
    r"^,? (?:against|from|compared with) [a-z ]{0,16}$"
)
_FROM = re.compile(r"(?:从|由|from)[^，,。；;]{0,16}$")
_TO = re.compile(r"^[^，,。；;\d]{0,8}(?:至|到|为)$|^ to $")
_UP = re.compile("涨|升|增|高|up|rose|rise|increas")
_DOWN = re.compile("跌|降|减|落|低|滑|down|fell|fall|decreas")
_MOVED = re.compile(r"^[^。；;\d]{0,24}$")
MEAN = re.compile("年均|复合|每年|CAGR|annual|per year|a year", re.I)
"""A mean rate of several years is not the change from the first to the last."""
_OTHER_BASE = re.compile("同比|环比|较|比|累计|年初|去年|上年|其中|预计|占|收窄|扩大")
_SAME_BASE = {"环比": re.compile("上[周月期]|前一|昨日"), "同比": re.compile("[去上]年同期")}
_EARLIER = re.compile(
    r"前一(?:个?交易)?日|前日|昨日|上一?个?(?:交易日|周五|周|月|季度|年同期)|前一[周月]|去年同期|上年同期|前期"
)
_BASE_WORDS = re.compile(
    rf"(?:(?:较|比|由|从)[^，,。；;\d]{{0,16}}|(?:{_EARLIER.pattern}|一周前)[^，,。；;\d]{{0,8}}|"
    r"\bfrom (?:about |around )?(?:US)?\$?)$"
)
_CHANGE_WORDS = re.compile(r"(?:上涨|下跌|上调|下调|涨|跌|涨幅|跌幅|降|升|增加|减少)(?:了|约|为)?$")


@dataclass(frozen=True, slots=True)
class Move:
    """What one sentence says of a move; at least two of `old`, `difference` and `rate` are there.

    `way` is 1 for up, -1 for down, as the words before the difference or rate say; 0 where they do not.
    """

    new: Figure
    old: Figure | None
    difference: Figure | None
    rate: Figure | None
    way: int


def moves(page: Page) -> Iterator[Move]:
    """The moves of the running text, in reading order."""
    told: set[str] = set()
    for at, first in enumerate(page.figures):
        if not _is_level(first) or page.in_table(first) or first.fact.id in told:
            continue
        old, new, behind, base = _levels(page, at, first)
        changes = _changes(page, new, behind, base is not None)
        difference = next((f for f in changes if f.dimension == new.dimension), None)
        rate = next((f for f in changes if f.dimension == "%"), None)
        if old is None and difference and base is None:
            old = _later(page, new, changes)
        if sum(f is not None for f in (old, difference, rate)) > 1:
            told |= {f.fact.id for f in (new, old) if f}
            yield Move(new, old, difference, rate, way_of(page, changes))


def is_base_or_change(page: Page, figure: Figure) -> bool:
    """Do the words say that this is the value before a move, or its size, and not a quote of today?"""
    words = page.before(figure, 24)
    return bool(_BASE_WORDS.search(words) or _CHANGE_WORDS.search(words))


def _is_level(figure: Figure) -> bool:
    """A price or amount; the end of a range is none: what is said behind 41500-42500元/吨 is said of its mean."""
    if figure.fact.measure in ("price.low", "price.high"):
        return False
    return figure.kind == "level" and figure.dimension not in ("", "%", "pp", "time") and figure.is_positive


def _levels(page: Page, at: int, first: Figure) -> tuple[Figure | None, Figure, int, Figure | None]:
    """Old and new level, the number of the figure behind them, and the old one where it stands here."""
    second = page.figures[at + 1] if at + 1 < len(page.figures) else None
    if second and _is_level(second) and _one_series(first, second) and _one_sentence(page, first, second):
        between = page.between(first, second)
        if _AGAINST.match(between):
            return second, first, at + 2, second
        if _TO.match(between) and _FROM.search(page.before(first)):
            return first, second, at + 2, first
    return None, first, at + 1, None


def _one_series(one: Figure, other: Figure) -> bool:
    same = (one.dimension, one.stem, one.circle) == (other.dimension, other.stem, other.circle)
    return same and one.fact.measure == other.fact.measure and other.fact.value_high is None


def _one_sentence(page: Page, one: Figure, other: Figure) -> bool:
    return page.sentence(one) == page.sentence(other)


def _changes(page: Page, new: Figure, at: int, based: bool) -> list[Figure]:
    """Difference and rate right behind the levels, in either order; a second base ends them."""
    found: list[Figure] = []
    last = page.figures[at - 1]
    for f in page.figures[at : at + 2]:
        words = page.between(last, f)
        if f.dimension not in ("%", new.dimension) or f.kind != "change" or f.stem != new.stem:
            break
        if new.fact.period and f.fact.period and new.fact.period != f.fact.period:
            break  # the level before, which the words date: 与8月26日的418500元相比下跌20000元
        if (
            not _MOVED.match(words)
            or MEAN.search(words)
            or ((found or based) and _has_other_base(page, last, words))
        ):
            break
        if found and found[0].dimension == f.dimension:
            break
        found.append(f)
        last = f
    return found


def _has_other_base(page: Page, last: Figure, words: str) -> bool:
    """Do the words turn to another base? 环比 behind 上周为2800元 is against that very week."""
    same = next((term for term, before in _SAME_BASE.items() if before.search(page.before(last, 12))), "")
    return bool(_OTHER_BASE.search(words.replace(same, "") if same else words))


def _later(page: Page, new: Figure, changes: list[Figure]) -> Figure | None:
    """The level that a later clause gives for the day the change is measured against."""
    said = _EARLIER.search(page.between(new, changes[0]))
    figure = page.next_to(changes[-1])
    if not said or not figure or not _is_level(figure) or not _one_series(new, figure):
        return None
    near = said[0] in page.before(figure, 16) and _one_sentence(page, new, figure)
    return figure if near else None


def way_of(page: Page, changes: list[Figure]) -> int:
    """1 for up, -1 for down, as the clause before the changes says; 0 where it does not."""
    words = page.before(changes[0], 12) if changes else ""
    clause = re.split(r"[，,。；;\d]", words)[-1]
    up, down = bool(_UP.search(clause)), bool(_DOWN.search(clause))
    return up - down
