"""Shares: an amount and its share of a total, and how many are done of how many."""

import re
from collections.abc import Iterator
from decimal import Decimal

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure, number, show
from touchstone.audit.finding import Finding, Text
from touchstone.audit.page import Page
from touchstone.audit.portion import Portion, portions
from touchstone.audit.report import SIGNS, named, report
from touchstone.audit.rule import rule
from touchstone.audit.verdict import Judgement, compare

_SHARE_WORDS = re.compile(
    r"^[，,、（(]?\s*(占比|占总额|占总量|占全部|占|比重|accounting for|or|\()(为|达|约|逾|超)?\s*$"
)
_RATE_WORDS = re.compile(r"^[^。；;]{0,18}?[，,]\s*[^，,。；;]{1,8}率(为|达到|达|约)?\s*$")
HUNDRED = Decimal(100)
LOOK_BACK = 80
"""How many figures back the total of a list of shares is looked for."""


@rule(
    "share_of_total",
    zh="占比相符",
    en="share of total",
    zh_meaning="金额除以总额应等于所述占比。",
    en_meaning="An amount over its total is the share stated beside it.",
)
def share_of_total(case: Case) -> Iterator[Finding]:
    """Findings for lists of amounts with shares, and for `n of N, rate r`."""
    for page in case.pages:
        said = list(portions(page))
        yield from (_closest(portion) for portion in said)
        done = {portion.share.fact.id for portion in said}
        for pairs in pair_lists(page):
            whole = _whole(page, pairs)
            if whole:
                yield from (
                    _finding(part, whole, share) for part, share in pairs if share.fact.id not in done
                )
        yield from _rates(page)


def _closest(portion: Portion) -> Finding:
    """Against the total; where the words allow another whole, against the one that fits better."""
    gaps = [
        (abs(_judge(portion.part, whole, portion.share).face - portion.share.face), number)
        for number, whole in enumerate(portion.wholes)
    ]
    return _finding(portion.part, portion.wholes[min(gaps)[1]], portion.share)


def pair_lists(page: Page) -> Iterator[list[tuple[Figure, Figure]]]:
    """Amounts directly followed by their share, gathered by block."""
    lists: dict[int, list[tuple[Figure, Figure]]] = {}
    for part, share in zip(page.figures, page.figures[1:], strict=False):
        if share.dimension != "%" or part.dimension in ("%", "") or part.kind not in ("level", "count"):
            continue
        if not page.in_table(part) and _SHARE_WORDS.match(page.between(part, share)):
            lists.setdefault(page.block_number(part), []).append((part, share))
    yield from lists.values()


def _whole(page: Page, pairs: list[tuple[Figure, Figure]]) -> Figure | None:
    """The total most of the pairs agree on; a single pair needs it in its own block, called a total."""
    first = pairs[0][0]
    at, largest = page.number[first.fact.id], max(p.face for p, _ in pairs)
    back = page.figures[max(0, at - LOOK_BACK) : at]
    if len(pairs) == 1:
        back = [
            f for f in back if page.block_number(f) == page.block_number(first) and _called_total(page, f)
        ]
    ranked = []
    for whole in back:
        if (
            whole.dimension == first.dimension
            and whole.face > largest
            and whole.is_positive
            and whole.kind in ("level", "count")
        ):
            fits = sum(_judge(p, whole, s).verdict != "fails" for p, s in pairs)
            ranked.append((fits, whole.start, whole))
    best = max(ranked, key=lambda r: r[:2], default=None)
    needed = 1 if len(pairs) == 1 else max(2, len(pairs) // 2)
    if best and (best[0] >= needed or len(pairs) == 1):
        return best[2]
    return None


def _called_total(page: Page, figure: Figure) -> bool:
    return bool(re.search(r"总|共|合计|全部|total", page.before(figure, 12)))


def _judge(part: Figure, whole: Figure, share: Figure) -> Judgement:
    return compare(
        lambda a, b: a / b * HUNDRED,
        [part.face, whole.face],
        [part.span, whole.span],
        share.span,
        _relation(share),
    )


def _relation(share: Figure) -> str:
    return {"over": ">=", "under": "<="}.get(share.fact.approx or "", "=")


def _finding(part: Figure, whole: Figure, share: Figure) -> Finding:
    found = _judge(part, whole, share)
    left = f"{part.printed} / {whole.printed} = {number(found.face)}% {show(found.computed)}"
    right = f"{SIGNS[found.verdict]} {share.printed} {show(share.span)}"
    name = named(part)
    return report(
        "share_of_total",
        [part, whole, share],
        Text(f"{name.zh}：占总额的 {share.printed}", f"{name.en}: {share.printed} of the total"),
        Text(f"{left} {right}", f"{left} {right}"),
        found,
    )


def _rates(page: Page) -> Iterator[Finding]:
    """`76个项目完成63个，完成率达82.9%`: two counts or amounts of one unit, then a rate of the same sentence."""
    for whole, part, rate in zip(page.figures, page.figures[1:], page.figures[2:], strict=False):
        if rate.dimension != "%" or rate.kind == "change" or not _is_part(page, part, whole):
            continue
        if page.sentence(whole) == page.sentence(rate) and _RATE_WORDS.match(page.between(part, rate)):
            yield _finding(part, whole, rate)


def _is_part(page: Page, part: Figure, whole: Figure) -> bool:
    """Two counts of one thing, or an amount and what 其中 says is part of it."""
    if part.dimension != whole.dimension or part.dimension == "%" or page.in_table(part):
        return False
    if not 0 < part.face <= whole.face or not whole.is_positive:
        return False
    counted = part.kind == whole.kind == "count"
    return counted or bool(re.search("其中|of which", page.between(whole, part)))
