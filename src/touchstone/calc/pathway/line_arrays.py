"""What a tonne takes and what a change costs, for each line in each state: the line's own values where it has them, less what measures save."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.pathway.case import Bools, Floats, Ints
from touchstone.calc.pathway.naming import keyed
from touchstone.calc.pathway.presets import presets
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.pathway.register import Line, Register
from touchstone.calc.pathway.states import State, steps
from touchstone.calc.pathway.technology import Technology
from touchstone.facts.text import Text

_SAID = {
    "electricity": Text("单位电耗", "electricity of a tonne"),
    "direct": Text("单位直接排放", "direct emissions of a tonne"),
    "energy": Text("单位能耗", "energy of a tonne"),
}


@dataclass(frozen=True, slots=True)
class Technical:
    """Arrays as in `Case`, and what was taken for want of a value.

    Attributes:
        parts: processes and measures that states are made of, in the order of `Case.parts`; lifetime, first, last, ramp, prices are theirs.
        values: "electricity", "direct", "energy", "running", each (P, T); energy that nobody stated is 0, and energy_known (P,) says whether
            that of the line as it begins is known.
        told: what a reader must know: values of the process where a line states none, costs nobody stated.
    """

    parts: tuple[Technology, ...]
    values: dict[str, Floats]
    energy_known: Bools
    investment: Floats
    before: Ints
    after: Ints
    change: Floats
    lifetime: Floats
    first: Ints
    last: Ints
    ramp: Floats
    prices: Floats
    anew: Bools
    told: tuple[Text, ...]


def technical(register: Register, every: tuple[State, ...]) -> tuple[Technical, tuple[UnusablePathway, ...]]:
    """The arrays of lines and states, and what is wrong: SCENARIO-014, a line's use is known neither of itself nor of its process."""
    told = dict.fromkeys(_lent(register, every))
    wrong: list[UnusablePathway] = []
    shape = (len(register.lines), len(every))
    values = {name: np.full(shape, np.nan) for name in (*_SAID, "running")}
    for p, line in enumerate(register.lines):
        wrong += _own(register, line, every)
        for t, state in enumerate(every):
            if state.process.product == line.product:
                for name in _SAID:
                    values[name][p, t] = _taken(line, state, name)
                values["running"][p, t] = _running(line, state)
    known = ~np.isnan(_as_begun(register, every, values["energy"]))
    unfit = np.isnan(values["electricity"]) | np.isnan(values["direct"])
    values["energy"] = np.where(unfit, np.nan, np.nan_to_num(values["energy"]))
    for name in ("electricity", "direct", "running"):
        values[name] = np.where(unfit, np.nan, values[name])
    _unpriced(every, told)
    before, after, change = _changes(register, every, unfit, told)
    investment = np.array([[_built(line, state) for state in every] for line in register.lines]).reshape(
        shape
    )
    parts = tuple({each.key: each for state in every for each in (state.process, *state.measures)}.values())
    return Technical(
        parts,
        values,
        known,
        np.where(unfit, np.nan, investment),
        before,
        after,
        change,
        _stated(parts, "lifetime", presets()["lifetime"]["years"]),
        _stated(parts, "first_year", 0).astype(np.int64),
        _stated(parts, "last_year", 9999).astype(np.int64),
        _stated(parts, "ramp", np.inf),
        np.array([[_sum(line, (each,)) for each in parts] for line in register.lines]).reshape(
            -1, len(parts)
        ),
        np.array([[_anew(line, state.process) for state in every] for line in register.lines]).reshape(shape),
        tuple(told),
    ), tuple(wrong)


def _unpriced(every: tuple[State, ...], told: dict[Text, None]) -> None:
    """Processes without running costs: beside others of their product they seem cheaper than they are; where none has any, costs are not all costs."""
    processes = {state.process.key: state.process for state in every}.values()
    bare: list[Text] = []
    for product in dict.fromkeys(each.product for each in processes):
        own = [each for each in processes if each.product == product]
        without = [each for each in own if each.number("running") is None]
        if without and len(without) == len(own):
            bare.append(items()[product].name)
        elif without:
            said = _listed(
                "没有运行成本的取值，按0计，与有取值的工艺相比会显得便宜：",
                "no running costs, counted as nothing, so that they seem cheaper than processes that have some: ",
                [each.name for each in without],
            )
            told[said] = None
    if bare:
        said = _listed(
            "没有任何工艺写明运行成本，成本只含电力、碳、投资和外购：",
            "no process states running costs, so that costs are those of power, carbon, investment and metal bought only: ",
            bare,
        )
        told[said] = None


