"""Second person: somebody else than the assessor answers for the assessment. Nobody can let that pass."""

import re
import unicodedata
from collections.abc import Iterator

from touchstone.desk.declared import name_folds
from touchstone.desk.detectors.case import Case, result
from touchstone.desk.result import Result
from touchstone.facts.characters import simplify
from touchstone.facts.text import Text

TEST = "second_person"
_LOOK_ALIKE = str.maketrans("аеорсухікмтвнѕјɡαορνκτικμԁԛԝһ", "aeopcyxikmtbhsjgaopvktikmdqwh")
"""Small Cyrillic and Greek letters that are drawn like Latin ones (Unicode Technical Standard 39, confusables)."""
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
"""Characters that show as nothing (Unicode, Default_Ignorable_Code_Point), beside those of the category Cf."""


def second_person(case: Case) -> Iterator[Result]:
    """Fails where the second person had a hand in the assessment; untested while nobody is named."""
    assessors = case.assessment.assessors
    if not case.second or not assessors:
        yield result(TEST, "untested", Text("尚无复核人", "there is no second person yet"))
        return
    one = any(is_same_person(case.second, assessor) for assessor in assessors)
    said = ", ".join(assessors)
    words = Text(
        f"评估人 {said}，复核人 {case.second}{'：同一人' if one else ''}",
        f"assessor {said}, second person {case.second}{': the same' if one else ''}",
    )
    yield result(TEST, "fails" if one else "holds", words)


def is_same_person(one: str, other: str) -> bool:
    """Whether two names are one person's: names are stated, not proved.

    Case, width, spaces, punctuation, the order of words, traditional characters, characters that show as nothing
    and letters drawn like Latin ones make no difference; initials, pinyin and misspellings do.

    >>> is_same_person("Li Wei", "ＷＥＩ, L\u200bi"), is_same_person("李", "王")
    (True, False)
    """
    mine, others = _words(one), _words(other)
    return "".join(mine) == "".join(others) or sorted(mine) == sorted(others)


def _words(name: str) -> list[str]:
    """The words of a name in the form in which they are compared."""
    seen = _INVISIBLE.sub("", "".join(c for c in name if unicodedata.category(c) != "Cf"))
    simple = simplify(unicodedata.normalize("NFKC", seen)).translate(name_folds())
    folded = simple.casefold().translate(_LOOK_ALIKE)
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in folded)
    return kept.split()
