"""Connectors: what a declaration asks of a library, as bytes that are kept like those of a file.

The libraries are optional extras. Without them, and without a network, everything else works.
"""

from importlib import import_module
from typing import Any

from touchstone.errors import UnreachableSource
from touchstone.read.refusal import refused
from touchstone.read.sources.declaration import Declaration


def fetch(by: Declaration) -> bytes:
    """What the source of a declaration answers now.

    Raises:
        UnreachableSource: SOURCE-040 the library is not installed, SOURCE-041 no answer, SOURCE-042 another answer
            than the declaration expects.
    """
    assert by.call is not None
    if by.call.library == "akshare":
        from touchstone.read.connectors.akshare import fetch as ask
    else:
        from touchstone.read.connectors.sdmx import fetch as ask
    return ask(by, by.call)


def library(name: str, package: str, by: Declaration) -> Any:
    """An optional library, imported when it is needed.

    Raises:
        UnreachableSource: SOURCE-040, it is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise refused(
            UnreachableSource, "SOURCE-040", by.id, library=name, package=package, extra=name, id=by.id
        ) from error


def silent(by: Declaration, reason: object) -> UnreachableSource:
    """That a source did not answer."""
    said = " ".join(str(reason).split())[:160] or type(reason).__name__
    address = (by.address.en, by.address.zh)
    return refused(UnreachableSource, "SOURCE-041", by.id, address=address, reason=said, id=by.id)


def unexpected(
    by: Declaration, name: str, reason: "str | tuple[str, str]", expected: tuple[str, str]
) -> UnreachableSource:
    """That a source answered something else than its declaration expects."""
    return refused(UnreachableSource, "SOURCE-042", by.id, reason=reason, expected=expected, library=name)
