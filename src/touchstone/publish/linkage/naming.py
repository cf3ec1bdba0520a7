"""Series by name: as short as keeps them apart, in tables, pictures and sentences."""

import re
from collections import Counter
from collections.abc import Sequence

from touchstone.calc.linkage.survey import TOGETHER
from touchstone.facts.text import Text
from touchstone.publish import format as written
from touchstone.publish.sentence import in_words
from touchstone.publish.words import word

_LEAST = 0.0001
_SERIES = re.compile(r"[a-z][a-z0-9_.]*@[a-z][a-z0-9_.]*[a-z0-9]")
_SPAN = re.compile(r"(?<=\d)\.\.(?=\d)")
"""Between the first and the last period of a sample."""


def series_names(codes: Sequence[str], lang: str) -> dict[str, str]:
    """Names of quotations by code: the metal, and its market where a metal is quoted in several.

    >>> series_names(("cu.cathode@market.lme", "au@market.lbma"), "en")
    {'cu.cathode@market.lme': 'copper cathode', 'au@market.lbma': 'gold'}
    """
    metals = {code: _commodity(code.partition("@")[0], lang) for code in codes}
    often = Counter(metals.values())
    return {
        code: metals[code] if often[metals[code]] == 1 else _whole(code, metals[code], lang) for code in codes
    }


def in_names(text: Text, codes: Sequence[str]) -> Text:
    """A sentence with names where it has codes of series, those left out of `codes` too, and words where it has codes of
    periods."""
    return Text(_said(text.zh, codes, "zh"), _said(text.en, codes, "en"))


def chance(p: float) -> str:
    """A p or q value in a table: `0.0123`, `< 0.0001`; never a chance of nothing.

    >>> chance(0.01234), chance(2e-9)
    ('0.0123', '< 0.0001')
    """
    return f"{p:.4f}" if p >= _LEAST else f"< {_LEAST:.4f}"


def _said(sentence: str, codes: Sequence[str], lang: str) -> str:
    strange = [code for code in dict.fromkeys(_SERIES.findall(sentence)) if code not in codes]
    names = {**series_names((*codes, *strange), lang), **series_names(codes, lang)}
    spoken = _replaced(sentence, {**names, TOGETHER: word("linkage.together", lang)})
    return in_words(_SPAN.sub(word("linkage.span", lang), spoken), lang)


def _replaced(sentence: str, names: dict[str, str]) -> str:
    """The longest code first, so that one that begins another is not cut out of it."""
    pattern = "|".join(
        rf"(?<![A-Za-z0-9_.@]){re.escape(code)}(?![A-Za-z0-9_@])"
        for code in sorted(names, key=len, reverse=True)
    )
    return re.sub(pattern, lambda found: names[found[0]], sentence) if names else sentence


def _commodity(code: str, lang: str) -> str:
    """A commodity by its vocabulary name; cd.ingot.9995 is cadmium ingot 99.95 %."""
    head, _, grade = code.rpartition(".")
    if grade.isdigit():
        return f"{written.name(head, lang)} {grade[:2]}.{grade[2:]}%"
    return written.name(code, lang)


def _whole(code: str, metal: str, lang: str) -> str:
    market = written.name(code.partition("@")[2], lang)
    return f"{market}{metal}" if lang == "zh" else f"{metal}, {market}"
