"""Wrong unit: per tonne against per kilogram, pound against kilogram, cents against dollars.

The ends of the value and the inputs are laid beside what was reported and quoted. A figure that is off, and that a
factor between units brings near (`near`, declared) nearer than any exchange rate does, fails.
"""

from collections.abc import Iterator

from touchstone.desk.detectors.beside import UNIT as TEST
from touchstone.desk.detectors.beside import explained
from touchstone.desk.detectors.case import NO_PAST, NO_VALUE, Case, result
from touchstone.desk.result import Result


def wrong_unit(case: Case) -> Iterator[Result]:
    """One failure for each figure that is another unit's."""
    if case.value is None:
        yield result(TEST, "untested", NO_VALUE)
        return
    found = list(explained(case, TEST))
    yield from found or [result(TEST, "untested", NO_PAST)]
