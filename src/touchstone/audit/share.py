"""Shares: an amount and its share of a total, and how many are done of how many."""

import re
from collections import Counter
from collections.abc import Iterator

from touchstone.audit.adding import is_amount, one_quantity
from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.page import Page
from touchstone.audit.portion import Portion, portions, share_finding, share_judged
from touchstone.audit.report import named
from touchstone.audit.rule import rule
from touchstone.facts.text import Text

_SHARE_WORDS = re.compile(
    r"^[，,、（(]?\s*(占比|占总额|占总量|占全部|占|比重|accounting for|or|\()(为|达到?|约|逾|超过?|近|不足|不到)?\s*$"
)
_RATE_WORDS = re.compile(r"^[^。；;]{0,18}?[，,]\s*[^，,。；;]{1,8}率(为|达到|达|约)?\s*$")
_TOTAL = re.compile(r"总|(?<!公)共(?!同)|合计|全部|total", re.I)
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
        (abs(share_judged(portion.part, whole, portion.share).face - portion.share.face), number)
        for number, whole in enumerate(portion.wholes)
    ]
    return _finding(portion.part, portion.wholes[min(gaps)[1]], portion.share)


def pair_lists(page: Page) -> Iterator[list[tuple[Figure, Figure]]]:
    """Amounts directly followed by their share, gathered by block and unit, and by the total before them."""
    lists: dict[tuple[int, str, int], list[tuple[Figure, Figure]]] = {}
    totals = Counter[str]()
    for part, share in zip(page.figures, page.figures[1:], strict=False):
        unit = part.dimension
        if page.in_table(part) or not is_amount(part):
            continue
        if share.dimension == "%" and _SHARE_WORDS.match(page.between(part, share)):
            lists.setdefault((page.block_number(part), unit, totals[unit]), []).append((part, share))
        else:
            totals[unit] += _is_called_total(page, part)
    yield from lists.values()


def _whole(page: Page, pairs: list[tuple[Figure, Figure]]) -> Figure | None:
    """The total that all pairs agree on; else the one figure called a total; else that of most of several pairs."""
    first = pairs[0][0]
    at, largest = page.number[first.fact.id], max(p.face for p, _ in pairs)
    ranked = []
    for whole in page.figures[max(0, at - LOOK_BACK) : at]:
        if (
            whole.dimension == first.dimension
            and whole.face > largest
            and whole.is_positive
            and whole.kind in ("level", "count")
        ):
            fits = sum(share_judged(p, whole, s).verdict != "fails" for p, s in pairs)
            ranked.append((fits, whole.start, whole))
    fits, _, best = max(ranked, key=lambda r: r[:2], default=(0, 0, None))
    if len(pairs) > 1 and fits == len(pairs):
        return best
    if whole := _called_total(page, pairs):
        return whole if whole.face > largest else None
    return best if len(pairs) > 1 and fits >= max(2, len(pairs) // 2) else None


def _called_total(page: Page, pairs: list[tuple[Figure, Figure]]) -> Figure | None:
    """The one amount up to the last pair that is called a total: in its block, for several pairs also in the one above."""
    first, last = pairs[0][0], pairs[-1][0]
    at, above = page.number[first.fact.id], page.block_number(first) - (len(pairs) > 1)
    named = [
        f
        for f in page.figures[max(0, at - LOOK_BACK) : page.number[last.fact.id]]
        if f.dimension == first.dimension and page.block_number(f) >= above and _is_called_total(page, f)
    ]
    # a second total between the pairs may be that of the pairs behind it
    if len(named) != 1 or named[0].start > first.start:
        return None
    return named[0] if all(_is_of(part, named[0]) for part, _ in pairs) else None


def _is_called_total(page: Page, figure: Figure) -> bool:
    words = re.split(r"[，,。；;、\d]", page.before(figure, 12))[-1]
    return bool(_TOTAL.search(words)) and figure.is_positive


def _is_of(part: Figure, whole: Figure) -> bool:
    """An amount of one quantity, and not of another time."""
    return one_quantity(part, whole) and len({part.fact.period, whole.fact.period} - {None}) < 2


def _finding(part: Figure, whole: Figure, share: Figure) -> Finding:
    return share_finding("share_of_total", part, whole, share, named(part), Text("总额", "the total"))


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
