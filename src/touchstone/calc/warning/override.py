"""A light set by hand: by whom, why, and for how long. It is printed with the light, and the computed one beside it."""

from dataclasses import dataclass
from datetime import date
from unicodedata import category

from touchstone.calc.warning.rule import FREQUENCIES, SIDES
from touchstone.calc.warning.unfit import bad_override

LARGEST = 2.0
"""Scores run from minus this to this."""
_UNPRINTABLE = ("Cc", "Cs")
"""Control characters and halves of characters: no reason is read by them, and files and papers break on them."""


@dataclass(frozen=True, slots=True)
class Override:
    """One light set by hand.

    Attributes:
        side: supply, demand, price, or all for the light of the material.
        score: what it is set to, -2 to 2.
        since, until: first and last day it holds; it ends by itself.
    """

    material: str
    frequency: str
    side: str
    score: float
    author: str
    reason: str
    since: date
    until: date

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day <= self.until


def answered_for(given: Override) -> None:
    """Let pass an override somebody answers for.

    Raises:
        UnreadableFile: WARN-015, it names no author, reason, known light or possible score, or ends before it begins.
    """
    where = f"override {given.material} {given.frequency} {given.side}"
    if not given.author.strip():
        raise bad_override(
            f"{where} author", "nobody", "the name of who decided", ("未写明何人", "作出决定者的姓名")
        )
    if not given.reason.strip():
        raise bad_override(
            f"{where} reason", "no reason", "why the light is set by hand", ("未写明理由", "人工调整的理由")
        )
    for name, said in (("author", given.author), ("reason", given.reason)):
        if unprintable := [each for each in said if category(each) in _UNPRINTABLE]:
            raise bad_override(
                f"{where} {name}", f"the character {unprintable[0]!a}", "words that can be printed",
                (f"字符{unprintable[0]!a}", "可打印的文字"),
            )  # fmt: skip
    if given.until < given.since:
        raise bad_override(
            f"{where} until", f"{given.until} before {given.since}", "a last day not before the first",
            (f"{given.until}早于{given.since}", "截止日不早于起始日"),
        )  # fmt: skip
    if given.frequency not in FREQUENCIES or given.side not in (*SIDES, "all"):
        raise bad_override(
            where, f"{given.frequency} {given.side}", "a frequency D W M Q A and a side, or all",
            (f"{given.frequency} {given.side}", "频率为D W M Q A之一，方面为supply、demand、price或all"),
        )  # fmt: skip
    if not -LARGEST <= given.score <= LARGEST:
        raise bad_override(
            f"{where} score", f"{given.score}", "a score from -2 to 2", (f"{given.score}", "-2至2之间的分值")
        )
