"""Changes against levels: from A to B, growing by x %; this month against last; points of an index."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure, number, show, with_unit
from touchstone.audit.finding import Finding, Healing
from touchstone.audit.interval import HUNDRED, Interval
from touchstone.audit.move import MEAN, Move, moves, way_of
from touchstone.audit.page import Page
from touchstone.audit.report import SIGNS, healing, named, report, restated
from touchstone.audit.rule import rule
from touchstone.audit.verdict import Judgement, compare
from touchstone.facts.period import frequency, period_before, year_before
from touchstone.facts.text import Text

_FROM = re.compile(r"(从|由|from)[^，,。；;]{0,16}$")
_TO = re.compile(r"(到|至|为|to )[^，,。；;]{0,12}$")
_BY = re.compile(
    r"^[^。；;\d]{0,14}(增长|增加|上升|提高|上涨|下降|减少|降低|下跌|降幅|增幅|压减|up|down|by)[^。；;\d]{0,4}$"
)
_BASIS = Text(
    "两个水平出自不同文档：增速通常按可比口径计算，上年数字可能已经修订。",
    "The levels stand in different documents: rates are on a comparable basis, the earlier level may be restated.",
)
_COMPARED = Text("文中说明按可比口径计算。", "The text says that the rate is on a comparable basis.")
_COMPARABLE = re.compile("可比|同口径|comparable|like-for-like")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_PERIOD_BEFORE = frozenset({"上月", "上个月", "前月", "前一月", "last month"})
_POINTS = frozenset({"", "index_point", "pp", "%"})


@rule(
    "change",
    zh="增减相符",
    en="change agrees with levels",
    zh_meaning="由前后两个水平算出的增减应与所述相符。",
    en_meaning="The change computed from two levels is the one stated.",
)
def change(case: Case) -> Iterator[Finding]:
    """Findings for `from A to B, by x %` in one sentence, and for levels with a rate or points between them."""
    for page in case.pages:
        told: set[str] = set()
        for move in moves(page):
            told |= {move.rate.fact.id} if move.old and move.rate else set()
            yield from _moved(page, move)
        for old, new, rate in zip(page.figures, page.figures[1:], page.figures[2:], strict=False):
            if rate.fact.id not in told and _from_to(page, old, new, rate):
                yield _rate_finding(
                    page, old, new, rate, _said(rate, new.face - old.face, way_of(page, [rate]))
                )
    yield from _series(case)


def _moved(page: Page, move: Move) -> Iterator[Finding]:
    """The identities of one move: its difference and its rate against both levels, or each other."""
    new, old, difference, rate = move.new, move.old, move.difference, move.rate
    if old and difference:
        stated = _said(difference, new.face - old.face, way_of(page, [difference]) or move.way)
        yield _difference_finding(page, old, new, difference, stated)
    if old and rate:
        stated = _said(rate, new.face - old.face, way_of(page, [rate]) or move.way)
        yield _rate_finding(page, old, new, rate, stated)
    if not old and difference and rate:
        way = move.way or (1 if difference.face > 0 else -1)
        yield from _of_each_other(new, difference, rate, way, way_of(page, [rate]) or way)


def _said(stated: Figure, moved: Decimal, way: int) -> Interval:
    """The interval stated, in the direction the words say; in that of the levels where they say none."""
    way = way or (-1 if moved < 0 else 1)
    return stated.span.times(Decimal(way if stated.face >= 0 else -way))


def _of_each_other(
    new: Figure, difference: Figure, rate: Figure, way: int, rate_way: int
) -> Iterator[Finding]:
    """上涨850元/吨至82350元/吨 is 850 / 81500: the level before is implied; each is told with its own way."""
    gap, sign = _said(difference, Decimal(way), way), Decimal(way)
    if (new.span - gap).low <= 0:
        return
    found = compare(
        lambda a, d: d / (a - d) * HUNDRED,
        [new.face, abs(difference.face) * sign],
        [new.span, gap],
        _said(rate, Decimal(rate_way), rate_way),
        _relation(rate, _said(rate, Decimal(rate_way), rate_way)),
    )
    size = with_unit(str(abs(difference.fact.value)), difference.fact.unit)
    left = f"{size if way > 0 else '-' + size} / ({new.printed} {'-' if way > 0 else '+'} {size})"
    stated = _stated(rate, rate.said, _said(rate, Decimal(rate_way), rate_way))
    sums = f"{left} = {number(found.face)}% {show(found.computed)}"
    yield _finding([difference, new, rate], found, sums, stated)


def _from_to(page: Page, old: Figure, new: Figure, rate: Figure) -> bool:
    if MEAN.search(page.between(new, rate)):
        return False
    if rate.dimension != "%" or old.dimension != new.dimension or old.dimension == "%" or not old.is_positive:
        return False
    if page.in_table(old) or page.sentence(old) != page.sentence(rate):
        return False
    if not _FROM.search(page.before(old)) or not _TO.search(page.between(old, new)):
        return False
    return bool(_BY.match(_YEAR.sub("", page.between(new, rate))))


def _rate_finding(page: Page, old: Figure, new: Figure, rate: Figure, stated: Interval) -> Finding:
    found = compare(_growth, [old.face, new.face], [old.span, new.span], stated, _relation(rate, stated))
    sums = f"{new.printed} / {old.printed} - 1 = {number(found.face)}% {show(found.computed)}"
    heals = _rate_heals(old, new, rate, stated, found)
    return _finding(
        [old, new, rate], found, sums, _stated(rate, rate.said, stated), _is_comparable(page, rate), heals
    )


def _rate_heals(
    old: Figure, new: Figure, rate: Figure, stated: Interval, found: Judgement
) -> tuple[Healing, ...]:
    """What the rate, the level reached or the level before would have to be."""
    turned = Decimal(-1) if (stated.low + stated.high < 0) != (rate.face < 0) else Decimal(1)
    said = found.computed.times(turned)
    if stated.low <= -HUNDRED:
        return (healing(rate, said.low, said.high),)
    growth = Interval(1 + stated.low / HUNDRED, 1 + stated.high / HUNDRED)
    return (
        healing(rate, said.low, said.high),
        healing(new, old.span.low * growth.low, old.span.high * growth.high),
        healing(old, new.span.low / growth.high, new.span.high / growth.low),
    )


def _relation(figure: Figure, stated: Interval) -> str:
    """下降超5% is met by -8%: the hedge counts in the direction that is stated."""
    turned = (stated.low + stated.high >= 0) != (figure.face >= 0)
    return {">=": "<=", "<=": ">="}.get(figure.relation, "=") if turned else figure.relation


def _stated(figure: Figure, words: str, stated: Interval, scale: Decimal = Decimal(1)) -> str:
    words = f"-{words}" if stated.low + stated.high < 0 and words[0].isdigit() else words
    return words if figure.relation != "=" else f"{words} {show(stated, scale)}"


def _is_comparable(page: Page, figure: Figure) -> bool:
    """Does the sentence say that the rate is on a basis of its own?"""
    start, end = page.sentence(figure)
    return bool(_COMPARABLE.search(page.text, start, end))


def _growth(old: Decimal, new: Decimal) -> Decimal:
    return (new / old - 1) * HUNDRED


def _series(case: Case) -> Iterator[Finding]:
    """Levels of one series at two periods, with the rate or the points printed for the later one."""
    by_stem: dict[tuple[str, str | None, str], list[tuple[Page, Figure]]] = {}
    for (stem, place, _, scope), changes in case.changes.items():
        by_stem.setdefault((stem, place, scope), []).extend(changes)
    for (stem, place, dimension, scope), levels in case.levels.items():
        own: dict[tuple[Page, str | None], dict[str, Figure]] = {}
        every: dict[str | None, dict[str, Figure]] = {}
        for page, level in levels:
            own.setdefault((page, level.fact.period), {}).setdefault(level.fact.measure, level)
            every.setdefault(level.fact.period, {}).setdefault(level.fact.measure, level)
        for page, moved in by_stem.get((stem, place, scope), []):
            for measure, level in own.get((page, moved.fact.period), {}).items():
                if _of(moved.fact.measure, measure):
                    base = _base(moved)
                    before = own.get((page, base), {}).get(measure) or every.get(base, {}).get(measure)
                    if before and before.is_positive and before is not level:
                        yield from _against(page, before, level, moved, dimension)


def _of(change_measure: str, level_measure: str) -> bool:
    """Is this the change of that level? `output.yoy` is of `output`; a bare `change` of any."""
    root, dot, _ = change_measure.rpartition(".")
    if level_measure.startswith("band."):
        return False
    # the points behind a band (104.2以上，上升5.9个点) are points of the index in the band
    return not dot or root == level_measure or (root == "band" and level_measure == "index")


def _base(moved: Figure) -> str | None:
    period, last = moved.fact.period, moved.fact.measure.rsplit(".", 1)[-1]
    assert period is not None
    if last == "yoy":
        return year_before(period)
    if frequency(period) == "I":
        return None
    if last in ("mom", "qoq", "wow"):
        return period_before(period)
    if moved.fact.base in _PERIOD_BEFORE and frequency(period) == "M":
        return period_before(period)
    return moved.fact.base or period_before(period)


def _against(page: Page, old: Figure, new: Figure, moved: Figure, dimension: str) -> Iterator[Finding]:
    if moved.dimension == "%" and dimension != "%":
        yield _rate_finding(page, old, new, moved, moved.span)
    elif moved.dimension == dimension or (moved.dimension in _POINTS and dimension in _POINTS):
        yield _difference_finding(page, old, new, moved, moved.span)


def _difference_finding(page: Page, old: Figure, new: Figure, moved: Figure, stated: Interval) -> Finding:
    relation = _relation(moved, stated)
    found = compare(lambda a, b: b - a, [old.face, new.face], [old.span, new.span], stated, relation)
    scale = new.scale
    size = with_unit(number(found.face / scale), new.fact.unit)
    sums = f"{new.printed} - {old.printed} = {size} {show(found.computed, scale)}"
    words = moved.printed if relation == "=" else moved.said
    after, before = old.span + stated, new.span - stated
    heals = (healing(new, after.low, after.high), healing(old, before.low, before.high))
    return _finding(
        [old, new, moved],
        found,
        sums,
        _stated(moved, words, stated, moved.scale),
        _is_comparable(page, moved),
        heals,
    )


def _finding(
    figures: list[Figure],
    found: Judgement,
    sums: str,
    stated: str,
    comparable: bool = False,
    heals: tuple[Healing, ...] = (),
) -> Finding:
    """The finding; `heals` count where it fails."""
    name, found = named(figures[1]), restated(found, figures)
    if comparable and found.verdict == "fails":
        found = replace(found, verdict="warning", half_units=None)
    arithmetic = f"{sums} {SIGNS[found.verdict]} {stated}"
    return report(
        "change",
        figures,
        Text(f"{name.zh}：{figures[2].fact.quote}", f"{name.en}: change of {figures[2].printed}"),
        Text(arithmetic, arithmetic),
        found,
        note=_COMPARED if comparable else _BASIS if found.verdict == "revised" else None,
        heals=heals if found.verdict == "fails" else (),
    )
