"""The 95 % range of every total that a page of an inventory shows, what it is made of, and draws where they are asked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.doubted import DRAWS, SEED
from touchstone.calc.carbon.inventory.doubts import doubts_of
from touchstone.calc.carbon.inventory.uncertainty import Ranged, by_draws, by_slopes
from touchstone.calc.carbon.line import Line
from touchstone.facts.vocabulary import vocabulary
from touchstone.publish.carbon.said import input_named
from touchstone.publish.format import gas
from touchstone.publish.sharebars import ShareBars, share_bars_svg
from touchstone.publish.words import word
from touchstone.serve.carbon_shown import tonnes
from touchstone.serve.carbon_stock import Carbon

_LARGEST = 10
"""Of the inputs, drawn by themselves; the rest is one bar."""
_LEAST = 0.0005
"""A share that is written as 0.0 % has no bar of its own."""
_STEPS = (8, 4, 2, 1)
"""By which the number of draws is divided to show how the ends settle."""
VIEWS = ("scope", "gas", "month", "province", "park")


@dataclass(frozen=True, slots=True)
class Range:
    """A total with its 95 % range, rounded to tonnes.

    Attributes:
        half: half of the range in percent of the total; None where the total is 0.
        known: whether any input has a stated range; else low and high say nothing.
        skewed: a range of an input is too far from symmetric for approach 1; low and high say nothing.
    """

    total: Decimal
    low: Decimal
    high: Decimal
    half: Decimal | None
    known: bool
    skewed: bool = False


def shown_range(found: Ranged) -> Range:
    """A range as a page writes it."""
    half = Decimal(f"{50 * (found.high - found.low) / abs(found.mean):.2f}") if found.mean else None
    known = not found.skewed and (bool(found.shares) or (found.draws > 0 and found.high > found.low))
    return Range(tonnes(found.mean), tonnes(found.low), tonnes(found.high), half, known, bool(found.skewed))


class Ranges:
    """The ranges of an account, each made when it is asked for."""

    def __init__(self, carbon: Carbon, account: Account) -> None:
        self._carbon, self._account = carbon, account

    def of(self, lines: Iterable[Line]) -> Ranged:
        """Approach 1 for some lines of the account."""
        weight, slopes, own = self._weight, self._carbon.slopes, tuple(lines)
        found = by_slopes((line, weight(line), slopes(line)) for line in own)
        return replace(found, skewed=tuple(dict.fromkeys(id for line in own for id in slopes.skewed(line))))

    @cached_property
    def whole(self) -> Ranged:
        """Of the total."""
        return self.of(self._account.lines)

    @cached_property
    def covered(self) -> Decimal | None:
        """How much of the total, in percent, rests on some input with a stated range."""
        sizes = [(abs(float(self._account.weighed(line))), line) for line in self._account.lines]
        whole = sum(size for size, _ in sizes)
        return (
            _percent(sum(size for size, line in sizes if self._carbon.slopes(line)) / whole)
            if whole
            else None
        )

    def by(self, key: Callable[[Line], str]) -> dict[str, Range]:
        """By whatever of a line, in the order of the keys."""
        parts: dict[str, list[Line]] = {}
        for line in self._account.lines:
            parts.setdefault(key(line), []).append(line)
        return {each: shown_range(self.of(parts[each])) for each in sorted(parts)}

    def view(self, name: str, lang: str) -> list[tuple[str, Range]]:
        """One of `VIEWS`: the name of each part with its total and range."""
        where = self._account.inventory.where

        def key(line: Line) -> str:
            return str(getattr(line, name)) if name in ("scope", "gas", "month") else where.get(line.unit, {}).get(name, "")  # fmt: skip

        return [(_named(name, each, lang), found) for each, found in self.by(key).items()]

    def bars(self, lang: str) -> tuple[str, str] | None:
        """What the inputs make up of the variance, the months of one as one, for desk and phone; None where no input has a range."""
        shares: dict[str, float] = {}
        for key, share in self.whole.shares.items():
            name = input_named(self._account, key, lang, monthly=False)
            shares[name] = shares.get(name, 0.0) + share
        if not shares:
            return None
        largest = sorted(shares.items(), key=lambda each: -each[1])[:_LARGEST]
        largest = [each for each in largest if each[1] >= _LEAST]
        parts = [(name, _percent(share)) for name, share in largest]
        rest = len(shares) - len(largest)
        if rest:
            left = max(1 - sum(share for _, share in largest), 0.0)
            parts.append((word("ranges.rest", lang, n=rest), _percent(left)))
        alt = word("ranges.bars_alt", lang, n=len(shares), name=parts[0][0])
        drawn = ShareBars(word("ranges.bars", lang), tuple(parts), alt)
        return share_bars_svg(drawn, lang, 760), share_bars_svg(drawn, lang, 350)

    def drawn(self) -> list[dict[str, Any]]:
        """Approach 2 with ever more draws, the same first ones each time, and how far the ends moved."""
        doubts = doubts_of(self._account.library, self._account.entries)
        rows: list[dict[str, Any]] = []
        for step in _STEPS:
            count = DRAWS // step
            found = by_draws(self._account.lines, self._carbon.formulas, doubts, self._weight, count, SEED)
            moved = (
                max(abs(found.low - rows[-1]["found"].low), abs(found.high - rows[-1]["found"].high))
                / abs(found.mean)
                if rows and found.mean
                else None
            )
            rows.append({
                "draws": count, "found": found, "range": shown_range(found),
                "moved": None if moved is None else Decimal(f"{100 * moved:.3f}"),
            })  # fmt: skip
        return rows

    @cached_property
    def _weights(self) -> dict[tuple[str, str, str, str], float]:
        account = self._account
        return {
            (line.gas, line.unit, line.month, line.item): float(account.weight(line))
            for line in account.lines
        }

    def _weight(self, line: Line) -> float:
        return self._weights[line.gas, line.unit, line.month, line.item]


def ranges_shown(ranges: Ranges, views: Iterable[str], query: Mapping[str, str], lang: str) -> dict[str, Any]:
    """What the section of a page needs; the draws only where the address asks for them."""
    return {
        "whole": shown_range(ranges.whole),
        "views": [(name, ranges.view(name, lang)) for name in views],
        "bars": ranges.bars(lang),
        "covered": ranges.covered,
        "drawn": ranges.drawn() if query.get("draws") else None,
    }


def range_data(ranges: Ranges) -> dict[str, Any]:
    """The range of the total, and the share of the variance of each input, for the twin of a page."""
    found = shown_range(ranges.whole)
    shares = {key: Decimal(f"{share:.6f}") for key, share in ranges.whole.shares.items()}
    return {
        "low": found.low,
        "high": found.high,
        "half_percent": found.half,
        "known": found.known,
        "skewed": ranges.whole.skewed,
        "shares": shares,
    }


def _named(view: str, key: str, lang: str) -> str:
    if not key:
        return word("ranges.nowhere", lang)
    if view == "scope":
        return word("carbon.scope", lang, n=key)
    if view == "province":
        return vocabulary().name(key, lang)
    return gas(key) if view == "gas" else key


def _percent(share: float) -> Decimal:
    return Decimal(f"{100 * share:.1f}")
