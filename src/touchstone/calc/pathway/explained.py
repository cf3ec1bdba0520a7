"""Where the emissions of a line in a year come from: the arithmetic, term by term, and where each number was stated."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.course import Course
from touchstone.calc.pathway.naming import product_name
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.register import Line
from touchstone.calc.pathway.states import State
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that somebody stated: what it is, its value and unit, and where: file and row, document and clause."""

    name: Text
    value: float
    unit: str
    where: str
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """One state a line is in, in one year: t made, and its emissions as output x (direct + power x factor).

    Attributes:
        output: t; electricity: MWh/t; direct: t CO2e/t; factor: t CO2e/MWh of the mix; emissions: t CO2e.
        stated: the numbers these were made of.
    """

    state: State
    output: float
    electricity: float
    direct: float
    factor: float
    emissions: float
    stated: tuple[Stated, ...]


def explained(found: Pathway, line: Line, year: int) -> tuple[Step, ...]:
    """The emissions of a line of the register in a year of the plan; they add up to those of the accounts."""
    given, case = found.given, found.given.case
    p, y = case.lines.index(line.key), found.years.index(year)
    factor = float(found.accounts.factor[case.supply[p], y])
    supply = _of_power(found, p, y)
    return tuple(
        Step(
            given.states[t],
            float(output),
            float(case.electricity[p, t]),
            float(case.direct[p, t]),
            factor,
            float(output * (case.direct[p, t] + case.electricity[p, t] * factor)),
            (*_of_output(found, line, p, int(t), y), *_of_line(given, line, given.states[t]), *supply),
        )
        for t in np.flatnonzero(found.plan.output[p, :, y] > 0)
        if (output := found.plan.output[p, t, y])
    )


_NAMES = {
    "electricity": Text("单位电耗", "electricity of a tonne"),
    "direct": Text("单位直接排放", "direct emissions of a tonne"),
}
_UNITS = {"electricity": "MWh/t", "direct": "tCO2e/t"}


def _of_output(found: Pathway, line: Line, p: int, t: int, y: int) -> Iterator[Stated]:
    """Why a line makes so many tonnes in a projection: demand, less scrap and what is bought, by its part of what all lines can make.

    An optimum chooses them itself; nobody states them.
    """
    given, case, plan = found.given, found.given.case, found.plan
    k = int(case.product[p])
    name, scenario = product_name(line.product), given.scenario
    if found.kind != "projection":
        yield _stated(
            Text("产量由最低成本方案选定", "output, chosen by the least-cost plan"),
            float(plan.output[p, t, y]),
            "t",
            None,
        )
        return
    demand = scenario.course("demand", line.product)
    yield _stated(Text(f"{name.zh}需求", f"demand for {name.en}"), float(case.demand[k, y]), "t", demand)
    if plan.recycled[k, y] > 0:
        used = scenario.course("recycled", line.product, "use") or scenario.course(
            "recycled", line.product, "limit"
        )
        yield _stated(Text("减：再生供应", "less metal from scrap"), -float(plan.recycled[k, y]), "t", used)
    if plan.outside[k, y] > 0:
        cost = scenario.course("outside", line.product, "cost")
        yield _stated(Text("减：外购", "less metal bought outside"), -float(plan.outside[k, y]), "t", cost)
    able = plan.standing[:, :, y].sum(1) * case.load[:, y]
    stands, load = float(plan.standing[p, t, y]), float(case.load[p, y])
    said = Text(
        f"占各线可产量的份额（{stands:,.0f} t/a × 负荷率{load:.4g}，各线合计{able[case.product == k].sum():,.0f} t）",
        f"part of what all lines can make ({stands:,.0f} t/a at a load of {load:.4g}, of {able[case.product == k].sum():,.0f} t)",
    )
    yield Stated(
        said,
        stands * load / float(able[case.product == k].sum()),
        "1",
        given.register.where(line),
        line.source,
    )


def _of_line(given: Compiled, line: Line, state: State) -> tuple[Stated, ...]:
    """What a tonne takes: of the register where the line states it, else of its process; less what each measure saves."""
    found: list[Stated] = []
    for name, said in _NAMES.items():
        own = getattr(line, name) if state.process.key == line.technology else None
        if own is not None:
            found.append(Stated(said, own, _UNITS[name], given.register.where(line), line.source))
        elif value := state.process.value(name, line.place):
            found.append(
                Stated(
                    said,
                    value.value or 0.0,
                    _UNITS[name],
                    value.where,
                    f"{value.document} {value.clause}".strip(),
                )
            )
        for measure in state.measures:
            if saved := measure.value(f"saving.{name}", line.place):
                less = Text(f"{measure.name.zh}节约", f"saved by {measure.name.en}")
                found.append(
                    Stated(
                        less,
                        -(saved.value or 0.0),
                        _UNITS[name],
                        saved.where,
                        f"{saved.document} {saved.clause}".strip(),
                    )
                )
    return tuple(found)


def _of_power(found: Pathway, p: int, y: int) -> tuple[Stated, ...]:
    """The contracts a supply bought by, each with its part and factor."""
    case, scenario = found.given.case, found.given.scenario
    g = case.supply[p]
    bought = found.plan.power[g, :, y]
    stated: list[Stated] = []
    for c, contract in enumerate(case.contracts):
        if bought[c] > 0:
            name = scenario.contracts[contract]
            place = case.supplies[g][1]
            part = found.plan.power[g, c, y] / bought.sum()
            share = scenario.of_power(contract, "share", place) if found.kind == "projection" and c else None
            stated.append(_stated(Text(f"{name.zh}的份额", f"share of {name.en}"), float(part), "1", share))
            factor = scenario.of_power(contract, "factor", place)
            said = Text(f"{name.zh}的因子", f"factor of {name.en}")
            stated.append(_stated(said, float(case.contract_factor[g, c, y]), "tCO2e/MWh", factor))
    return tuple(stated)


def _stated(name: Text, value: float, unit: str, course: Course | None) -> Stated:
    """A number of a course; what follows from others (the rest that the first contract takes, a share of an optimum) has no place of its own."""
    return Stated(name, value, unit, course.where if course else "", course.source if course else "")
