"""What CBAM costs a tonne of aluminium, by its formula; parameters that nobody has verified are never taken silently.

Source: (E_decl - benchmark * free_factor) * price; with defaults E_decl = default * (1 + mark-up) (data/carbon/factors/cbam.csv).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.formula.evaluate import exactly
from touchstone.calc.carbon.formula.parse import parse
from touchstone.facts.text import Text

_COST = "(declared - benchmark * free) * price"
_BY_DEFAULT = "default * (1 + markup)"
_METAL = "aluminium.liquid"
_NAMES = {
    "declared": Text("申报排放强度", "declared intensity"),
    "benchmark": Text("基准", "benchmark"),
    "free": Text("免费比例", "free share"),
    "price": Text("证书价格", "price of a certificate"),
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A parameter of the cost: its value, the factors it was taken from (none where the caller gave it) and how they are known.

    `flag` says that a factor is unverified or of a draft; None where there is nothing to say.
    """

    key: str
    value: Decimal | None
    factors: tuple[str, ...]
    tag: str
    flag: Text | None

    @property
    def name(self) -> Text:
        """The parameter in words."""
        return _NAMES[self.key]


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of a tonne in the currency of the price; None while a parameter has no value. `parameters` say why."""

    per_tonne: Decimal | None
    parameters: tuple[Stated, ...]


def cost(declared: Decimal, benchmark: Decimal, free: Decimal, price: Decimal) -> Decimal:
    """What a tonne costs.

    Args:
        declared, benchmark: t CO2e a tonne; free: share allocated free, 0 to 1; price: of a certificate, money a tonne CO2e.

    Returns:
        Money a tonne of product, exact. Below zero where the free share covers more than was declared: nothing is paid back for that.

    >>> cost(Decimal("3.3"), Decimal("1.423"), Decimal(1), Decimal(100))
    Decimal('187.7')
    """
    values = {"declared": declared, "benchmark": benchmark, "free": free, "price": price}
    return _decimal(_COST, values)


def declared_by_default(default: Decimal, markup: Decimal) -> Decimal:
    """What is declared where only the default is known: default (t CO2e a tonne) with its mark-up (a share).

    >>> declared_by_default(Decimal("3.00"), Decimal("0.10"))
    Decimal('3.3')
    """
    return _decimal(_BY_DEFAULT, {"default": default, "markup": markup})


def cost_by_library(
    library: Library, product: str, on: date, price: Decimal, declared: Decimal | None = None,
    free: Decimal | None = None, unverified: bool = False,
) -> Cost:  # fmt: skip
    """What a tonne costs by the cited parameters.

    Args:
        product: item key: aluminium.unwrought, aluminium.intermediate, aluminium.foil.
        on: the day of the import, by which mark-up and free share are chosen.
        price: of a certificate; the library has none.
        declared: measured intensity, t CO2e a tonne; None takes the default of China with its mark-up.
        free: free share, 0 to 1; None takes that of the library only where `unverified` allows it.
    """
    found = (
        _declared(library, product, on, declared),
        _benchmark(library, product),
        _free(library, on, free, unverified),
        Stated("price", price, (), "user", None),
    )
    values = {each.key: each.value for each in found if each.value is not None}
    return Cost(cost(**values) if len(values) == len(found) else None, found)


def products(library: Library) -> tuple[str, ...]:
    """The products that a default intensity is known for."""
    return tuple(dict.fromkeys(each.of for each in library.factors if each.kind == "default-intensity"))


def _declared(library: Library, product: str, on: date, given: Decimal | None) -> Stated:
    if given is not None:
        return Stated("declared", given, (), "user", None)
    default = _one(library, "default-intensity", product, on)
    markup = _one(library, "surcharge", "aluminium.unwrought", on)
    if not default or default.value is None or not markup or markup.value is None:
        return Stated("declared", None, (), "", Text("没有缺省值或加价", "there is no default or no mark-up"))
    value = declared_by_default(default.value, markup.value / 100)
    return Stated("declared", value, (default.id, markup.id), default.tag, _draft(library, default))


def _benchmark(library: Library, product: str) -> Stated:
    """The benchmark of the metal, and for goods made of it the addition."""
    metal = _drafted(library, _METAL)
    added = _drafted(library, product) if product != "aluminium.unwrought" else None
    if metal is None or metal.value is None or (product != "aluminium.unwrought" and (added is None or added.value is None)):  # fmt: skip
        return Stated("benchmark", None, (), "", Text("没有基准", "there is no benchmark"))
    more = added.value if added and added.value else Decimal(0)
    factors = (metal.id, added.id) if added else (metal.id,)
    return Stated("benchmark", metal.value + more, factors, metal.tag, _draft(library, metal))


def _free(library: Library, on: date, given: Decimal | None, unverified: bool) -> Stated:
    if given is not None:
        return Stated("free", given, (), "user", None)
    found = _one(library, "free-share", _METAL, on)
    if found is None or found.value is None:
        return Stated("free", None, (), "", Text("没有该年的免费比例", "there is no free share of that year"))
    if found.tag == "unverified" and not unverified:
        flag = Text("未核实，没有采用；请给出或明确允许", "unverified, and not taken: give one, or allow it")
        return Stated("free", None, (found.id,), found.tag, flag)
    flag = Text("未核实", "unverified") if found.tag == "unverified" else None
    return Stated("free", found.value / 100, (found.id,), found.tag, flag)


def _drafted(library: Library, of: str) -> Factor | None:
    return next((each for each in library.of("benchmark", of) if each.document == "cbam-benchmark-draft"), None)  # fmt: skip


def _one(library: Library, kind: str, of: str, on: date) -> Factor | None:
    fits = (each for each in library.of(kind, of) if (each.valid_from or on) <= on <= (each.valid_to or on))
    return next(fits, None)


def _draft(library: Library, factor: Factor) -> Text | None:
    return library.document(factor).status_note


def _decimal(formula: str, values: dict[str, Decimal]) -> Decimal:
    """Products and differences of decimals are decimals: nothing is rounded."""
    exact = exactly(parse(formula), values)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).normalize() + 0
