"""How problems of activity data call things: pairs of English and Chinese, as refusals take them."""

from collections.abc import Iterable

from touchstone.errors import UnknownUnit
from touchstone.facts.text import Text
from touchstone.facts.unit import format_unit, unit
from touchstone.read.carbon.expected import Expected, Measured

Pair = tuple[str, str]
"""English and Chinese."""
_WHY = {
    "Nm3": Text(
        "；立方米没有说明温度和压力，标准立方米为0 °C、101.325 kPa下的体积：按发票或流量计注明的状态换算后填写，已是标准状态的直接选标准立方米",
        "; a cubic metre does not say its temperature and pressure, a normal one is at 0 °C and 101.325 kPa: convert from the conditions the "
        "invoice or meter states, or choose the normal one where it already is",
    ),
    "tce": Text(
        "；标准煤是折算出来的能量，不是实物量：按实际购入或燃用的品种和实物量填写，热值填在实测参数中",
        "; standard coal is energy that was reckoned, not an amount of anything: state what was bought or burned by its own kind and unit, and "
        "its calorific value among the measured properties",
    ),
}  # fmt: skip
"""Why a unit that people write for an item is not the one it is counted in."""


def item_named(expected: Expected, item: str) -> Pair:
    """An item by its names."""
    zh, en, *_ = expected.items[item]
    return en, zh


def unit_named(expected: Expected, key: str) -> Pair:
    """A unit of the organisation by its names, with the key that files name it by: 熔炼车间（hd-cu-smelt）."""
    zh, en, *_ = (*expected.units[key].names, key, key)
    return f"{en} ({key})", f"{zh}（{key}）"


def quantity_named(measured: Measured) -> Pair:
    """A quantity as the first method calls it."""
    return measured.names[0].en, measured.names[0].zh


def evidence_named(expected: Expected, kind: str) -> Pair:
    """A kind of evidence as the drop-down calls it."""
    zh, en, *_ = expected.evidence[kind]
    return en, zh


def measure_named(code: str) -> Pair:
    """A unit by its code; in Chinese in words, with the code."""
    chinese = format_unit(code, "zh")
    return code, chinese if chinese == code else f"{chinese}（{code}）"


def all_of(names: Iterable[Pair]) -> Pair:
    """Several names, each once, as they are listed in each language."""
    every = list(names)
    english, chinese = (dict.fromkeys(each[at] for each in every) for at in (0, 1))
    return ", ".join(english), "、".join(chinese)


def in_a_row(*names: Pair | str) -> Pair:
    """Names one after the other; a plain word is the same in both languages."""
    pairs = [(each, each) if isinstance(each, str) else each for each in names]
    return ", ".join(each[0] for each in pairs), "，".join(each[1] for each in pairs)


def why_not(said: str, due: str) -> Pair:
    """Why a unit that is understood is none for a quantity counted in `due`; nothing where that needs no words."""
    try:
        found = unit(said)
    except UnknownUnit:
        return "", ""
    why = _WHY["Nm3"] if found.dimension == unit("m3").dimension and "Nm3" in due else None
    why = _WHY["tce"] if found.dimension == unit("tce").dimension else why
    return (why.en, why.zh) if why else ("", "")
