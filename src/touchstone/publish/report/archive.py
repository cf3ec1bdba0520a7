"""Zip archives that are the same bytes whenever they are built: Word files hold times of day otherwise."""

import io
import zipfile
from datetime import date


def dated(archive: bytes, day: date) -> bytes:
    """The same archive with every member dated `day`, in the order it has.

    A zip knows no day before 1980; an earlier one is written as 1 January 1980.
    """
    stamp = max((day.year, day.month, day.day), (1980, 1, 1))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, (*stamp, 0, 0, 0))
            made.writestr(entry, given.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
