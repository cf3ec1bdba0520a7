"""What is different between two editions of a method, in words: first what changes numbers, then what is only worded otherwise."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from touchstone.calc.carbon.factor import CitedDocument
from touchstone.calc.carbon.factors.reference import families, items, kinds, levels, sectors
from touchstone.calc.carbon.formula.written import worded
from touchstone.calc.carbon.method import Method, Option, Parameter, Term, Tier
from touchstone.calc.carbon.methods.difference import Change, difference
from touchstone.facts.text import Text
from touchstone.facts.unit import format_unit
from touchstone.publish.format import gas, quantity
from touchstone.publish.words import catalogue, word
from touchstone.serve.carbon_shown import item_name

GROUPS = ("numbers", "open", "wording")
"""What changes a result; points that opened or were settled; and names, clauses and documents, which change none."""
_WORDING = ("name", "clause", "document", "boundary", "applies", "valid_from", "valid_to")
_TIERS = ("tier-added", "tier-removed")
Documents = Mapping[str, CitedDocument]


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words, once for all the terms that it is the same for.

    Attributes:
        group: of `GROUPS`; kind: as of a `Change`, "tiers" where values come from elsewhere.
        where: names of the terms or options, empty for the method as a whole; what: the field or parameter.
    """

    group: str
    kind: str
    where: tuple[str, ...]
    what: str
    before: str
    after: str


def in_order(a: Method, b: Method) -> tuple[Method, Method]:
    """Two editions, the earlier first; as they were asked for where neither is."""
    first, second = (each.valid_from or date.min for each in (a, b))
    return (b, a) if second < first else (a, b)


def told_changes(a: Method, b: Method, documents: Documents, lang: str) -> list[Told]:
    """The changes from edition `a` to `b`, what changes numbers first; the same change of several terms is one."""
    words = _Words(a, b, documents, lang)
    found: dict[tuple[str, ...], Told] = {}
    for each in words.each(difference(a, b)):
        key = (each.group, each.kind, each.what, each.before, each.after)
        there = found.get(key)
        found[key] = replace(there, where=(*there.where, *each.where)) if there else each
    return sorted(found.values(), key=lambda each: GROUPS.index(each.group))


