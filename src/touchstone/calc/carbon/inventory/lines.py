"""The lines of a unit: each term of each method in use, month by month, for every item the unit has an entry of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from touchstone.calc.carbon.activity import AMOUNT, Entry
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.reference import items, over
from touchstone.calc.carbon.formula.evaluate import exactly
from touchstone.calc.carbon.inventory.plant import Plant, months
from touchstone.calc.carbon.inventory.values import Lacking, Source, Value
from touchstone.calc.carbon.line import PLACES, Line
from touchstone.calc.carbon.method import Method, Term
from touchstone.calc.carbon.organisation import OWN
from touchstone.errors import Refusal
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Missing:
    """A line that could not be worked out, or an entry that no method counts.

    Attributes:
        term: "" where no term was come to; item: what it is about.
        why: in words; entries: ids of the facts concerned.
    """

    unit: str
    month: str
    method: str
    term: str
    item: str
    why: Text
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """The lines of one unit in order, and what is missing."""

    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]


_DIRECT = "electricity.direct"
UNCOUNTED = ("fuel", "reductant", "carbonate", "oxalate", "electricity", "heat")
"""Kinds of items that emit: an entry of one that no term counts is told."""


def lines_of(
    plant: Plant, entries: Iterable[Entry], library: Library, methods: Mapping[str, Method]
) -> Worked:
    """The lines of one unit.

    Args:
        entries: of this unit, one for a month, item and parameter.
        library: shipped factors and those of the workspace.
        methods: by key.
    """
    by_key = {(each.month, each.item, each.parameter): each for each in entries}
    source = Source(plant, by_key, library)
    there: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for (month, item, _), entry in by_key.items():
        there[month][item].append(entry)
    lines: list[Line] = []
    missing: list[Missing] = []
    for month in months(there):
        counted: set[str] = set()
        first: dict[tuple[str, str, int], Method] = {}
        for method in plant.in_use(month, methods):
            try:
                terms = method.counting(plant.options)
            except Refusal as error:
                why = Text(error.text("zh"), error.text("en"))
                missing.append(Missing(plant.key, month, method.key, "", "", why, ()))
                continue
            for term in terms:
                missing += _needed(plant, month, method, term, there[month])
                for item in _items(term, there[month], plant.takes(month)):
                    counted.add(item)
                    made = _line(source, method, term, item, month)
                    if isinstance(made, Line):
                        by = first.setdefault((item, term.gas, term.scope), method)
                        made = made if by is method else _twice(made, by)
                    if isinstance(made, Line):
                        lines.append(made)
                    elif made:
                        missing.append(made)
        missing += _beside(plant, month, methods)
        missing += _uncounted(plant, month, there[month], counted)
    return Worked(tuple(lines), tuple(missing))


def _items(term: Term, there: Mapping[str, object], takes: bool = False) -> list[str]:
    """The items of a month that a term is worked out for; own electricity that comes from others (`takes`), as by direct line."""

    def counts(item: str) -> bool:
        if item == OWN:
            return takes and _DIRECT in term.over
        return item in over(term.over)

    return [item for item in there if counts(item)]


def _line(source: Source, method: Method, term: Term, item: str, month: str) -> Line | Missing | None:
    """A line, why there is none, or nothing where the unit has nothing that the term asks to be measured."""
    values: list[Value] = []
    lacking: list[Lacking] = []
    for parameter in term.parameters:
        found = source.value(method, term, parameter, item, month)
        (values if isinstance(found, Value) else lacking).append(found)  # type: ignore[arg-type]
    if lacking:
        if all(each.measured for each in lacking) and not any(each.input.fact for each in values):
            return None
        why = Text(
            "；".join(f"{each.parameter.name.zh}：{each.why.zh}" for each in lacking),
            "; ".join(f"{each.parameter.name.en}: {each.why.en}" for each in lacking),
        )
        facts = tuple(each.input.fact for each in values if each.input.fact)
        return Missing(source.plant.key, month, method.key, term.key, item, why, facts)
    try:
        mass = exactly(term.formula, {each.input.parameter: each.exact for each in values})
    except Refusal as error:
        why = Text(error.text("zh"), error.text("en"))
        return Missing(source.plant.key, month, method.key, term.key, item, why, ())
    return Line(
        source.plant.key, month, item, method.key, term.key, term.scope, term.level, term.gas, whole(mass),
        tuple(each.input for each in values),
    )  # fmt: skip


def _needed(
    plant: Plant, month: str, method: Method, term: Term, there: Mapping[str, list[Entry]]
) -> Iterable[Missing]:
    """A source that every maker of a product has, of which nothing is stated that it could be worked out from."""
    made = next((each for each in method.products if _amount(there.get(each, ()))), None)
    if not (term.needed and made) or any(_amount(there.get(item, ())) for item in _items(term, there)):
        return
    item = items()[term.over[0]]
    why = Text(
        f"有{items()[made].name.zh}产量，但没有{item.name.zh}的数量：这一来源没有计入",
        f"{items()[made].name.en} was made and no amount of {item.name.en} is stated: this source is not in the total",
    )
    facts = tuple(each.fact for each in there[made])
    yield Missing(plant.key, month, method.key, term.key, item.key, why, facts)


def _amount(entries: Iterable[Entry]) -> bool:
    return any(each.parameter == AMOUNT and each.value for each in entries)


def _beside(plant: Plant, month: str, methods: Mapping[str, Method]) -> Iterable[Missing]:
    for method, by in plant.beside(month, methods):
        why = Text(
            f"本单元已按{by.name.zh}核算，两种核算不相加；若由它接替，应在方法文件中写明follows",
            f"the unit is accounted for by {by.name.en}, and two accounts are not added up; if it takes that one's place its file says follows",
        )
        yield Missing(plant.key, month, method.key, "", "", why, ())


def _twice(line: Line, by: Method) -> Missing:
    """What two methods of a unit would both count is counted by the first."""
    why = Text(
        f"已按{by.name.zh}计算，不重复计入；本单元的两种方法都计这一项",
        f"counted by {by.name.en} already, and not twice: two methods of the unit count it",
    )
    return Missing(
        line.unit,
        line.month,
        line.method,
        line.term,
        line.item,
        why,
        tuple(x.fact for x in line.inputs if x.fact),
    )


def whole(tonnes: Fraction) -> int:
    """A mass in units of 10**-PLACES t, half a unit up.

    >>> whole(Fraction(1, 3))
    333333333
    """
    return floor(tonnes * 10**PLACES + Fraction(1, 2))


def _uncounted(
    plant: Plant, month: str, there: Mapping[str, list[Entry]], counted: set[str]
) -> Iterable[Missing]:
    for item, entries in there.items():
        known = items().get(item)
        if known and known.kind in UNCOUNTED and item not in counted and (item != OWN or plant.takes(month)):
            why = Text(
                f"本单元所用方法都不计{known.name.zh}", f"no method of the unit counts {known.name.en}"
            )
            yield Missing(plant.key, month, "", "", item, why, tuple(each.fact for each in entries))
