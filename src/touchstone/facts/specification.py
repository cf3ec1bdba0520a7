"""Specifications: what the words of a price state beside its commodity: grade, delivery term, tax basis.

A table of quotes has columns for them, and a fact has none; its words hold them behind a mark
(`镉锭 · 99.95% · 仓库交货 · 不含税`), so that no row loses what it states. Only the tax basis is also read out of words
without the mark, for documents print it in the heads of their columns.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

MARK = " · "
"""What stands between the commodity and each thing stated of it."""
_EXCLUDED = re.compile(
    r"[不未非]含[^·]{0,8}?税|[未除]税|税前|\b(?:ex|excl|excluding|without|net of|before)\b[ .-]*(?:vat|tax)\b"
    r"|\b(?:vat|tax)[ -]*(?:excluded|excl|exclusive|not included)\b",
    re.IGNORECASE,
)
_INCLUDED = re.compile(
    r"含[^·]{0,8}?税|\b(?:incl|inc|including|with)\b[ .]*(?:\d+ ?% *)?(?:vat|tax)\b"
    r"|\b(?:vat|tax)[ -]*(?:included|incl|inclusive|paid)\b",
    re.IGNORECASE,
)
_SHORT = {
    **dict.fromkeys(("是", "含", "yes", "y", "included", "including", "incl", "incl."), "included"),
    **dict.fromkeys(("否", "不含", "no", "n", "excluded", "excluding", "excl", "excl."), "excluded"),
}
"""What a cell says under a head such as 含税."""
_TAX = re.compile(r"税|\b(?:vat|tax)\b", re.IGNORECASE)
_DELIVERY = re.compile(
    r"交货|交割|[到离]岸|[到出][厂货港库]|自提|仓|港|\b(?:warehouse|deliver|works|port\b)"
    r"|(?<![a-z])(?:exw|fca|fas|fob|cfr|c&f|cif|cpt|cip|dap|dpu|dat|ddp|ddu)(?![a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Specification:
    """What is stated of a price, as printed; "" where nothing is.

    `tax` is included or excluded, "" where words on the tax are not understood, None where there are none.
    """

    grade: str = ""
    delivery: str = ""
    tax: str | None = None

    @property
    def terms(self) -> tuple[str, ...]:
        """Grade and delivery, those that are stated."""
        return tuple(filter(None, (self.grade, self.delivery)))


@lru_cache(maxsize=4096)
def specification(words: str) -> Specification:
    """What the words of a price state.

    >>> specification("镉锭 · 99.95% · 不含税")
    Specification(grade='99.95%', delivery='', tax='excluded')
    """
    name, *parts = words.split(MARK)
    taxes = [_tax(part) for part in parts]
    terms = [part for part, tax in zip(parts, taxes, strict=True) if not tax]
    delivery = [part for part in terms if _TAX.search(part) or _DELIVERY.search(part)]
    grade = [part for part in terms if part not in delivery]
    stated = next((tax for tax in taxes if tax is not None), _read(name))
    return Specification(" ".join(grade), " ".join(delivery), stated)


def marked(parts: Iterable[str]) -> str:
    """The words of a price out of its commodity and what is stated of it; what is empty is left out."""
    return MARK.join(filter(None, (" ".join(part.split()) for part in parts)))


def stated_in(words: str) -> str:
    """The part of the words of a price that states something of it."""
    return words.partition(MARK)[2]


def plain(term: str) -> str:
    """A grade or delivery term as it is compared: without width, case, blanks and the sign of per cent."""
    return "".join(unicodedata.normalize("NFKC", term).casefold().replace("%", "").split())


def _tax(part: str) -> str | None:
    """The tax basis that a marked part is; "" where it speaks of tax in other words, None where it does not."""
    short = _SHORT.get(plain(part))
    return short or _read(part) or ("" if _TAX.search(part) else None)


def _read(words: str) -> str | None:
    """The tax basis that words state; None where they state none."""
    if _EXCLUDED.search(words):
        return "excluded"
    return "included" if _INCLUDED.search(words) else None
