"""A tree of words finds what a list of words, tried longest first, would find."""

import re

from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.alternation import alternation

LETTERS = st.text(alphabet="ab硒粉.[", min_size=1, max_size=4)


@given(st.sets(LETTERS, min_size=1), st.text(alphabet="ab硒粉.[c", max_size=20))
def test_the_tree_finds_what_a_list_longest_first_finds(words: set[str], text: str) -> None:
    plain = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    assert re.findall(alternation(dict.fromkeys(words, "")), text) == re.findall(plain, text)


@given(
    st.dictionaries(LETTERS, st.sampled_from(["", "(?!c)"]), min_size=1),
    st.text(alphabet="ab硒c", max_size=20),
)
def test_a_word_whose_guard_fails_gives_way_to_a_shorter_one(words: dict[str, str], text: str) -> None:
    longest_first = sorted(words, key=len, reverse=True)
    plain = "|".join(f"{re.escape(word)}{words[word]}" for word in longest_first)
    assert re.findall(alternation(words), text) == re.findall(plain, text)
