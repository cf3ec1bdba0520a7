"""What a scenario says against the register and the catalogue, in the planner's words."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

import numpy as np

from touchstone.calc.pathway.case import Floats
from touchstone.calc.pathway.line_arrays import Technical
from touchstone.calc.pathway.naming import keyed, product_name
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.pathway.register import Register
from touchstone.calc.pathway.scenario import Adoption, Chosen, Level, Scenario
from touchstone.calc.pathway.selection import chosen_lines
from touchstone.calc.pathway.states import State
from touchstone.calc.pathway.supply_arrays import Supplied
from touchstone.calc.pathway.supply_checks import demand, shares
from touchstone.calc.pathway.technology import Catalogue, Technology, Value
from touchstone.facts.text import Text

_LINE = Text("线", "line")
_TECHNOLOGY = Text("技术", "technology")


def checked(
    register: Register, catalogue: Catalogue, scenario: Scenario, every: tuple[State, ...], made: Technical, given: Supplied,
    making: tuple[Floats, tuple[str, ...]], levels: Mapping[str, Level],
) -> Iterator[UnusablePathway]:  # fmt: skip
    """Everything that does not fit; nothing where all does.

    Args:
        making: (P, Y) t that each line can make at most, and the products of the case.
        levels: benchmark level by product.
    """
    yield from _stated(register, catalogue, scenario, making[1])
    yield from _first_offered(register, scenario)
    yield from _idle_words(scenario, making[1])
    yield from _registered(register, catalogue, int(scenario.span()[0]))
    yield from _retirements(register, scenario)
    for each in scenario.adoptions:
        yield from _adoption(register, catalogue, each, every, made)
    yield from _aims(register, catalogue, scenario, levels)
    yield from _energies(register, scenario, made, levels)
    yield from shares(scenario, given)
    yield from demand(register, scenario, given, *making)


def _stated(
    register: Register, catalogue: Catalogue, scenario: Scenario, products: tuple[str, ...]
) -> Iterator[UnusablePathway]:
    """What every scenario must say, itself or by its base."""
    if not scenario.contracts:
        yield refusal(
            "SCENARIO-013",
            scenario.where("power"),
            what=Text("供电", "power"),
            expected=Text("至少[power.grid]及其factor、price", "at least [power.grid] with factor and price"),
        )
    for product in products:
        if scenario.course("demand", product) is None:
            name = keyed(product_name(product), product)
            yield refusal(
                "SCENARIO-013",
                scenario.where("demand"),
                what=Text(f"{name.zh}的需求", f"demand for {name.en}"),
                expected=Text(f'[demand."{product}"]', f'[demand."{product}"]'),
            )
    for contract in scenario.contracts:
        for field in ("price", "factor"):
            if not any(path[:3] == ("power", contract, field) for path in scenario.courses):
                what = Text(f"“{contract}”的{field}", f"{field} of {contract}")
                yield refusal(
                    "SCENARIO-013",
                    scenario.where(f"power.{contract}"),
                    what=what,
                    expected=Text(f"[power.{contract}]的{field}", f"{field} in [power.{contract}]"),
                )


def _first_offered(register: Register, scenario: Scenario) -> Iterator[UnusablePathway]:
    """The first contract delivers what the others do not, so it must be there wherever a line is: what nobody sells would cost and emit nothing."""
    first = next(iter(scenario.contracts), "")
    for field in ("price", "factor"):
        if not any(path[:3] == ("power", first, field) for path in scenario.courses):
            continue
        for place in dict.fromkeys(line.place for line in register.lines):
            if scenario.of_power(first, field, place) is None:
                what = Text(f"“{first}”在{place}的{field}", f"{field} of {first} in {place}")
                table = f"[power.{first}.places.{place}]"
                yield refusal(
                    "SCENARIO-013",
                    scenario.where(f"power.{first}"),
                    what=what,
                    expected=Text(
                        f"{table}的{field}：其余电力都由它供应",
                        f"{field} in {table}: it delivers all the rest",
                    ),
                )


def _idle_words(scenario: Scenario, products: tuple[str, ...]) -> Iterator[UnusablePathway]:
    """What is stated and would have no effect."""
    first = next(iter(scenario.contracts), "")
    for path, course in scenario.courses.items():
        if path[:2] == ("power", first) and path[2] in ("limit", "share"):
            yield refusal("SCENARIO-017", course.where, contract=first, field=path[2])
        product = (
            path[2]
            if path[:2] == ("carbon", "free")
            else path[1]
            if path[0] in ("demand", "recycled", "outside", "load")
            else ""
        )
        if product and product not in products:
            yield refusal(
                "SCENARIO-018", course.where, product=product, known=", ".join(products), what=path[0]
            )


def _energies(
    register: Register, scenario: Scenario, made: Technical, levels: Mapping[str, Level]
) -> Iterator[UnusablePathway]:
    """A rule about energy, or a benchmark level by it, is about lines whose energy is known."""
    for aim in scenario.aims:
        for p in np.flatnonzero(chosen_lines(register, aim.chosen)):
            line = register.lines[p]
            by_level = (
                aim.indicator == "benchmark.share"
                and line.product in levels
                and levels[line.product].of == "energy"
            )
            if (aim.indicator in ("energy", "energy.intensity") or by_level) and not made.energy_known[p]:
                yield refusal("SCENARIO-019", aim.where, rule=aim.key, line=line.key)


def _registered(register: Register, catalogue: Catalogue, begins: int) -> Iterator[UnusablePathway]:
    """Processes of lines: known, and there when a line begins. What stands before the plan begins is a fact, whatever the catalogue says."""
    for line in register.lines:
        process = catalogue.get(line.technology)
        if process is None or process.kind != "process" or process.product != line.product:
            near = [
                each.key
                for each in catalogue.values()
                if each.kind == "process" and each.product == line.product
            ]
            what = _TECHNOLOGY if process is None else _of_product(line.product, process)
            yield _unknown(register.where(line), what, line.technology, near)
            continue
        first = process.value("first_year", line.place)
        decided = line.status == "planned" or (line.since or 0) > begins
        if decided and line.since and first and first.value and line.since < first.value:
            yield _too_early(register.where(line), process, line.since, first)


def _retirements(register: Register, scenario: Scenario) -> Iterator[UnusablePathway]:
    for each in scenario.retirements:
        line = register.of(each.line)
        if line is None:
            yield _unknown(each.where, _LINE, each.line, [other.key for other in register.lines])
        elif line.until is not None and line.until != each.year:
            yield refusal(
                "SCENARIO-006",
                each.where,
                line=each.line,
                year=each.year,
                before=register.where(line),
                earlier=line.until,
            )
        elif line.since is not None and each.year < line.since:
            yield refusal(
                "SCENARIO-020",
                each.where,
                line=each.line,
                year=each.year,
                since=line.since,
                at=register.where(line),
            )


def _adoption(
    register: Register, catalogue: Catalogue, each: Adoption, every: tuple[State, ...], made: Technical
) -> Iterator[UnusablePathway]:
    technology = catalogue.get(each.technology)
    if technology is None:
        yield _unknown(each.where, _TECHNOLOGY, each.technology, list(catalogue))
        return
    first = technology.value("first_year")
    if first and first.value and each.since < first.value:
        yield _too_early(each.where, technology, each.since, first)
    yield from _names(register, each.chosen, each.where)
    lines = chosen_lines(register, each.chosen)
    if not lines.any():
        yield refusal("SCENARIO-010", each.where, rule=each.technology)
        return
    having = np.array([technology in (state.process, *state.measures) for state in every], dtype=bool)
    own = np.array([line.product == technology.product for line in register.lines], dtype=bool)
    if not (lines & own).any() or np.isnan(made.values["electricity"][lines & own][:, having]).all():
        products = {register.lines[p].product for p in np.flatnonzero(lines)}
        known = [
            other.key
            for other in catalogue.values()
            if other.product in products and other.key != each.technology
        ]
        name = keyed(technology.name, technology.key)
        yield refusal("SCENARIO-011", each.where, technology=name, known=", ".join(known[:8]))


def _aims(
    register: Register, catalogue: Catalogue, scenario: Scenario, levels: Mapping[str, Level]
) -> Iterator[UnusablePathway]:
    for aim in scenario.aims:
        yield from _names(register, aim.chosen, aim.where)
        lines = chosen_lines(register, aim.chosen)
        if not lines.any():
            yield refusal("SCENARIO-010", aim.where, rule=aim.key)
        years = scenario.span()
        asked = ~np.isnan(aim.course.from_first(years)) & (years <= (aim.until or 9999))
        if len(years) and not asked.any():
            stated = f"{aim.course.points[0][0]} … {aim.until or ''}"
            yield refusal(
                "SCENARIO-016", aim.where, rule=aim.key, said=stated, first=int(years[0]), last=int(years[-1])
            )
        for product in dict.fromkeys(register.lines[p].product for p in np.flatnonzero(lines)):
            if aim.indicator == "benchmark.share" and product not in levels:
                yield refusal(
                    "SCENARIO-012", aim.where, product=product, name=keyed(product_name(product), product)
                )
        if aim.indicator == "technology.share" and not aim.named:
            yield refusal(
                "SCENARIO-013",
                aim.where,
                what=Text("technologies", "technologies"),
                expected=Text("所指的技术", "the technologies that are meant"),
            )
        for name in aim.named:
            if name not in catalogue:
                yield _unknown(aim.where, _TECHNOLOGY, name, list(catalogue))


def _names(register: Register, chosen: Chosen, where: str) -> Iterator[UnusablePathway]:
    for key in chosen.lines:
        if register.of(key) is None:
            yield _unknown(where, _LINE, key, [line.key for line in register.lines])


def _too_early(where: str, technology: Technology, since: int, first: Value) -> UnusablePathway:
    name = keyed(technology.name, technology.key)
    return refusal(
        "SCENARIO-007", where, technology=name, since=since, first=int(first.value or 0), source=first.document, at=first.where
    )  # fmt: skip


def _of_product(product: str, other: Technology) -> Text:
    """A technology that there is, and that lines of this product cannot be: what should stand in its place."""
    name, own = product_name(product), product_name(other.product)
    if other.product == product:
        return Text(f"{name.zh}的工艺（不是措施）", f"process of {name.en}, which is no measure,")
    return Text(f"{name.zh}的工艺（不是{own.zh}的）", f"process of {name.en}, not of {own.en},")


def _unknown(where: str, kind: Text, found: str, known: list[str]) -> UnusablePathway:
    near = ", ".join(get_close_matches(found, known, 5, 0.3) or known[:5])
    return refusal("SCENARIO-009", where, kind=kind, found=found, near=near)
