"""Reading what rules of allocation and calendars of compliance have in common: TOML, texts, keys of documents, tags."""

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from touchstone.calc.carbon.assets.unfit import one_of, unusable
from touchstone.calc.carbon.factor import TAGS
from touchstone.calc.carbon.factors.reference import documents
from touchstone.facts.text import Text


def table(text: str, where: str) -> dict[str, Any]:
    """A TOML file. Raises UnusableDeclaration: ASSET-015, it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise unusable(where, str(error), Text("TOML文件", "a TOML file")) from error


def said(row: Mapping[str, Any], field: str, where: str) -> Text:
    """A text in both languages. Raises UnusableDeclaration: ASSET-015."""
    given = row.get(field)
    if not isinstance(given, dict) or not all(isinstance(given.get(lang), str) for lang in ("zh", "en")):
        raise unusable(f"{where} {field}", str(given), Text("含zh和en的文字", "a text with zh and en"))
    return Text(given["zh"], given["en"])


def words(row: Mapping[str, Any], field: str, where: str) -> str:
    """A word that must be there. Raises UnusableDeclaration: ASSET-015."""
    given = row.get(field)
    if not isinstance(given, str) or not given:
        raise unusable(f"{where} {field}", str(given), Text("文字", "a word"))
    return given


def chosen(row: Mapping[str, Any], field: str, where: str, among: Mapping[str, Any] | tuple[str, ...]) -> str:
    """One of some words. Raises UnusableDeclaration: ASSET-015, with the choices."""
    given = words(row, field, where)
    if given not in among:
        raise one_of(f"{where} {field}", given, among)
    return given


def whole_number(row: Mapping[str, Any], field: str, where: str) -> int:
    """A whole number. Raises UnusableDeclaration: ASSET-015."""
    given = row.get(field)
    if type(given) is not int:
        raise unusable(f"{where} {field}", str(given), Text("整数", "a whole number"))
    return given


def day(row: Mapping[str, Any], field: str, where: str) -> date:
    """A day. Raises UnusableDeclaration: ASSET-015."""
    given = row.get(field)
    if type(given) is not date:
        raise unusable(f"{where} {field}", str(given), Text("日期，如 2025-12-31", "a day, as 2025-12-31"))
    return given


def cited(row: Mapping[str, Any], where: str) -> tuple[str, str, str]:
    """Document, clause and tag of a row. Raises UnusableDeclaration: ASSET-015, one of them is not known."""
    return (
        chosen(row, "document", where, tuple(documents())),
        row.get("clause", ""),
        chosen(row, "tag", where, TAGS),
    )
