"""Results of a pathway by year for its report, each with how it is worked out and from which assumptions."""

from collections.abc import Iterator, Sequence

import numpy as np

from touchstone.calc.pathway.case import Bools, Floats
from touchstone.calc.pathway.pathway import Pathway
from touchstone.facts.text import Text
from touchstone.publish.pathway.basis import Assumption, How, refs
from touchstone.publish.pathway.paper import Compared, Result
from touchstone.publish.pathway.priced import costs_of
from touchstone.publish.pathway.shown import milestones, product_name
from touchstone.publish.pathway.target import both

CARBON = Text("t CO₂e", "t CO₂e")
YUAN = Text("亿元", "100 million yuan")
_TONNES = Text("t", "t")
_MADE = (
    "register", "demand", "load", "recycled.limit", "recycled.use", "retire", "adopt", "technology.spread", "technology.ramp",
    "technology.first_year", "technology.last_year",
)  # fmt: skip
_MIX = ("power.share", "power.limit")
_USED = ("technology.electricity", "technology.saving.electricity")
_BURNT = ("technology.direct", "technology.saving.direct")
FROM: dict[str, tuple[str, ...]] = {
    "emissions": (*_MADE, *_MIX, *_USED, *_BURNT, "power.factor", "recycled.emissions"),
    "direct": (*_MADE, *_BURNT),
    "power": (*_MADE, *_MIX, *_USED, "power.factor"),
    "scrap": ("demand", "recycled.limit", "recycled.use", "recycled.emissions"),
    "intensity": (*_MADE, *_MIX, *_USED, *_BURNT, "power.factor", "recycled.emissions"),
    "output": ("register", "demand", "load", "recycled.limit", "recycled.use", "retire"),
    "recycled": ("demand", "recycled.limit", "recycled.use"),
    "outside": ("register", "demand", "load", "recycled.limit", "recycled.use", "retire"),
    "bought": (*_MADE, *_MIX, *_USED),
    "renewable": (*_MIX, "power.renewable"),
    "capacity": ("register", "retire"),
    "benchmark": ("register", "retire", "adopt", "level", *_USED, "technology.energy", "technology.saving.energy"),
    "cost": (
        *_MADE, *_MIX, *_USED, "discount", "power.price", "carbon", "recycled.cost", "outside", "technology.running", "technology.investment",
        "technology.lifetime",
    ),
    "cost_investment": ("discount", "adopt", "technology.investment", "technology.lifetime"),
    "cost_running": ("technology.running", *_MADE),
    "cost_power": (*_MIX, *_USED, "power.price"),
    "cost_carbon": ("carbon", *_BURNT, *_USED, "power.factor"),
    "cost_recycled": ("recycled.limit", "recycled.use", "recycled.cost"),
    "cost_outside": ("demand", "outside"),
}  # fmt: skip
"""Kinds of assumptions that a kind of result is worked out from."""
_SCOPES = {"direct": "direct", "power": "power", "recycled": "scrap"}


def results(found: Pathway) -> Iterator[Result]:
    """What comes of a pathway, by year."""
    yield from _emitted(found)
    yield from _supplied(found)
    yield from _powered(found)
    yield from _spent(found)


def hows(rows: Sequence[Assumption], every: Sequence[Result]) -> tuple[How, ...]:
    """How each result is worked out."""
    return tuple(
        How(each.name, both(f"pathway_how.{kind}"), refs(rows, *FROM[kind], about=about), each.key)
        for each in every
        for kind, _, about in (each.key.partition("."),)
    )


def compared(every: Sequence[Pathway]) -> Iterator[Compared]:
    """What each scenario comes to in the end and altogether, side by side."""
    years = sorted(set.intersection(*(set(each.years) for each in every)))
    for year in {y: None for y in (2030, *years[-1:]) if y in years}:
        values = [float(each.accounts.emissions[each.years.index(year)]) for each in every]
        yield Compared(both("pathway_reported.emitted", year=year), CARBON, values, "emissions")
    heights = [each.peak.height for each in every]
    yield Compared(both("pathway_reported.height"), CARBON, heights, "emissions")
    sums = [float(each.accounts.emissions @ each.given.case.weight) for each in every]
    yield Compared(both("pathway_reported.cumulative"), CARBON, sums, "emissions")
    spent = [costs_of(each) for each in every]
    yield Compared(both("pathway_reported.sum"), YUAN, [sum(each.values()) / 1e8 for each in spent], "cost")
    for kind in spent[0]:
        name = both("pathway_reported.part", name=both(f"plans.cost_{kind}"))
        if any(each[kind] for each in spent):
            yield Compared(name, YUAN, [each[kind] / 1e8 for each in spent], "cost")


