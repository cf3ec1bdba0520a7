"""Which methods are meant for a product or sector on a day."""

from collections.abc import Iterable
from datetime import date

from touchstone.calc.carbon.method import Method


def in_force(method: Method, day: date) -> bool:
    """Whether a method may be applied to the activity of a day."""
    since, until = method.valid_from or date.min, method.valid_to or date.max
    return since <= day <= until


def applicable(
    every: Iterable[Method], day: date, *, product: str = "", sector: str = ""
) -> tuple[Method, ...]:
    """The methods that are in force on a day and meant for a product or a sector; those without either are meant for all.

    In order of their keys. More than one is no fault: the 2013 guideline and the one of the trading scheme answer different
    questions about one smelter. Which one an enterprise reports by is declared with it.
    """
    return tuple(
        sorted(
            (each for each in every if in_force(each, day) and _meant(each, product, sector)),
            key=lambda each: each.key,
        )
    )


def _meant(method: Method, product: str, sector: str) -> bool:
    anyone = not method.products and not method.sectors
    return anyone or product in method.products or sector in method.sectors
