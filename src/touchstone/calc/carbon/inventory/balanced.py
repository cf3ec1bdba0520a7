"""What units have when each passes parts of what it has to others, in circles too: one linear system, solved exactly."""

from collections.abc import Mapping
from fractions import Fraction


def balanced(
    own: Mapping[str, Fraction], parts: Mapping[str, Mapping[str, Fraction]]
) -> tuple[dict[str, Fraction], set[str]]:
    """What each unit has with what the others pass to it, and the units of circles that nothing leaves, which have no answer.

    Args:
        own: of each unit; parts: of each unit, which part of a maker goes to it; of one maker together at most 1.

    >>> balanced({"a": Fraction(2), "b": Fraction(1)}, {"a": {"b": Fraction(1, 2)}, "b": {"a": Fraction(1, 2)}})[0]
    {'a': Fraction(10, 3), 'b': Fraction(8, 3)}
    """
    size, rows = dict(own), {unit: dict(parts.get(unit, {})) for unit in own}
    closed = set[str]()
    for unit in own:
        left = 1 - rows[unit].pop(unit, Fraction(0))
        above = [each for each in rows if unit in rows[each]]
        if not left:
            closed |= {unit, *above}
            continue
        size[unit] /= left
        rows[unit] = {each: part / left for each, part in rows[unit].items()}
        for each in above:
            part = rows[each].pop(unit)
            size[each] += part * size[unit]
            for maker, more in rows[unit].items():
                rows[each][maker] = rows[each].get(maker, Fraction(0)) + part * more
    return {unit: each for unit, each in size.items() if unit not in closed}, closed
