"""Which lines a planner means by product, place, enterprise, technology or by name."""

import numpy as np

from touchstone.calc.pathway.case import Bools
from touchstone.calc.pathway.register import Line, Register
from touchstone.calc.pathway.scenario import Chosen


def chosen_lines(register: Register, chosen: Chosen) -> Bools:
    """(P,): the lines that fit everything that is said; a place holds the places inside it (CN-35 has CN-3501)."""
    return np.array([_fits(line, chosen) for line in register.lines], dtype=bool)


def _fits(line: Line, chosen: Chosen) -> bool:
    return (
        (not chosen.lines or line.key in chosen.lines)
        and (not chosen.product or line.product == chosen.product)
        and (not chosen.place or line.place.startswith(chosen.place))
        and (not chosen.enterprise or line.enterprise == chosen.enterprise)
        and (not chosen.technology or line.technology == chosen.technology)
    )
