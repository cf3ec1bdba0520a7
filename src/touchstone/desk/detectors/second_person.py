"""Second person: somebody else than the assessor answers for the assessment. Nobody can let that pass."""

import unicodedata
from collections.abc import Iterator

from touchstone.desk.detectors.case import Case, result
from touchstone.desk.result import Result
from touchstone.facts.text import Text

TEST = "second_person"


def second_person(case: Case) -> Iterator[Result]:
    """Fails where the second person judged or submitted the assessment; untested while nobody is named."""
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
    """Whether two names are one person's, however they are spaced and cased: names are stated, not proved.

    >>> is_same_person("Li Wei", "ＬＩ  WEI"), is_same_person("李", "王")
    (True, False)
    """
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
