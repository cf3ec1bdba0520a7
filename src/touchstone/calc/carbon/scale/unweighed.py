"""What a national inventory cannot add up, each cause once and by one code."""

from collections.abc import Sequence
from pathlib import Path

from touchstone.errors import Refusal


class UnusableInventory(Refusal):
    """Activity data and factors do not make an inventory; nothing was added up."""


_SO = "nothing was added up"
_SO_ZH = "没有汇总"


def no_table(name: str, path: Path, columns: Sequence[str], reason: str) -> UnusableInventory:
    """INVENTORY-101: a file that is not there, not Parquet, or lacks a column."""
    expected = ", ".join(columns)
    return UnusableInventory(
        "INVENTORY-101", f"{path.name} ({name})", reason, f"a Parquet file with the columns {expected}", _SO,
        "give the file these columns", (reason, f"含有各列{expected}的Parquet文件", _SO_ZH, "补齐这些列"),
    )  # fmt: skip


def unweighed(rows: Sequence[tuple[object, ...]], count: int) -> UnusableInventory:
    """INVENTORY-102: lines without a factor that holds, or without an amount."""
    names = ("enterprise", "month", "item", "region", "amount")
    said = "; ".join(", ".join(f"{n} {v}" for n, v in zip(names, row, strict=True)) for row in rows)
    zh = "；".join(
        "，".join(f"{n} {v}" for n, v in zip(("企业", "月", "项目", "地区", "数量"), row, strict=True))
        for row in rows
    )
    return UnusableInventory(
        "INVENTORY-102", "activity", f"{count} lines without a factor or an amount: {said}",
        "an amount, and a factor of the item and region that holds in the month, for every line", _SO,
        "add the factor, or correct the line",
        (f"{count}行没有适用的因子或数量：{zh}", "每一行有数量，并有当月适用的该项目、该地区因子", _SO_ZH, "补充因子，或更正该行"),
    )  # fmt: skip


def contested(rows: Sequence[tuple[object, ...]]) -> UnusableInventory:
    """INVENTORY-103: two factors of one item and region for the same month."""
    said = "; ".join(f"item {i}, region {r}: {one} and {other}" for i, r, one, other in rows)
    zh = "；".join(f"项目{i}，地区{r}：{one}与{other}" for i, r, one, other in rows)
    return UnusableInventory(
        "INVENTORY-103", "factor", said, "one factor at a time for an item and region", _SO,
        "end the one before the other begins", (zh, "同一项目、地区同时只有一个因子", _SO_ZH, "使前一个在后一个开始之前结束"),
    )  # fmt: skip


def not_there(what: str, given: object) -> UnusableInventory:
    """INVENTORY-104: something to be revised that is not in the inventory."""
    return UnusableInventory(
        "INVENTORY-104", what, str(given), "one that is in the inventory", "nothing was changed", "check its key",
        (str(given), "清单中已有者", "没有改动", "核对其代码"),
    )  # fmt: skip


def below_zero(key: int) -> UnusableInventory:
    """INVENTORY-105: a key that is no place in a table."""
    return UnusableInventory(
        "INVENTORY-105", "activity, factor", f"the key {key}", "keys of items, regions and months from 0 up", _SO,
        "number them from 0", (f"代码{key}", "项目、地区和月份的代码从0起", _SO_ZH, "从0起编号"),
    )  # fmt: skip
