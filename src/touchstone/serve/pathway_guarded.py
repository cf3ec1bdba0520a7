"""What pages of pathways share: a refusal becomes a page, sources become titles and addresses, numbers are written out."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.target.documents import documents
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.publish.pathway.pen import figure
from touchstone.serve.pathway_workbench import nothing
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_T = TypeVar("_T")
_KEY = re.compile(r"[A-Za-z][\w.-]+")
_NEAREST = 5
"""Names that are told of many, those most like what was asked for."""
WHAT = {
    "line": Text("产线", "line"),
    "technology": Text("技术", "technology"),
    "scenario": Text("情景", "scenario"),
    "document": Text("文件", "document"),
    "product": Text("产品", "product"),
    "indicator": Text("指标", "indicator"),
    "place": Text("地区", "place"),
    "enterprise": Text("企业", "enterprise"),
    "system": Text("指标体系", "indicator system"),
    "area": Text("区域", "area"),
    "year": Text("年份", "year"),
    "item": Text("评分项", "item"),
    "kind": Text("类别", "kind"),
    "by": Text("分配对象", "kind of sharer"),
    "cap": Text("总量", "cap"),
    "rule": Text("分配办法", "rule of allocation"),
}  # fmt: skip


def guarded(shelf: Shelf, make: Callable[[], Page]) -> Page:
    """The page, or why there is none: of a workspace without pathways what to do, of a wrong name or number what is right."""
    try:
        return make()
    except Refusal as problem:
        stock = shelf.stock.pathways()
        if problem.code == "PATHWAY-011" and not stock.files.folder.exists():
            return nothing(stock, problem)
        every = [problem, *problem.also]
        data = {"problems": [each.text("en") for each in every]}
        rows = [{"code": each.code, "where": each.where, "problem": each.text("en")} for each in every]
        return Page("pathway_refused.html", {"problems": every}, data, rows, 404)


def one_of(known: Mapping[str, _T], key: str, what: str) -> _T:
    """What has the key. Raises UnusablePathway: PATHWAY-030, nothing has."""
    if key not in known:
        near = difflib.get_close_matches(key, known, _NEAREST, 0.5) if len(known) > _NEAREST else ()
        raise refusal("PATHWAY-030", what, what=WHAT[what], found=key, known=listed(near or known))
    return known[key]


def listed(known: Iterable[str], most: int = 40) -> str:
    """Keys in a sentence, some of them where they are many."""
    every = [each for each in known if each]
    return ", ".join(every[:most]) + (" …" if len(every) > most else "") or "—"


def number_of(query: Mapping[str, str], name: str, low: float, high: float) -> float | None:
    """A number of a form; None where it is empty. Raises UnusablePathway: PATHWAY-031, it is none, or beyond its bounds."""
    said = query.get(name, "").strip().replace(",", "")
    if not said:
        return None
    try:
        value = float(said)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        expected = Text(f"{low:g}至{high:g}之间的数", f"a number from {low:g} to {high:g}")
        raise refusal("PATHWAY-031", name, found=query[name], expected=expected)
    return value


def year_of(query: Mapping[str, str], name: str, years: Iterable[int], usual: int) -> int:
    """A year of an address; `usual` where none is given. Raises UnusablePathway: PATHWAY-030, it is not among those there are."""
    said = query.get(name, "").strip()
    return one_year(list(years), said) if said else usual


def one_year(known: Sequence[int], said: str) -> int:
    """The year that is written. Raises UnusablePathway: PATHWAY-030, it is not among those there are; years without a gap are told by their ends."""
    found = {str(each): each for each in known}
    if said not in found and len(known) > 1 and known[-1] - known[0] == len(known) - 1:
        ends = f"{known[0]} … {known[-1]}"
        raise refusal("PATHWAY-030", "year", what=WHAT["year"], found=said, known=ends)
    return one_of(found, said, "year")


def sourced(source: str) -> list[tuple[Text, str]]:
    """A source as parts: the title of each document that is known with its address, other words as they are."""
    parts: list[tuple[Text, str]] = []
    for part in re.split(r"(\s+|[,;，；])", source):
        known = documents().get(part) if _KEY.fullmatch(part) else None
        parts.append((known.title, f"/pathway/document/{quote(part)}") if known else (Text(part, part), ""))
    return parts


def cited(document: str, clause: str) -> list[tuple[Text, str]]:
    """A document with its clause, as `sourced` has them; a clause is words and never split."""
    return [*sourced(document), *([(Text(f" {clause}", f" {clause}"), "")] if clause else [])]


def written(value: float | None, lang: str, digits: int = 5) -> str:
    """A number with so many digits that count, "" where there is none."""
    return "" if value is None else figure(float(value), lang, digits)


def text_of(said: Text | None) -> dict[str, Any] | None:
    """A text for a twin."""
    return None if said is None else {"zh": said.zh, "en": said.en}