@dataclass(frozen=True, slots=True)
class _Words:
    """How the parts of two editions are named in one language."""

    a: Method
    b: Method
    documents: Documents
    lang: str

    def each(self, changes: Iterable[Change]) -> Iterator[Told]:
        """Every change in words; the ways to one parameter's value are told once, whatever was added or removed."""
        seen = set[tuple[str, str]]()
        for each in changes:
            tiers = each.kind in _TIERS or each.what.endswith(".tiers")
            if tiers and (each.where, key := each.what.removesuffix(".tiers")) not in seen:
                seen.add((each.where, key))
                yield self._tiers(each.where, key)
            elif not tiers:
                yield self._one(each)

    def _one(self, each: Change) -> Told:
        sides = (self.a, self.b)
        if each.kind.startswith("option"):
            before, after = (self._choices(_keyed(side.options, each.where)) for side in sides)
            return Told("numbers", each.kind, self._named("options", each.where), "", before, after)
        if each.kind in ("term-added", "term-removed", "formula-changed"):
            before, after = (self._formula(_keyed(side.terms, each.where)) for side in sides)
            return Told("numbers", each.kind, self._named("terms", each.where), "", before, after)
        if each.kind.startswith("parameter"):
            return self._parameter(each)
        if each.kind.startswith("open"):
            return Told("open", each.kind, (), "", self._said(each.before), self._said(each.after))
        of = [_keyed(side.terms, each.where) if each.where else side for side in sides]
        before, after = (self._field(each.what, getattr(owner, each.what)) for owner in of)
        group = "wording" if each.what in _WORDING else "numbers"
        return Told(
            group,
            each.kind,
            self._named("terms", each.where),
            word(f"change.{each.what}", self.lang),
            before,
            after,
        )

    def _parameter(self, each: Change) -> Told:
        key, _, field = each.what.partition(".")
        own = [_parameter_of(_keyed(side.terms, each.where), key) for side in (self.a, self.b)]
        name = self._said(next(part.name for part in reversed(own) if part))
        if field == "name":
            before, after = (self._said(part.name) if part else "" for part in own)
            return Told("wording", each.kind, self._named("terms", each.where), name, before, after)
        before, after = (self._unit(part.unit) if part else "" for part in own)
        return Told("numbers", each.kind, self._named("terms", each.where), name, before, after)

    def _tiers(self, where: str, key: str) -> Told:
        old, new = (_parameter_of(_keyed(side.terms, where), key) for side in (self.a, self.b))
        assert old and new
        bare = [[replace(tier, clause="", evidence=None) for tier in each.tiers] for each in (old, new)]
        before, after = (
            " → ".join(self._tier(tier, side) for tier in each.tiers)
            for each, side in ((old, self.a), (new, self.b))
        )
        group = "wording" if bare[0] == bare[1] else "numbers"
        return Told(group, "tiers", self._named("terms", where), self._said(new.name), before, after)

    def _tier(self, tier: Tier, method: Method) -> str:
        said = [word(f"carbon.tier_{tier.kind}", self.lang)]
        if tier.value is not None:
            said.append(quantity(tier.value, self.lang))
        if tier.of and "{" not in tier.of:
            said.append(self._said(item_name(tier.of)))
        if tier.factor in kinds():
            said.append(self._said(kinds()[tier.factor].name))
        if tier.family in families():
            said.append(self._said(families()[tier.family].name))
        if tier.level in levels():
            said.append(self._said(levels()[tier.level].name))
        document = tier.document or (method.document if tier.kind == "default" and not tier.family else "")
        if document in self.documents:
            said.append(self._said(self.documents[document].title))
        if tier.clause:
            said.append(tier.clause)
        return " ".join(said)

    def _field(self, name: str, value: Any) -> str:
        """A field of a method or term; nothing said is "not stated"."""
        if value in (None, "", ()):
            return word("change.nothing", self.lang)
        known: dict[str, Callable[[Any], str]] = {
            "document": lambda key: self._said(self.documents[key].title) if key in self.documents else key,
            "products": lambda keys: self._list(item_name(key) for key in keys),
            "sectors": lambda keys: self._list(
                sectors()[key].name if key in sectors() else Text(key, key) for key in keys
            ),
            "over": lambda keys: self._list(over_name(key) for key in keys),
            "scope": lambda n: word("carbon.scope", self.lang, n=n),
            "gas": gas,
            "unit": self._unit,
            "level": lambda key: word(f"carbon.level_{key}", self.lang),
            "when": self._when,
        }
        if name in known:
            return known[name](value)
        return self._said(value) if isinstance(value, Text) else str(value)

    def _when(self, value: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
        options = {each.key: each for side in (self.a, self.b) for each in side.options}
        names = {(option.key, each.key): each.name for option in options.values() for each in option.choices}
        said = [
            self._said(options[key].name) + word("list.colon", self.lang)
            + self._list(names.get((key, choice), Text(choice, choice)) for choice in choices)
            for key, choices in value
        ]  # fmt: skip
        return word("list.clause", self.lang).join(said)

    def _choices(self, option: Option | None) -> str:
        if option is None:
            return ""
        preset = word("carbon.preset", self.lang)
        named = [
            self._said(each.name) + (f" [{preset}]" if each.key == option.preset else "")
            for each in option.choices
        ]
        return word("list.clause", self.lang).join(named)

    def _formula(self, term: Term | None) -> str:
        return (
            worded(term.formula, {each.key: each.name for each in term.parameters}, self.lang) if term else ""
        )

    def _named(self, what: str, key: str) -> tuple[str, ...]:
        found = next((own for side in (self.b, self.a) if (own := _keyed(getattr(side, what), key))), None)
        return (self._said(found.name),) if found else ()

    def _unit(self, code: str) -> str:
        return (
            word("change.share", self.lang)
            if code == "times"
            else code
            if "{" in code
            else format_unit(code, self.lang)
        )

    def _list(self, texts: Iterable[Text]) -> str:
        return word("list.comma", self.lang).join(map(self._said, texts))

    def _said(self, text: Text) -> str:
        return str(getattr(text, self.lang))


def over_name(key: str) -> Text:
    """What a term is summed over, by name: an item, or a kind of items."""
    if key in items():
        return item_name(key)
    name = f"carbon.over_{key}"
    return Text(word(name, "zh"), word(name, "en")) if name in catalogue() else Text(key, key)


def _keyed(every: Iterable[Any], key: str) -> Any:
    return next((each for each in every if each.key == key), None)


def _parameter_of(term: Term | None, key: str) -> Parameter | None:
    found: Parameter | None = _keyed(term.parameters, key) if term else None
    return found
