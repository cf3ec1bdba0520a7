"""Touchstone: reads the figures of an industry's documents and tests them against each other."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from touchstone.flow import Workspace

__all__ = ["open"]


def open(folder: "str | os.PathLike[str]") -> "Workspace":
    """The workspace in `folder`, made there if there is none yet.

    >>> import tempfile
    >>> open(tempfile.mkdtemp()).documents()
    []
    """
    from touchstone.flow import Workspace

    return Workspace(folder)
