"""The re-check of the sentences of an index: they are read back, as if somebody else had written them, before they are shown on paper.

Every number that is read must be one of the attribution's, the level and its change must be among them, the band must be its
own, and the audit of all sentences must find nothing that fails.
"""

from collections.abc import Iterable
from decimal import Decimal

from touchstone.audit.audit import audit
from touchstone.calc.index.attribution import Attribution
from touchstone.calc.index.kept import KeptIndex
from touchstone.errors import Refusal
from touchstone.facts.fact import Fact
from touchstone.publish.sentence import in_words
from touchstone.publish.words import word
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes


class UnsoundNote(Refusal):
    """A sentence of an index says a number that its attribution does not have, or the audit finds it false."""


def check_sentences(kept: KeptIndex, lang: str) -> None:
    """Read the sentences of an index back in a language and test them.

    Raises:
        UnsoundNote: INDEX-012; the number or the finding is named.
    """
    text = "\n".join(each.text.zh if lang == "zh" else each.text.en for each in kept.sentences)
    document = read_bytes(text.encode(), f"{kept.recipe}.txt")
    read = read_figures(document)
    known = numbers_of(kept)
    if strange := [fact for fact in read if not _known(fact, known)]:
        raise _refused(kept, lang, strange[0].quote)
    stated = {abs(fact.value) for fact in read}
    told = kept.attribution
    due = [told.level] + ([abs(told.change)] if told.change else [])
    if silent := [value for value in due if value not in stated]:
        raise _refused(kept, lang, f"– {silent[0]}")
    level = next(
        each.text.zh if lang == "zh" else each.text.en for each in kept.sentences if each.about == "level"
    )
    names = {band.key: band.name.zh if lang == "zh" else band.name.en for band in kept.bands}
    if kept.limits and (
        odd := [name for key, name in names.items() if (f"“{name}”" in level) != (key == told.band.key)]
    ):
        raise _refused(kept, lang, f"“{odd[0]}”: {level}")
    for finding in audit([(document, read)]):
        if finding.verdict == "fails":
            title, arithmetic = (
                in_words(getattr(each, lang), lang) for each in (finding.title, finding.arithmetic)
            )
            raise _refused(kept, lang, f"{title} {arithmetic}")


def numbers_of(kept: KeptIndex) -> frozenset[Decimal]:
    """Every number that the sentences of an index may say, as they write it and without its sign."""
    told = kept.attribution
    sizes = [*_tenths(told), *(Decimal(repr(limit)).normalize() for limit in kept.limits)]
    sizes += [value for value in (told.level, told.change, told.a_year_ago) if value is not None]
    shares = (share for share in (told.rising, told.rising_a_year_ago) if share is not None)
    sizes += [Decimal(f"{share:.0f}") for share in shares]
    return frozenset(abs(size) for size in sizes)


def _tenths(told: Attribution) -> Iterable[Decimal]:
    drivers = (*told.up, *told.down)
    every = (
        *(driver.move for driver in drivers), *(driver.points for driver in drivers), *(points for _, points in told.sectors),
        told.external, told.internal, told.trend,
    )  # fmt: skip
    return (Decimal(f"{round(value, 1) + 0.0:.1f}") for value in every)


def _known(fact: Fact, known: frozenset[Decimal]) -> bool:
    """Whether a figure is among them; one that words imply (unchanged) is nothing or a hundred."""
    return fact.form == "implicit" or abs(fact.value) in known


def _refused(kept: KeptIndex, lang: str, found: str) -> UnsoundNote:
    (expected_zh, so_zh, fix_zh), (expected, so, fix) = (
        (word("INDEX-012.expected", each), word("INDEX-012.so", each), word("INDEX-012.fix", each))
        for each in ("zh", "en")
    )
    where = f"{kept.recipe} {kept.last} ({lang})"
    return UnsoundNote("INDEX-012", where, found, expected, so, fix, zh=(found, expected_zh, so_zh, fix_zh))
