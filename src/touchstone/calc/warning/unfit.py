"""What early warning cannot use: series, rule files and overrides, each cause once and by one code.

Series that are short, constant or negative where they cannot be are refused as everywhere: `calc/unusable.py`.
"""

from collections.abc import Sequence
from datetime import date

from touchstone.errors import UnreadableFile, UnusableSeries

_SHOWN = 6


def repeated(key: str, period: str, expected: str) -> UnusableSeries:
    """The refusal of a series whose clock repeats or jumps: a duplicate month, months out of order."""
    return UnusableSeries(
        "WARN-001", f"{key} {period}", f"{period} where {expected} is due", "each period once, in order, none left out",
        "rules on this series were not read; the others were", "remove the repeated row, or leave the missing period empty",
        zh=(f"应为{expected}处是{period}", "每期一次，依次排列，不缺期", "没有读取使用该序列的规则，其余照常", "删去重复行；缺失的时期留空"),
    )  # fmt: skip


def gappy(key: str, missing: Sequence[str], of: int, allowed: float) -> UnusableSeries:
    """The refusal of a series with more holes than its rule allows."""
    some = ", ".join(missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
    return UnusableSeries(
        "WARN-002", f"{key} {missing[0]}", f"no value in {len(missing)} of {of} periods: {some}", f"at most {allowed:.0%} without",
        "this rule was not read; nothing was filled", "supply the periods, or start the series behind them (since)",
        zh=(f"{of}期中有{len(missing)}期没有数值：{some}", f"缺失不超过{allowed:.0%}", "没有读取这一规则，也没有填补", "补充这些时期，或把序列起点（since）放在其后"),
    )  # fmt: skip


def not_finite(key: str, period: str) -> UnusableSeries:
    """The refusal of an infinite value."""
    return UnusableSeries(
        "WARN-003", f"{key} {period}", "an infinite value", "a number, or nothing",
        "rules on this series were not read; the others were", "correct the figure in the source: it was divided by zero or overflowed",
        zh=("数值为无穷大", "有限的数，或留空", "没有读取使用该序列的规则，其余照常", "改正来源中的数值：可能是除以零或溢出"),
    )  # fmt: skip


def units_differ(key: str, units: Sequence[str]) -> UnusableSeries:
    """The refusal of quantities that would be added in several units."""
    return UnusableSeries(
        "WARN-004", key, f"units {', '.join(units)}", "one unit for all that is added",
        "this rule was not read; the others were", "import the quantities in one unit",
        zh=(f"单位有{'、'.join(units)}", "相加的各项单位相同", "没有读取这一规则，其余照常", "以同一单位导入各项"),
    )  # fmt: skip


def no_overlap(key: str) -> UnusableSeries:
    """The refusal of series that have no period in common."""
    return UnusableSeries(
        "WARN-005", key, "series without a common period", "series that overlap",
        "this rule was not read; the others were", "supply the periods that one of them lacks",
        zh=("各序列没有共同的时期", "时期有重叠的序列", "没有读取这一规则，其余照常", "补充其中缺少的时期"),
    )  # fmt: skip


def unsteady(key: str, at: str, measure: str) -> UnusableSeries:
    """The refusal of a history on which a measure never gives a reading: it stands still wherever it is looked at."""
    return UnusableSeries(
        "WARN-006", key, f"{measure} gives no reading up to {at}", "a history that moves in the window of the measure",
        "this rule was not read; the others were", "look whether values were carried forward; else leave the rule out",
        zh=(f"截至{at}，{measure}没有读数", "在测度窗口内有变动的历史", "没有读取这一规则，其余照常", "检查是否沿用了旧值；否则去掉这一规则"),
    )  # fmt: skip


def unreadable(file: str, reason: str) -> UnreadableFile:
    """The refusal of a rule file that is not TOML or lacks what every material has."""
    return UnreadableFile(
        "WARN-010", file, reason, "a material with name, source, mode, series and rules",
        "this file was not used; the others were", "correct it; data/warning/copper.toml is an example",
        zh=(reason, "含name、source、mode、series和rules的品种文件", "没有采用这一文件，其余照常", "改正后重试；可参照data/warning/copper.toml"),
    )  # fmt: skip


def unknown(file: str, field: str, found: object, known: Sequence[object]) -> UnreadableFile:
    """The refusal of a word that a rule file may not say: a measure, side, frequency, field."""
    listed = ", ".join(map(str, known))
    return UnreadableFile(
        "WARN-011", f"{file} {field}", f"{found!r}", f"one of {listed}",
        "this rule was not used; the others were", f"correct {field}",
        zh=(f"{found!r}", f"下列之一：{listed}", "没有采用这一规则，其余照常", f"改正{field}"),
    )  # fmt: skip


def disordered(file: str, field: str, found: object) -> UnreadableFile:
    """The refusal of thresholds out of order."""
    return UnreadableFile(
        "WARN-012", f"{file} {field}", f"{found}", "low descending, high ascending, every low below every high; shares of own history between 0 and 1",
        "this rule was not used; the others were", "put the thresholds in order of severity",
        zh=(f"{found}", "low递减、high递增，且low都小于high；自身历史分位在0与1之间", "没有采用这一规则，其余照常", "按严重程度排列阈值"),
    )  # fmt: skip


def impossible(file: str, field: str, found: object, expected: str, zh: str) -> UnreadableFile:
    """The refusal of a number that a field of a rule cannot have."""
    return UnreadableFile(
        "WARN-013", f"{file} {field}", f"{found!r}", expected, "this rule was not used; the others were", f"correct {field}",
        zh=(f"{found!r}", zh, "没有采用这一规则，其余照常", f"改正{field}"),
    )  # fmt: skip


def twice(file: str, field: str) -> UnreadableFile:
    """The refusal of a rule, series or material that is declared a second time."""
    return UnreadableFile(
        "WARN-014", f"{file} {field}", "declared twice", "each rule once a frequency, each series once a role, each material in one file",
        "the second was not used; the first was", "remove one of the two, or give it a key of its own; a file of the same name as ours goes before ours",
        zh=("重复声明", "每个频率每条规则一次，每个角色一个序列，每个品种一个文件", "没有采用后者，前者照常", "删去其一，或另取名称；与内置文件同名的文件优先采用"),
    )  # fmt: skip


def bad_override(where: str, found: str, expected: str, zh: tuple[str, str]) -> UnreadableFile:
    """The refusal of an override nobody could answer for: no author, no reason, no end."""
    return UnreadableFile(
        "WARN-015", where, found, expected, "this override was not applied; the light stays as computed",
        "complete it and record it again", zh=(*zh, "没有应用这一人工调整，灯号按计算结果显示", "补全后重新登记"),
    )  # fmt: skip


def no_light(where: str, day: date) -> UnreadableFile:
    """The refusal of an override for a light that does not exist."""
    return UnreadableFile(
        "WARN-016", where, f"no such light on {day}", "a material, frequency and side under watch",
        "this override was not applied", "correct material, frequency or side",
        zh=(f"{day}没有这一灯号", "监测范围内的品种、频率和方面", "没有应用这一人工调整", "改正品种、频率或方面"),
    )  # fmt: skip
