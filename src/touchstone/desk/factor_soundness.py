"""What an own factor must be before anybody reviews it: of a node that there is, in a unit and of a size that its kind can have."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.factor_file import fits
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.reference import items, kinds
from touchstone.calc.carbon.factors.size import limits
from touchstone.facts.text import Text
from touchstone.facts.unit import convert, same_kind

Wrong = tuple[str, Text, str, Text]
"""Where, the part, what was found, what is expected."""
_ABOVE_ALL = ("surcharge", "uncertainty")
"""Percentages that may be more than the whole."""
NUMBER = Text(
    "0至10的12次方之间的数，小数不超过18位，如44.1；逗号只作千分位、每三位一个，如1,234.5",
    "a number from 0 to 1e12 with at most 18 decimals, as 44.1; a comma only between groups of three digits, as 1,234.5",
)
"""What the number of a factor must be."""
_WRITTEN = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
_LONGEST = 40


def number_of(words: str) -> Decimal | None:
    """A number of a factor as a person writes it; None where it is none, could be two, or is no `NUMBER`.

    >>> number_of("1,234.5"), number_of("44,1"), number_of("1e999999999")
    (Decimal('1234.5'), None, None)
    """
    if len(words) > _LONGEST or not _WRITTEN.fullmatch(words):
        return None
    found = Decimal(words.replace(",", ""))
    return found if fits(found) else None


def unfit(value: Decimal | None, low: Decimal | None, high: Decimal | None) -> Iterator[Wrong]:
    """The numbers of a draft that are no `NUMBER`; to be asked before anything is worked out with them."""
    parts = {"value": Text("数值", "value"), "low": Text("下限", "low"), "high": Text("上限", "high")}
    for (where, part), given in zip(parts.items(), (value, low, high), strict=True):
        if given is not None and not fits(given):
            yield where, part, str(given)[:_LONGEST], NUMBER


def unsound(factor: Factor, node: str, library: Library, nodes: Collection[str]) -> Iterator[Wrong]:
    """Everything that keeps a factor from being proposed for a node.

    Args:
        library: with what the factor supersedes; nodes: keys of the organisation.
    """
    if node not in nodes:
        near = get_close_matches(node, list(nodes), 3, 0.4) or sorted(nodes)[:3]
        yield "node", Text("适用单位", "node"), node, _one_of("组织节点的键", "the key of a node", near)
    if factor.kind == "emission" and not factor.gas:
        yield "gas", Text("气体", "gas"), "", Text("所排放的气体，如CO2", "the gas of the emission, as CO2")
    if factor.supersedes and factor.supersedes not in library:
        expected = Text("因子库中的编号", "the id of a factor of the library")
        yield "supersedes", Text("取代", "supersedes"), factor.supersedes, expected
    if expected_units := _other_units(factor, library):
        yield "unit", Text("单位", "unit"), factor.unit, _one_of("可换算为", "convertible to", expected_units)
    else:
        yield from _sized(factor, library)


def _other_units(factor: Factor, library: Library) -> list[str]:
    """The units asked for, where that of the factor cannot be brought to one; a calorific value is per what the fuel is counted in."""
    if factor.kind == "ncv":
        asked = [f"GJ/{items()[factor.of].unit}"]
    else:
        there = (each for each in library.of(factor.kind, factor.of) if each.tag != "user")
        asked = list(dict.fromkeys(each.unit for each in there if each.value is not None))
    return [] if not asked or any(same_kind(factor.unit, each) for each in asked) else asked


def _sized(factor: Factor, library: Library) -> Iterator[Wrong]:
    assert factor.value is not None
    found = f"{factor.value} {factor.unit}"
    if within := limits(library, factor.kind, factor.of, factor.unit):
        low, high = within
        if not low <= Fraction(factor.value) <= high:
            between = f"{float(low):.6g} – {float(high):.6g} {factor.unit}"
            expected = Text(
                f"{between}（因子库各值的五分之一至五倍）",
                f"{between}, from a fifth of the library's values to five times them",
            )
            yield "value", Text("数值", "value"), found, expected
    share = kinds()[factor.kind].units == ("%",) and factor.kind not in _ABOVE_ALL
    if share and convert(factor.value, factor.unit, "%") > 100:
        yield "value", Text("数值", "value"), found, Text("不超过100%", "at most 100 %")


def _one_of(zh: str, en: str, some: Collection[str]) -> Text:
    return Text(f"{zh}：{'、'.join(some)}", f"{en}: {', '.join(some)}")
