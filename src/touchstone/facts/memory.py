"""What was worked out before, found again by its inputs, so that a second run of the same is instant.

`memory.sqlite` of a workspace. It holds nothing that cannot be worked out anew, and may be deleted at any time. An answer
is known by all it depends on: a changed value, recipe or edition of a method asks for another answer, so nothing ever has
to be declared out of date.
"""

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

_MAKE = "create table if not exists answer (key text primary key, value blob not null) without rowid"
_WAIT = 30.0
"""Seconds to wait for another process that writes."""


@runtime_checkable
class _Array(Protocol):
    dtype: Any
    shape: tuple[int, ...]

    def tobytes(self) -> bytes: ...
    def tolist(self) -> Any: ...


class Memory:
    """The answers kept for one workspace; `path` None keeps them for the life of the object only."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._here: dict[str, str] = {}

    def answer(self, kind: str, depends: Iterable[object], make: Callable[[], Any]) -> Any:
        """The answer for these inputs: the one kept, or a new one, which is then kept.

        Args:
            kind: what is asked, with the edition of the code that answers it: "x13/1".
            depends: all it depends on: text, numbers, bytes, or arrays (by shape, type and bytes), in a fixed order.
            make: works it out; its result must be plain values that JSON can hold (nan and inf may be among them).

        Every caller has an answer of its own, also the first: what it does to it changes nothing that is remembered.
        """
        key = _key(kind, depends)
        if key not in self._here:
            kept = self._kept(key)
            if kept is None:
                kept = json.dumps(make(), ensure_ascii=False)
                self._keep(key, kept)
            self._here[key] = kept
        return json.loads(self._here[key])

    def _kept(self, key: str) -> str | None:
        if self._path is None or not self._path.exists():
            return None
        try:
            with closing(sqlite3.connect(self._path, timeout=_WAIT)) as store:
                row = store.execute("select value from answer where key = ?", (key,)).fetchone()
            return zlib.decompress(row[0]).decode() if row else None
        except (
            sqlite3.Error,
            zlib.error,
        ):  # a damaged memory is no memory: everything can be worked out anew
            return None

    def _keep(self, key: str, text: str) -> None:
        if self._path is None:
            return
        try:
            with closing(sqlite3.connect(self._path, timeout=_WAIT)) as store, store:
                store.execute(_MAKE)
                store.execute(
                    "insert or replace into answer values (?, ?)", (key, zlib.compress(text.encode(), 1))
                )
        except sqlite3.Error:  # a folder that may not be written only costs the next run its time
            return


def _key(kind: str, depends: Iterable[object]) -> str:
    hashed = blake2b(kind.encode(), digest_size=16)
    for each in depends:
        what, data = _told(each)
        for part in (what.encode(), data):
            hashed.update(len(part).to_bytes(8, "big") + part)
    return hashed.hexdigest()


def _told(each: object) -> tuple[str, bytes]:
    """What kind of input it is, and its bytes; what is neither bytes nor an array, by the words that would build it."""
    if isinstance(each, bytes):
        return "bytes", each
    if not isinstance(each, _Array):
        return "words", repr(each).encode()
    # the bytes of an array of objects are addresses, which say nothing of what is there
    data = repr(each.tolist()).encode() if each.dtype.hasobject else each.tobytes()
    return f"{each.dtype.str} {each.shape}", data
