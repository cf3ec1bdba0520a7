"""What the form of an own factor says, made a draft, or refused field by field."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from touchstone.desk.factor_proposals import Draft
from touchstone.desk.factor_soundness import NUMBER, number_of
from touchstone.desk.refusal import NotAllowed, refusal
from touchstone.desk.stated import clean
from touchstone.facts.text import Text
from touchstone.flow import Entry, Workspace
from touchstone.publish.words import word

NEEDED = ("kind", "of", "value", "unit", "basis", "node")
OTHERS = ("gas", "family", "data_year", "valid_from", "valid_to", "low", "high", "supersedes")
"""Fields that may stay empty."""
FIELDS = (*NEEDED, *OTHERS, "evidence", "file", "by")
_DAYS, _NUMBERS = ("valid_from", "valid_to"), ("value", "low", "high")


def draft_of(form: Mapping[str, str]) -> Draft:
    """The value that a form proposes.

    Raises:
        NotAllowed: FACTOR-020, a number is none, or a day or year.
    """
    given = {name: clean(form.get(name, "")) for name in (*NEEDED, *OTHERS)}
    stated = {name: words for name, words in given.items() if words or name in NEEDED}
    return Draft(**{name: _read(name, words) for name, words in stated.items()})  # type: ignore[arg-type]


def evidence_of(form: Mapping[str, str], workspace: Workspace) -> tuple[str, str]:
    """The evidence: words, and the hash of a document that the workspace keeps, "" where none is named.

    Raises:
        NotAllowed: FACTOR-020, the workspace keeps no such document, or several of that name.
    """
    wanted = clean(form.get("file", ""))
    if not wanted:
        return form.get("evidence", ""), ""
    found = {each.hash for each in workspace.documents() if _is(each, wanted)}
    if len(found) != 1:
        expected = Text(
            "工作区中一份文档的名称，或其编号的开头",
            "the name of one document of the workspace, or the beginning of its hash",
        )
        raise _wrong("file", wanted, expected)
    return form.get("evidence", ""), found.pop()


def _is(entry: Entry, wanted: str) -> bool:
    return entry.name == wanted or (len(wanted) >= 8 and entry.hash.startswith(wanted.lower()))


def _read(name: str, words: str) -> str | Decimal | date | int:
    if name in _NUMBERS:
        return _number(name, words)
    if name in _DAYS:
        try:
            return date.fromisoformat(words)
        except ValueError:
            raise _wrong(name, words, Text("日期，如2024-07-01", "a day, as 2024-07-01")) from None
    if name == "data_year":
        if not (words.isascii() and words.isdigit() and len(words) == 4):
            raise _wrong(name, words, Text("四位年份", "a year of four digits"))
        return int(words)
    return words


def _number(name: str, words: str) -> Decimal:
    if (value := number_of(words)) is None:
        raise _wrong(name, words[:40], NUMBER)
    return value


def _wrong(name: str, found: str, expected: Text) -> NotAllowed:
    part = Text(*(word(f"proposal.{name}", lang) for lang in ("zh", "en")))
    return refusal(
        NotAllowed, "FACTOR-020", name, part=part, found=found or Text("空白", "nothing"), expected=expected
    )
