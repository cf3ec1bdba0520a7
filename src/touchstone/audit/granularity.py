"""Granularity: with N whole items, only some percentages can occur (the GRIM test)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure, number
from touchstone.audit.finding import Finding, Text
from touchstone.audit.page import Page
from touchstone.audit.report import named, report
from touchstone.audit.rule import rule
from touchstone.audit.verdict import Judgement

_PEOPLE = frozenset({"人", "名", "例", "位"})
_ALL = re.compile(r"总共|一共|共有|共计|对象|样本|受访|受试|参与者|sample|participants|patients")
_OF_PEOPLE = re.compile(r"患者|受访|受试|参与者|研究对象|被调查|样本|病例|respondents|patients|participants")


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
        for whole in page.figures:
            if whole.kind == "count" and 2 < whole.face < 200 and whole.fact.approx is None:
                yield from (_finding(share, whole) for share in _shares(page, whole))


def _shares(page: Page, whole: Figure) -> Iterator[Figure]:
    """Percentages that name the counted noun right after them, or people of a study of the same section."""
    if noun := _noun(page, whole):
        of_noun = re.compile(rf"的[\u4e00-\u9fff]{{0,4}}{noun}")
        near = page.of_block(page.block_number(whole))
        yield from (f for f in near if _is_share(f) and of_noun.match(page.after(f, 12)))
    if whole.fact.unit in _PEOPLE and _ALL.search(page.clause(whole)):
        for share in _section(page, whole):
            if _is_share(share) and _OF_PEOPLE.search(page.text[slice(*page.part(share))]):
                yield share


def _is_share(f: Figure) -> bool:
    return f.dimension == "%" and f.kind in ("share", "level") and f.fact.approx is None and f.face >= 0


def _noun(page: Page, whole: Figure) -> str | None:
    """The last two characters of what was counted: 32个宏观及铜终端行业指标中 → 指标."""
    words = re.split(r"[，,。；;：:中]", page.after(whole, 24))[0]
    found = re.search(r"[\u4e00-\u9fff]{2}$", words)
    return found[0] if found else None


def _section(page: Page, figure: Figure) -> list[Figure]:
    heading = page.heading(figure)
    return [f for f in page.figures if page.heading(f) == heading and not page.in_table(f)]


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
