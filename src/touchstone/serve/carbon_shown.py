"""How pages of carbon name and round things: items, terms, tonnes."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from urllib.parse import quote

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.inventory.change import Change
from touchstone.calc.carbon.inventory.lines import Missing
from touchstone.calc.carbon.line import Line
from touchstone.calc.carbon.method import Method
from touchstone.facts.conversion import rounded
from touchstone.facts.text import Text
from touchstone.publish.format import quantity
from touchstone.publish.treemap import Area, Treemap, treemap_svg
from touchstone.publish.waterfall import Waterfall, waterfall_svg
from touchstone.publish.words import word
from touchstone.serve.carbon_stock import Carbon

_LARGE = 100_000
_FACTS = 3
"""Values that a row of what is missing opens to."""
_WIDE, _NARROW = (880, 380), (350, 460)


def tonnes(value: Fraction | float, places: int = 0) -> Decimal:
    """Tonnes as they are shown: rounded once, here."""
    return rounded(Fraction(value), places)


def share(part: float, whole: float) -> Decimal | None:
    """A part of a whole in percent; None where the whole is nothing."""
    return rounded(Fraction(part) * 100 / Fraction(whole), 1) if whole else None


def item_name(key: str) -> Text:
    """The name of an item; the key where the vocabulary has none, and "the unit as a whole" for none."""
    if not key:
        return Text(word("carbon.whole_unit", "zh"), word("carbon.whole_unit", "en"))
    return items()[key].name if key in items() else Text(key, key)


def term_name(methods: Mapping[str, Method], method: str, term: str) -> Text:
    """The name of a term of a method; the key where the method is no longer there."""
    own = (
        next((each for each in methods[method].terms if each.key == term), None)
        if method in methods
        else None
    )
    return own.name if own else Text(term, term)


def line_address(line: Line) -> str:
    """Where a line is shown whole."""
    return "/inventory/" + "/".join(
        quote(each, safe="") for each in (line.unit, line.month, line.term, line.item or "-")
    )


def units_of(carbon: Carbon, key: str) -> set[str]:
    """The node itself and everything under it."""
    return {key, *(unit for unit, where in carbon.inventory.where.items() if key in where.values())}


def grouped(missing: Iterable[Missing], methods: Mapping[str, Method]) -> list[dict[str, object]]:
    """What is missing for one reason, once: how often, of which units, from which month to which; the most frequent first.

    `facts` are some of the values concerned, each with its unit and month; `more`, how many others there are.
    """
    found: dict[tuple[str, str, str, str], list[Missing]] = {}
    for each in missing:
        found.setdefault((each.method, each.term, each.item, each.why.en), []).append(each)
    rows: list[dict[str, object]] = []
    for (method, term, item, _), same in sorted(found.items(), key=lambda kept: -len(kept[1])):
        months = sorted(each.month for each in same if each.month)
        facts = {fact: (each.unit, each.month) for each in same for fact in each.facts}
        rows.append({
            "method": method if method in methods else "", "term": term_name(methods, method, term) if term else None,
            "item": item_name(item) if item else None, "why": same[0].why, "count": len(same),
            "units": list(dict.fromkeys(each.unit for each in same)), "first": months[0] if months else "",
            "last": months[-1] if months else "", "facts": [(fact, *of) for fact, of in list(facts.items())[:_FACTS]],
            "more": max(0, len(facts) - _FACTS),
        })  # fmt: skip
    return rows


def treemaps(
    title: str, sizes: Iterable[tuple[str, Fraction, str, str]], lang: str
) -> tuple[str, str] | None:
    """A treemap for the desk and one for the phone; what is not above 0 has no area. None where nothing has.

    Args:
        sizes: name, tonnes, address and kind of each part.
    """
    drawn_of = [each for each in sizes if tonnes(each[1], 3) > 0]
    whole = float(sum(size for _, size, _, _ in drawn_of))
    areas = tuple(
        Area(
            name,
            tonnes(size, 3),
            f"{quantity(tonnes(size), lang)} · {share(float(size), whole)}%",
            address,
            kind,
        )
        for name, size, address, kind in drawn_of
    )
    if not areas:
        return None
    alt = word("carbon.treemap_alt", lang, n=len(areas), name=max(areas, key=lambda area: area.size).name)
    drawn = Treemap(title, areas, alt)
    return treemap_svg(drawn, *_WIDE), treemap_svg(drawn, *_NARROW)


def waterfalls(found: Change, before: str, after: str, lang: str) -> tuple[str, str]:
    """The change between two years for the desk and for the phone; in thousands of tonnes where they are many."""
    large = max(abs(found.before), abs(found.after)) >= _LARGE
    scale = 1000 if large else 1

    def said(value: float) -> Decimal:
        return tonnes(Fraction(value) / scale, 2)

    unit = word("carbon.kilotonnes" if large else "carbon.tonnes", lang)
    drawn = Waterfall(
        word("carbon.waterfall", lang, before=before, after=after, unit=unit), (before, said(found.before)),
        tuple((word(f"carbon.effect_{name}", lang), said(size)) for name, size in found.steps), (after, said(found.after)),
        word("carbon.waterfall_alt", lang, before=before, after=after),
    )  # fmt: skip
    return waterfall_svg(drawn, lang, 640), waterfall_svg(drawn, lang, 350)
