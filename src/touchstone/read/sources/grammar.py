"""The grammar of declarations: from an outline to a `Declaration`, or what is wrong with it and on which line."""

import codecs
from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import TypeVar

from touchstone.facts.fact import STATUSES
from touchstone.facts.unit import unit
from touchstone.read.sources.dating import EVERY, Dating, dating
from touchstone.read.sources.declaration import PLACES, SUBJECTS, Call, Column, Declaration, Rows, histories
from touchstone.read.sources.number import Precision
from touchstone.read.sources.outline import outline
from touchstone.read.sources.section import Section
from touchstone.read.sources.template import Template, Unfit, template

_T = TypeVar("_T")
_KEYS = (
    "id", "name", "issuer", "licence", "address", "note", "sheet", "header", "encoding", "delimiter", "date", "published", "subject",
    "place", "unit", "status", "missing", "precision", "signed", "window", "connector",
    "history",
)  # fmt: skip
_WIDE = ("columns", "heads", "measure")
_LONG = ("values", "words", "names")
_COLUMN = ("subject", "measure", "place", "unit", "status", "decimals")
_CALLS = {"akshare": ("function",), "sdmx": ("agency", "dataflow", "key")}
"""The libraries of connectors, and what each must be told."""
_YES_NO = {"yes": True, "no": False}
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


def declared(text: str, name: str) -> Declaration:
    """The declaration of a YAML text; `name` is that of its file, for messages.

    Raises:
        UnusableDeclaration: SOURCE-001 to SOURCE-007.
    """
    top = Section(outline(text, name), name, "")
    top.only((*_KEYS, *_WIDE, *_LONG))
    heads, precision, call = top.find("heads"), top.find("precision"), top.find("connector")
    printed, places = heads and _heads(heads), precision and _precision(precision)
    published = top.find("published")
    return Declaration(
        id=top["id"].words(_id),
        name=top["name"].text(),
        issuer=top["issuer"].text(),
        licence=top["licence"].text(),
        address=top["address"].text(),
        note=top.get("note", "").text(),
        digest=blake2b(text.encode(), digest_size=16).hexdigest(),
        sheet=top.get("sheet", "").words(),
        header=top.get("header", "1").words(_whole(1, 1000)),
        encoding=top.get("encoding", "").words(_encoding),
        delimiter=top.get("delimiter", "comma").words(_one_of(_DELIMITERS)),
        dating=_dating(top["date"]),
        published=published and _publication(published),
        heads=printed,
        layout=_layout(top, printed, places),
        names=_names(top),
        missing=frozenset(mark.words() for mark in (top.find("missing") or top.get("missing", "")).many())
        | {""},
        precision=places,
        signed=top.get("signed", "no").words(_one_of(_YES_NO)),
        window=top.get("window", "no").words(_one_of(_YES_NO)),
        call=call and _call(call),
        history=top.get("history", "").words(_history),
    )


def _layout(top: Section, heads: Template | None, precision: Precision | None) -> tuple[Column, ...] | Rows:
    """Wide or long: exactly one of `columns` and `values`."""
    columns, values = top.find("columns"), top.find("values")
    if (columns is None) == (values is None):
        raise top.wrong(("either columns or values", "columns与values二者之一"))
    if values is not None:
        top.only((*_KEYS, *_LONG))
        return _rows(top, values)
    assert columns is not None
    top.only((*_KEYS, *_WIDE))
    printed = heads is not None and "unit" in heads.gaps
    made = tuple(_column(at, head, top, precision, printed) for head, at in columns.members())
    if not made:
        raise columns.wrong(("at least one column", "至少一列"))
    return made


def _column(at: Section, head: str, top: Section, precision: Precision | None, printed: bool) -> Column:
    """One column; what it does not say, the top of the declaration says for all of them."""
    at = at.short_for("subject")
    at.only(_COLUMN)

    def said(key: str) -> Section | None:
        return at.find(key) or top.find(key)

    place, decimals, units = said("place"), at.find("decimals"), said("unit")
    if decimals and precision is None:
        raise decimals.wrong(("a precision above, which says why", "上文有precision并说明理由"))
    if units and printed:
        raise units.wrong(("no unit here: the heads print it", "此处不写单位：表头已印出"))
    return Column(
        head=head,
        subject=(said("subject") or at["subject"]).code(SUBJECTS),
        measure=(said("measure") or at["measure"]).code(("measure",)),
        place=place.code(PLACES) if place else None,
        unit="" if printed else (units or at["unit"]).words(_unit),
        status=(said("status") or at.get("status", "reported")).words(_status),
        decimals=decimals.words(_whole(0, 15)) if decimals else precision and precision.decimals,
    )


