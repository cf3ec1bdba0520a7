"""Ids as sorted numbers: whether 100,000 ids are known among millions, in milliseconds and without a scan.

An id is 80 bits. They are kept as two arrays, the first 64 and the last 16 of each: a search goes over
plain numbers and only equal heads look at tails. The file of a segment holds the heads of all its ids
in order, then the tails.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from touchstone.errors import LedgerError

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_SIZE = 10


class Keys(NamedTuple):
    """Ids in order: `head` the first 64 bits of each, `tail` the other 16; both of one length."""

    head: "np.ndarray"
    tail: "np.ndarray"

    def chosen(self, which: "np.ndarray") -> "Keys":
        """Those of a mask."""
        return Keys(self.head[which], self.tail[which])

    def write(self, path: Path) -> None:
        """Write them to a file."""
        path.write_bytes(self.head.tobytes() + self.tail.tobytes())


def stored(path: Path) -> Keys:
    """The keys of a file, mapped into memory."""
    import numpy as np

    data = np.memmap(path, dtype="u1", mode="r")
    split = len(data) // _SIZE * 8
    return Keys(data[:split].view("<u8"), data[split:].view("<u2"))


def unique(ids: "pa.ChunkedArray") -> "tuple[Keys, np.ndarray]":
    """The different ids in order, and the row in which each stands first.

    Raises:
        LedgerError: an id is not 20 hexadecimal digits.
    """
    import numpy as np

    texts = ids.to_pylist()
    digits = "".join(texts)
    try:
        raw = np.frombuffer(bytes.fromhex(digits), dtype="u1")
    except ValueError:
        raw = np.empty(0, "u1")
    whole = len(raw) == _SIZE * len(texts) and all(len(text) == 2 * _SIZE for text in texts)
    if not whole or digits != digits.lower():
        raise LedgerError("a fact's id must be 20 hexadecimal digits, as `fact_id` makes it")
    raw = raw.reshape(-1, _SIZE)
    head = raw[:, :8].copy().view(">u8").ravel().astype("<u8")
    tail = raw[:, 8:].copy().view(">u2").ravel().astype("<u2")
    order = np.lexsort((tail, head))  # stable: of equal ids the first row comes first
    head, tail = head[order], tail[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (head[1:] != head[:-1]) | (tail[1:] != tail[:-1])
    return Keys(head[first], tail[first]), order[first]


def merged(parts: Iterable[Keys]) -> Keys:
    """Several lists of keys, no id in two of them, as one."""
    import numpy as np

    heads, tails = zip(*parts, strict=True)
    head, tail = np.concatenate(heads), np.concatenate(tails)
    order = np.lexsort((tail, head))
    return Keys(head[order], tail[order])


def known(sought: Keys, held: Iterable[Keys]) -> "np.ndarray":
    """Which of the sought keys are in any of the lists: a mask."""
    import numpy as np

    found = np.zeros(len(sought.head), dtype=bool)
    for keys in held:
        at = np.searchsorted(keys.head, sought.head)
        near = np.minimum(at, len(keys.head) - 1)
        same = keys.head[near] == sought.head
        found |= same & (keys.tail[near] == sought.tail)
        for place in np.flatnonzero(same & ~found):  # equal heads: hardly ever, and then the tails decide
            end = np.searchsorted(keys.head, sought.head[place], "right")
            found[place] = sought.tail[place] in keys.tail[at[place] : end]
    return found
