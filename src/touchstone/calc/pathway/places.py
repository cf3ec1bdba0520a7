"""The places a line, a contract or a target can be in."""

import difflib
from functools import cache

from touchstone.facts.term import Term
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary


@cache
def places() -> frozenset[str]:
    """Codes of all places of the vocabulary: CN, CN-35, CN-3501."""
    return frozenset(term.code for term in vocabulary().terms("place"))


def a_place(said: str) -> Text:
    """What a place must be, with the codes nearest to what was said: of places whose names it has, else of codes like it."""
    terms = {term.code: term for term in vocabulary().terms("place")}
    found = [term for term in terms.values() if _named(term, said)]
    # The smallest place first: 云南文山 is Wenshan, and of Yunnan.
    found.sort(key=lambda term: -len(term.code))
    near = found or [terms[code] for code in difflib.get_close_matches(said.upper(), terms, 3)]
    zh = "、".join(f"{each.code}（{each.zh}）" for each in near[:3])
    en = ", ".join(f"{each.code} ({each.en})" for each in near[:3])
    return Text(
        f"地区代码，如CN-35（福建省）{f'；相近的有：{zh}' if zh else ''}",
        f"the code of a place, as CN-35 (Fujian){f'; nearest: {en}' if en else ''}",
    )


def _named(term: Term, said: str) -> bool:
    plain = said.casefold()
    return any(
        word in said if not word.isascii() else len(word) > 2 and word.casefold() == plain
        for word in term.words
    )
