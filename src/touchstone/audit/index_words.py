"""How a text places an index: in a band, out of it, above or below one of its limits, and which limits it prints.

“高于正常区间（95.7-104.2）上限” places a value above 104.2 and prints both limits of the normal band rightly.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from touchstone.audit.declared import declared
from touchstone.facts.text import Text

_FROM = re.compile(r"(?:由|从|自|from|与|和|and)\s?(?:the )?[“\"'‘「]?$", re.I)
_NOT = re.compile(
    r"(?:未|没有|没能|不在|不再|不属|退出|脱离|离开|走出|跌出|摆脱|告别|\bnot\b|no longer|\bleft\b|\bleaving\b|out of|\bexit\w*|outside)"
    r"[^，,。；;]{0,24}$",
    re.I,
)
_ABOVE = re.compile(
    r"(?:高于|高出|超出|超过|突破|\babove\b|\bover\b|\bbeyond\b|\bexceed\w*)[^，,。；;\d]{0,10}$", re.I
)
_BELOW = re.compile(r"(?:低于|跌破|不及|\bbelow\b|\bunder\b)[^，,。；;\d]{0,10}$", re.I)
_AHEAD = re.compile(r"预计|预测|有望|或将|可能|\bexpect|\bforecast|\blikely\b|\bmay\b|\bwill\b", re.I)
_ANOTHER = re.compile(
    r"(?:为|是|至|到|录得|\bwas|\bwere|\bis|\bstood at|\breached)\s?\d+(?:\.\d+)?(?![\d.]|\s?(?:年|月|日|个|点|%|points?|per))",
    re.I,
)
"""Another value is told: what follows it is no longer said of the first."""

_NUMBER = r"\d+(?:\.\d+)?"
_NOUN = (
    r"[”\"'’」]?\s*(?:的)?\s*(?P<noun>(?:区间|界限|范围|区|band|limit|range|zone|interval|territory|bound)?)"
)
_SIDE = r"(?:的)?\s*(?P<side>上限|下限|upper (?:limit|bound)|lower (?:limit|bound))?"
_BEHIND = re.compile(_NOUN + _SIDE)
_BARE = re.compile(rf"\s*(?:（?即|为|的|of|at|:|：)?\s*(?P<low>{_NUMBER})(?![\d.]|\s?(?:点|%|个))")
_LIMITS = re.compile(
    rf"[^（(，,。；;]{{0,8}}[（(]\s*(?P<sign>[<>≤≥＜＞]|above|below|over|under)?\s*(?P<low>{_NUMBER})"
    rf"(?:\s*(?:[-–—~～至]|to)\s*(?P<high>{_NUMBER}))?\s*(?P<way>以上|以下|之上|之下|or (?:above|more|below|less))?\s*[)）]"
)
_BESIDE = re.compile(r"\s*的?(?:(?P<above>上限|以上|之上|上方)|(?P<below>下限|以下|之下|下方))")
_UP, _DOWN = (
    frozenset("> ≥ ＞ above over 以上 之上".split()),
    frozenset("< ≤ ＜ below under 以下 之下".split()),
)


@dataclass(frozen=True, slots=True)
class Band:
    """A band of an index; None where it is open."""

    name: Text
    words: re.Pattern[str]
    low: Decimal | None
    high: Decimal | None

    @property
    def limits(self) -> tuple[Decimal, ...]:
        """The limits there are, ascending."""
        return tuple(limit for limit in (self.low, self.high) if limit is not None)

    @property
    def printed(self) -> Text:
        """The limits as a release prints them."""
        if self.low is None:
            return Text(f"{self.high}以下", f"below {self.high}")
        if self.high is None:
            return Text(f"{self.low}以上", f"above {self.low}")
        return Text(f"{self.low}–{self.high}", f"{self.low}–{self.high}")


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits as printed: the numbers, the side they are open to ("" for none), and where they stand."""

    numbers: tuple[Decimal, ...]
    way: str
    start: int
    end: int

    @property
    def said(self) -> Text:
        """The limits and their side."""
        words = "–".join(map(str, self.numbers))
        if not self.way:
            return Text(words, words)
        above = self.way == ">="
        return Text(f"{words}{'以上' if above else '以下'}", f"{'above' if above else 'below'} {words}")


