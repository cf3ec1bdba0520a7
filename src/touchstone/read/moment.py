"""Prices that are not of the day and the market of the document: last week's, next week's, imported goods."""

import re

from touchstone.read.measure import Around
from touchstone.read.subject import place_of
from touchstone.read.walk import Walk

_COMPARED = r"(?<![较比与同和跟从由自至到])(?<!from )(?<!than )(?<!with )(?<!against )(?<!on )"
"""较上周上涨, up from last week: what a price is compared with does not date it."""
_TIMES = re.compile(
    rf"{_COMPARED}(?P<past>[去上前]年同期|上一?周(?:[一二三四五六日末]|周末)?|前一?周"
    r"|[Ll]ast (?:week|year|(?:Mon|Tues|Wednes|Thurs|Fri)day)|[Aa] year (?:ago|earlier))"
    r"|(?P<ahead>下周|下个?月|明[日天年]|后市|[Nn]ext (?:week|month|year)|[Tt]omorrow)"
    r"|(?P<now>本周|本月|今[日天年]|目前|当前|现[已在]?报|截[至止]|[Tt]his (?:week|month)|[Tt]oday|[Nn]ow\b|[Cc]urrent)"
)
_BEHIND = re.compile(r"\s?(?:a year (?:ago|earlier)|last (?:week|year)|next (?:week|month)|tomorrow)\b")
_TO_COME = re.compile(
    r"将(?:会|继续|进一步|逐步|小幅|大幅|可能|再|重新)?"
    r"(?:上?涨|下?跌|回?升|降|回落|上调|下调|突破|达|触及|维持|保持|稳|处于|运行|震荡|在|至)"
)
_ABROAD = re.compile(r"进口|\b[Ii]mport(?:ed|s)?\b")


def is_of_another_time(period: str | None, around: Around, walk: Walk) -> bool:
    """Whether the words say that a price is not of the day of the document, and no date says of which.

    上周 and 下周 hold until the end of the sentence, or until 本周 or 目前.
    """
    if walk.since or walk.dates and period != walk.usual:
        return False
    last = None
    for found in _TIMES.finditer(around.sentence):
        last = found
    told = last is not None and last.lastgroup != "now"
    return told or bool(_BEHIND.match(around.after))


def is_to_come(around: Around) -> bool:
    """Whether a clause tells of a price that is to come: 将涨至, 下周."""
    found = _TIMES.search(around.clause)
    return bool(_TO_COME.search(around.clause)) or found is not None and found.lastgroup == "ahead"


def is_from_abroad(clause: str) -> bool:
    """Whether a clause speaks of imported goods or of another country, whose price is not that of the home market."""
    place = place_of(clause)
    return bool(_ABROAD.search(clause)) or place is not None and not place.startswith("CN")
