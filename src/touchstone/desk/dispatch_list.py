"""The white list: enterprises that a change of light may concern, out of a spreadsheet or csv file.

Which of them a matter concerns is told by material and by region: whoever is listed with a material, with what it is
made of, or with what is made of it. Those with the key-contact mark come first. No list comes with Touchstone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from touchstone.desk.refusal import UnusableList, refusal
from touchstone.desk.sheet import column_names, head_of, rows_of
from touchstone.desk.stated import clean
from touchstone.facts.document import Document
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary

_NEEDED = {"name", "materials", "region", "contact"}
_SEPARATORS = re.compile(r"[、,，;；/|]")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One enterprise of the list.

    Attributes:
        name: as the list has it; the list knows it by that.
        materials: vocabulary codes; region: code of a place.
        key: whether it is one of those to contact first; contact: whom to ask for, as written.
        source: where the list says it stands, else the file; place: file, sheet and row.
    """

    name: str
    materials: tuple[str, ...]
    region: str
    key: bool
    contact: str
    source: str
    place: str

    def content(self) -> dict[str, Any]:
        """As the trail keeps it."""
        return {name: getattr(self, name) for name in self.__slots__} | {"materials": list(self.materials)}


def enterprise_from(content: Mapping[str, Any]) -> Enterprise:
    """An enterprise as the trail kept it."""
    return Enterprise(**{**content, "materials": tuple(content["materials"])})


@dataclass(frozen=True, slots=True)
class WhiteList:
    """What a file gave: enterprises in reading order, and the rows that could not be used."""

    enterprises: tuple[Enterprise, ...]
    problems: tuple[UnusableList, ...]


def white_list(document: Document) -> WhiteList:
    """The enterprises in the tables of a document. Raises UnusableList: DISPATCH-001, no table has the columns needed."""
    found: dict[str, Enterprise] = {}
    problems: list[UnusableList] = []
    heads = [
        (block, head) for block in document.blocks if (head := head_of(document, block, _names(), _enough))
    ]
    if not heads:
        raise refusal(UnusableList, "DISPATCH-001", document.source.name)
    for block, head in heads:
        for place, fields, _ in rows_of(document, block, head):
            columns = {field: number for number, field in head.fields.items()}
            where = f"{document.source.name}!{place}"
            try:
                made = _enterprise(fields, columns, where)
                if made.name in found:
                    raise refusal(
                        UnusableList, "DISPATCH-003", where, name=made.name, before=found[made.name].place
                    )
                found[made.name] = made
            except UnusableList as problem:
                problems.append(problem)
    return WhiteList(tuple(found.values()), tuple(problems))


def affected(listed: Iterable[Enterprise], material: str, region: str = "") -> tuple[Enterprise, ...]:
    """The enterprises that a material concerns, in a region where one is given; key contacts first, then by name."""
    fit = [
        each
        for each in listed
        if any(_related(material, own) for own in each.materials)
        and (not region or _related(region, each.region))
    ]
    return tuple(sorted(fit, key=lambda each: (not each.key, each.name)))


def _related(one: str, other: str) -> bool:
    """Whether one code is the other, or lies above or below it."""
    return one in _line(other) or other in _line(one)


def _line(code: str) -> list[str]:
    line = [code]
    while parent := vocabulary().parent(line[-1]):
        line.append(parent)
    return line


def _enterprise(fields: Mapping[str, str], columns: Mapping[str, int], where: str) -> Enterprise:
    given = {name: clean(text) for name, text in fields.items()}
    for field in ("name", "contact"):
        if not given.get(field) or len(given[field]) > _LONGEST:
            found = given.get(field, "")[:20] or Text("空白", "nothing")
            raise _wrong(
                field, found, Text("填写，不超过200字", "some words, at most 200 characters"), columns, where
            )
    materials = tuple(
        dict.fromkeys(_material(word, columns, where) for word in _split(given.get("materials", "")))
    )
    if not materials:
        raise _wrong("materials", Text("空白", "nothing"), _MATERIAL, columns, where)
    region = vocabulary().resolve(given.get("region", ""), "place")
    if region is None:
        found = given.get("region") or Text("空白", "nothing")
        raise _wrong(
            "region", found, Text("省市名称或代码", "the name or code of a province or city"), columns, where
        )
    return Enterprise(
        given["name"], materials, region, _flag(given.get("key", ""), columns, where), given["contact"],
        given.get("source") or where.partition("!")[0], where,
    )  # fmt: skip


_MATERIAL = Text("词表中的品种，以顿号分开", "materials of the vocabulary, separated by commas")


def _material(word: str, columns: Mapping[str, int], where: str) -> str:
    for kind in ("product", "material"):
        if code := vocabulary().resolve(word, kind):
            return code
    raise _wrong("materials", word, _MATERIAL, columns, where)


def _split(text: str) -> list[str]:
    return [word.strip() for word in _SEPARATORS.split(text) if word.strip()]


def _flag(text: str, columns: Mapping[str, int], where: str) -> bool:
    known = _declared()
    for answer in ("yes", "no"):
        if text.casefold() in known[answer]["words"]:
            return answer == "yes"
    raise _wrong("key", text, Text("是或否", "yes or no"), columns, where)


def _wrong(
    field: str, found: str | Text, expected: Text, columns: Mapping[str, int], where: str
) -> UnusableList:
    """The refusal of a row for one of its cells, which is named as a spreadsheet names it."""
    row = next(each for each in _declared()["column"] if each["id"] == field)
    file, _, line = where.rpartition("!")
    cell = f"{file}!{_letters(columns[field])}{line}" if field in columns else where
    return refusal(
        UnusableList, "DISPATCH-002", cell, column=Text(row["zh"], row["en"]), found=found, expected=expected
    )


def _letters(column: int) -> str:
    """The name of a column in a spreadsheet: A for 0, AA for 26."""
    first, last = divmod(column, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)


def _enough(fields: Iterable[str], _printed: Iterable[str]) -> bool:
    return set(fields) >= _NEEDED


@cache
def _names() -> dict[str, str]:
    return column_names(_declared()["column"])


@cache
def _declared() -> dict[str, Any]:
    return loads(files("touchstone").joinpath("data/dispatch/columns.toml").read_text("utf-8"))
