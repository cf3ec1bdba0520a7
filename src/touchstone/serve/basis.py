"""The switch of unit and tax: on which basis prices are asked for, and each brought there with its steps."""

from collections.abc import Mapping
from dataclasses import dataclass

from touchstone.errors import NoRate, UnitMismatch
from touchstone.facts.conversion import Conversion, converted
from touchstone.facts.exchange import ExchangeRates
from touchstone.facts.quote import Quote
from touchstone.facts.tax import value_added_tax
from touchstone.facts.text import Text

AS_QUOTED = "as-quoted"
UNITS = ("CNY/kg", "CNY/t", "USD/kg", "USD/lb", "USD/t")
TAXES = ("included", "excluded")
_COUNTRY = "CN"


@dataclass(frozen=True, slots=True)
class Basis:
    """What prices are brought to; "" leaves the unit, or the tax basis, as quoted."""

    unit: str = ""
    tax: str = ""

    def __bool__(self) -> bool:
        return bool(self.unit or self.tax)


@dataclass(frozen=True, slots=True)
class Brought:
    """A quote on a basis: the conversion; or what is lacking for one, why, and what would help.

    `lacks` is rate, tax, basis (whether tax is in the price) or unit (of the same kind); "" where nothing is.
    """

    conversion: Conversion | None
    lacks: str = ""
    why: Text | None = None
    fix: Text | None = None


def asked_basis(asked: Mapping[str, str], usual: Basis = Basis()) -> Basis:
    """The basis in the address; a word that is none of ours leaves what is usual."""
    unit, tax = asked.get("unit", ""), asked.get("tax", "")
    return Basis(
        "" if unit == AS_QUOTED else unit if unit in UNITS else usual.unit,
        "" if tax == AS_QUOTED else tax if tax in TAXES else usual.tax,
    )


def brought(quote: Quote, basis: Basis, rates: ExchangeRates) -> Brought:
    """Bring a quote to a basis; where a rate is missing, or the units measure different things, say so."""
    try:
        found = converted(
            quote, basis.unit or quote.unit, basis.tax, rates.on, lambda day: value_added_tax(_COUNTRY, day)
        )
    except NoRate as error:
        zh = error.zh or (error.found, error.expected, error.so, error.fix)
        return Brought(None, _lacking(error.code), Text(zh[0], error.found), Text(zh[3], error.fix))
    except UnitMismatch as error:
        english, _, chinese = str(error).partition("\n")
        return Brought(None, "unit", Text(chinese, english))
    return Brought(found)


def _lacking(code: str) -> str:
    return {"RATE-001": "rate", "RATE-003": "rate", "RATE-004": "rate", "RATE-002": "basis"}.get(code, "tax")
