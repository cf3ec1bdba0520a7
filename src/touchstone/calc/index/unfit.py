"""Recipes and data an index cannot be built from: what is refused, each cause once and by one code."""

from collections.abc import Sequence
from datetime import date, datetime

from touchstone.errors import LedgerError, Refusal, UnknownSeries, UnreadableFile, UnusableSeries
from touchstone.facts.text import Text

_EXAMPLE = "data/index/copper-demand.toml"
_IMPORT = (
    "没有数字的指标：导入其序列，或从方案中去掉",
    "of an indicator without figures import the series, or take it out of the recipe",
)


def faulty(file: str, field: str, found: Text, expected: Text) -> UnreadableFile:
    """INDEX-001: a field of a recipe is absent, unknown, or says something that is not understood."""
    return UnreadableFile(
        "INDEX-001", f"{file} {field}", found.en, expected.en, "this recipe was not used", f"correct the field; {_EXAMPLE} is an example",
        zh=(found.zh, expected.zh, "此方案未采用", f"改正该字段；可参照{_EXAMPLE}"),
    )  # fmt: skip


def not_toml(file: str, reason: str) -> UnreadableFile:
    """INDEX-002: the file of a recipe or of a calibration is no TOML."""
    return UnreadableFile(
        "INDEX-002", file, reason, "a TOML file in UTF-8", "it was not used", f"correct the line; {_EXAMPLE} is an example",
        zh=(reason, "UTF-8编码的TOML文件", "此文件未采用", f"改正该行；可参照{_EXAMPLE}"),
    )  # fmt: skip


def inconsistent(file: str, ratio: float, most: float) -> UnreadableFile:
    """INDEX-003: judgements of an AHP matrix contradict each other too much."""
    return UnreadableFile(
        "INDEX-003", f"{file} weights.judgements", f"a consistency ratio of {ratio:.3f}", f"a ratio below {most}",
        "this recipe was not used", "judge again the pair that differs most from the product of the other two",
        zh=(f"判断矩阵的一致性比率为{ratio:.3f}", f"小于{most}", "此方案未采用", "重新判断与其余两项之积相差最大的一对"),
    )  # fmt: skip


def lacking(
    recipe: str, absent: Sequence[tuple[Text, Refusal | None]], share: float, least: float
) -> UnusableSeries:
    """INDEX-004: too few indicators can be used; each of the others is named with what it lacks, and the remedies that fit."""
    fixes: dict[tuple[str, str], None] = {}
    zh, en = [], []
    for name, why in absent:
        zh.append(f"{name.zh}（{why.zh[0] if why and why.zh else why.found if why else '没有数字'}）")
        en.append(f"{name.en} ({why.found if why else 'no figures'})")
        fixes[(why.zh[3] if why and why.zh else why.fix, why.fix) if why else _IMPORT] = None
    return UnusableSeries(
        "INDEX-004", recipe, f"not usable: {'; '.join(en)}", f"indicators with {least:.0%} of the weight; there are {share:.0%}",
        "the index was not computed; nothing was filled", "; ".join(each[1] for each in fixes),
        zh=(f"以下指标不能用：{'；'.join(zh)}", f"所占权重合计不低于{least:.0%}的指标；现有{share:.0%}", "没有计算指数，也没有填补",
            "；".join(each[0] for each in fixes)),
    )  # fmt: skip


def thin(recipe: str, since: str, until: str, there: int, needed: int) -> UnusableSeries:
    """INDEX-005: the months a calibration stands on are too few."""
    return UnusableSeries(
        "INDEX-005", f"{recipe} {since}..{until}", f"{there} periods with a change of every indicator used", f"at least {needed}",
        "the index was not calibrated", "widen scaling.since and scaling.until, or supply longer series",
        zh=(f"指标齐全的时期只有{there}个", f"至少{needed}个", "没有标定指数", "放宽scaling.since与scaling.until，或补充更长的序列"),
    )  # fmt: skip


def still(key: str, since: str, until: str) -> UnusableSeries:
    """INDEX-006: more than half of the changes of an indicator are the same number: they have no scale."""
    return UnusableSeries(
        "INDEX-006", f"{key} {since}..{until}", "more than half of its changes are the same number", "changes with a spread",
        "the index was not calibrated", "look whether values were carried forward by hand; else leave the indicator out of the recipe",
        zh=("半数以上的变动为同一数值", "变动有离散程度", "没有标定指数", "检查是否人为沿用了旧值；否则从方案中去掉该指标"),
    )  # fmt: skip


