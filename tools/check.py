"""What must hold of the code before it is committed; `make check` runs it.

Prints one line for each check, and under it what is wrong and where. Ends with 1 if anything is.
"""

import ast
import csv
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "touchstone"
FILE_LINES = 400
FUNCTION_LINES = 60
LINE_CHARACTERS = 160
"""The formatter breaks code at 110; this is for sentences and patterns, which it leaves alone."""

SOURCE_KEYS = ("source", "sources", "document")
WORDING = ("text", "refusals.toml")
"""Data that is our own wording and states nothing about the world."""

MACHINE = re.compile(
    r"/(?:work|root)/|/home/\w+/|files\.pythonhosted\.org|pypi\.org/simple|registry\.npmjs\.org"
)
"""Paths of somebody's machine and addresses of package registries: they break everybody else."""

OPEN_ENDS = re.compile(r"\b(?:TODO|FIXME|XXX)\b|\braise NotImplementedError\b")


def file_sizes() -> Iterator[str]:
    """No file of code over 400 lines, no function over 60, no line over 160 characters."""
    for path, text in _code():
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > LINE_CHARACTERS:
                yield f"{_name(path)}:{number}: {len(line)} characters, at most {LINE_CHARACTERS}."
        lines = text.count("\n")
        if lines > FILE_LINES:
            yield f"{_name(path)}: {lines} lines, at most {FILE_LINES}. Split it by subject."
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    where = f"{_name(path)}:{node.lineno}"
                    yield f"{where}: {node.name} has {length} lines, at most {FUNCTION_LINES}."


def docstrings() -> Iterator[str]:
    """Every module, public class and public function of the package says what it is."""
    for path, text in _code(SOURCE):
        tree = ast.parse(text)
        if text.strip() and not ast.get_docstring(tree):
            yield f"{_name(path)}:1: the module has no docstring."
        for node in tree.body:
            named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            if named and not node.name.startswith("_") and not ast.get_docstring(node):
                yield f"{_name(path)}:{node.lineno}: {node.name} has no docstring."


def clean_words() -> Iterator[str]:
    """No path of a machine, no package registry, nothing left open."""
    for path in _tracked():
        if path.suffix in {".docx", ".pdf", ".xlsx", ".png", ".otf", ".ttf", ".woff2"} or path == Path(
            __file__
        ):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if found := MACHINE.search(line):
                yield f"{_name(path)}:{number}: {found.group()!r} means nothing on another machine."
            if path.suffix == ".py" and path.is_relative_to(SOURCE) and (found := OPEN_ENDS.search(line)):
                yield f"{_name(path)}:{number}: {found.group()!r}. Finish it, or open an issue."


def sourced_data() -> Iterator[str]:
    """Every row of the data files says where it comes from, itself or through its file."""
    for path in sorted((SOURCE / "data").rglob("*.toml")):
        text = path.read_text(encoding="utf-8")
        if path.relative_to(SOURCE / "data").parts[0] in WORDING or re.search(
            "^# source: .", text, re.MULTILINE
        ):
            continue
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            yield f"{_name(path)}: is not TOML: {error}."
            continue
        if any(key in table for key in SOURCE_KEYS):
            continue
        for group, rows in table.items():
            for label, row in _rows(group, rows):
                if not any(key in row for key in SOURCE_KEYS):
                    yield f"{_name(path)}: {label} has no source."
                    break
    histories = "".join(file.read_text("utf-8") for file in sorted((SOURCE / "data/sources").glob("*.yaml")))
    for path in sorted((SOURCE / "data").rglob("*.csv")):
        if path.parent.name == "history":
            if f"\nhistory: {path.name}\n" not in histories:
                yield f"{_name(path)}: no declaration of data/sources names it as its history."
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                if not any(row.get(key) for key in SOURCE_KEYS):
                    yield f"{_name(path)}:{number}: the row has no source."
                    break


def _rows(group: str, rows: object) -> Iterator[tuple[str, dict[str, object]]]:
    """The rows of one top-level entry: an array of tables, a table of tables, or one table."""
    if isinstance(rows, list):
        for number, row in enumerate(rows, 1):
            yield f"row {number} of [[{group}]]", row if isinstance(row, dict) else {}
    elif isinstance(rows, dict):
        nested = {key: row for key, row in rows.items() if isinstance(row, dict)}
        if nested and not any(key in rows for key in SOURCE_KEYS):
            for key, row in nested.items():
                yield f"[{group}.{key}]", row
        else:
            yield f"[{group}]", rows


def readme_commands() -> Iterator[str]:
    """The commands that the README promises are targets of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for name in ("README.md", "README.zh.md"):
        promised = set(re.findall(r"\bmake ([a-z]+)\b", (ROOT / name).read_text(encoding="utf-8")))
        for command in sorted({"run", "test"} - promised):
            yield f"{name}: does not show `make {command}`."
        for command in sorted(promised - targets):
            yield f"{name}: `make {command}` is not in the Makefile."


def local_links() -> Iterator[str]:
    """Every link from one document of the project to another leads somewhere."""
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]:
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8")):
            if "://" not in link and not (path.parent / link).exists():
                yield f"{_name(path)}: the link {link} leads nowhere."


def tool(*command: str, only: str = "") -> Callable[[], Iterator[str]]:
    """A check that another program makes: it is right when the program ends with 0.

    `only` picks the lines to show, where a program says more than what is wrong and where.
    """

    def run() -> Iterator[str]:
        program = Path(sys.executable).with_name(command[0])
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(
            [program, *command[1:]], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            said = (done.stdout + done.stderr).replace(f"{ROOT}/", "").strip().splitlines()
            yield from [line.strip() for line in said if only in line] or said

    return run


CHECKS: dict[str, Callable[[], Iterator[str]]] = {
    "lint": tool("ruff", "check", "--quiet", "--output-format=concise", "."),
    "format": tool("ruff", "format", "--check", "--output-format=concise", "."),
    "types": tool("pyright", "--level", "error", only=" - error: "),
    "imports": tool("lint-imports", "--no-cache", "--no-logo"),
    "sizes": file_sizes,
    "docstrings": docstrings,
    "words": clean_words,
    "sources of data": sourced_data,
    "commands of the README": readme_commands,
    "links": local_links,
}


def _code(*folders: Path) -> Iterator[tuple[Path, str]]:
    for folder in folders or (SOURCE, ROOT / "tests", ROOT / "tools", ROOT / "benchmarks", ROOT / "examples"):
        for path in sorted(folder.rglob("*.py")):
            yield path, path.read_text(encoding="utf-8")


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def main() -> int:
    """Run all checks side by side and print them in order."""
    with ThreadPoolExecutor() as pool:
        found = dict(zip(CHECKS, pool.map(lambda check: list(check()), CHECKS.values()), strict=True))
    for name, wrong in found.items():
        print(f"{'wrong' if wrong else 'right'}  {name}")
        for line in wrong:
            print(f"       {line}")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
