"""The factor library: found by words and by what factors are of, and one factor whole."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from touchstone.calc.carbon.factor import TAGS, Factor
from touchstone.calc.carbon.factors.library import place_names
from touchstone.calc.carbon.factors.reference import families, kinds
from touchstone.calc.carbon.factors.refusal import NoFactor
from touchstone.desk.factor_proposals import BASES
from touchstone.errors import UnknownSeries, UnusableDeclaration
from touchstone.facts.text import Text
from touchstone.publish.carbon.labelled import edition
from touchstone.serve.carbon_shown import item_name
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_LEAF = 25
_FILTERS = ("kind", "document", "region", "tag")


def factors_page(shelf: Shelf, query: Mapping[str, str], leaf: int) -> Page:
    """The factors that fit the words and filters of the address; all of them where it names none."""
    library = shelf.stock.carbon().library
    words = query.get("q", "")[:200]
    wanted = {name: query.get(name, "") for name in _FILTERS}
    there = library.browse(wanted["kind"], "", wanted["document"], wanted["region"], "", wanted["tag"])
    chosen = [each for each in library.search(words) if each in there] if words.strip() else list(there)
    last = max(0, (len(chosen) - 1) // _LEAF)
    leaf = min(leaf, last)
    shown = {
        "q": words,
        "wanted": wanted,
        "factors": chosen[leaf * _LEAF : (leaf + 1) * _LEAF],
        "count": len(chosen),
        "whole": len(library.factors),
        "documents": library.documents,
        "choices": {name: _choices(library.factors, name) for name in _FILTERS},
        "waiting": sum(each.state == "proposed" for each in shelf.workspace.factor_proposals().proposals()),
        "leaf": leaf,
        "leaves": last + 1,
        "address": lambda n: "/factors?" + urlencode({"q": words, **wanted, "leaf": n}),
        **_names(shelf),
    }
    return Page(
        "factors.html",
        shown,
        lambda: [_row(each) for each in chosen],
        lambda: [_row(each) for each in chosen],
    )


def factor_page(shelf: Shelf, id: str) -> Page:
    """One factor: value, document, clause, validity, standing, and the others of its kind. Raises UnknownSeries: there is none."""
    library = shelf.stock.carbon().library
    try:
        own = library.get(id)
    except NoFactor as problem:
        raise UnknownSeries(str(problem)) from None
    shown = {
        "own": own,
        "document": library.document(own),
        "newer": library.superseding(id),
        "older": library.get(own.supersedes) if own.supersedes in library else None,
        "others": [each for each in library.of(own.kind, own.of) if each is not own],
        "documents": library.documents,
        "bases": BASES,
        "edition": edition,
        **_names(shelf),
    }
    return Page("factor.html", shown, _row(own), [_row(own)])


def place_of(shelf: Shelf, region: str) -> Text:
    """The name of a place, of a grid, or of the node that an own factor is for."""
    if not region.startswith("org."):
        return Text(*place_names(region))
    key = region.removeprefix("org.")
    try:
        node = shelf.stock.carbon().organisation.nodes.get(key)
    except UnusableDeclaration:
        node = None
    return Text(f"{node.name.zh}（{key}）", f"{node.name.en} ({key})") if node else Text(key, key)


def _names(shelf: Shelf) -> dict[str, Any]:
    return {
        "item": item_name,
        "kinds": kinds(),
        "families": families(),
        "place": lambda region: place_of(shelf, region),
    }


def _choices(factors: tuple[Factor, ...], name: str) -> list[tuple[str, int]]:
    """What there is to choose from, with how many factors are of it; the standing in its own order, the rest as in the files."""
    counts = Counter(getattr(each, name) for each in factors if getattr(each, name))
    order = TAGS if name == "tag" else sorted(counts) if name == "region" else counts
    return [(key, counts[key]) for key in order if counts[key]]


def _row(factor: Factor) -> dict[str, Any]:
    note = factor.note or Text("", "")
    plain = {name: getattr(factor, name) for name in factor.__slots__ if name != "note"}
    return {**plain, "note_zh": note.zh, "note_en": note.en}
