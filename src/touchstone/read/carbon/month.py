"""Months as people write them in tables of activity data: 2024-03, 2024/3, 2024.3, 202403, 2024年3月."""

import re
import unicodedata

YEARS = range(1990, 2101)
"""Years that activity data may be about; another one is a slip of the hand."""
_WRITTEN = re.compile(r"(\d{4})(?:[-/.年]\s?(\d{1,2})月?|(\d{2}))", re.ASCII)


def is_written_as_month(words: str) -> bool:
    """Whether words have the form of a month, of whatever year.

    >>> is_written_as_month("2024年2月"), is_written_as_month("2024-13"), is_written_as_month("value")
    (True, True, False)
    """
    return _WRITTEN.fullmatch(_plain(words)) is not None


def month_code(words: str) -> str | None:
    """The period code of a month as written; None where it is none, or of a year that is not in `YEARS`.

    >>> month_code("２０２４年２月"), month_code("202403"), month_code("0000-01"), month_code("2024-00")
    ('2024-02', '2024-03', None, None)
    """
    found = _WRITTEN.fullmatch(_plain(words))
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or found[3])
    return f"{year}-{month:02d}" if year in YEARS and 1 <= month <= 12 else None


def _plain(words: str) -> str:
    """Full-width digits and signs are those of the keyboard."""
    return unicodedata.normalize("NFKC", words).strip()
