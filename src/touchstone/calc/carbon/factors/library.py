"""The library: factors found by id, by words, and by what they are of; nothing in it is ever changed.

A library is a value: a factor that is added or superseded gives another library.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache

from touchstone.calc.carbon.factor import CitedDocument, Factor
from touchstone.calc.carbon.factors.factor_file import factor_id, shipped
from touchstone.calc.carbon.factors.reference import documents, families, grids, items, kinds
from touchstone.calc.carbon.factors.refusal import NoFactor, UnusableFactor, refusal
from touchstone.facts.characters import fold
from touchstone.facts.vocabulary import vocabulary


class Library:
    """Factors and the documents they are cited from.

    Raises:
        UnusableFactor: FACTOR-003, two factors have one id.
    """

    def __init__(self, factors: Iterable[Factor], cited: Mapping[str, CitedDocument]) -> None:
        self.factors = tuple(factors)
        self.documents = dict(cited)
        self._by_id: dict[str, Factor] = {}
        self._of: dict[tuple[str, str], list[Factor]] = {}
        self._newer: dict[str, list[Factor]] = {}
        for each in self.factors:
            if each.id in self._by_id:
                raise refusal(UnusableFactor, "FACTOR-003", each.id, id=each.id, before=each.document)
            self._by_id[each.id] = each
            self._of.setdefault((each.kind, each.of), []).append(each)
            if each.supersedes:
                self._newer.setdefault(each.supersedes, []).append(each)
        self._words: dict[str, str] = {}
        self._turns: dict[tuple[str, str], tuple[date, ...]] = {}

    def get(self, id: str) -> Factor:
        """The factor of an id. Raises NoFactor: FACTOR-005, there is none; the message names the nearest."""
        if id not in self._by_id:
            near = ", ".join(get_close_matches(id, self._by_id, 3)) or "-"
            raise refusal(NoFactor, "FACTOR-005", id, near=near)
        return self._by_id[id]

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def document(self, factor: Factor) -> CitedDocument:
        """What a factor is cited from."""
        return self.documents[factor.document]

    def of(self, kind: str, of: str) -> tuple[Factor, ...]:
        """All factors of one kind for one thing, in the order of the files."""
        return tuple(self._of.get((kind, of), ()))

    def browse(
        self, kind: str = "", of: str = "", document: str = "", region: str = "", family: str = "", tag: str = "",
        gas: str = "", year: int | None = None,
    ) -> tuple[Factor, ...]:  # fmt: skip
        """The factors that are all of this; "" and None ask for nothing."""
        asked = {
            "kind": kind, "of": of, "document": document, "region": region, "family": family, "tag": tag,
            "gas": gas, "data_year": year,
        }  # fmt: skip
        wanted = {name: value for name, value in asked.items() if value not in ("", None)}
        return tuple(each for each in self.factors if all(getattr(each, k) == v for k, v in wanted.items()))

    def search(self, words: str) -> tuple[Factor, ...]:
        """The factors that all words name, in either language: thing, kind, document, place, year, gas, family, tag, value or id.

        Words are separated by spaces; those whose thing is called exactly so come first.
        """
        sought = fold(words).split()
        if not sought:
            return ()
        found = [each for each in self.factors if all(word in self._named(each) for word in sought)]
        exact = {fold(words).strip(), *sought}
        return tuple(sorted(found, key=lambda each: not exact & set(_called(each))))

    def adding(self, factors: Iterable[Factor], cited: Iterable[CitedDocument] = ()) -> "Library":
        """The library with more factors and documents. Raises UnusableFactor: FACTOR-003, an id is there already."""
        return Library((*self.factors, *factors), {**self.documents, **{each.key: each for each in cited}})

    def supersede(self, id: str, by: Factor, cited: Iterable[CitedDocument] = ()) -> "Library":
        """The library with a factor that takes the place of another; the other stays, and is passed over from now on.

        Raises:
            NoFactor: FACTOR-005, there is no factor to supersede.
            UnusableFactor: FACTOR-003, the new one says it is the same edition.
        """
        self.get(id)
        made = replace(by, supersedes=id)
        return self.adding([replace(made, id=factor_id(made))], cited)

    def superseding(self, id: str) -> tuple[Factor, ...]:
        """The factors that say they take the place of this one."""
        return tuple(self._newer.get(id, ()))

    def turns(self, kind: str, of: str) -> tuple[date, ...]:
        """The days on which another answer may begin for a kind and thing, beside the turn of a year; in order."""
        if (kind, of) not in self._turns:
            days: set[date | None] = set()
            for each in self.of(kind, of):
                ends = each.valid_to + timedelta(1) if each.valid_to and each.valid_to < date.max else None
                days |= {each.valid_from, ends, self.document(each).in_force}
            self._turns[kind, of] = tuple(sorted(day for day in days if day))
        return self._turns[kind, of]

    def _named(self, factor: Factor) -> str:
        if factor.id not in self._words:
            document = self.document(factor)
            kind = kinds()[factor.kind].name
            words = [
                *_called(factor), factor.id, kind.zh, kind.en, document.title.zh, document.title.en, document.number,
                document.issuer.zh, document.issuer.en, factor.gas, factor.tag, factor.clause, factor.unit, *place_names(factor.region),
                str(factor.data_year or ""), "" if factor.value is None else str(factor.value),
            ]  # fmt: skip
            if factor.family:
                family = families()[factor.family].name
                words += [family.zh, family.en]
            self._words[factor.id] = fold("\n".join(words))
        return self._words[factor.id]


def place_names(region: str) -> tuple[str, str]:
    """A region in Chinese and English: a place, a regional grid, or the code itself."""
    if region in grids():
        name = grids()[region].name
        return name.zh, name.en
    return vocabulary().name(region, "zh"), vocabulary().name(region, "en")


@cache
def library() -> Library:
    """The library of Touchstone, read once. Raises UnusableFactor: a row of it is wrong."""
    return Library(shipped(), documents())


def _called(factor: Factor) -> tuple[str, ...]:
    item = items()[factor.of]
    return tuple(map(fold, (item.key, item.name.zh, item.name.en, *item.aliases)))
