"""Intake: files become documents and figures of the ledger, in batches that appear all at once."""

import os
from dataclasses import replace
from hashlib import sha256
from itertools import chain, count
from pathlib import Path

from touchstone.errors import UnreadableFile
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.ledger import Ledger
from touchstone.read.edition import edition
from touchstone.read.figures import read_figures
from touchstone.read.folder import Found
from touchstone.read.own import cited_facts
from touchstone.read.read import file_bytes, read_bytes
from touchstone.read.refusal import refusal
from touchstone.read.sources.declaration import is_declared

_BATCH_FACTS = 20_000
_BATCH_CHARACTERS = 8_000_000
"""A commit is made when this many facts or characters wait: memory stays flat however large the folder."""


class Intake:
    """Files taken in one after the other, and committed in batches.

    A document, its figures and its reading are in one batch; nothing is held after its commit.

    Attributes:
        read: names of the documents read.
        met: names of all documents whose file was met, those that had not changed included.
        added: new facts committed.
        unchanged: files known already.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._edition = edition()
        readings = ledger.readings()
        self._taken = {r.name: (r.hash, r.origin) for r in readings}
        self._current = {r.name for r in readings if r.edition == self._edition}
        self._imported = {r.hash: r.name for r in readings if is_declared(r.edition)}
        self._places = {r.origin: r.name for r in readings if is_declared(r.edition) and r.origin}
        self._known = {hash for hash, known in ledger.editions().items() if known == self._edition}
        self._facts: list[Fact] = []
        self._documents: list[Document] = []
        self._origins: dict[str, str] = {}
        self._characters = 0
        self.read: set[str] = set()
        self.met: set[str] = set()
        self.added = self.unchanged = 0

    def take(self, file: Found) -> None:
        """Read one file into the batch. Raises UnreadableFile; what waits in the batch is not lost.

        A file that was imported by a declaration stays as that has read it.
        """
        data = file_bytes(file.path, file.name)
        hash = sha256(data).hexdigest()
        origin = os.path.relpath(file.path.resolve(), self._ledger.folder.resolve())
        if hash in self._imported:
            self.unchanged += 1
            return
        if imported := self._places.get(origin):
            raise refusal("READ-026", file.name, declaration=imported.partition("/")[0], name=file.name)
        name = self._name(file, hash, origin)
        self.met.add(name)
        if self._stands(name, hash, origin):
            self.unchanged += 1
            return
        if hash in self._known:
            document = named(self._ledger.library.document(hash, self._edition), name)
        else:
            self._refuse_own(data, file.name)
            document, facts = _figured(data, name)
            self._facts += facts
            self._ledger.library.keep(document, data, self._edition)
        self._add(document, origin)

    def _refuse_own(self, data: bytes, name: str) -> None:
        """A paper made from this ledger says nothing that is not in it: as a source it would bear itself out."""
        cited = cited_facts(data, name) if data else frozenset[str]()
        if cited and len(self._ledger.facts(ids=sorted(cited))):
            raise refusal("READ-027", name)

    def commit(self) -> None:
        """Make the batch visible, all of it at once."""
        self.added += self._ledger.append(
            self._facts, self._documents, origins=self._origins, edition=self._edition
        )
        self._facts, self._documents, self._origins, self._characters = [], [], {}, 0

    def _stands(self, name: str, hash: str, origin: str) -> bool:
        """Whether these bytes were read by these rules, from this file or one that is still there."""
        taken_hash, taken_origin = self._taken.get(name, ("", ""))
        if taken_hash != hash or name not in self._current:
            return False
        return taken_origin == origin or not is_missing(self._ledger.folder.resolve() / taken_origin)

    def _add(self, document: Document, origin: str) -> None:
        name, hash = document.source.name, document.source.hash
        self._documents.append(document)
        self._origins[name] = origin
        self._taken[name] = (hash, origin)
        self._current.add(name)
        self._known.add(hash)
        self.read.add(name)
        self._characters += len(document.text)
        if len(self._facts) >= _BATCH_FACTS or self._characters >= _BATCH_CHARACTERS:
            self.commit()

    def _name(self, file: Found, hash: str, origin: str) -> str:
        """The name to show: longer than the file's own only where another file bears that one already."""
        names = chain([file.name], (f"{file.folder}{number}/{file.name}" for number in chain([""], count(2))))
        return next(name for name in names if self._free(name, hash, origin))

    def _free(self, name: str, hash: str, origin: str) -> bool:
        """Whether a name is unused, or used for these very bytes or for this very file."""
        taken_hash, taken_origin = self._taken.get(name, (hash, origin))
        return taken_hash == hash or taken_origin == origin


def named(document: Document, name: str) -> Document:
    """The document under another name: one file may lie in two places."""
    return replace(document, source=replace(document.source, name=name))


def is_missing(path: Path) -> bool:
    """Whether nothing is there; what may not be looked at (a folder without rights) is not missing."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _figured(data: bytes, name: str) -> tuple[Document, list[Fact]]:
    """The document and its figures.

    A fault of the reader itself is told like a fault of the file, so that the rest of the folder is read.
    """
    try:
        document = read_bytes(data, name)
        return document, read_figures(document)
    except UnreadableFile:
        raise
    except Exception as fault:
        raise refusal("READ-025", name, fault=f"{type(fault).__name__}: {str(fault)[:120]}") from fault
