"""Clauses, sentences and asides of a text, and the words around a figure in them."""

import re
from bisect import bisect_right

from touchstone.read.measure import Around
from touchstone.read.subject import is_subject
from touchstone.read.token import Token
from touchstone.read.walk import Walk

CLAUSE = re.compile(
    r"[，；。！？：:（()）\n;,.?](?:(?<=[，；。！？：:（()）\n;])|(?<=,)(?!\d)|(?<=[^\s\x00-\x7f],)|(?<=\.)(?<!\d\.)(?=\s)|(?<=\?)(?!/|，|。|d))"
)
_BEFORE_LAST = re.compile(
    r"\s?(?:year[- ]on[- ]year|month[- ]on[- ]month|y/y|m/m|yoy|from a year (?:earlier|ago)|from (?:the previous|last) (?:month|year))"
)
_WINDOW = 240
"""Words further back than this say nothing of a figure; without a bound, one endless sentence costs its square."""
_BRACKET = re.compile(r"[（()）]")
SENTENCE = re.compile(r"[。！？\n]|(?<=[a-z0-9)%])\.\s")


class Cuts:
    """The pieces a text is cut into, passed through from left to right."""

    def __init__(self, pattern: re.Pattern[str], words: str) -> None:
        self._ends = [*[found.end() for found in pattern.finditer(words)], len(words) + 1]
        self.start, self.number = 0, 0

    @property
    def end(self) -> int:
        """Where the piece ends, without the mark that closes it."""
        return self._ends[self.number] - 1

    def pass_to(self, place: int) -> bool:
        """Go on to the piece that holds a place; True where that is a new one."""
        passed = self.number
        while self._ends[self.number] <= place:
            self.start = self._ends[self.number]
            self.number += 1
        return self.number != passed

    def topic(self, words: str) -> str:
        """What the piece before names, where a colon closes it: 铜：..."""
        if not self.number or words[self.start - 1] not in "：:":
            return ""
        before = words[self._ends[self.number - 2] if self.number > 1 else 0 : self.start - 1].strip()
        return before if len(before) <= 12 and is_subject(before) else ""

    def opening_of(self, place: int) -> int:
        """Start of the piece, passed already, that a place lies in."""
        at = bisect_right(self._ends, place)
        return self._ends[at - 1] if at else 0


class Asides:
    """Brackets: a date inside dates nothing behind them."""

    def __init__(self, words: str) -> None:
        self._marks = [(found.start(), found.group() in "（(") for found in _BRACKET.finditer(words)]
        self._at = 0
        self._kept: list[str | None] = []

    def pass_to(self, place: int, walk: Walk) -> None:
        """Keep the period at each bracket that opens before a place, restore it where one closes."""
        while self._at < len(self._marks) and self._marks[self._at][0] < place:
            if self._marks[self._at][1]:
                self._kept.append(walk.period)
            elif self._kept:
                walk.period = self._kept.pop()
            self._at += 1


def around(words: str, token: Token, ends: list[int], clauses: Cuts, sentences: Cuts) -> Around:
    """The words around a figure; behind a bracket the clause is the one that the bracket interrupts."""
    begin, outer = clauses.start, ""
    if begin and words[begin - 1] in "）)":
        nearest = max(0, begin - _WINDOW)
        opened = max(words.rfind("（", nearest, begin), words.rfind("(", nearest, begin))
        outer = words[clauses.opening_of(opened) : opened] if opened >= 0 else ""
    gap = max(begin, ends[-1]) if ends else begin
    if said := _BEFORE_LAST.match(words, gap):
        gap = min(said.end(), token.start)
    nearest = token.start - _WINDOW
    inner = words[max(gap, nearest) : token.start]
    unbroken = (
        bool(outer) and gap == begin and not any(begin - len(outer) - 1 < end <= begin for end in ends[-9:])
    )
    return Around(
        outer + inner if unbroken else inner,
        outer + words[max(begin, nearest) : token.start],
        words[max(sentences.start, nearest) : token.start],
        words[token.end : min(clauses.end, token.end + 24)],
    )