def _rows(top: Section, values: Section) -> Rows:
    measures = tuple((head, at.code(("measure",))) for head, at in values.members())
    place = top.find("place")
    return Rows(
        subject=_coded(top["subject"], SUBJECTS),
        place=_coded(place, PLACES) if place else template(""),
        unit=top["unit"].words(_unit_template),
        words=top.get("words", "").words(template),
        status=top.get("status", "reported").words(_status_template),
        values=measures,
    )


def _coded(at: Section, kinds: tuple[str, ...]) -> Template:
    """A template; one without gaps must be a code."""
    made = at.words(template)
    return made if made.gaps else template(at.code(kinds))


def _names(top: Section) -> Mapping[str, str]:
    """What words of the table stand for: a status, or a code of the vocabulary."""
    members = top["names"].members() if top.find("names") else ()
    return {
        words: at.words() if at.words() in STATUSES else at.code((*SUBJECTS, *PLACES))
        for words, at in members
    }


def _dating(at: Section) -> Dating:
    at.only(("column", "form", "every"))
    forms = tuple(form.words(template) for form in at["form"].many())
    every = at["every"].words(_one_of({part: part for part in EVERY})) if at.find("every") else ""
    column = at["column"].words()
    return at["form"].fit(lambda: dating(column, forms, every))


def _publication(at: Section) -> Dating:
    """The column of the days on which rows were published."""
    at.only(("column", "form"))
    made = _dating(at)
    if made.every != "day":
        raise at["form"].wrong(("a form that tells the day", "能确定日的写法"))
    return made


def _precision(at: Section) -> Precision:
    at.only(("decimals", "because"))
    return Precision(at["decimals"].words(_whole(0, 15)), at["because"].text())


def _call(at: Section) -> Call:
    library = at["library"].words(_one_of({name: name for name in _CALLS}))
    at.only(("library", *_CALLS[library], "parameters"))
    parameters = at["parameters"].members() if at.find("parameters") else ()
    words = {key: at[key].words() for key in _CALLS[library]}
    return Call(library, words, {key: value.words() for key, value in parameters})


def _heads(at: Section) -> Template:
    made = at.words(template)
    if "name" not in made.gaps or not set(made.gaps) <= {"name", "unit"}:
        raise at.wrong(("the gaps {name} and {unit}", "{name}与{unit}两个空位"))
    return made


def _one_of(known: Mapping[str, _T]) -> Callable[[str], _T]:
    def read(words: str) -> _T:
        if words not in known:
            raise Unfit(f"one of {', '.join(known)}", f"{'、'.join(known)}之一")
        return known[words]

    return read


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(words: str) -> int:
        if not (words.isascii() and words.isdigit() and least <= int(words[:9]) <= most):
            raise Unfit(f"a whole number from {least} to {most}", f"{least}至{most}的整数")
        return int(words)

    return read


def _id(words: str) -> str:
    plain = words.replace("-", "")
    if not (plain.isascii() and plain.isalnum() and words == words.lower()):
        raise Unfit("small letters, digits and hyphens", "小写字母、数字与连字符")
    return words


def _encoding(words: str) -> str:
    try:
        return words and codecs.lookup(words).name
    except LookupError as error:
        raise Unfit(
            "the name of an encoding, such as utf-8 or gb18030", "编码名称，如utf-8、gb18030"
        ) from error


def _history(words: str) -> str:
    """The bare name of a file that is shipped: a path could name any file of the machine."""
    return words and _one_of({name: name for name in histories()})(words)


def _status(words: str) -> str:
    return _one_of({status: status for status in STATUSES})(words)


def _status_template(words: str) -> Template:
    made = template(words)
    return made if made.gaps else template(_status(words))


def _unit(words: str) -> str:
    if not words:
        raise Unfit("a unit such as USD/t", "单位，如美元/吨")
    return unit(words) and words


def _unit_template(words: str) -> Template:
    made = template(words)
    return made if made.gaps else template(_unit(words))