def benchmarked(found: Pathway, lines: Bools) -> tuple[Floats, Floats]:
    """(Y,) t/a of some lines (P,) at benchmark level, and of those whose product has such a level: nobody can say of the others whether they are."""
    case = found.given.case
    judged = np.array([case.products[k] in found.given.levels for k in case.product], dtype=bool) & lines
    stands = found.plan.standing[judged]
    return np.einsum("pty,pt->y", stands, case.benchmark[judged].astype(float)), stands.sum((0, 1))


def _emitted(found: Pathway) -> Iterator[Result]:
    made = found.accounts
    yield _result(found, "emissions", both("pathway_shown.emissions"), CARBON, made.emissions)
    for scope, values in found.emissions_by("scope").items():
        name = both("pathway_reported.part", name=both(f"pathway_shown.scope_{scope}"))
        yield _result(found, _SCOPES[scope], name, CARBON, values)
    supply = made.output.sum(0) + found.plan.recycled.sum(0)
    unit = Text("t CO₂e/t", "t CO₂e/t")
    yield _result(
        found, "intensity", both("pathway_reported.intensity"), unit, _ratio(made.emissions, supply)
    )


def _supplied(found: Pathway) -> Iterator[Result]:
    plan, output = found.plan, found.output()
    for k, product in enumerate(found.given.case.products):
        name = product_name(product)
        yield _result(
            found, f"output.{product}", both("pathway_reported.output", product=name), _TONNES, output[k]
        )
        for what, values in (("recycled", plan.recycled[k]), ("outside", plan.outside[k])):
            if values.any():
                yield _result(
                    found,
                    f"{what}.{product}",
                    both(f"pathway_reported.{what}", product=name),
                    _TONNES,
                    values,
                )


def _powered(found: Pathway) -> Iterator[Result]:
    case, made, plan = found.given.case, found.accounts, found.plan
    gigawatts, percent = Text("GWh", "GWh"), Text("%", "%")
    for c, contract in enumerate(case.contracts):
        name = both("pathway_reported.bought", contract=found.given.scenario.contracts[contract])
        yield _result(found, f"bought.{contract}", name, gigawatts, plan.power[:, c].sum(0) / 1e3)
    green = _ratio((made.power * made.renewable[case.supply]).sum(0), made.power.sum(0))
    yield _result(found, "renewable", both("pathway_reported.renewable"), percent, 100 * green)
    stands = plan.standing.sum((0, 1))
    yield _result(found, "capacity", both("pathway_reported.capacity"), Text("吨/年", "t/a"), stands)
    best, judged = benchmarked(found, np.ones(len(case.lines), dtype=bool))
    yield _result(found, "benchmark", both("pathway_reported.benchmark"), percent, 100 * _ratio(best, judged))


def _spent(found: Pathway) -> Iterator[Result]:
    made = found.accounts
    yield _result(found, "cost", both("pathway_reported.yearly"), YUAN, made.cost / 1e8)
    for kind, values in made.costs.items():
        if values.any():
            name = both("pathway_reported.part", name=both(f"plans.cost_{kind}"))
            yield _result(found, f"cost_{kind}", name, YUAN, values / 1e8)


def _result(found: Pathway, key: str, name: Text, unit: Text, values: Floats) -> Result:
    chosen = (float(values[y]) for y in milestones(found.years))
    return Result(name, unit, tuple(value if np.isfinite(value) else None for value in chosen), key)


def _ratio(top: Floats, under: Floats) -> Floats:
    return np.divide(top, under, out=np.full_like(top, np.nan), where=under > 0)
