"""What no rule of allocation and no calendar of compliance can be: files by one code, values that are given by another."""

from collections.abc import Iterable

from touchstone.errors import UnusableDeclaration
from touchstone.facts.text import Text


def unusable(where: str, found: str | Text, expected: Text) -> UnusableDeclaration:
    """ASSET-015: a field of a file is absent, or says something that is not understood."""
    said = found if isinstance(found, Text) else Text(f"“{found}”", repr(found))
    return UnusableDeclaration(
        "ASSET-015", where, said.en, expected.en, "the file was not used", "correct the field",
        zh=(said.zh, expected.zh, "没有采用这个文件", "改正该字段"),
    )  # fmt: skip


def no_value(where: str, found: object, expected: Text) -> UnusableDeclaration:
    """ASSET-019: a value that somebody gave for a parameter cannot be reckoned with."""
    return UnusableDeclaration(
        "ASSET-019", where, str(found), expected.en, "nothing was worked out", "give another value, with its evidence",
        zh=(str(found), expected.zh, "没有计算", "改正取值，并写明出处"),
    )  # fmt: skip


def one_of(where: str, found: str, among: Iterable[str]) -> UnusableDeclaration:
    """ASSET-015: a field says something else than what there is to choose from."""
    choices = tuple(among)
    return unusable(where, found, Text("、".join(choices), ", ".join(choices)))
