"""Arguments that are allowed: what is misspelt or out of range is refused by name, never computed as something else.

A wrong argument is a slip of the caller and no property of the data, so it is a ValueError; the message says it in English and,
on its second line, in Chinese.
"""

from collections.abc import Sequence
from numbers import Integral
from typing import Any, get_args


def one_of(name: str, value: object, allowed: Any) -> None:
    """Let pass a word that is allowed: one of a `Literal`, or of a tuple.

    Raises:
        ValueError: it is another; the message lists those allowed.

    >>> one_of("clock", "W", ("D", "W", "M"))
    """
    words = get_args(allowed) or tuple(allowed)
    if not isinstance(value, str) or value not in words:
        raise refused(
            name, value, f"one of {', '.join(map(repr, words))}", f"可选{'、'.join(map(repr, words))}"
        )


def at_least(name: str, value: object, least: int) -> None:
    """Let pass a whole number that is not below `least`. Raises ValueError: it is, or is none."""
    if not isinstance(value, Integral) or isinstance(value, bool) or int(value) < least:
        raise refused(name, value, f"must be a whole number, at least {least}", f"应为整数，至少{least}")


def positive(name: str, value: float) -> None:
    """Let pass a finite number above zero. Raises ValueError: it is not."""
    if not 0 < value < float("inf"):
        raise refused(name, value, "must be above 0", "应大于0")


def checked_level(level: float) -> float:
    """The coverage or confidence asked for. Raises ValueError: it is not between 0 and 1 (95 for 0.95)."""
    if not 0 < level < 1:
        raise refused("level", level, "must lie between 0 and 1, such as 0.95", "应在0与1之间，如0.95")
    return level


def among(what: tuple[str, str], asked: Sequence[str], known: Sequence[str]) -> None:
    """Let pass names that are all known; `what` they are called, in English and Chinese.

    Raises:
        ValueError: some are not; the message names them and those there are.
    """
    if unknown := [name for name in asked if name not in known]:
        ends = ", ".join(map(str, unknown)), ", ".join(map(str, known))
        raise ValueError(
            f"no {what[0]} {ends[0]}; there are {ends[1]}\n没有{what[1]}{ends[0]}；现有{ends[1]}"
        )


def refused(name: str, value: object, en: str, zh: str) -> ValueError:
    """The refusal of an argument: what it is, and what it may be."""
    return ValueError(f"{name} {value!r}: {en}\n{name}为{value!r}：{zh}")
