"""The vocabulary: codes for what facts are about, and every word that names them.

Kinds, from the most to the least specific: product, material, indicator, market, place, agency,
measure. The rows are data/vocabulary/*.csv and measures.toml; each has both names and a source.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from touchstone.facts.characters import fold, simplify
from touchstone.facts.term import KINDS, Term, blockers, terms


@dataclass(frozen=True, slots=True)
class Mention:
    """A term found in a text: `text[start:end]` are its words."""

    code: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A word of the index. `printed` is set where only that spelling counts (MAP is not map)."""

    terms: tuple[Term, ...]
    printed: str | None
    latin: bool

    def stands(self, folded: str, start: int, end: int) -> bool:
        """A Latin word is not part of a longer one."""
        if not self.latin:
            return True
        before, after = folded[start - 1 : start], folded[end : end + 1]
        return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())

    def spelt(self, words: str) -> bool:
        """The words are spelt as they must be."""
        return self.printed is None or simplify(words) == self.printed


class Vocabulary:
    """All terms, and the index of their words. Build it with `vocabulary()`."""

    def __init__(self, rows: Iterable[Term], blocked: Iterable[str]) -> None:
        self._terms = {term.code: term for term in rows}
        self._exact: dict[str, list[Term]] = {}
        self._folded: dict[str, list[Term]] = {}
        self._words: dict[str, _Entry] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        for kind in KINDS:
            for term in self._terms.values():
                if term.kind == kind:
                    self._index(term)
        for word in blocked:
            self._words.setdefault(word, _Entry((), None, latin=False))
        self._measure_words()

    def _index(self, term: Term) -> None:
        for word in (*term.words, *term.quiet):
            self._exact.setdefault(_exactly(word), []).append(term)
            self._folded.setdefault(fold(_exactly(word)), []).append(term)
        for word in term.words:
            folded = fold(word)
            before = self._words.get(folded)
            capitals = word.isupper() and word.isascii()
            self._words[folded] = _Entry(
                (*before.terms, term) if before else (term,),
                simplify(word) if capitals and (before is None or before.printed) else None,
                latin=folded[0].isascii() and folded[0].isalpha(),
            )

    def _measure_words(self) -> None:
        """Which lengths to try, longest first, by the first two characters (one, for a single character)."""
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:2], set()).add(len(word))
        for pair, sizes in lengths.items():
            if len(pair) == 2 and pair[0] in lengths:
                sizes.add(1)
            self._lengths[pair] = tuple(sorted(sizes, reverse=True))
        firsts = {word[0] for word in self._words}
        latin = {letter for letter in firsts if letter.isascii() and letter.isalnum()}
        self._start = re.compile(rf"[{_set(firsts)}](?<![a-z0-9][{_set(latin)}])")

    def find(self, text: str, kinds: Collection[str] | None = None) -> list[Mention]:
        """Terms in a text, leftmost and longest first, not overlapping.

        Args:
            text: any text; traditional characters and full-width letters are understood.
            kinds: keep these kinds only. A longer word of another kind still hides what is
                inside it: 硒 is not found in 二氧化硒 even where only materials are asked for.

        A word of several kinds is reported once, as the most specific kind asked for.
        """
        folded, found, reached = fold(text), [], 0
        for start in self._candidates(folded):
            if start >= reached and (hit := self._hit(text, folded, start)):
                entry, reached = hit
                found.extend(_mention(entry, kinds, start, reached))
        return found

    def _candidates(self, folded: str) -> list[int]:
        """Places whose first two characters begin a word: most places are ruled out here, cheaply."""
        known = self._lengths
        starts = [match.start() for match in self._start.finditer(folded)]
        return [at for at in starts if folded[at : at + 2] in known or folded[at] in known]

    def _hit(self, text: str, folded: str, start: int) -> tuple[_Entry, int] | None:
        pair = folded[start : start + 2]
        for length in self._lengths.get(pair) or self._lengths[pair[0]]:
            piece = folded[start : start + length]
            entry, end = self._words.get(piece), start + len(piece)
            if entry and entry.stands(folded, start, end) and entry.spelt(text[start:end]):
                return entry, end
        return None

    def resolve(self, words: str, kind: str | None = None) -> str | None:
        """The code of words that are exactly a name, alias, symbol or code; None where there is none.

        Where several terms share the words, the most specific kind wins; `kind` restricts it.
        """
        exact = _exactly(words)
        known = [self._terms[exact]] if exact in self._terms else []
        for term in (*known, *self._exact.get(exact, ()), *self._folded.get(fold(exact), ())):
            if kind is None or term.kind == kind:
                return term.code
        return None

    def term(self, code: str) -> Term:
        """The term of a code.

        Raises:
            KeyError: no term has this code.
        """
        return self._terms[code]

    def terms(self, kind: str | None = None) -> tuple[Term, ...]:
        """All terms, or all of one kind, in the order of the files."""
        return tuple(term for term in self._terms.values() if kind in (None, term.kind))

    def name(self, code: str, lang: str) -> str:
        """The name of a code in a language; words that are not a code are given back as they are."""
        term = self._terms.get(code)
        return code if term is None else term.zh if lang == "zh" else term.en

    def parent(self, code: str) -> str | None:
        """The code one step up (product to material, prefecture to province), or None."""
        term = self._terms.get(code)
        return term.parent or None if term else None

    def element(self, code: str) -> str | None:
        """The material a product is made of, or the code itself where it is a material; else None."""
        term = self._terms.get(code)
        while term and term.kind != "material":
            term = self._terms.get(term.parent)
        return term.code if term else None


def _exactly(words: str) -> str:
    return simplify(unicodedata.normalize("NFKC", words).strip())


def _set(letters: Iterable[str]) -> str:
    return "".join(map(re.escape, sorted(letters)))


def _mention(entry: _Entry, kinds: Collection[str] | None, start: int, end: int) -> list[Mention]:
    for term in entry.terms:
        if kinds is None or term.kind in kinds:
            return [Mention(term.code, term.kind, start, end)]
    return []


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of data/vocabulary, read once."""
    return Vocabulary(terms(), blockers())
