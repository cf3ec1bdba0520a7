"""What is different between two editions of a method, in words: names with their keys, formulas in names, documents by title."""

from collections.abc import Iterator

from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.reference import items, kinds, sectors
from touchstone.calc.carbon.formula.written import worded
from touchstone.calc.carbon.method import Method, Term
from touchstone.calc.carbon.methods.difference import Change, difference
from touchstone.publish.words import catalogue, word

_FORMULAS = ("formula-changed", "term-added", "term-removed")


def difference_said(a: Method, b: Method, library: Library, lang: str) -> Iterator[str]:
    """The changes from edition `a` to `b`, a line each."""
    for each in difference(a, b):
        before, after = (
            _side(method, each, side, library, lang) for method, side in ((a, "before"), (b, "after"))
        )
        at = " ".join(filter(None, (_where(a, b, each, lang), _what(a, b, each, lang))))
        yield f"{word(f'methods_change.{each.kind}', lang)}  {at}: {before or '–'} → {after or '–'}"


def _where(a: Method, b: Method, change: Change, lang: str) -> str:
    """A term or option by its name, its key behind it."""
    kind = "options" if change.kind.startswith("option") else "terms"
    named = (each for method in (b, a) for each in getattr(method, kind) if each.key == change.where)
    found = next(named, None)
    return f"{getattr(found.name, lang)} ({change.where})" if found else change.where


def _what(a: Method, b: Method, change: Change, lang: str) -> str:
    """A parameter by its name, a field in words."""
    key, _, field = change.what.partition(".")
    terms = (term for method in (b, a) for term in method.terms if term.key == change.where)
    found = next((each for term in terms for each in term.parameters if each.key == key), None)
    if found:
        return f"{getattr(found.name, lang)} ({key})" + (f" {_field(field, lang)}" if field else "")
    return _field(key, lang)


def _field(key: str, lang: str) -> str:
    said = f"methods_field.{key}"
    return word(said, lang) if said in catalogue() else key


def _side(method: Method, change: Change, side: str, library: Library, lang: str) -> str:
    said = str(getattr(getattr(change, side), lang))
    term = next((each for each in method.terms if each.key == change.where), None)
    if not said:
        return ""
    if change.kind in _FORMULAS and term:
        return _formula(term, lang)
    if change.what == "choices":
        return _choices(method, change.where, lang)
    if change.kind.startswith("tier") or change.what.endswith(".tiers"):
        return "; ".join(_tier(each, library, lang) for each in said.split("; "))
    return ", ".join(_named(each, library, lang) for each in said.split(", ")) if _is_keys(change) else said


def _choices(method: Method, key: str, lang: str) -> str:
    """The choices of an option; which one holds where none is declared."""
    option = next(each for each in method.options if each.key == key)
    return word("list.comma", lang).join(
        f"{getattr(each.name, lang)} ({each.key}{', ' + word('methods.preset', lang) if each.key == option.preset else ''})"
        for each in option.choices
    )


def _is_keys(change: Change) -> bool:
    return change.what in ("document", "products", "sectors", "over", "level", "scope")


def _formula(term: Term, lang: str) -> str:
    return worded(term.formula, {each.key: each.name for each in term.parameters}, lang)


def _tier(said: str, library: Library, lang: str) -> str:
    """`default, factor ncv, document cn-fuel-table-c` in words."""
    kind, *fields = said.split(", ")
    parts = []
    for each in fields:
        name, _, value = each.partition(" ")
        known = name in ("factor", "of", "document", "level", "clause", "evidence", "value", "gas", "family")
        parts.append(f"{_field(name, lang)} {_named(value, library, lang)}" if known else each)
    return word("list.comma", lang).join((word(f"inventory_tier.{kind}", lang), *parts))


def _named(key: str, library: Library, lang: str) -> str:
    """A key with its name before it; other words as they are."""
    if key in library.documents:
        return f"{getattr(library.documents[key].title, lang)} [{key}]"
    for table in (items(), sectors(), kinds()):
        if key in table:
            return f"{getattr(table[key].name, lang)} ({key})"
    for said in (f"inventory_level.{key}", f"inventory_scope.{key}"):
        if said in catalogue():
            return word(said, lang)
    return key
