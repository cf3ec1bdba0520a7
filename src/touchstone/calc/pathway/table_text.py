"""The rows of a table that was saved as csv, whatever it was saved by; a row that cannot be read is named by its line."""

import csv
import io
from collections.abc import Callable, Iterator

from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.facts.text import Text

_LONGEST = 131_072
"""Characters of a cell above which a quotation mark was left open."""
UNREAD = Text(
    "这一行无法读取：引号没有成对，或一格超过131,072个字符",
    "a row that cannot be read: a quotation mark without its pair, or a cell of more than 131,072 characters",
)


def rows_of(text: str, wrong: Callable[[int], UnusablePathway]) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row that is not empty, cells without the blanks around them; the head without empty cells at its end.

    Args:
        wrong: the refusal of a line that cannot be read. Raises UnusablePathway: as it makes it.
    """
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    rows = csv.reader(io.StringIO(plain, newline=""), strict=True)
    width = 0
    while True:
        line = rows.line_num + 1
        try:
            cells = [cell.strip() for cell in next(rows)]
        except StopIteration:
            return
        except csv.Error:
            raise wrong(line) from None
        while len(cells) > width and not cells[-1]:
            cells.pop()
        if max(map(len, cells), default=0) > _LONGEST:
            raise wrong(line)
        if any(cells):
            width = width or len(cells)
            yield line, cells
