"""What stands in an inventory in words: parts of totals, tonnes, items, terms, and a line with its formula and its inputs."""

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from touchstone.calc.carbon.factors.limit import INDICATORS, LEVELS
from touchstone.calc.carbon.factors.reference import items, sectors
from touchstone.calc.carbon.formula.written import worded, written
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.line import PLACES, Input, Line
from touchstone.calc.carbon.method import Term
from touchstone.facts.conversion import rounded
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary
from touchstone.publish import format as printed
from touchstone.publish.words import word

_NODES = ("facility", "enterprise", "segment", "group")


def part(account: Account, by: str, key: str, lang: str) -> str:
    """A part of a total in words: the name of an enterprise, a province, a term; "-" where there is none."""
    if not key:
        return "–"
    if by == "unit":
        return str(getattr(account.title(key), lang))
    if by in _NODES:
        return str(getattr(account.name(key), lang))
    if by == "province":
        return vocabulary().name(key, lang)
    if by == "item":
        return item(key, lang)
    if by == "term":
        return term_name(account, key, lang)
    if by == "method":
        return str(getattr(account.methods[key].name, lang)) if key in account.methods else key
    if by == "sector":
        return str(getattr(sectors()[key].name, lang)) if key in sectors() else key
    if by in ("scope", "level"):
        return word(f"inventory_{by}.{key}", lang)
    return key


def item(key: str, lang: str) -> str:
    """An item in words; its key where the vocabulary does not have it."""
    return str(getattr(items()[key].name, lang)) if key in items() else key


def term_name(account: Account, key: str, lang: str) -> str:
    """A term in words, as the first method in use that has it calls it; its key where none has."""
    every = (term for method in (*account.used.values(), *account.methods.values()) for term in method.terms)
    found = next((term for term in every if term.key == key), None)
    return str(getattr(found.name, lang)) if found else key


def figure(value: Fraction | Decimal | float, lang: str, places: int = 2, *, signed: bool = False) -> str:
    """A number with so many places, half to even.

    >>> figure(Fraction(10001, 3), "en"), figure(Fraction(-1, 8), "zh", 1)
    ('3,333.67', '−0.1')
    """
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    fine = Decimal(f"{rounded(exact, 18):f}")
    return printed.quantity(
        fine.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN) + 0, lang, signed=signed
    )


def mass(line: Line) -> Decimal:
    """The mass of a line in tonnes, all its digits."""
    return Decimal(line.mass).scaleb(-PLACES)


def indicator(key: str, lang: str) -> str:
    """An indicator of a limit in words."""
    return str(getattr(INDICATORS[key], lang))


def level(key: str, lang: str) -> str:
    """A level of a limit in words."""
    return str(getattr(LEVELS[key], lang))


def term_of(account: Account, line: Line) -> Term:
    """The term a line was worked out by."""
    return next(each for each in account.methods[line.method].terms if each.key == line.term)


def line_said(account: Account, line: Line, cell: Callable[[str], str], lang: str) -> Iterator[str]:
    """A line for an auditor: result, formula in words, formula with numbers, then every input with where it is from.

    Args:
        cell: says where the fact of an id was printed.
    """
    term, method = term_of(account, line), account.methods[line.method]
    yield word(
        "inventory.line", lang, term=getattr(term.name, lang), item=item(line.item, lang), gas=line.gas,
        mass=printed.quantity(mass(line).normalize() + 0, lang) if line.mass else "0",
        method=getattr(method.name, lang), clause=term.clause or "–",
    )  # fmt: skip
    names = {each.key: each.name for each in term.parameters}
    yield "  " + worded(term.formula, names, lang)
    yield "  = " + written(
        term.formula, {each.parameter: (each.value, each.unit) for each in line.inputs}, lang
    )
    for given in line.inputs:
        yield f"    {getattr(names[given.parameter], lang)}: {input_said(account, given, cell, lang)}"


def input_said(account: Account, given: Input, cell: Callable[[str], str], lang: str) -> str:
    """A value with its unit, where it is from, and why it was taken."""
    value = stated(given, lang)
    if given.fact:
        source = f"{cell(given.fact)} [{given.fact}]"
    elif given.factor:
        source = f"{cited(account, given.factor, lang)} [{given.factor}]"
    else:
        source = word("inventory.constant", lang)
    return word("inventory.input", lang, value=value, source=source, why=getattr(given.why, lang))


def stated(given: Input, lang: str) -> str:
    """A value as it was printed."""
    return printed.with_unit(printed.quantity(given.stated, lang), given.stated_unit, lang)


def cited(account: Account, id: str, lang: str) -> str:
    """The document of a factor: title, number, edition, clause and how the value became known."""
    factor = account.library.get(id)
    document = account.library.document(factor)
    numbered = " ".join(filter(None, (document.number, document.edition)))
    parts = (
        getattr(document.title, lang),
        numbered,
        factor.clause,
        word(f"inventory_tag.{factor.tag}", lang),
    )
    return word("list.comma", lang).join(filter(None, parts))


def both(key: str, **values: object) -> Text:
    """Words of the catalogue in both languages; a `Text` fills its gap in each."""

    def filled(lang: str) -> str:
        given = {
            name: getattr(each, lang) if isinstance(each, Text) else each for name, each in values.items()
        }
        return word(key, lang, **given)

    return Text(filled("zh"), filled("en"))
