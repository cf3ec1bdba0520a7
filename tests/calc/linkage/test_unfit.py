"""One refusal for one cause, and each code is explained once."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_every_code_is_raised_in_one_place_and_explained_once() -> None:
    code = "".join(file.read_text("utf-8") for file in (ROOT / "src" / "touchstone").rglob("*.py"))
    raised = Counter(re.findall(r'"(LINK-\d+)"', code))
    pages = "".join(file.read_text("utf-8") for file in (ROOT / "docs").glob("linkage*.md"))
    explained = Counter(re.findall(r"LINK-\d+", pages))
    assert raised == explained and set(raised.values()) == {1}
