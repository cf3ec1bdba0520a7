"""A method in words: what it is for, its terms with formula and parameters, the values it gives, what is open, how two editions differ."""

from collections.abc import Iterator

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.reference import over
from touchstone.calc.carbon.formula.written import SHARE, worded
from touchstone.calc.carbon.method import Method, Parameter, Term, Tier
from touchstone.publish.carbon.labelled import in_unit, item, numbered
from touchstone.publish.format import quantity
from touchstone.publish.words import word


def method_said(method: Method, library: Library, lang: str) -> Iterator[str]:
    """A method for a reader, line by line; the value of every default and constant with document and clause."""
    document = library.documents[method.document]
    cited = " ".join(filter(None, (getattr(document.title, lang), numbered(document, lang))))
    yield f"{getattr(method.name, lang)}  [{method.key}]"
    rows = (
        ("document", cited), ("boundary", getattr(method.boundary, lang)), ("applies", getattr(method.applies, lang)),
        ("gwp", method.gwp or word("methods.free", lang)),
    )  # fmt: skip
    for key, said in rows:
        yield f"  {word(f'methods.{key}', lang)}  {said}"
    for option in method.options:
        choices = " | ".join(
            f"{getattr(each.name, lang)} ({each.key}{', ' + word('methods.preset', lang) if each.key == option.preset else ''})"
            for each in option.choices
        )
        yield f"  {word('methods.option', lang)}  {getattr(option.name, lang)} ({option.key}): {choices}"
    for term in method.terms:
        yield from _term(method, term, library, lang)
    for each in method.open_points:
        yield f"  {word('methods.open', lang)}  {getattr(each, lang)}"


def _term(method: Method, term: Term, library: Library, lang: str) -> Iterator[str]:
    scope = word(f"inventory_scope.{term.scope}", lang)
    yield f"  {getattr(term.name, lang)} ({term.key})  {term.gas}  {scope}  {term.clause}"
    yield f"    {worded(term.formula, {each.key: each.name for each in term.parameters}, lang)}"
    for parameter in term.parameters:
        tiers = " → ".join(
            word(f"inventory_tier.{kind}", lang)
            for kind in dict.fromkeys(tier.kind for tier in parameter.tiers)
        )
        yield f"      {getattr(parameter.name, lang)} ({parameter.key}{_measured_in(parameter, lang)}): {tiers}"
        every = (
            said for tier in parameter.tiers for said in _values(method, term, parameter, tier, library, lang)
        )
        yield from (f"        {said}" for said in dict.fromkeys(every))


def _measured_in(parameter: Parameter, lang: str) -> str:
    if parameter.unit == SHARE:
        return ""
    return (
        f", {parameter.unit_of(word('methods.of_item', lang))}"
        if "{" in parameter.unit
        else f", {parameter.unit}"
    )


def _values(
    method: Method, term: Term, parameter: Parameter, tier: Tier, library: Library, lang: str
) -> Iterator[str]:
    """What a tier gives: the number of a constant; of a default each factor of its document."""
    if tier.value is not None:
        unit = "" if parameter.unit == SHARE else parameter.unit
        value = in_unit(quantity(tier.value, lang), unit, lang) if unit else quantity(tier.value, lang)
        yield _cited(word("inventory_tier.constant", lang), value, tier.clause or term.clause, lang)
    if tier.kind != "default":
        return
    every = [
        factor
        for key in _items(method, term, tier)
        for factor in library.of(tier.factor, key)
        if factor.document == (tier.document or method.document) and factor.gas in ("", tier.gas or term.gas)
    ]
    for factor in every:
        yield _factor(factor, library, lang, own=factor.document == method.document)
    if not every:
        said = word("methods.resolved", lang, kind=tier.factor)
        yield _cited(word("inventory_tier.default", lang), said, tier.clause, lang)


def _items(method: Method, term: Term, tier: Tier) -> Iterator[str]:
    """What a default may be of: its own item, that of each choice, or every item of the term."""
    choices = {option.key: [choice.key for choice in option.choices] for option in method.options}
    found = next((key for key in choices if f"{{{key}}}" in tier.of), "")
    if found:
        yield from (tier.of.replace(f"{{{found}}}", choice) for choice in choices[found])
    elif tier.of:
        yield tier.of
    else:
        yield from over(term.over)


def _factor(factor: Factor, library: Library, lang: str, *, own: bool) -> str:
    """A value with its place; the document is named where it is not that of the method."""
    value = (
        word("factors.empty", lang)
        if factor.value is None
        else in_unit(quantity(factor.value, lang), factor.unit, lang)
    )
    document = library.document(factor)
    of = "" if own else f"{getattr(document.title, lang)} {numbered(document, lang)}".strip()
    parts = filter(None, (of, factor.clause, word(f"inventory_tag.{factor.tag}", lang)))
    return _cited(item(factor.of, lang), value, f"{word('list.comma', lang).join(parts)} [{factor.id}]", lang)


def _cited(name: str, value: str, where: str, lang: str) -> str:
    return word("methods.value", lang, name=name, value=value, where=where or "–")
