"""A fact: one stated value with its context, and the place it was printed.

What XBRL calls a fact and SDMX an observation. Everything Touchstone reads, checks or
computes is a `Fact`; nothing is ever changed in place, a correction is a new fact.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2b

STATUSES = ("reported", "derived", "estimated", "carried-over", "target", "synthetic")
"""Observation status: what kind of statement the value is."""

APPROXIMATIONS = ("about", "over", "under", "near")
"""How a printed number is hedged: 约, 逾/余/以上, 不到/以下, 近."""


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in a document a figure stands.

    `start` and `end` are character offsets into `Document.text`; `block` is the index into
    `Document.blocks`; `row` and `column` (from 0) are set for a table cell.
    """

    block: int
    start: int
    end: int
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One value with its context.

    Attributes:
        id: 20 hexadecimal digits, the hash of source, place, rule and content; the same
            reading of the same document always has the same id.
        subject: vocabulary code (`in.ingot`), or the words as printed where no code is known.
        subject_words: the words of the document that name the subject.
        measure: what was measured, a dotted code: `price.low`, `output.cumulative`,
            `output.yoy` (a rate of change keeps what it is a change of), `share`, `count`.
        place: market, region or site (`market.rotterdam`, `CN-35`); None where it has no sense.
        period: period code, see `touchstone.facts.period`; None where none is known.
        value: the number in the unit printed; a decrease is negative in measures of change.
        value_high: upper end where the figure is a range that is not a price or a band.
        half_width: half a unit in the last printed place, so the value lies in
            [value - half_width, value + half_width].
        unit: the unit as printed with its multiplier (万吨, 元/公斤, %); "" where there is none.
        status: one of `STATUSES`.
        source: hash of the document, `Source.hash`.
        locator: the exact place; None only for a derived fact.
        quote: the words as printed, `text[locator.start:locator.end]`.
        rule: id of the reading rule or formula that made it.
        parents: ids of the facts it was made from.
        approx: one of `APPROXIMATIONS`, or None.
        base: what a change is measured against: a period code, or words (上周五).
        form: how it was printed: digit, zh (Chinese numeral), date, implicit (保持不变).
        published: the day the document was published; None where unknown.
        recorded: when the ledger took it in; None before that.
        replaces: id of the fact this one corrects.
    """

    id: str
    subject: str
    measure: str
    period: str | None
    value: Decimal
    unit: str
    half_width: Decimal
    source: str
    locator: Locator | None
    rule: str
    quote: str = ""
    subject_words: str = ""
    place: str | None = None
    value_high: Decimal | None = None
    status: str = "reported"
    approx: str | None = None
    base: str | None = None
    form: str = "digit"
    parents: tuple[str, ...] = field(default=())
    published: date | None = None
    recorded: datetime | None = None
    replaces: str | None = None

    @property
    def low(self) -> Decimal:
        """Lower end of the rounding interval."""
        return self.value - self.half_width

    @property
    def high(self) -> Decimal:
        """Upper end of the rounding interval (of the upper value, where there are two)."""
        return (self.value if self.value_high is None else self.value_high) + self.half_width


def fact_id(*parts: object) -> str:
    """Identity of a fact: the hash of what makes it what it is, as 20 hexadecimal digits."""
    return blake2b("\x1f".join(map(str, parts)).encode(), digest_size=10).hexdigest()
