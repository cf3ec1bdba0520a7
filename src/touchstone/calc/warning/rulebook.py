"""The rule book: what is watched, by which rules, from data/warning and from a folder of one's own.

Rules that many materials share stand once, in data/warning/shared/rules.toml; a material says which it uses and may
declare rules of its own, or declare a shared one anew. A file or rule that cannot be used is refused by file and field,
and the rest goes on.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from touchstone.calc.warning.checks import checked_rule
from touchstone.calc.warning.rule import MODES, Material, Rule, Wanted
from touchstone.calc.warning.unfit import impossible, twice, unknown, unreadable
from touchstone.errors import UnreadableFile
from touchstone.facts.text import Text

FOLDER = Path(__file__).parents[2] / "data" / "warning"

_KEY = re.compile(r"[A-Za-z0-9_-]+")
"""Of a material: it stands in the keys of series, where a dot parts it from the role, and in the address of a page."""
_LAST = 99
"""The order of a material that names none."""
_MATERIAL = ("name", "source", "mode", "uses", "series", "rule")
_SERIES = ("role", "subject", "measure", "place", "since", "note")
_ROLES = (
    "price",
    "cost",
    "stock",
    "output",
    "import",
    "export",
    "use",
    "utilisation",
    "ratio",
)


@dataclass(frozen=True, slots=True)
class Book:
    """The materials under watch, in order of their files, and what was refused on the way."""

    materials: tuple[Material, ...]
    refused: tuple[UnreadableFile, ...]

    def material(self, key: str) -> Material:
        """The material of a key.

        Raises:
            KeyError: none has it.
        """
        return {material.key: material for material in self.materials}[key]

    def wanted(self) -> Iterator[tuple[str, str, Wanted]]:
        """Every series that any rule could read: its key, its frequency, and what facts it is made of."""
        for material in self.materials:
            for every in dict.fromkeys(rule.frequency for rule in material.rules):
                for each in material.series:
                    yield material.series_key(each.role, every), every, each


def book(own: Path | None = None) -> Book:
    """The rule book; a file of the folder `own` goes before ours of the same name."""
    folders = [folder for folder in (own, FOLDER) if folder and folder.is_dir()]
    files: dict[str, Path] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        files.setdefault(path.stem, path)
    refused: list[UnreadableFile] = []
    shared = _shared(refused)
    found = [_material(files[stem], shared, refused) for stem in sorted(files)]
    once: dict[str, tuple[int, Material]] = {}
    for stem, each in zip(sorted(files), found, strict=True):
        if each and each[1].key in once:
            refused.append(twice(files[stem].name, f"key {each[1].key}"))
        elif each:
            once[each[1].key] = each
    materials = sorted(once.values(), key=lambda each: each[0])
    return Book(tuple(material for _, material in materials), tuple(refused))


def read_material(path: Path) -> tuple[Material | None, tuple[UnreadableFile, ...]]:
    """One file with the rules it shares, and what was refused of it."""
    refused: list[UnreadableFile] = []
    found = _material(path, _shared(refused), refused)
    return (found[1] if found else None), tuple(refused)


def _shared(refused: list[UnreadableFile]) -> tuple[Rule, ...]:
    path = FOLDER / "shared" / "rules.toml"
    return tuple(_rules("rules.toml", _table(path), refused))


def _table(path: Path) -> dict[str, Any]:
    """Raises UnreadableFile: it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise unreadable(path.name, str(error)) from error


def _material(
    path: Path, shared: Sequence[Rule], refused: list[UnreadableFile]
) -> tuple[int, Material] | None:
    try:
        given = _table(path)
        for field in given:
            if field not in (*_MATERIAL, "key", "order"):
                raise unknown(path.name, field, field, _MATERIAL)
        order = given.get("order", _LAST)
        if not isinstance(order, int):
            raise impossible(path.name, "order", order, "a whole number", "整数")
        return order, _built(path.name, given, shared, refused)
    except UnreadableFile as error:
        refused.append(error)
    except (KeyError, TypeError, AttributeError) as error:
        refused.append(unreadable(path.name, f"{type(error).__name__}: {error}"))
    return None


def _built(
    file: str, given: Mapping[str, Any], shared: Sequence[Rule], refused: list[UnreadableFile]
) -> Material:
    if given["mode"] not in MODES:
        raise unknown(file, "mode", given["mode"], MODES)
    key = given["key"]
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise impossible(file, "key", key, "letters, digits, _ and -", "由字母、数字、_和-组成的名称")
    used = _used(file, given["uses"], shared, refused)
    own = {(rule.key, rule.frequency): rule for rule in _rules(file, given, refused)}
    rules = {**{(rule.key, rule.frequency): rule for rule in used}, **own}
    return Material(
        key, Text(**given["name"]), given["mode"],
        tuple(_wanted(file, given["series"], refused)), tuple(rules.values()), Text(**given["source"]),
    )  # fmt: skip


def _used(
    file: str, uses: Sequence[str], shared: Sequence[Rule], refused: list[UnreadableFile]
) -> Iterator[Rule]:
    known = tuple(dict.fromkeys(rule.key for rule in shared))
    for place, key in enumerate(uses):
        if key not in known:
            refused.append(unknown(file, f"uses[{place}]", key, known))
        yield from (rule for rule in shared if rule.key == key)


def _wanted(file: str, rows: Sequence[dict[str, Any]], refused: list[UnreadableFile]) -> Iterator[Wanted]:
    seen: set[str] = set()
    for place, row in enumerate(rows):
        field = f"series[{place}]"
        strange = [key for key in row if key not in _SERIES]
        if strange:
            refused.append(unknown(file, f"{field}.{strange[0]}", strange[0], _SERIES))
        elif row["role"] not in _ROLES:
            refused.append(unknown(file, f"{field}.role", row["role"], _ROLES))
        elif row["role"] in seen:
            refused.append(twice(file, f"{field}.role {row['role']}"))
        else:
            seen.add(row["role"])
            note = Text(**row["note"]) if "note" in row else None
            yield Wanted(
                row["role"], row["subject"], row["measure"], row["place"], row.get("since", ""), note
            )


def _rules(file: str, given: Mapping[str, Any], refused: list[UnreadableFile]) -> Iterator[Rule]:
    """The rules of a file, one for each frequency they are declared at."""
    seen: set[tuple[str, str]] = set()
    for place, row in enumerate(given.get("rule", ())):
        for every in row.get("at", {"": {}}):
            field = f"rule[{place}] {row.get('key', '?')} {every}".rstrip()
            try:
                rule = checked_rule(file, field, row, every)
            except UnreadableFile as error:
                refused.append(error)
                continue
            if (rule.key, every) in seen:
                refused.append(twice(file, field))
                continue
            seen.add((rule.key, every))
            yield rule
