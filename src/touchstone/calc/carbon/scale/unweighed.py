"""What a national inventory cannot add up, each cause once and by one code."""

from collections.abc import Sequence
from pathlib import Path, PurePath

from touchstone.errors import Refusal

GRAMS = 1_000_000
"""Grams in a tonne: the fixed point of the sums."""
LARGEST = 2**53
"""Grams of one line from which on a floating number no longer holds every whole one."""
MOST = 2**62
"""Grams of all lines, signs left out, up to which no sum of them leaves 64 bits."""
MONTHS = 12_000
"""Months from the first to the last that an inventory can have; keys further apart are not numbered one after the other."""


class UnusableInventory(Refusal):
    """Activity data and factors do not make an inventory; nothing was added up."""


_SO = "nothing was added up"
_SO_ZH = "没有汇总"


def no_table(name: str, path: Path | str, columns: Sequence[str], reason: str) -> UnusableInventory:
    """INVENTORY-101: a file that is not there, not Parquet, or lacks a column, or has words in it."""
    kind = "a Parquet file with the columns {}, keys as whole numbers", "含有各列{}的Parquet文件，代码为整数"
    return _no_file(name, path, columns, reason, kind)


def no_named_table(name: str, path: Path, columns: Sequence[str], reason: str) -> UnusableInventory:
    """INVENTORY-101: a file that is not there, neither Parquet nor csv, or lacks a column."""
    kind = "a Parquet file, or csv in UTF-8, with the columns {}", "含有各列{}的Parquet文件，或UTF-8编码的csv"
    return _no_file(name, path, columns, reason, kind)


def _no_file(
    name: str, path: Path | str, columns: Sequence[str], reason: str, kind: tuple[str, str]
) -> UnusableInventory:
    en, zh = (each.format(", ".join(columns)) for each in kind)
    return UnusableInventory(
        "INVENTORY-101", f"{PurePath(path).name} ({name})", reason, en, _SO, "give the file these columns", (reason, zh, _SO_ZH, "补齐这些列"),
    )  # fmt: skip


def unreadable(table: str, column: str, rows: Sequence[tuple[object, int]], like: str) -> UnusableInventory:
    """INVENTORY-108: months or numbers of a file that are none, each with its row."""
    said = "; ".join(f"row {row}: {'empty' if value is None else value}" for value, row in rows)
    zh = "；".join(f"第{row}行：{'空' if value is None else value}" for value, row in rows)
    return UnusableInventory(
        "INVENTORY-108", f"{table} {column}", said, f"as {like}", _SO, "correct these and those like them",
        (zh, f"形如{like}", _SO_ZH, "更正这些及同类的值"),
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


def unfit(rows: Sequence[tuple[object, ...]], count: int) -> UnusableInventory:
    """INVENTORY-106: lines whose mass is no number, or one so large that sums of it would not be exact."""
    names = ("enterprise", "month", "item", "region", "amount", "factor")
    said = "; ".join(", ".join(f"{n} {v}" for n, v in zip(names, row, strict=True)) for row in rows)
    zh = "；".join(
        "，".join(
            f"{n} {v}" for n, v in zip(("企业", "月", "项目", "地区", "数量", "因子值"), row, strict=True)
        )
        for row in rows
    )
    return UnusableInventory(
        "INVENTORY-106", "activity, factor", f"{count} lines without a mass that can be added up: {said}",
        f"finite amounts and factors, and less than {LARGEST / GRAMS:.1e} t a line", "nothing was added up or changed",
        "correct the amount or the factor, or its unit",
        (f"{count}行的质量无法汇总：{zh}", f"数量和因子为有限数，每行小于{LARGEST / GRAMS:.1e}吨", "没有汇总或改动", "更正数量或因子，或其单位"),
    )  # fmt: skip


def too_much(grams: float) -> UnusableInventory:
    """INVENTORY-106: lines that each have a mass, and together too much of it."""
    said, most = f"{grams / GRAMS:.3g} t", f"{MOST / GRAMS:.1e} t"
    return UnusableInventory(
        "INVENTORY-106", "activity, factor", f"{said} in all lines", f"less than {most}", "nothing was added up or changed",
        "correct the amounts or the factors, or their units",
        (f"所有行合计{said}", f"小于{most}", "没有汇总或改动", "更正数量或因子，或其单位"),
    )  # fmt: skip


def no_number(what: str, given: object) -> UnusableInventory:
    """INVENTORY-106: a value that is no finite number, or a negative error."""
    return UnusableInventory(
        "INVENTORY-106", what, str(given), "a finite number; of an error, 0 or more", "nothing was added up or changed", "correct it",
        (str(given), "有限数；误差为零或正数", "没有汇总或改动", "改正该值"),
    )  # fmt: skip


def strangers(found: str, chinese: str) -> UnusableInventory:
    """INVENTORY-107: activity of enterprises that the table of enterprises does not have once, with a key in every view."""
    return UnusableInventory(
        "INVENTORY-107", "enterprise", found, "every enterprise with activity once, with its sector, province and group", _SO,
        "add the enterprise, or take the second row out",
        (chinese, "每家有活动数据的企业恰有一行，并有行业、省份和集团", _SO_ZH, "补充该企业，或删去重复的行"),
    )  # fmt: skip


def unknown_enterprises(keys: Sequence[object]) -> UnusableInventory:
    """INVENTORY-107: enterprises with activity that the table does not have."""
    said = ", ".join(map(str, keys))
    return strangers(f"activity of {said}, not in the table", f"企业{said}有活动数据而不在企业表中")


def repeated_enterprises(keys: Sequence[object]) -> UnusableInventory:
    """INVENTORY-107: enterprises that the table has more than once."""
    said = ", ".join(map(str, keys))
    return strangers(f"{said} more than once", f"企业{said}在企业表中不止一行")


def keyless(column: str) -> UnusableInventory:
    """INVENTORY-107: a row of the table of enterprises that has nothing in a column."""
    return strangers(f"a row without {column}", f"有一行缺少{column}")


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


def far_apart(first: int, last: int) -> UnusableInventory:
    """INVENTORY-105: months that are too many to be months."""
    return UnusableInventory(
        "INVENTORY-105", "activity, factor", f"months from {first} to {last}", f"no more than {MONTHS:,} months, one after the other", _SO,
        "number them one after the other", (f"月份从{first}到{last}", f"连续编号，不超过{MONTHS}个月", _SO_ZH, "连续编号"),
    )  # fmt: skip
