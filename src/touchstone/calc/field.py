"""Fields of a declaration: each read as what it must be, or refused with its file and place."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from math import isfinite
from typing import Any, TypeVar

from touchstone.errors import Refusal
from touchstone.facts.text import Text

Refusing = Callable[[str, str, Text, Text], Refusal]
"""What makes the refusal of a field: of file, field, what was found and what is expected."""
_T = TypeVar("_T")
_NONE: Any = object()
_KEY = re.compile(r"\w[\w-]*")


class Table:
    """A table of a TOML file; `place` says where it stands, for messages. A field with a default may be absent.

    Whatever is wrong is raised as `refuse` makes it.
    """

    def __init__(self, given: dict[str, Any], file: str, refuse: Refusing, place: str = "") -> None:
        self._given, self.file, self._refuse, self._place = given, file, refuse, place

    def only(self, known: Sequence[str]) -> None:
        """Let pass a table of known fields. Refuses a field nobody knows."""
        for field in self._given:
            if field not in known:
                every = ", ".join(known)
                found = Text("不认识的字段", "an unknown field")
                raise self._refuse(self.file, self._at(field), found, Text(f"{every}之一", f"one of {every}"))

    def behind(self, defaults: "Table") -> "Table":
        """This table, with the fields of another where it is silent."""
        return Table(defaults._given | self._given, self.file, self._refuse, self._place)

    def distinct(self, field: str, keys: Sequence[str]) -> None:
        """Let pass keys of which each occurs once, and at least one does."""
        again = next((key for number, key in enumerate(keys) if key in keys[:number]), None)
        if again is not None:
            raise self.wrong(field, "each key once", "每个key只出现一次", again)
        if not keys:
            raise self.wrong(field, "at least one", "至少一项", "")

    def has(self, field: str) -> bool:
        """Whether the field is there."""
        return field in self._given

    def fields(self) -> tuple[str, ...]:
        """The names of its fields, in order."""
        return tuple(self._given)

    def plain(self) -> dict[str, Any]:
        """The fields as they were parsed, for whoever reads them later."""
        return dict(self._given)

    def is_word(self, field: str, word: str) -> bool:
        """Whether the field is this very text."""
        return self._given.get(field) == word

    def word(self, field: str, default: str = _NONE) -> str:
        """A text; not empty where there is no default."""
        value = self._value(field, default)
        if not isinstance(value, str) or (default is _NONE and not value):
            raise self.wrong(field, "a text in quotes", "引号中的文字")
        return value

    def key(self, field: str = "key") -> str:
        """A key: letters, digits, - and _; it stands in addresses, in files and in calibrations."""
        word = self.word(field)
        if not _KEY.fullmatch(word):
            raise self.wrong(field, "letters, digits, - and _", "字母、数字、-与_")
        return word

    def text(self, field: str) -> Text:
        """A text in both languages."""
        value = self._value(field, _NONE)
        if not isinstance(value, dict) or set(value) != {"zh", "en"} or not all(
            isinstance(word, str) and word for word in value.values()
        ):  # fmt: skip
            raise self.wrong(field, '{ zh = "…", en = "…" }', '{ zh = "…", en = "…" }')
        return Text(**value)

    def words(self, field: str) -> tuple[str, ...]:
        """A list of texts, which may be empty."""
        value = self._value(field, _NONE)
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            raise self.wrong(field, "a list of texts", "文字的列表")
        if value:
            self.distinct(field, value)
        return tuple(value)

    def texts(self, field: str) -> tuple[Text, ...]:
        """A list of texts in both languages, which may be empty."""
        value = self._value(field, _NONE)
        if not isinstance(value, list):
            raise self.wrong(field, 'a list of { zh = "…", en = "…" }', '{ zh = "…", en = "…" }的列表')
        every = ({"text": each} for each in value)
        return tuple(
            Table(each, self.file, self._refuse, self._at(f"{field}[{number}]")).text("text")
            for number, each in enumerate(every, 1)
        )

    def day(self, field: str) -> date | None:
        """A day; None where it is absent."""
        value = self._given.get(field)
        if value is not None and type(value) is not date:
            raise self.wrong(field, "a day without quotes, 2024-01-01", "不带引号的日期，如2024-01-01")
        return value

    def number(self, field: str, default: float | None, low: float, high: float) -> float:
        """A number from `low` to `high`; None as default is none."""
        value = self._value(field, _NONE if default is None else default)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not (isfinite(value) and low <= value <= high)
        ):
            raise self.wrong(field, f"a number from {low:g} to {high:g}", f"{low:g}至{high:g}之间的数")
        return float(value)

    def whole(self, field: str, default: int, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self._value(field, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.wrong(field, f"a whole number from {low} to {high}", f"{low}至{high}的整数")
        return value

    def yes(self, field: str, default: bool) -> bool:
        """True or false."""
        value = self._value(field, default)
        if not isinstance(value, bool):
            raise self.wrong(field, "true or false", "true或false")
        return value

    def choice(self, field: str, known: Sequence[_T], default: Any = _NONE) -> _T:
        """One of what is known."""
        value = self._value(field, default)
        if isinstance(value, bool) or value not in known:
            every = [str(each) for each in known if each != ""]
            raise self.wrong(field, f"one of {', '.join(every)}", f"{'、'.join(every)}之一")
        return value

    def choices(self, field: str, known: Sequence[str], default: Sequence[str], least: int = 1) -> list[str]:
        """Some of what is known, at least so many."""
        value = self._value(field, list(default))
        if not isinstance(value, list) or len(value) < least or not set(map(str, value)) <= set(known):
            raise self.wrong(field, f"a list of {', '.join(known)}", f"由{'、'.join(known)}组成的列表")
        return value

    def numbers(self, field: str, default: Any = _NONE) -> list[float]:
        """A list of numbers."""
        value = self._value(field, default)
        if not isinstance(value, list) or any(
            isinstance(v, bool) or not isinstance(v, int | float) for v in value
        ):
            raise self.wrong(field, "a list of numbers", "数的列表")
        return [float(each) for each in value]

    def matrix(self, field: str, size: int, read: Callable[[Any], float]) -> tuple[tuple[float, ...], ...]:
        """A square matrix of positive reciprocal judgements; () where there is none."""
        value = self._value(field, [])
        if not value:
            return ()
        try:
            rows = tuple(tuple(read(each) for each in row) for row in value)
            right = len(rows) == size and all(len(row) == size for row in rows) and all(
                rows[i][j] > 0 and abs(rows[i][j] * rows[j][i] - 1) < 1e-6 for i in range(size) for j in range(size)
            )  # fmt: skip
        except (TypeError, ValueError, ZeroDivisionError):
            right, rows = False, ()
        if not right:
            raise self.wrong(
                field,
                f"{size} rows of {size} judgements, each the reciprocal of its mirror",
                f"{size}行{size}列互为倒数的判断",
            )
        return rows

    def table(self, field: str, default: Any = _NONE) -> "Table":
        """A table in this one."""
        value = self._value(field, default)
        if not isinstance(value, dict):
            raise self.wrong(field, f"a table [{field}]", f"表[{field}]")
        return Table(value, self.file, self._refuse, self._at(field))

    def tables(self) -> dict[str, "Table"]:
        """All fields of this table, each a table."""
        return {field: self.table(field) for field in self._given}

    def rows(self, field: str) -> Iterator["Table"]:
        """The tables of an array, in order; its place names each by its key, else by its number."""
        value = self._value(field, _NONE)
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self.wrong(field, f"tables [[{field}]]", f"若干个[[{field}]]表")
        keys: set[str] = set()
        for number, row in enumerate(value, 1):
            key = row.get("key")
            # The second of one key goes by its number, so that a message has its line and not that of the first.
            known = isinstance(key, str) and key not in keys
            keys.add(str(key))
            yield Table(row, self.file, self._refuse, self._at(f"{field}[{key if known else number}]"))

    def wrong(self, field: str, expected: str, zh: str, found: Any = _NONE) -> Refusal:
        """The refusal of a field."""
        value = self._given.get(field, _NONE) if found is _NONE else found
        said = (
            Text("没有这一字段", "no such field")
            if value is _NONE
            else Text(*(_written(value, quotes)[:80] for quotes in ("“”", '""')))
        )
        return self._refuse(self.file, self._at(field), said, Text(zh, expected))

    def at(self, field: str) -> str:
        """The file and the place of a field, for messages."""
        return f"{self.file} {self._at(field)}"

    def _at(self, field: str) -> str:
        return f"{self._place}.{field}" if self._place else field

    def _value(self, field: str, default: Any) -> Any:
        if field not in self._given and default is _NONE:
            raise self.wrong(field, "this field", "该字段")
        return self._given.get(field, default)


def _written(value: object, quotes: str) -> str:
    """A value as its file has it: texts in the quotation marks of the language, true, [1, 2], { key = 1 }."""
    if isinstance(value, str):
        return f"{quotes[0]}{value}{quotes[1]}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_written(each, quotes) for each in value)}]"
    if isinstance(value, dict):
        inside = ", ".join(f"{key} = {_written(each, quotes)}" for key, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    return str(value)
