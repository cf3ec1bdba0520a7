"""What no rule of allocation and no calendar of compliance can be: one code, and the file and field it is about."""

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


def one_of(where: str, found: str, among: Iterable[str]) -> UnusableDeclaration:
    """ASSET-015: a field says something else than what there is to choose from."""
    choices = tuple(among)
    return unusable(where, found, Text("、".join(choices), ", ".join(choices)))
