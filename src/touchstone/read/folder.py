"""Folders: which files there are to read, and the name each is shown under."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from touchstone.errors import UnreadableFile
from touchstone.read.refusal import refusal


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. `name` is its path within the folder that was asked for, with forward slashes."""

    path: Path
    name: str
    folder: str
    """The name of the folder it was found in, for telling two files of one name apart."""


def files_in(
    paths: "Iterable[str | os.PathLike[str]]", workspace: Path
) -> tuple[list[Found], list[UnreadableFile]]:
    """The files of paths and folders, sorted within each folder, none twice; and what may not be opened.

    Passed over: hidden files and folders, folders behind links, and the workspace's own files.
    A link to a file outside the folder it stands in is a problem: nobody asked for that file.
    """
    found: dict[Path, Found] = {}
    problems: list[UnreadableFile] = []
    for path in map(Path, paths):
        for file in _walk(path, workspace.resolve(), problems) if path.is_dir() else [_single(path)]:
            found.setdefault(file.path.resolve(), file)
    return list(found.values()), problems


def _single(path: Path) -> Found:
    return Found(path, path.name, path.absolute().parent.name)


def _walk(top: Path, workspace: Path, problems: list[UnreadableFile]) -> Iterator[Found]:
    def unreadable(error: OSError) -> None:
        problems.append(refusal("READ-003", str(error.filename), reason=error.strerror or str(error)))

    inside = top.resolve()
    for here, folders, names in os.walk(top, onerror=unreadable):
        folder = Path(here)
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and (folder / f).resolve() != workspace
        )
        for name in sorted(names):
            path = folder / name
            shown = path.relative_to(top).as_posix()
            if name.startswith((".", "~$")):  # the second is Word's own note that a file is open
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(inside):
                reason = ("a link that leads out of the folder", "链接指向文件夹之外")
                problems.append(refusal("READ-003", shown, reason=reason))
                continue
            yield Found(path, shown, inside.name)
