"""Quotations: what a printed price is a price of. A price without one is a number.

A quotation is the specification of one price series, as price agencies publish it: commodity, grade, market,
delivery term, tax basis, unit, convention of the mean, calendar. The rows are data/quotations/*.toml and, before
them, `quotations.toml` of a workspace. A price that no row names has a quotation of its own, with its tax basis unknown.
So has one that states another grade, delivery term or tax basis than any row that fits it: two of these never are one.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from touchstone.errors import UnknownUnit, UnreadableFile
from touchstone.facts.calendar_table import codes
from touchstone.facts.declared_line import at_line
from touchstone.facts.fact import Fact
from touchstone.facts.specification import Specification, plain, specification
from touchstone.facts.text import Text
from touchstone.facts.unit import Unit, unit
from touchstone.facts.vocabulary import vocabulary

_CURRENCY = re.compile("[A-Z]{3}")
_COMMODITIES, _MARKETS = ("product", "material"), ("market", "place")
_FOLDER = Path(__file__).parents[1] / "data" / "quotations"
TAXES = ("included", "excluded", "")
"""Value-added tax in the price: included, excluded, or not known."""
_TAX_MARKS = {"included": "incl-vat", "excluded": "ex-vat"}
TAX_BASES = ("stated", "assumed", "unknown")
"""Who says so: the document, usage of the trade, or nobody."""
MEANS = ("midpoint", "low", "high")
"""How one price is made of a range: its middle, or one end (an old guide averages the low end)."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The specification of one price series.

    Attributes:
        code: `commodity@market`, with the grade in the commodity where two grades are quoted.
        commodity: vocabulary code of the product.
        market: vocabulary code of the market or place, "" where none is known.
        unit: currency per quantity, a code of `touchstone.facts.unit`.
        tax: one of `TAXES`; `tax_basis` is stated, assumed or unknown.
        grade, delivery: as printed, "" where the source prints none.
        mean: one of `MEANS`.
        calendar: code of the trading calendar, "" where none is known.
        source: who says so.
        subjects: codes by which documents name the commodity in this market.
        words: pattern that the printed words must hold, "" for any.
    """

    code: str
    commodity: str
    market: str
    unit: str
    tax: str = ""
    tax_basis: str = "unknown"
    grade: str = ""
    delivery: str = ""
    mean: str = "midpoint"
    calendar: str = ""
    source: str = ""
    subjects: tuple[str, ...] = ()
    words: str = ""

    def fits(self, fact: Fact) -> bool:
        """Whether a price fact is a price of this quotation."""
        named = fact.subject in self.subjects or self._named_in(fact.subject_words)
        return named and (fact.place or "") == self.market and bool(re.search(self.words, fact.subject_words))

    def agreement(self, said: Specification) -> int:
        """How much of what a price states of itself this quotation has."""
        return len(said.terms) - len(self._beyond(said)) + (said.tax == self.tax)

    def denies(self, said: Specification) -> bool:
        """Whether it is stated to be on another tax basis than a price states that is of no other grade or delivery."""
        other = (said.grade and self.grade) or (said.delivery and self.delivery)
        stated = self.tax_basis == "stated" and said.tax and said.tax != self.tax
        return bool(stated and not (other and self._beyond(said)))

    def stating(self, said: Specification) -> "Quotation":
        """This quotation as a price that fits it states it.

        It is another one, its code tells, where something stated differs. Only a tax basis that `denies` stays: it is for
        the reader of the price to refuse the contradiction.
        """
        tax, basis, beyond = self.tax, self.tax_basis, self._beyond(said)
        if said.tax is None:
            basis = "assumed" if beyond and basis == "stated" else basis  # it was stated of something else
        elif not self.denies(said):
            tax, basis = said.tax, "stated" if said.tax else "unknown"
            beyond = beyond if tax == self.tax else (*beyond, _TAX_MARKS.get(tax, ""))
        commodity, at, market = self.code.partition("@")
        slugs = (re.sub(r"[^\w.-]+", "-", plain(each)).strip("-.") for each in beyond)
        return replace(
            self, code=".".join((commodity, *filter(None, slugs))) + at + market, tax=tax, tax_basis=basis,
            grade=said.grade or self.grade, delivery=said.delivery or self.delivery,
        )  # fmt: skip

    def _beyond(self, said: Specification) -> tuple[str, ...]:
        """The stated terms that are not those of this quotation."""
        own = {plain(self.grade), plain(self.delivery)}
        told = "" if self.grade else self.words  # a pattern for 99.99 also fits 99.995
        return tuple(t for t in said.terms if plain(t) not in own and not (told and re.search(told, t)))

    def _named_in(self, words: str) -> bool:
        """A head that carries its grade (镉99.95%) is not a code; the words in it still name the metal."""
        return bool(self.words) and any(m.code in self.subjects for m in vocabulary().find(words))


class Quotations:
    """The quotations known, in order: the first that fits a price is the one it is a price of."""

    def __init__(self, rows: Iterable[Quotation]) -> None:
        self._rows = {row.code: row for row in rows}
        self._market: dict[str, list[Quotation]] = {}
        for row in self._rows.values():
            self._market.setdefault(row.market, []).append(row)

    def __iter__(self) -> Iterator[Quotation]:
        return iter(self._rows.values())

    def of(self, fact: Fact) -> Quotation:
        """The quotation a price fact belongs to: the first that fits, or that agrees most with what the price states."""
        fitting = (row for row in self._market.get(fact.place or "", ()) if row.fits(fact))
        said = specification(fact.subject_words)
        if said == Specification():
            return next(fitting, None) or undeclared(fact.subject, fact.place or "", fact.unit)
        rows = list(fitting) or [undeclared(fact.subject, fact.place or "", fact.unit)]
        return max(rows, key=lambda row: row.agreement(said)).stating(said)

    def get(self, code: str) -> Quotation | None:
        """The declared quotation of a code, or None."""
        return self._rows.get(code)


@lru_cache(maxsize=4096)
def undeclared(subject: str, market: str, printed: str) -> Quotation:
    """The quotation of a price nobody has declared: what is printed, and nothing else."""
    return Quotation(f"{subject}@{market}", subject, market, unit(printed).code)


@lru_cache(maxsize=4096)
def is_commodity(subject: str) -> bool:
    """Whether the vocabulary knows what is priced: by its code, or by a word of a head that carries a grade."""
    return is_coded(subject) or bool(vocabulary().find(subject, _COMMODITIES))


def is_coded(subject: str) -> bool:
    """Whether the vocabulary knows the product or material by this very code."""
    return any(vocabulary().resolve(subject, kind) for kind in _COMMODITIES)


def is_price_unit(given: Unit) -> bool:
    """Whether a unit is money per quantity, and so can be the unit of a quote; a rate of exchange is not."""
    monies = [name for name, _ in given.dimension if _CURRENCY.fullmatch(name)]
    return len(given.dimension) > 1 and currency(given) != "" and len(monies) == 1


def currency(given: Unit) -> str:
    """The currency in a unit, its ISO 4217 code; "" where there is none."""
    money = [name for name, exponent in given.dimension if exponent == 1 and _CURRENCY.fullmatch(name)]
    return money[0] if len(money) == 1 else ""


@cache
def shipped() -> tuple[Quotation, ...]:
    """The quotations that come with Touchstone."""
    return tuple(row for path in sorted(_FOLDER.glob("*.toml")) for row in _rows(path))


def quotations(own: Path | None = None) -> Quotations:
    """The quotations of a workspace: those of its own file, where it has one, before those shipped.

    Raises:
        UnreadableFile: the file is not TOML, or a row lacks a field, or names a unit or a word that is not known.
    """
    rows = _rows(own) if own and own.exists() else []
    return Quotations([*rows, *(row for row in shipped() if row.code not in {own.code for own in rows})])


def _rows(path: Path) -> list[Quotation]:
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
        common = {key: value for key, value in declared.items() if key != "quotation"}
        rows = [_row(common | row) for row in declared["quotation"]]
        _without_repeats(rows)
    except _WrongRow as error:
        raise _unreadable(path, error.said, f'"{error.row}"') from error
    except (UnicodeDecodeError, KeyError, TypeError, ValueError, UnknownUnit, re.error) as error:
        raise _unreadable(path, Text(str(error), str(error))) from error
    return rows


def _unreadable(path: Path, said: Text, row: str = "") -> UnreadableFile:
    return UnreadableFile(
        "QUOTE-001", at_line(path, row), said.en, "rows [[quotation]] with code, commodity, market, subjects, unit, source",
        "no quotation of this file is known", "correct the row; data/quotations/minor_metals.toml is an example",
        zh=(said.zh, "[[quotation]]行，含code、commodity、market、subjects、unit、source", "此文件的报价规格都未采用",
            "改正该行；可参照data/quotations/minor_metals.toml"),
    )  # fmt: skip


class _WrongRow(Exception):
    """What is wrong with a row, in both languages."""

    def __init__(self, row: object, zh: str, en: str) -> None:
        self.row = row
        self.said = Text(f"{row}：{zh}", f"{row}: {en}")
        super().__init__(self.said.en)


def _row(given: dict[str, object]) -> Quotation:
    code = given.get("code")
    if not isinstance(given.get("subjects"), list):
        raise _WrongRow(code, "subjects应为列表", f"subjects is {given.get('subjects')!r}, expected a list")
    fields = {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}
    row = Quotation(**fields)  # type: ignore[arg-type]
    for name, value, known in _choices(row):
        if value not in known:
            listed = ", ".join(repr(each) for each in known)
            raise _WrongRow(
                code, f"{name}是{value!r}，应为{listed}之一", f"{name} is {value!r}, expected one of {listed}"
            )
    for name, value, kinds in (("commodity", row.commodity, _COMMODITIES), ("market", row.market, _MARKETS)):
        if not any(value == term.code for kind in kinds for term in vocabulary().terms(kind)):
            raise _WrongRow(
                code, f"{name}的代码{value!r}不在词表中", f"{name} {value!r} is no code of the vocabulary"
            )
    if not row.source:
        raise _WrongRow(code, "缺少来源source", "source is missing")
    printed = unit(row.unit)
    if not is_price_unit(printed):
        raise _WrongRow(code, f"{row.unit}不是每单位数量的金额", f"{row.unit} is not money per quantity")
    re.compile(row.words)
    return replace(row, unit=printed.code)


def _choices(row: Quotation) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return (
        ("tax", row.tax, TAXES),
        ("tax_basis", row.tax_basis, TAX_BASES),
        ("mean", row.mean, MEANS),
        ("calendar", row.calendar, ("", *codes())),
    )


def _without_repeats(rows: list[Quotation]) -> None:
    for code, count in Counter(row.code for row in rows).items():
        if count > 1:
            raise _WrongRow(code, f"出现{count}次", f"it stands {count} times")
