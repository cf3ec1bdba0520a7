"""Who or what a clause speaks of, carried from clause to clause and along lists."""

import re

from touchstone.read.delivery import delivered, named_before, without_delivery
from touchstone.read.measure import Around
from touchstone.read.subject import is_known, is_measure_only, is_subject, noun, noun_behind, split_list
from touchstone.read.walk import Walk

_LISTED = re.compile(r"、|和|及|与")


def spoken_of(walk: Walk, around: Around, sentence: int, listed: bool) -> str:
    """The noun of this clause, or of a list before 分别, or what was spoken of last."""
    if "分别" in around.gap:
        head = around.clause[: around.clause.rindex("分别")]
        names = split_list(head.strip() if _LISTED.search(head) else noun(head))
        if names and not is_measure_only(noun(names[-1])):
            walk.listed = names
        walk.listed_at, walk.listed_in = 0, sentence
    elif listed and walk.listed:
        walk.listed_at += 1
    elif _goes_round(walk, around, sentence):
        walk.listed_at = 0
    else:
        walk.listed = []
    if walk.listed and walk.listed_at < len(walk.listed):
        said = noun(walk.listed[walk.listed_at]) or walk.subject
        if len(walk.listed) == 1:
            walk.subject = said
        return said
    walk.listed = []
    said = noun_behind(around.after) or noun(around.clause if around.gap == around.clause else around.gap)
    said = without_delivery(said)
    if not said or not is_known(said) and delivered(around.sentence):
        said = named_before(around) or said
    if is_subject(said):
        walk.subject = said
    return walk.subject


def _goes_round(walk: Walk, around: Around, sentence: int) -> bool:
    """A list whose every member has its value starts again: 环比上涨a、b和c，同比上涨d、e和f."""
    complete = len(walk.listed) > 1 and walk.listed_at == len(walk.listed) - 1
    return complete and walk.listed_in == sentence and is_measure_only(noun(around.gap))
