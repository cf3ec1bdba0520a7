"""Pathways of one folder: the plant register, the technologies, the scenarios and what models make of them (`pathway/` of a workspace)."""

import os
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

from touchstone.errors import Refusal
from touchstone.facts.text import Text

if TYPE_CHECKING:
    from touchstone.calc.pathway.compiled import Compiled
    from touchstone.calc.pathway.register import Register
    from touchstone.calc.pathway.scenario import Scenario
    from touchstone.calc.pathway.technology import Catalogue

SAMPLES = ("province", "group")
_FOLDER = Path(__file__).parents[1] / "data" / "pathway" / "sample"
_FILES = ("register.csv", "technologies.toml", "technology_values.csv", "targets.toml")


class Pathways:
    """What a folder `pathway` of a workspace holds; nothing is kept here that the files do not say."""

    def __init__(self, folder: "str | os.PathLike[str]") -> None:
        self.folder = Path(folder) / "pathway"

    def take_sample(self, name: str) -> None:
        """A sample of Touchstone into this folder. Raises UnusablePathway: PATHWAY-010, something else is there."""
        from touchstone.calc.pathway.refusal import refusal

        source = _FOLDER / name
        for path in source.rglob("*"):
            target = self.folder / path.relative_to(source)
            if path.is_file() and target.exists() and target.read_bytes() != path.read_bytes():
                raise refusal("PATHWAY-010", str(target))
        copytree(source, self.folder, dirs_exist_ok=True)

    def register(self) -> "Register":
        """The plant register. Raises UnusablePathway: PATHWAY-011 there is none, PATHWAY-001 to PATHWAY-009 what is wrong with it."""
        from touchstone.calc.pathway.refusal import refusal
        from touchstone.calc.pathway.register_file import read_register

        if not (path := self.folder / "register.csv").exists():
            raise refusal("PATHWAY-011", str(path))
        register, wrong = read_register(text_of(path), "pathway/register.csv")
        if register is None:
            wrong[0].also = wrong[1:]
            raise wrong[0]
        return register

    def catalogue(self) -> "Catalogue":
        """The technologies that come with Touchstone, and the own ones of this folder beside them. Raises UnusablePathway: TECH-001 to TECH-003."""
        from touchstone.calc.pathway.catalogue import catalogue, read_catalogue

        named = ("technologies.toml", "technology_values.csv")
        return read_catalogue(
            self._text(named[0]), self._text(named[1]), catalogue(), (f"pathway/{named[0]}", f"pathway/{named[1]}"), synthetic=True
        )  # fmt: skip

    def scenarios(self) -> "dict[str, Scenario | Refusal]":
        """Every scenario by key, bases first; of one that cannot be used the reason: the others go on."""
        from touchstone.calc.pathway.scenario_file import base_of

        texts: dict[str, str] = {}
        found: dict[str, Scenario | Refusal] = {}
        for path in sorted((self.folder / "scenarios").glob("*.toml")):
            try:
                texts[path.stem] = text_of(path)
            except Refusal as problem:
                found[path.stem] = problem

        def of(key: str, above: tuple[str, ...]) -> "Scenario | Refusal":
            if key not in found:
                base = base_of(texts[key])
                known = base in texts or base in found
                given = of(base, (*above, key)) if known and base not in (*above, key) else None
                found[key] = self._scenario(key, texts, _root(base, given))
            return found[key]

        def _root(base: str, given: "Scenario | Refusal | None") -> "Scenario | Refusal | None":
            """A base that cannot be used, or what is wrong with the first of its own bases: told once, not base within base."""
            while isinstance(given, Refusal) and given.code == "SCENARIO-004" and base in texts:
                above = found.get(base := base_of(texts[base]))
                if not isinstance(above, Refusal):
                    break
                given = above
            return given

        for key in texts:
            of(key, ())
        return found

    def scenario(self, key: str) -> "Scenario":
        """One scenario. Raises UnusablePathway: PATHWAY-012 there is none of this key; SCENARIO-001 to SCENARIO-006 what is wrong with it or its base."""
        from touchstone.calc.pathway.refusal import refusal

        every = self.scenarios()
        if key not in every:
            raise refusal(
                "PATHWAY-012", f"pathway/scenarios/{key}.toml", found=key, known=", ".join(every) or "—"
            )
        found = every[key]
        if isinstance(found, Refusal):
            raise found
        return found

    def compiled(self, key: str) -> "Compiled":
        """A scenario with the register and the technologies, as models take it. Raises UnusablePathway: whatever is wrong with any of them."""
        from touchstone.calc.pathway.compiled import compiled

        return compiled(self.register(), self.catalogue(), self.scenario(key))

    def version(self) -> tuple[tuple[str, int, int], ...]:
        """What the files are now: their names, times and sizes, so that what was made of them can be kept until one changes."""
        paths = [self.folder / name for name in _FILES] + sorted((self.folder / "scenarios").glob("*.toml"))
        return tuple(
            (path.name, (stat := path.stat()).st_mtime_ns, stat.st_size) for path in paths if path.exists()
        )

    def _scenario(
        self, key: str, texts: dict[str, str], base: "Scenario | Refusal | None"
    ) -> "Scenario | Refusal":
        from touchstone.calc.pathway.lines_of_toml import head_of, lines_of
        from touchstone.calc.pathway.refusal import refusal
        from touchstone.calc.pathway.scenario_file import base_of, read_scenario

        file = f"pathway/scenarios/{key}.toml"
        named = base_of(texts[key])
        if named and (base is None or isinstance(base, Refusal)):
            known = ", ".join(each for each in texts if each != key) or "—"
            where = f"{file}:{head_of(lines_of(texts[key]), 'base')}"
            if base:
                zh = base.zh[0] if base.zh else base.found
                why = Text(f"{base.where}，{zh}", f"{base.where}: {base.found}")
                return refusal("SCENARIO-004", where, base=named, why=why)
            return refusal("SCENARIO-003", where, base=named, known=known)
        try:
            return read_scenario(texts[key], file, key, None if isinstance(base, Refusal) else base)
        except Refusal as problem:
            return problem

    def _text(self, name: str) -> str:
        path = self.folder / name
        return text_of(path) if path.exists() else ""


def text_of(path: Path) -> str:
    """The text of a file, lines ended by one sign. Raises UnusablePathway: PATHWAY-013, it cannot be read, or is not in UTF-8 (a csv not in GB18030 either)."""
    from touchstone.calc.pathway.refusal import refusal

    # Excel in Chinese saves tables in GB18030.
    encodings = ("utf-8-sig", "gb18030") if path.suffix == ".csv" else ("utf-8-sig",)
    try:
        given = path.read_bytes()
    except OSError as error:
        raise refusal("PATHWAY-013", str(path), reason=error.strerror or str(error)) from error
    if b"\0" in given:
        reason = Text(
            "编码是UTF-16（Excel的“Unicode文本”），或不是文本",
            "a file in UTF-16, Excel's Unicode Text, or no text at all",
        )
        raise refusal("PATHWAY-013", str(path), reason=reason)
    line = 1
    for encoding in encodings:
        try:
            return given.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = given.count(b"\n", 0, error.start) + 1
    reason = Text("这一行的编码不是UTF-8，多半是GBK", "a line that is not in UTF-8, most likely in GBK")
    raise refusal("PATHWAY-013", f"{path}:{line}", reason=reason)
