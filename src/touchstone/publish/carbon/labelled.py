"""What stands in an inventory in words: parts of totals, tonnes, items, terms, and a line with its formula and its inputs."""

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from touchstone.calc.carbon.factor import CitedDocument
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.limit import INDICATORS, LEVELS
from touchstone.calc.carbon.factors.reference import items, kinds, sectors
from touchstone.calc.carbon.formula.written import worded, written
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.line import PLACES, Input, Line
from touchstone.calc.carbon.method import Term
from touchstone.facts.conversion import rounded
from touchstone.facts.text import Text
from touchstone.facts.unit import format_unit
from touchstone.facts.vocabulary import vocabulary
from touchstone.publish import format as printed
from touchstone.publish.words import catalogue, counted, word

_ID = re.compile(r"(?<!\[)\b[a-z][a-z0-9.-]*@[A-Za-z0-9./-]+")
"""Of a factor: emission.soda-ash@ghgp-al-2."""
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
    if by == "scope":
        return word(f"inventory_scope.{key}", lang)
    if by == "level":
        return word(f"carbon.level_{key}", lang)
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
    """A number with so many places, half to even, grouped by thousands in both languages; for data see `plain`.

    >>> figure(Fraction(10001, 3), "zh"), figure(Fraction(-1, 8), "en", 1)
    ('3,333.67', '−0.1')
    """
    return printed.quantity(held(value, places), lang, signed=signed)


def plain(value: Fraction | Decimal | float, places: int) -> str:
    """A number with so many places as data have it: no grouping, a hyphen as minus.

    >>> plain(Fraction(-10001, 3), 2)
    '-3333.67'
    """
    return f"{held(value, places):f}"


def in_unit(text: str, code: str, lang: str) -> str:
    """A written number with its unit in words; a unit that begins with a number is multiplied.

    >>> in_unit("3.20", "1e4 CNY", "en"), in_unit("3.20", "1e4 CNY", "zh")
    ('3.20 × 10,000 yuan', '3.20万元')
    """
    said = format_unit(code, lang)
    if said[:1].isdigit():
        return f"{text} × {said}"
    return (
        text + said if said == "%" or (lang == "zh" and not said[:1].isascii()) else f"{text} {said}".rstrip()
    )


def held(value: Fraction | Decimal | float, places: int) -> Decimal:
    """A value rounded to so many places, half to even."""
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    fine = Decimal(f"{rounded(exact, 18):f}")
    return fine.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN) + 0


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
    return in_unit(printed.quantity(given.stated, lang), given.stated_unit, lang)


def cited(account: Account, id: str, lang: str) -> str:
    """The document of a factor: title, number, edition, clause and how the value became known."""
    factor = account.library.get(id)
    document = account.library.document(factor)
    parts = (
        getattr(document.title, lang),
        numbered(document, lang),
        factor.clause,
        word(f"inventory_tag.{factor.tag}", lang),
    )
    return word("list.comma", lang).join(filter(None, parts))


def ids_named(library: Library, said: str, lang: str) -> str:
    """A sentence with every id of a factor in words, the id behind them."""

    def named(found: re.Match[str]) -> str:
        id = found[0].rstrip(".")
        if id not in library:
            return found[0]
        factor = library.get(id)
        of = (
            item(factor.of, lang),
            getattr(kinds()[factor.kind].name, lang),
            getattr(library.document(factor).title, lang),
        )
        return " · ".join(of) + f" [{id}]" + found[0][len(id) :]

    return _ID.sub(named, said)


def numbered(document: CitedDocument, lang: str) -> str:
    """The number and edition of a document; "" of one that has neither."""
    return " ".join(filter(None, (document.number, edition(document, lang))))


def edition(document: CitedDocument, lang: str) -> str:
    """The edition of a document in words (a year of data, a draft); "" where it has none.

    >>> from touchstone.calc.carbon.factors.reference import documents
    >>> edition(documents()["cn-grid-2023"], "zh")
    '2023年数据'
    """
    kind, of, year = document.edition.partition(" of ")
    key = f"document_edition.{kind}"
    return word(key, lang, year=year) if of and key in catalogue() else document.edition


def both_counted(what: str, n: int) -> Text:
    """How many of something in both languages, in the singular where there is one."""
    return Text(counted(what, "zh", n), counted(what, "en", n))


def both(key: str, **values: object) -> Text:
    """Words of the catalogue in both languages; a `Text` fills its gap in each."""

    def filled(lang: str) -> str:
        given = {
            name: getattr(each, lang) if isinstance(each, Text) else each for name, each in values.items()
        }
        return word(key, lang, **given)

    return Text(filled("zh"), filled("en"))
