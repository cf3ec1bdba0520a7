"""Granularity: with N whole items, only some percentages can occur (the GRIM test)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure, number
from touchstone.audit.finding import Finding
from touchstone.audit.page import Page
from touchstone.audit.report import named, report
from touchstone.audit.rule import rule
from touchstone.audit.verdict import Judgement
from touchstone.facts.text import Text

_PEOPLE = frozenset({"人", "名", "例", "位"})
_ALL = re.compile(r"总共|一共|共有|共计|对象|样本|受访|受试|参与者|sample|participants|patients")
_APART = re.compile(r"[，,。；;：:！？!?\n]")
_BEHIND = re.compile(r"的([\u4e00-\u9fff]{2,6})")
_OTHER_BASE = re.compile(
    r"产能|产量|产值|规模(?!以上)|销量|销售|收入|营收|利润|投资|库存|消费|进口|出口|采购|面积|资产|金额|市场|开工率|利用率|毛利率|负荷"
)
"""What a share is of, or measures, where the clause names it: not the things that were counted."""
_OF_PEOPLE = re.compile(r"患者|受访|受试|参与者|研究对象|被调查|样本|病例|respondents|patients|participants")

Wholes = Mapping[tuple[str, int], Mapping[Decimal, Figure]]
"""By noun and block, or by "" and section: the wholes by their size."""


@rule(
    "granularity",
    zh="百分比粒度",
    en="granularity of percentages",
    zh_meaning="N个整体中的百分比只能是k/N；其他取值不可能出现。",
    en_meaning="Of N whole items a percentage can only be k/N; other values cannot occur.",
)
def granularity(case: Case) -> Iterator[Finding]:
    """One finding for each percentage of a counted whole of fewer than 200 items."""
    for page in case.pages:
        wholes = _wholes(page)
        for share in page.figures if wholes else []:
            if _is_share(share) and (whole := _whole(page, share, wholes)):
                yield _finding(share, whole)


def _wholes(page: Page) -> Wholes:
    """Counted wholes by their noun in a block, and people of a study by section; the first of each size."""
    found: dict[tuple[str, int], dict[Decimal, Figure]] = defaultdict(dict)
    for f in page.figures:
        if f.kind == "count" and 2 < f.face < 200 and f.fact.approx is None:
            if noun := _noun(page, f):
                found[noun, page.block_number(f)].setdefault(f.face, f)
            if f.fact.unit in _PEOPLE and _ALL.search(page.clause(f)):
                found["", page.heading(f)].setdefault(f.face, f)
    return found


def _whole(page: Page, share: Figure, wholes: Wholes) -> Figure | None:
    """The whole a percentage is of: the nearest it can be of, before it rather than behind; else the nearest."""
    among = [f for key in _keys(page, share) for f in wholes.get(key, {}).values()]
    among.sort(key=lambda f: (f.start > share.start, abs(f.start - share.start)))
    can = (f for f in among if attainable(share.face, share.span.half, int(f.face)) is not None)
    return next(can, among[0] if among else None)


def _keys(page: Page, share: Figure) -> Iterator[tuple[str, int]]:
    """The nouns right behind a percentage, and the section of a study where it is one of its people."""
    if _OTHER_BASE.search(_APART.split(page.before(share, 40))[-1]):
        return
    if behind := _BEHIND.match(page.after(share, 12)):
        # 85%的产能来自企业 is a share of the capacity
        words = _OTHER_BASE.split(behind[1])[0]
        yield from ((words[i : i + 2], page.block_number(share)) for i in range(len(words) - 1))
    if not page.in_table(share) and _OF_PEOPLE.search(page.text[slice(*page.part(share))]):
        yield "", page.heading(share)


def _is_share(f: Figure) -> bool:
    return f.dimension == "%" and f.kind in ("share", "level") and f.fact.approx is None and f.face >= 0


def _noun(page: Page, whole: Figure) -> str | None:
    """The last two characters of what was counted: 32个宏观及铜终端行业指标中 → 指标."""
    words = re.split(r"[，,。；;：:中]", page.after(whole, 24))[0]
    found = re.search(r"[\u4e00-\u9fff]{2}$", words)
    return found[0] if found else None


def attainable(share: Decimal, half_width: Decimal, whole: int) -> Decimal | None:
    """The count k nearest to the share with k/whole inside its rounding interval, or None.

    >>> attainable(Decimal(63), Decimal("0.5"), 29) is None
    True
    """
    count = (share * whole / 100).to_integral_value()
    nearest = min((count - 1, count, count + 1), key=lambda k: abs(100 * k / whole - share))
    return nearest if abs(100 * nearest / whole - share) <= half_width else None


def _finding(share: Figure, whole: Figure) -> Finding:
    size = int(whole.face)
    count = attainable(share.face, share.span.half, size)
    below = int(share.face * size / 100)
    near = " / ".join(f"{k}/{size} = {number(Decimal(100 * k) / size)}%" for k in (below, below + 1))
    steps = f"{number(Decimal(100) / size)}%"
    good = f"{count}/{size} = {number(100 * (count or Decimal(0)) / size)}% ≈ {share.printed}"
    name = named(share)
    gap = min(abs(Decimal(100 * k) / size - share.face) for k in (below, below + 1))
    half = share.span.half or Decimal(1)
    return report(
        "granularity",
        [share, whole],
        Text(
            f"{name.zh}：{share.printed} 可由 {whole.printed} 得出",
            f"{name.en}: {share.printed} of {whole.printed}",
        ),
        Text(
            good if count is not None else f"{near} ≠ {share.printed}",
            good if count is not None else f"{near} ≠ {share.printed}",
        ),
        "holds" if count is not None else _unattainable(share, float(gap / half)),
        note=Text(f"粒度为 {steps}", f"possible values are {steps} apart")
        if count is not None
        else Text(
            f"{whole.printed}时不可能出现 {share.printed}：基数不是它。",
            f"{share.printed} cannot occur with {whole.printed}: the base is another.",
        ),
    )


def _unattainable(share: Figure, half_units: float) -> Judgement:
    return Judgement("fails", share.face, share.span, half_units=round(half_units, 1))
