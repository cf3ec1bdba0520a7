"""The edition of everything that comes with Touchstone and decides about lines of an inventory: its code, factors and tables."""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

_HERE = Path(__file__).parents[1]
_CODE = ("calc/carbon", "facts")
_DATA = ("data/carbon", "data/vocabulary", "data/units.toml")
_APART = _HERE / "data" / "carbon" / "sample"


@cache
def edition() -> str:
    """A digest, other whenever one of the files is: what was remembered by an older Touchstone is worked out anew."""
    digest = blake2b(digest_size=16)
    for path in sorted(_files()):
        digest.update(path.relative_to(_HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    for folder in _CODE:
        yield from (_HERE / folder).rglob("*.py")
    for name in _DATA:
        found = [_HERE / name] if name.endswith(".toml") else (_HERE / name).rglob("*")
        yield from (each for each in found if each.is_file() and _APART not in each.parents)
