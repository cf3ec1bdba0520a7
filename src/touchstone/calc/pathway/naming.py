"""What people call what files know by a key: products, technologies, states, lines; the key beside the name where somebody must find it again."""

import difflib
from typing import TYPE_CHECKING

from touchstone.calc.carbon.factors.reference import items
from touchstone.facts.text import Text

if TYPE_CHECKING:
    from touchstone.calc.pathway.states import State


def product_name(key: str) -> Text:
    """A product in words."""
    return items()[key].name if key in items() else Text(key, key)


def a_product(said: str) -> Text:
    """What a product must be: those that technologies make, by key and name, the ones most like what was said first."""
    from touchstone.calc.pathway.catalogue import catalogue

    made = dict.fromkeys(each.product for each in catalogue().values() if each.kind == "process")
    like = difflib.get_close_matches(said, items(), 2, 0.75)

    def alike(key: str) -> float:
        names = (key, items()[key].name.zh, items()[key].name.en)
        return max(difflib.SequenceMatcher(None, said.casefold(), name.casefold()).ratio() for name in names)

    keys = dict.fromkeys([*like, *sorted(made, key=alike, reverse=True)])
    return Text(
        f"产品的键：{'、'.join(f'{key}（{items()[key].name.zh}）' for key in keys)}",
        f"the key of a product: {', '.join(f'{key} ({items()[key].name.en})' for key in keys)}",
    )


def keyed(name: Text, key: str) -> Text:
    """A name with its key: “再生铝”（aluminium.secondary）; the key alone where there is no other name."""
    if name == Text(key, key):
        return Text(f"“{key}”", key)
    return Text(f"“{name.zh}”（{key}）", f"{name.en} ({key})")


def state_name(state: "State") -> Text:
    """A process with its measures, in words."""
    names = [state.process.name, *(each.name for each in state.measures)]
    return Text("＋".join(each.zh for each in names), " + ".join(each.en for each in names))
