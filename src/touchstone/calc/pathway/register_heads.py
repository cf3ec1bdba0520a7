"""The head of a plant register: which column is what, and in which unit its numbers are; everything that is wrong with it at once."""

import difflib
import re
from collections.abc import Iterator, Sequence

from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.pathway.register import NUMBERS, WORDS
from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

NEEDED = ("line", "place", "product", "technology", "capacity")
_HEAD = re.compile(r"\s*([^\[\]]+?)\s*(?:\[\s*(.*?)\s*\])?\s*")
_BRACKETS = str.maketrans("［］【】（）()", "[][][][]")
_SIGNS = {
    ";": Text("分号", "semicolons"),
    "\t": Text("制表符", "tabs"),
    "|": Text("竖线", "bars"),
    "，": Text("全角逗号", "full-width commas"),
    "；": Text("全角分号", "full-width semicolons"),
}
"""What stands between the columns of tables that were not saved with commas."""


_SIGNS_OF_NONE = ("年", "年份", "a", "yr", "year", "°", "度", "deg")


def column_of(cell: str) -> tuple[str, str]:
    """Name and unit of a head, `capacity [1e4 t/yr]`, in brackets of any kind and width; the unit "" where there is none."""
    found = _HEAD.fullmatch(cell if "[" in cell else cell.translate(_BRACKETS))
    return (found[1].lower(), found[2] or "") if found else (cell, "")


def heads_of(cells: Sequence[str], file: str) -> tuple[list[tuple[str, str]], list[UnusablePathway]]:
    """Column and unit of each head, and what is wrong with them.

    Codes: PATHWAY-001 columns that are missing, unknown or twice; PATHWAY-002 the unit of one; PATHWAY-025 no commas between them.
    """
    heads = [_without(*column_of(cell)) for cell in cells]
    at = f"{file}:1"
    if sign := _separated(cells):
        return heads, [refusal("PATHWAY-025", at, sign=sign)]
    names = [name for name, _ in heads]
    unknown = [cell for cell, (name, said) in zip(cells, heads, strict=True)
               if name not in (*WORDS, *NUMBERS) or (said and NUMBERS.get(name) == "")]  # fmt: skip
    twice = list(dict.fromkeys(name for n, name in enumerate(names) if name in names[:n]))
    lacking = [name for name in NEEDED if name not in names]
    wrong = [refusal("PATHWAY-002", at, column=name, found=said, expected=NUMBERS[name])
             for name, said in heads if not _fits(name, said)]  # fmt: skip
    found = list(_told(unknown, twice, lacking))
    if found:
        said = Text("；".join(each.zh for each in found), "; ".join(each.en for each in found))
        wrong.insert(0, refusal("PATHWAY-001", at, found=said, columns=", ".join((*WORDS, *NUMBERS))))
    return heads, wrong


def _told(unknown: list[str], twice: list[str], lacking: list[str]) -> Iterator[Text]:
    if unknown:
        zh, en = (list(map(_near, unknown, [lang] * len(unknown))) for lang in ("zh", "en"))
        yield Text(f"列{'、'.join(zh)}", f"the column{'s' * (len(en) > 1)} {', '.join(en)}")
    if twice:
        yield Text(f"列{'、'.join(twice)}出现两次", f"{', '.join(twice)} twice")
    if lacking:
        yield Text(f"没有列{'、'.join(lacking)}", f"no column {', '.join(lacking)}")


def _near(cell: str, lang: str) -> str:
    """A head that is none, with the column it is most like."""
    quoted = f"“{cell}”" if lang == "zh" else f"{cell!r}"
    near = difflib.get_close_matches(column_of(cell)[0], (*WORDS, *NUMBERS), 1, 0.7)
    if not near:
        return quoted
    return f"{quoted}（相近的有{near[0]}）" if lang == "zh" else f"{quoted} (nearest: {near[0]})"


def _without(name: str, said: str) -> tuple[str, str]:
    """A head without the sign that a bare number may well bear: `since [year]`, `latitude [°]`."""
    return name, "" if NUMBERS.get(name, said) == "" and said in _SIGNS_OF_NONE else said


def _fits(name: str, said: str) -> bool:
    if not (own := NUMBERS.get(name, "")):
        return True
    try:
        convert(1, said, own)
    except (UnknownUnit, UnitMismatch):
        return False
    return True


def _separated(cells: Sequence[str]) -> Text | None:
    """The sign between columns that all stand in one cell; None where there are several cells, or it is one column."""
    known = (*WORDS, *NUMBERS)
    if len(cells) != 1:
        return None
    for sign, name in _SIGNS.items():
        if sum(column_of(part.strip())[0] in known for part in cells[0].split(sign)) > 1:
            return name
    return None