def stale(recipe: str, day: date) -> UnusableSeries:
    """INDEX-007: a calibration was made for other rules than the recipe now has."""
    return UnusableSeries(
        "INDEX-007", recipe, f"a calibration of {day} for another edition of the recipe", "a calibration of this edition",
        "the index was not computed", f"calibrate again: touchstone index {recipe} --recalibrate; levels published before then stand on the earlier edition",
        zh=(f"{day}的标定属于方案的另一版本", "与现行方案相符的标定", "没有计算指数", f"重新标定：touchstone index {recipe} --recalibrate；此前发布的数值仍属旧版本"),
    )  # fmt: skip


def mixed(key: str, found: str, expected: str) -> UnusableSeries:
    """INDEX-008: a series is of another frequency than the recipe."""
    return UnusableSeries(
        "INDEX-008", key, f"frequency {found}", f"frequency {expected}", "the index was not computed",
        "give the series of the recipe's own frequency",
        zh=(f"频率为{found}", f"频率为{expected}", "没有计算指数", "提供与方案同频率的序列"),
    )  # fmt: skip


def no_forecast(recipe: str, form: str) -> UnusableSeries:
    """INDEX-009: the form of an index has no forecast by its indicators' changes."""
    return UnusableSeries(
        "INDEX-009", recipe, f"form {form}", "form association, level or composite", "no forecast was made",
        "forecast an index of one of these forms",
        zh=(f"形式为{form}", "association、level或composite形式", "没有预测", "改用上述形式之一的指数"),
    )  # fmt: skip


def unstable(recipe: str, reason: str) -> UnusableSeries:
    """INDEX-010: the estimation of a dynamic factor did not end in numbers."""
    return UnusableSeries(
        "INDEX-010", recipe, reason, "an estimation that converges to finite numbers", "no factor was computed",
        "use a longer sample, or leave out indicators that hardly move with the others",
        zh=(reason, "收敛到有限数值的估计", "没有计算因子", "使用更长的样本，或去掉与其他指标几乎无共同变动的指标"),
    )  # fmt: skip


def unsupplied(recipe: str, names: Sequence[Text], sample: str, at: datetime | None = None) -> UnusableSeries:
    """INDEX-011: there is not one figure of the series of a recipe.

    Args:
        sample: the source of a synthetic one, "" for none.
        at: the moment of the past whose ledger was asked, None for now.
    """
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    if at:
        day = f"{at:%Y-%m-%d %H:%M} UTC"
        return UnusableSeries(
            "INDEX-011", recipe, f"at {day} the ledger had none of its series: {en}", "series recorded by then", "the index was not computed",
            "ask for a later moment; --published-by asks what had been published by a day, whenever it was recorded",
            zh=(f"{day}时台账中还没有它的任何序列：{zh}", "当时已入账的序列", "没有计算指数", "改用更晚的时点；若问某日以前公布了什么，用--published-by"),
        )  # fmt: skip
    fix_zh, fix_en = "导入这些序列（touchstone import）", "import these series (touchstone import)"
    if sample:
        fix_zh += f"；或导入合成样本试用：touchstone import --source {sample}"
        fix_en += f"; or try the synthetic sample: touchstone import --source {sample}"
    return UnusableSeries(
        "INDEX-011", recipe, f"none of its series in this workspace: {en}", "series of its indicators", "the index was not computed", fix_en,
        zh=(f"本工作区没有它的任何序列：{zh}", "各指标的序列", "没有计算指数", fix_zh),
    )  # fmt: skip


def too_short(recipe: str, least: int) -> UnusableSeries:
    """INDEX-013: the indicators have too little history to be forecast by it."""
    return UnusableSeries(
        "INDEX-013", recipe, "too few indicators with a history to be forecast by", f"{least} changes side by side, of indicators that carry the index",
        "no forecast was made", "supply longer series",
        zh=("有足够历史可作预测的指标太少", f"足以支撑指数的各指标都有{least}期变动", "没有预测", "补充更长的序列"),
    )  # fmt: skip


def no_moment(file: str) -> LedgerError:
    """A file stands among the calibrations of an index, and its name does not say since when it is in force."""
    like = "20260105T093000.000000Z.toml"
    return LedgerError(
        f"{file}: the name of a calibration is the moment since which it is in force, such as {like}; take the file away or rename it\n"
        f"{file}：标定文件以其生效时点命名，如{like}；请移走或改名"
    )


def never_computed(recipe: str) -> UnknownSeries:
    """No index of this recipe is kept."""
    return UnknownSeries(
        f"no index of {recipe!r}; touchstone index computes one\n没有“{recipe}”的指数；用touchstone index计算"
    )


def no_recipe(recipe: str, known: Sequence[str]) -> UnknownSeries:
    """There is no recipe of this key."""
    return UnknownSeries(
        f"no recipe {recipe!r}; there are {', '.join(known)}\n没有方案“{recipe}”；现有{'、'.join(known)}"
    )
