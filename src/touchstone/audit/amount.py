"""Units under audit: the base unit of a printed unit, and the scale to it."""

import re
from decimal import Decimal
from functools import lru_cache

_POWERS = {"亿": Decimal(10**8), "万": Decimal(10**4), "千": Decimal(1000), "百": Decimal(100)}
_BASES: dict[str, tuple[str, str]] = {
    "%": ("%", "1"), "％": ("%", "1"), "成": ("%", "10"), "个百分点": ("pp", "1"), "百分点": ("pp", "1"),
    "元": ("CNY", "1"), "美元": ("USD", "1"), "美分": ("USD", "0.01"),
    "吨": ("t", "1"), "t": ("t", "1"), "公斤": ("t", "0.001"), "千克": ("t", "0.001"), "kg": ("t", "0.001"),
    "磅": ("t", "0.00045359237"), "克": ("t", "0.000001"),
    "千瓦时": ("kWh", "1"), "kWh": ("kWh", "1"), "度": ("kWh", "1"),
    "瓦": ("W", "1"), "千瓦": ("W", "1000"), "kW": ("W", "1000"), "兆瓦": ("W", "1e6"), "MW": ("W", "1e6"), "GW": ("W", "1e9"),
    "吨标准煤": ("tce", "1"), "平方米": ("m2", "1"), "㎡": ("m2", "1"), "平米": ("m2", "1"), "公顷": ("m2", "1e4"),
    "立方米": ("m3", "1"), "m³": ("m3", "1"), "m?": ("m3", "1"), "米": ("m", "1"), "公里": ("m", "1000"),
    "": ("", "1"),
}  # fmt: skip


@lru_cache(maxsize=4096)
def base_unit(unit: str) -> tuple[str, Decimal]:
    """Base unit and scale of a printed unit: 万吨 → (t, 10000), 元/公斤 → (CNY/t, 1000)."""
    top, _, bottom = re.sub(r"\s", "", unit).partition("/")
    dimension, scale = _simple(top)
    if not bottom:
        return dimension, scale
    below, divisor = _simple(bottom)
    return f"{dimension}/{below}", scale / divisor


def _simple(unit: str) -> tuple[str, Decimal]:
    scale = Decimal(1)
    while unit not in _BASES and unit and unit[0] in _POWERS:
        scale, unit = scale * _POWERS[unit[0]], unit[1:]
    base, factor = _BASES.get(unit, (unit, "1"))
    return base, scale * Decimal(factor)
