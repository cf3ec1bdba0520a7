"""What people call what files know by a key: products, technologies, states, lines; the key beside the name where somebody must find it again."""

from typing import TYPE_CHECKING

from touchstone.calc.carbon.factors.reference import items
from touchstone.facts.text import Text

if TYPE_CHECKING:
    from touchstone.calc.pathway.states import State


def product_name(key: str) -> Text:
    """A product in words."""
    return items()[key].name if key in items() else Text(key, key)


def keyed(name: Text, key: str) -> Text:
    """A name with its key: “再生铝”（aluminium.secondary）; the key alone where there is no other name."""
    if name == Text(key, key):
        return Text(f"“{key}”", key)
    return Text(f"“{name.zh}”（{key}）", f"{name.en} ({key})")


def state_name(state: "State") -> Text:
    """A process with its measures, in words."""
    names = [state.process.name, *(each.name for each in state.measures)]
    return Text("＋".join(each.zh for each in names), " + ".join(each.en for each in names))
