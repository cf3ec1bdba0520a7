"""Which products are metal: the recycled share is of the supply of metal alone (`data/pathway/no_metal.toml`)."""

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np

from touchstone.calc.pathway.case import Bools, Ints


@cache
def no_metal() -> tuple[str, ...]:
    """Keys of items that are no metal; each stands for those below it, too."""
    return tuple(tomllib.loads(files("touchstone").joinpath("data/pathway/no_metal.toml").read_text("utf-8")))


def is_metal(product: str) -> bool:
    """Whether a product, by the key of its item, is metal."""
    return not any(product == each or product.startswith(f"{each}.") for each in no_metal())


def of_metal(lines: Bools, chosen: Bools, product: Ints, products: tuple[str, ...]) -> tuple[Bools, Bools]:
    """Those of some lines (P,) and products (K,) that supply metal; all of them where none does, so that what was asked for is told.

    Args:
        product: (P,) number of K that each line makes; products: keys of K.
    """
    metal = np.array([is_metal(each) for each in products], dtype=bool)
    own, whole = lines & metal[product], chosen & metal
    return (own, whole) if own.any() or whole.any() else (lines, chosen)
