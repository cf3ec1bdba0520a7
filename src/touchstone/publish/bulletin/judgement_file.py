"""Where a workspace keeps the editor's judgement of a week, and how the console writes it there."""

import json
import os
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

from touchstone.facts.text import Text
from touchstone.publish.bulletin.judgement import Judgement, judgement
from touchstone.publish.bulletin.layout import Layout


def judgement_path(folder: Path, day: date) -> Path:
    """The file of an issue in the folder of a workspace: judgement/2020-10-09.toml."""
    return folder / "judgement" / f"{day}.toml"


def save_judgement(folder: Path, day: date, written: Judgement, layout: Layout) -> Path:
    """Write the judgement of an issue; it is read as any such file before it takes the place of the one there.

    Raises:
        UnreadableFile: no name, a metal that the layout does not have, a character that a file cannot have.
    """
    path = judgement_path(folder, day)
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".new", delete=False) as file:
        file.write(_toml(day, written))
    made = Path(file.name)
    try:
        judgement(made, day, layout)
        os.replace(made, path)
    finally:
        made.unlink(missing_ok=True)
    return path


def _toml(day: date, written: Judgement) -> str:
    parts = [f"week = {day}\nby = {_quoted(written.by)}"]
    parts += [_table(f"metal.{code}", text) for code, text in written.metals.items()]
    parts += [_table("outlook", written.outlook)] if written.outlook else []
    return "\n\n".join(parts) + "\n"


def _table(name: str, text: Text) -> str:
    said = [f"{lang} = {_quoted(words)}" for lang, words in (("zh", text.zh), ("en", text.en)) if words]
    return "\n".join((f"[{name}]", *said))


def _quoted(words: str) -> str:
    """A text as TOML writes it: as JSON does, but for the one control character that JSON leaves bare."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
