"""The line of a file of the workspace that a refusal is about."""

from pathlib import Path


def at_line(path: Path, words: str) -> str:
    """The file, and the first line that has the words where one has: quotations.toml:12. Comments do not count."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return path.name
    found = (number for number, line in enumerate(lines, 1) if words and words in line.partition("#")[0])
    return f"{path.name}:{number}" if (number := next(found, 0)) else path.name
