"""What the plant register says of lines, as league tables, park accounts and plans of replacement read it.

Nothing is estimated: a line that does not state what is needed is there without a value, with the reason.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.pathway.register import Line as Production
from touchstone.calc.pathway.register import Register
from touchstone.calc.target.league import Entry
from touchstone.calc.target.park import Line
from touchstone.calc.target.park_figures import LineFigures
from touchstone.calc.target.replacement import Project, Quota, Use
from touchstone.facts.text import Text

RECYCLED = ("aluminium.secondary",)
"""Products that are made of scrap."""


def quotas(register: Register) -> tuple[Quota, ...]:
    """The lines as quotas: retired at the end of the last year they stand; without such a year they are not retired."""
    return tuple(
        Quota(
            each.key,
            each.product,
            exact(each.capacity),
            None if each.until is None else date(each.until, 12, 31),
        )
        for each in register.lines
    )


def projects(
    register: Register, ratios: Mapping[str, Fraction] | None = None, areas: Mapping[str, str] | None = None
) -> tuple[tuple[Project, ...], tuple[UnusablePathway, ...]]:  # fmt: skip
    """The lines that were or are to be built by replacing others, and why some cannot be judged.

    Args:
        ratios: that the planner states, by line; areas: of `replacement.AREAS`, by ISO code of the place; "any" where it is not there.

    Returns:
        Projects that start with the year of their line; TARGET-002 for lines that state none.
    """
    found: list[Project] = []
    refused: list[UnusablePathway] = []
    for each in register.lines:
        if not each.quota:
            continue
        if each.since is None:
            refused.append(refusal("TARGET-002", register.where(each), field="since"))
            continue
        uses = tuple(Use(line, exact(size)) for line, size in each.quota)
        area, ratio = (areas or {}).get(each.place, "any"), (ratios or {}).get(each.key)
        start, where = date(each.since, 1, 1), register.where(each)
        found.append(
            Project(
                each.key, each.product, exact(each.capacity), start, uses, area, False, ratio, where=where
            )
        )
    return tuple(found), tuple(refused)


def entries(
    lines: Iterable[Production], product: str, indicator: str, power: Fraction | None = None
) -> tuple[Entry, ...]:
    """The lines of a product for a league table; planned lines are left out.

    Args:
        indicator: "ac-electricity" (MWh/t) or "comprehensive-energy" (tce/t), of which `power` is tce for a MWh.
    """
    own = [each for each in lines if each.product == product and each.status != "planned"]
    return tuple(_entry(each, indicator, power) for each in own)


def _entry(line: Production, indicator: str, power: Fraction | None) -> Entry:
    unit = "MWh/t" if indicator == "ac-electricity" else "tce/t"
    value = _specific(line, indicator, power)
    why = (
        None
        if value is not None
        else Text(
            "登记表没有写明所需的电耗或能耗（electricity、energy两列）；技术目录的取值不参加排名",
            "the register does not state the electricity or energy that is needed (columns electricity, energy); values of the catalogue are not ranked",
        )
    )
    return Entry(
        line.key, line.name, value, unit, exact(line.capacity), (line.source,) if line.source else (), why
    )


def _specific(line: Production, indicator: str, power: Fraction | None) -> Fraction | None:
    if line.electricity is None:
        return None
    if indicator == "ac-electricity":
        return exact(line.electricity)
    if indicator != "comprehensive-energy" or line.energy is None or power is None:
        return None
    return exact(line.energy) + exact(line.electricity) * power


def park_lines(
    lines: Iterable[Production], power: Fraction, factor: Fraction | None = None, stated: Mapping[str, LineFigures] | None = None
) -> tuple[Line, ...]:  # fmt: skip
    """The lines that stand in a park and state their output, for `park.parks`.

    Args:
        power: tce for a MWh; factor: t CO2e for a MWh, None where it is not known: then emissions are not stated.
        stated: figures besides the register, by line; they go before what follows from it.
    """
    own = [each for each in lines if each.park and each.output is not None and each.status != "planned"]
    more = {key: each.figures for key, each in (stated or {}).items()}
    return tuple(
        Line(each.key, each.park, _figures(each, power, factor) | dict(more.get(each.key, {})), {}) for each in own
    )  # fmt: skip


def _figures(line: Production, power: Fraction, factor: Fraction | None) -> dict[str, Fraction]:
    assert line.output is not None
    output = exact(line.output)
    found = {"output": output, "recycled": output if line.product in RECYCLED else Fraction(0)}
    if line.electricity is not None:
        found["power"] = output * exact(line.electricity)
        if line.energy is not None:
            found["energy"] = output * exact(line.energy) + found["power"] * power
        if line.direct is not None and factor is not None:
            found["emissions"] = output * exact(line.direct) + found["power"] * factor
    return found


def exact(value: float) -> Fraction:
    """A number of the register as it was written."""
    return Fraction(repr(float(value)))
