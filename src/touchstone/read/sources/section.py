"""A place in a declaration: its value, and how to say that the value is wrong."""

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import TypeVar

from touchstone.errors import UnknownUnit, UnusableDeclaration
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary
from touchstone.read.refusal import refused
from touchstone.read.sources.outline import Entry
from touchstone.read.sources.template import Unfit

_T = TypeVar("_T")
_LISTED = 12
_KINDS = {
    "product": "产品", "material": "材料", "indicator": "指标", "market": "市场", "place": "地点", "measure": "度量",
}  # fmt: skip


class Section:
    """An entry of a declaration; what is asked of it and is not there raises UnusableDeclaration with file and line."""

    def __init__(self, entry: Entry, file: str, key: str) -> None:
        self._value, self._line, self._file, self._key = entry.value, entry.line, file, key

    def __getitem__(self, key: str) -> "Section":
        """What stands under a key that must be there and say something. Raises SOURCE-004."""
        found = self.find(key)
        if found is None or found._value == "":
            raise refused(
                UnusableDeclaration, "SOURCE-004", self._where(), key=key, under=self._key or self._file
            )
        return found

    def find(self, key: str) -> "Section | None":
        """What stands under a key, or None."""
        entry = self._mapping().get(key)
        return None if entry is None else Section(entry, self._file, key)

    def get(self, key: str, default: str) -> "Section":
        """What stands under a key, or else these words."""
        return self.find(key) or Section(Entry(default, self._line), self._file, key)

    def only(self, keys: Iterable[str]) -> None:
        """Refuse keys that mean nothing here. Raises SOURCE-002."""
        known = tuple(keys)
        for key, entry in self._mapping().items():
            if key not in known:
                near = (get_close_matches(key, known, n=1, cutoff=0.5) or known)[0]
                where, listed = f"{self._file}:{entry.line}", ", ".join(known)
                raise refused(UnusableDeclaration, "SOURCE-002", where, key=key, known=listed, near=near)

    def members(self) -> "Iterator[tuple[str, Section]]":
        """The names and entries of a mapping."""
        for key, entry in self._mapping().items():
            yield key, Section(entry, self._file, key)

    def many(self) -> "list[Section]":
        """The entries of a list; anything else is a list of one."""
        if not isinstance(self._value, list):
            return [self]
        return [Section(entry, self._file, self._key) for entry in self._value]

    def short_for(self, key: str) -> "Section":
        """Keys as they are; anything else as what stands under this one key."""
        if isinstance(self._value, dict):
            return self
        return Section(Entry({key: Entry(self._value, self._line)}, self._line), self._file, self._key)

    def words(self, read: Callable[[str], _T] = str) -> _T:
        """The words, as `read` understands them.

        Raises:
            UnusableDeclaration: SOURCE-005, `read` raises Unfit; SOURCE-006, it raises UnknownUnit.
        """
        said = self._value
        if not isinstance(said, str):
            raise self.wrong(("words", "文字"))
        return self.fit(lambda: read(said))

    def fit(self, made: Callable[[], _T]) -> _T:
        """What `made` gives; that it refuses is the fault of what stands here. See `words`."""
        try:
            return made()
        except Unfit as error:
            raise self.wrong(error.expected) from error
        except UnknownUnit as error:
            english, _, chinese = str(error).partition("\n")
            raise refused(UnusableDeclaration, "SOURCE-006", self._where(), why=(english, chinese)) from error

    def text(self) -> Text:
        """Words for both languages, or `zh` and `en`."""
        if isinstance(self._value, str):
            return Text(self._value, self._value)
        self.only(("zh", "en"))
        return Text(self["zh"].words(), self["en"].words())

    def code(self, kinds: tuple[str, ...]) -> str:
        """A code of the vocabulary of one of these kinds. Raises SOURCE-007."""
        code = self.words()
        known = {term.code for kind in kinds for term in vocabulary().terms(kind)}
        if code in known:
            return code
        named = next(filter(None, (vocabulary().resolve(code, kind) for kind in kinds)), None)
        near = [named] if named else get_close_matches(code, sorted(known), n=3, cutoff=0.5)
        raise refused(
            UnusableDeclaration, "SOURCE-007", self._where(), key=self._key, given=code,
            kinds=(", ".join(kinds), "、".join(_KINDS[kind] for kind in kinds)), near=", ".join(near or sorted(known)[:_LISTED]),
        )  # fmt: skip

    def wrong(self, expected: tuple[str, str]) -> UnusableDeclaration:
        """That the value is not what is expected here, in English and Chinese."""
        found = self._value if isinstance(self._value, str) else ("a list or keys", "列表或键值")
        if found == "":
            found = ("nothing", "空")
        return refused(
            UnusableDeclaration, "SOURCE-005", self._where(), key=self._key, found=found, expected=expected
        )

    def _mapping(self) -> dict[str, Entry]:
        if not isinstance(self._value, dict):
            raise self.wrong(("keys, one a line", "每行一个键"))
        return self._value

    def _where(self) -> str:
        return f"{self._file}:{self._line}"
