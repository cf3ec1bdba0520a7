"""The edition of the reading rules: what was read under another one is read anew."""

import re
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

_READING = re.compile(
    r"read/.+\.py|facts/(?:unit\w*|vocabulary|term|characters|period)\.py"
    r"|data/(?:units\.toml|traditional\.txt|vocabulary/.+|rules/(?:reading|not_figures|nouns)\.toml)"
)
"""What decides what is read: the readers, their rules, units and words. Texts of pages and rules of the audit do not."""


@cache
def edition() -> str:
    """Twelve hexadecimal digits that change with any line of the readers or of their data."""
    digest = blake2b(digest_size=6)
    for path, file in _below(files("touchstone"), ""):
        if _READING.fullmatch(path):
            digest.update(path.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        here = f"{path}/{entry.name}".lstrip("/")
        if entry.is_dir():
            yield from _below(entry, here)
        else:
            yield here, entry
