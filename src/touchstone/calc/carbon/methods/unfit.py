"""What no method can be: each cause once and by one code."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from touchstone.errors import UnknownSeries, UnusableDeclaration
from touchstone.facts.text import Text

_SO = Text("此方法未采用，其余方法照常", "this method was not used; the others are")
_EXAMPLE = "data/carbon/methods/cn-ndrc-2013-al.toml"


def _refused(code: str, where: str, found: Text, expected: Text, fix: Text) -> UnusableDeclaration:
    return UnusableDeclaration(
        code, where, found.en, expected.en, _SO.en, fix.en, zh=(found.zh, expected.zh, _SO.zh, fix.zh)
    )


def faulty(file: str, field: str, found: Text, expected: Text) -> UnusableDeclaration:
    """METHOD-001: a field is absent, unknown, or says something that is not understood."""
    fix = Text(f"改正该字段；可参照{_EXAMPLE}", f"correct the field; {_EXAMPLE} is an example")
    return _refused("METHOD-001", f"{file} {field}", found, expected, fix)


def not_toml(file: str, reason: str) -> UnusableDeclaration:
    """METHOD-002: the file is no TOML."""
    expected = Text("UTF-8编码的TOML文件", "a TOML file in UTF-8")
    fix = Text(f"改正该行；可参照{_EXAMPLE}", f"correct the line; {_EXAMPLE} is an example")
    return _refused("METHOD-002", file, Text(reason, reason), expected, fix)


def undeclared_name(where: str, name: str, known: Iterable[str]) -> UnusableDeclaration:
    """METHOD-003: a formula has a name that the file declares no parameter for."""
    every = list(known)
    expected = Text(
        f"已声明的参数：{'、'.join(every) or '无'}", f"a declared parameter: {', '.join(every) or 'none'}"
    )
    fix = Text(f"声明[parameter.{name}]，或改正公式", f"declare [parameter.{name}], or correct the formula")
    return _refused(
        "METHOD-003",
        where,
        Text(f"公式中的“{name}”没有声明", f"{name!r} in the formula is not declared"),
        expected,
        fix,
    )


def wrong_units(where: str, problem: Text, units: str) -> UnusableDeclaration:
    """METHOD-004: the units of a formula do not come out at what it declares."""
    fix = Text(
        "改正参数的单位，或在公式中写明换算",
        "correct the units of the parameters, or write the conversion into the formula",
    )
    return _refused(
        "METHOD-004",
        where,
        problem,
        Text(f"单位相符的公式；各参数为{units}", f"a formula whose units agree; they are {units}"),
        fix,
    )


def unknown_unit(where: str, code: str) -> UnusableDeclaration:
    """METHOD-005: a unit is not in the table of units."""
    fix = Text("改正单位，或在data/units.toml中补充", "correct the unit, or add it to data/units.toml")
    return _refused(
        "METHOD-005",
        where,
        Text(f"单位“{code}”", f"unit {code!r}"),
        Text("data/units.toml中的单位", "a unit of data/units.toml"),
        fix,
    )


def unknown_key(where: str, key: str, table: str, near: Sequence[str]) -> UnusableDeclaration:
    """METHOD-006: an item, kind of factor, sector or document is not in the vocabulary of carbon."""
    hint = Text(f"；相近的有{'、'.join(near)}", f"; nearest: {', '.join(near)}") if near else Text("", "")
    expected = Text(f"data/carbon/{table}.toml中的键{hint.zh}", f"a key of data/carbon/{table}.toml{hint.en}")
    fix = Text("改正该键，或在表中补充", "correct the key, or add it to the table")
    return _refused("METHOD-006", where, Text(f"“{key}”", repr(key)), expected, fix)


def wrong_days(where: str, since: date, until: date) -> UnusableDeclaration:
    """METHOD-007: a method ends before it begins."""
    expected = Text("不早于起始日的截止日", "a last day not before the first")
    return _refused(
        "METHOD-007",
        where,
        Text(f"{since}至{until}", f"{since} to {until}"),
        expected,
        Text("改正日期", "correct the days"),
    )


def undeclared(method: str, option: str, given: str, choices: Sequence[str]) -> UnusableDeclaration:
    """METHOD-008: a plant has not declared an option that has no preset, or declared what is no choice of it."""
    found = Text(f"声明为“{given}”", f"declared as {given!r}") if given else Text("未声明", "not declared")
    every = Text(f"{'、'.join(choices)}之一", f"one of {', '.join(choices)}")
    return UnusableDeclaration(
        "METHOD-008", f"{method} option {option}", found.en, every.en, "nothing was worked out by this method; no choice was assumed",
        "declare the option for the unit",
        zh=(found.zh, every.zh, "没有按此方法计算，也没有假设选择", "为该单元声明此选项"),
    )  # fmt: skip


def without_term(method: str, option: str, chosen: Mapping[str, str]) -> UnusableDeclaration:
    """METHOD-009: what a plant declared leaves no term of an option, as overvoltage does for Soderberg cells."""
    said = ", ".join(f"{key} = {choice}" for key, choice in chosen.items())
    return UnusableDeclaration(
        "METHOD-009", f"{method} option {option}", f"no term counts under {said}", "choices that go together",
        "nothing was worked out by this method; the source was not left out in silence", f"declare another choice of {option}",
        zh=(f"在{said}之下没有任何一项", "相互配合的选择", "没有按此方法计算，也没有悄悄漏掉该排放源", f"为{option}声明其他选择"),
    )  # fmt: skip


def no_method(key: str, known: Iterable[str]) -> UnknownSeries:
    """There is no method of this key."""
    every = list(known)
    return UnknownSeries(
        f"no method {key!r}; there are {', '.join(every)}\n没有方法“{key}”；现有{'、'.join(every)}"
    )