def _listed(zh: str, en: str, names: list[Text]) -> Text:
    return Text(zh + "、".join(each.zh for each in names), en + ", ".join(each.en for each in names))


def _as_begun(register: Register, every: tuple[State, ...], values: Floats) -> Floats:
    """(P,): of each line in the process it is registered with; NaN where the catalogue has none."""
    at = {state.key: t for t, state in enumerate(every)}
    return np.array(
        [
            values[p, at[line.technology]] if line.technology in at else np.nan
            for p, line in enumerate(register.lines)
        ]
    )


def _own(register: Register, line: Line, every: tuple[State, ...]) -> Iterator[UnusablePathway]:
    process = next((state.process for state in every if state.process.key == line.technology), None)
    for name in ("electricity", "direct"):
        if process and getattr(line, name) is None and process.number(name, line.place) is None:
            own, of = keyed(line.name, line.key), keyed(process.name, process.key)
            yield refusal("SCENARIO-014", register.where(line), line=own, what=_SAID[name], technology=of)


def _lent(register: Register, every: tuple[State, ...]) -> Iterator[Text]:
    """What lines take from their process, since they state no value of their own: those that lack the same together."""
    processes = {state.process.key: state.process for state in every}
    alike: dict[tuple[str, ...], list[Text]] = {}
    for line in register.lines:
        process = processes.get(line.technology)
        lent = tuple(
            name for name in _SAID if process and getattr(line, name) is None and process.number(name, line.place) is not None
        )  # fmt: skip
        if process and lent:
            named = keyed(line.name, line.key)
            taken = Text(f"{named.zh}取工艺“{process.name.zh}”的值", f"{named.en}: {process.name.en}")
            alike.setdefault(lent, []).append(taken)
    for lent, lines in alike.items():
        said = [_SAID[each] for each in lent]
        zh, en = "、".join(each.zh for each in said), ", ".join(each.en for each in said)
        start = f"产线未登记{zh}：", f"lines that do not state {en}, and the process whose value is taken: "
        yield _listed(*start, lines)


def _taken(line: Line, state: State, name: str) -> float:
    """Of a tonne: the line's own where it is of this process, else the process's; less what measures save, never below nothing."""
    own = getattr(line, name) if state.process.key == line.technology else None
    value = own if own is not None else state.process.number(name, line.place)
    if value is None:
        return np.nan
    saved = sum(each.number(f"saving.{name}", line.place) or 0.0 for each in state.measures)
    return max(value - saved, 0.0)


def _running(line: Line, state: State) -> float:
    """Yuan/t; what nobody states is 0, alike before and after a measure, so that differences stay right."""
    parts = (state.process, *state.measures)
    return sum(each.number("running", line.place) or 0.0 for each in parts)


def _built(line: Line, state: State) -> float:
    """Yuan for a t/a built anew with all its measures; NaN where it cannot be, or where a part has no price."""
    if state.process.product != line.product or not state.process.buildable:
        return np.nan
    return _sum(line, (state.process, *state.measures))


def _anew(line: Line, process: Technology) -> bool:
    """Whether what the line is registered as may be replaced by this process: where it says from what lines may come to it, from that alone."""
    return process.key == line.technology or not process.origins or line.technology in process.origins


def _sum(line: Line, parts: tuple[Technology, ...]) -> float:
    prices = [each.number("investment", line.place) for each in parts]
    return np.nan if None in prices else float(sum(filter(None, prices)))


def _changes(
    register: Register, every: tuple[State, ...], unfit: Bools, told: dict[Text, None]
) -> tuple[Ints, Ints, Floats]:
    found = list(steps(every))
    before = np.array([a for a, _, _ in found], dtype=np.int64)
    after = np.array([b for _, b, _ in found], dtype=np.int64)
    change = np.full((len(register.lines), len(found)), np.nan)
    unusable: dict[Text, None] = {}
    for e, (a, b, paid) in enumerate(found):
        for p, line in enumerate(register.lines):
            if not unfit[p, a] and not unfit[p, b]:
                change[p, e] = _sum(line, (paid,))
        if np.isnan(change[:, e]).all() and not unfit[:, a].all():
            unusable[paid.name] = None
    if unusable:
        said = _listed(
            "没有可用的投资，最优模型不选用，推演中不计其投资：",
            "no usable investment, so that the optimum does not take it and the projection counts none: ",
            list(unusable),
        )
        told[said] = None
    return before, after, change


def _stated(parts: tuple[Technology, ...], parameter: str, otherwise: float) -> Floats:
    """(N,): what the catalogue says of each, or what holds where it says nothing."""
    return np.array([otherwise if (value := each.number(parameter)) is None else value for each in parts])
