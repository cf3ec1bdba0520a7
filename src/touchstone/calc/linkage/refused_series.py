"""Why a series, or a day of one, does not enter a panel: the refusals of the alignment."""

from collections.abc import Sequence

from touchstone.errors import UnitMismatch, UnusableSeries
from touchstone.facts.quote import Quote


def short(name: str, found: int, least: int) -> UnusableSeries:
    """A series with `found` usable quotes where `least` are needed."""
    return UnusableSeries(
        "LINK-006", name, f"{found} usable quotes", f"at least {least}", "the series was left out, the others go on",
        "take a longer history, or ask for fewer periods",
        zh=(f"可用报价{found}个", f"至少{least}个", "去掉这一序列，其余照常", "加长历史，或降低最少期数"),
    )  # fmt: skip


def apart(name: str, shared: int, least: int) -> UnusableSeries:
    """A series with which all share only `shared` periods."""
    return UnusableSeries(
        "LINK-011", name, f"with it the series share {shared} periods", f"at least {least} common periods",
        "the series was left out, the others go on", "import the days it lacks, or leave it out of the recipe",
        zh=(f"计入它则各序列只有{shared}个共同时期", f"共同时期至少{least}个", "去掉这一序列，其余照常", "补充它缺少的日期，或从方案中去掉"),
    )  # fmt: skip


def off_unit(quote: Quote, problem: UnitMismatch) -> UnusableSeries:
    """A quote in a unit that cannot be brought to that of its series."""
    wanted = quote.quotation.unit or "the last quote of the series"
    wanted_zh = quote.quotation.unit or "该序列最后一个报价"
    return UnusableSeries(
        "LINK-007", f"{quote.quotation.code} {quote.period}", str(problem).splitlines()[0],
        f"a unit like {wanted}", "this day of the series was left out", "correct the unit in the source",
        zh=(str(problem).splitlines()[-1], f"与{wanted_zh}同类的单位", "这一天未采用", "改正原始资料中的单位"),
    )  # fmt: skip


def nothing_common(names: Sequence[str], usable: int, shared: int, least: int) -> UnusableSeries:
    """Too few series, or too few periods they share, for any panel."""
    return UnusableSeries(
        "LINK-008", ", ".join(names), f"{usable} usable series with {shared} common periods",
        f"two or more series with {least} common periods", "no linkage was computed",
        "choose series that were quoted on the same days, or sample by week or month",
        zh=(f"可用序列{usable}个，共同时期{shared}个", f"两个以上序列，共同时期至少{least}个", "没有计算联动",
            "选择同日有报价的序列，或改为按周、按月取样"),
    )  # fmt: skip
