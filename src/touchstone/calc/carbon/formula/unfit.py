"""What no formula can be: each cause once and by one code."""

from touchstone.errors import UnusableDeclaration, UnusableSeries
from touchstone.facts.text import Text

_ALLOWED = Text(
    "数字、参数名、+ - * / **（整数次幂）和括号",
    "numbers, names, + - * / ** with a whole exponent, and brackets",
)


def unreadable(where: str, text: str, column: int, reason: Text) -> UnusableDeclaration:
    """FORMULA-001: the text of a formula cannot be read; `column` counts characters from 1."""
    near = text[max(0, column - 1) :][:20]
    return UnusableDeclaration(
        "FORMULA-001", f"{where}, column {column}", f"{reason.en}, at {near!r}", _ALLOWED.en,
        "the formula was not used", "correct the formula at this column",
        zh=(f"第{column}列“{near}”处：{reason.zh}", _ALLOWED.zh, "此公式未采用", "改正该列的内容"),
    )  # fmt: skip


def lacking(name: str, given: tuple[str, ...]) -> UnusableSeries:
    """FORMULA-002: a formula was to be worked out without the value of one of its names."""
    return UnusableSeries(
        "FORMULA-002", name, f"no value; given are {', '.join(given) or 'none'}", "a value of every name of the formula",
        "nothing was worked out; no value was assumed", "supply the value, by a measurement or a factor",
        zh=(f"没有取值；已给出{'、'.join(given) or '无'}", "公式中每个参数都有取值", "没有计算，也没有假设取值", "补充该参数的实测值或因子"),
    )  # fmt: skip


def not_finite(rows: tuple[int, ...], count: int, inputs: str) -> UnusableSeries:
    """FORMULA-003: a formula gives no number on some rows: a divisor is zero, a value is missing, or it is too large."""
    shown = ", ".join(str(row) for row in rows)
    return UnusableSeries(
        "FORMULA-003", f"row {shown}", f"no finite number on {count} rows; at the first: {inputs}",
        "values that are there, and divisors that are not zero", "nothing was worked out",
        "correct the values of these rows, or leave the rows out",
        zh=(f"有{count}行得不到有限的数；首行：{inputs}", "取值齐全，除数不为零", "没有计算", "改正这些行的取值，或去掉这些行"),
    )  # fmt: skip
