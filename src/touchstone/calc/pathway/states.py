"""States: what a line can be, each a process with a set of measures; and the steps from one state to another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from touchstone.calc.pathway.naming import keyed
from touchstone.calc.pathway.presets import presets
from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.pathway.register import Register
from touchstone.calc.pathway.technology import Catalogue, Technology

SAVINGS = ("saving.electricity", "saving.direct", "saving.energy")


@dataclass(frozen=True, slots=True)
class State:
    """A process with measures; `key` is theirs joined by +."""

    process: Technology
    measures: tuple[Technology, ...]

    @property
    def key(self) -> str:
        """Process and measures, joined by +."""
        return "+".join((self.process.key, *(each.key for each in self.measures)))

    def with_measure(self, measure: Technology) -> str:
        """The key of this state with one measure more; measures stand in the catalogue's order."""
        return "+".join((self.process.key, *sorted({*(each.key for each in self.measures), measure.key})))


def states(catalogue: Catalogue, register: Register) -> tuple[State, ...]:
    """All states that lines of the register are in or can come to, product by product.

    Raises:
        UnusablePathway: SCENARIO-015, a process has more states than models can carry.
    """
    present = {line.technology for line in register.lines}
    products = dict.fromkeys(line.product for line in register.lines)
    return tuple(
        state
        for product in products
        for process in _processes(catalogue, product, present)
        for state in _of(catalogue, process)
    )


def _processes(catalogue: Catalogue, product: str, present: set[str]) -> Iterator[Technology]:
    for each in catalogue.values():
        if each.product == product and each.kind == "process" and (
            each.key in present or each.number("electricity") is not None
        ):  # fmt: skip
            yield each


def _of(catalogue: Catalogue, process: Technology) -> Iterator[State]:
    measures = sorted(
        (each for each in catalogue.values() if process.key in each.applies_to and saves(each)),
        key=lambda each: each.key,
    )
    found = [State(process, chosen) for count in range(len(measures) + 1) for chosen in combinations(measures, count) if _together(chosen)]  # fmt: skip
    if len(found) > (most := int(presets()["states"]["most"])):
        raise refusal(
            "SCENARIO-015",
            f"technologies.toml technology.{process.key}",
            technology=keyed(process.name, process.key),
            count=len(measures),
            states=len(found),
            most=most,
        )
    yield from found


def saves(measure: Technology) -> bool:
    """Whether a usable value says what a measure saves."""
    return any(measure.number(parameter) is not None for parameter in SAVINGS)


def _together(chosen: Iterable[Technology]) -> bool:
    return all(b.key not in a.excludes and a.key not in b.excludes for a, b in combinations(chosen, 2))


def steps(every: tuple[State, ...]) -> Iterator[tuple[int, int, Technology]]:
    """Each step from one state to another: with one measure more, or to a process that lines of this one can be changed to.

    Yields:
        Index before, index after, and the technology that is paid for. A changed process stands without measures.
    """
    index = {state.key: number for number, state in enumerate(every)}
    for number, state in enumerate(every):
        for other in every:
            for measure in other.measures if other.process is state.process else ():
                if (
                    len(other.measures) == len(state.measures) + 1
                    and state.with_measure(measure) == other.key
                ):
                    yield number, index[other.key], measure
            if not other.measures and state.process.key in other.process.origins:
                yield number, index[other.key], other.process
