"""The re-check of the sentences of an index: they are read back, as if somebody else had written them, before they are shown on paper.

Each sentence must say its own numbers with their signs and directions, in their places and nothing else (`due`); its level must
be the kept one; and the audit of all sentences must find nothing that fails.
"""

import re
from itertools import zip_longest

from touchstone.audit.audit import audit
from touchstone.calc.index.kept import KeptIndex
from touchstone.errors import Refusal
from touchstone.publish.heatmap import decimal
from touchstone.publish.index.due import Slot, due
from touchstone.publish.sentence import in_words
from touchstone.publish.words import word
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes


class UnsoundNote(Refusal):
    """A sentence of an index says what its attribution does not, or the audit finds it false."""


def check_sentences(kept: KeptIndex, lang: str) -> None:
    """Read the sentences of an index back in a language and test them.

    Raises:
        UnsoundNote: INDEX-012; the number, the word or the finding is named.
    """
    _check_level(kept, lang)
    said = [(each.about, each.text.zh if lang == "zh" else each.text.en) for each in kept.sentences]
    for (about, parts), (told, text) in zip_longest(due(kept, lang), said, fillvalue=("", "")):
        if about != told:
            raise _refused(kept, lang, text or f"– {about}")
        if wrong := _wrong(list(parts), text):
            raise _refused(kept, lang, f"{wrong}: {text}")
    document = read_bytes("\n".join(text for _, text in said).encode(), f"{kept.recipe}.txt")
    for finding in audit([(document, read_figures(document))]):
        if finding.verdict == "fails":
            title, arithmetic = (
                in_words(getattr(each, lang), lang) for each in (finding.title, finding.arithmetic)
            )
            raise _refused(kept, lang, f"{title} {arithmetic}")


def _check_level(kept: KeptIndex, lang: str) -> None:
    """The level that is told is the kept one, and its band that of the row."""
    told, level = kept.attribution, kept.levels[kept.row]
    if (
        level is None
        or told.level != decimal(level, kept.decimals)
        or kept.band_of[kept.row] not in ("", told.band.key)
    ):
        raise _refused(kept, lang, f"{told.level} {told.band.key} ≠ {level} {kept.band_of[kept.row]}")


def _wrong(parts: list[str | Slot], text: str) -> str:
    """What a sentence says that is not due, "" for nothing."""
    slots = [part for part in parts if isinstance(part, Slot)]
    pattern = "".join(part.pattern if isinstance(part, Slot) else re.escape(part) for part in parts)
    read = re.fullmatch(pattern, text)
    if not read:
        return "≠ " + "".join(str(part.due) if isinstance(part, Slot) else part for part in parts)
    odd = [
        f"{said} ≠ {slot.due}"
        for slot, said in zip(slots, read.groups(), strict=True)
        if not slot.holds(said)
    ]
    return "; ".join(odd)


def _refused(kept: KeptIndex, lang: str, found: str) -> UnsoundNote:
    (expected_zh, so_zh, fix_zh), (expected, so, fix) = (
        (word("INDEX-012.expected", each), word("INDEX-012.so", each), word("INDEX-012.fix", each))
        for each in ("zh", "en")
    )
    where = f"{kept.recipe} {kept.last} ({lang})"
    return UnsoundNote("INDEX-012", where, found, expected, so, fix, zh=(found, expected_zh, so_zh, fix_zh))
