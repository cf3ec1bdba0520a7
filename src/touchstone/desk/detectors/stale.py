"""Stale: nothing was reported since the last assessment, which is carried over by other words."""

from collections.abc import Iterator

from touchstone.desk.detectors.case import NO_PAST, Case, result
from touchstone.desk.result import Result
from touchstone.facts.text import Text

TEST = "stale"


def stale(case: Case) -> Iterator[Result]:
    """Fails where every input used is of the last assessment's day or older, or was used by it."""
    before = case.before
    if before is None or not case.used:
        words = NO_PAST if before is None else Text("没有采用任何输入", "no input is used")
        yield result(TEST, "untested", words)
        return
    known = {given.id for given in before.inputs}
    fresh = [given for given in case.used if given.id not in known and given.day > before.day]
    newest = max(given.day for given in case.used)
    words = Text(
        f"所用输入 {len(case.used)} 条，晚于上期 {before.day} 的 {len(fresh)} 条，最新 {newest}",
        f"{len(case.used)} inputs used, {len(fresh)} of them since {before.day}, the newest of {newest}",
    )
    yield result(TEST, "holds" if fresh else "fails", words, fresh or case.used)