@dataclass(frozen=True, slots=True)
class Placed:
    """What a text says of a value.

    Attributes:
        band: the band it names.
        relation: "in", "out", ">=" or "<=".
        limit: what the value is above or below; None for "in" and "out".
        one: the single limit of the band that the words mean (上限, 下限), None where they mean the band.
        limits: as printed beside it, None where none are.
    """

    band: Band
    relation: str
    limit: Decimal | None
    one: Decimal | None
    limits: Limits | None


@dataclass(frozen=True, slots=True)
class Declared:
    """A declared index: the code of its imported values, how texts name it, its bands."""

    subject: str
    words: re.Pattern[str]
    bands: tuple[Band, ...]


@cache
def declared_indices() -> tuple[Declared, ...]:
    """The indices of data/rules/index_bands.toml."""
    return tuple(
        Declared(row["subject"], re.compile(row["words"], re.I), tuple(_band(band) for band in row["band"]))
        for row in declared("index_bands")["index"]
    )


def placings(text: str, bands: tuple[Band, ...]) -> Iterator[Placed]:
    """What is said of a value in the words behind it, up to the first band it is put into.

    The band a value comes from is passed over; what is said of another value, or of a time to come, ends it.
    """
    named = sorted(
        (found.start(), found.end(), n) for n, band in enumerate(bands) for found in band.words.finditer(text)
    )
    done = 0
    for start, end, n in named:
        before = text[done:start]
        if _ANOTHER.search(text, 0, start) or _AHEAD.search(before):
            return
        if not _FROM.search(before):
            made = _placed(text, before, end, bands[n])
            yield made
            if made.relation == "in":
                return
        done = end


def _placed(text: str, before: str, end: int, band: Band) -> Placed:
    """One naming of a band: what stands before it, its noun, its limits, and 以上 or 上限 behind these."""
    behind = _BEHIND.match(text, end)
    assert behind
    limits = _limits(text, behind.end(), bool(behind["side"]) or behind["noun"] in ("界限", "limit", "bound"))
    beside = _BESIDE.match(text, limits.end) if limits else None
    side = behind["side"] or ""
    upper = side.startswith(("上", "upper")) or bool(beside and beside["above"] == "上限")
    lower = side.startswith(("下", "lower")) or bool(beside and beside["below"] == "下限")
    one = (
        band.high if upper and band.high is not None else band.low if lower and band.low is not None else None
    )
    beyond = (
        beside
        if beside and beside[0].strip("的 ") not in ("上限", "下限")
        else _BESIDE.match(text, behind.end())
    )
    over = bool(_ABOVE.search(before)) or bool(beyond and beyond["above"] and not side)
    under = bool(_BELOW.search(before)) or bool(beyond and beyond["below"] and not side)
    if over != under:
        beyond_it = band.high if over else band.low
        if beyond_it is None and one is None:  # above the only limit of the hottest band is in it
            return Placed(band, "in", None, None, limits)
        return Placed(band, ">=" if over else "<=", one or beyond_it, one, limits)
    return Placed(band, "out" if _NOT.search(before) else "in", None, one, limits)


def _limits(text: str, at: int, bare: bool) -> Limits | None:
    """Limits in brackets behind the name of a band, or a bare one behind the word limit."""
    found = _LIMITS.match(text, at) or (_BARE.match(text, at) if bare else None)
    if not found:
        return None
    parts = found.groupdict()
    numbers = tuple(Decimal(number) for number in (parts["low"], parts.get("high")) if number)
    sign = parts.get("sign") or (parts.get("way") or "").removeprefix("or ")
    way = ">=" if sign in _UP or sign == "more" else "<=" if sign in _DOWN or sign == "less" else ""
    return Limits(numbers, way, found.start(), found.end())


def _band(row: dict[str, str]) -> Band:
    low, high = (Decimal(row[end]) if end in row else None for end in ("low", "high"))
    return Band(Text(row["zh"], row["en"]), re.compile(row["words"], re.I), low, high)
