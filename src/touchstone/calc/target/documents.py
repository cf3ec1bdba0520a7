"""The documents that targets, rules of replacement and indicator systems are cited from, whichever file they stand in."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from touchstone.calc.carbon.factor import CitedDocument
from touchstone.calc.carbon.factors.reference import document_from
from touchstone.calc.carbon.factors.reference import documents as of_carbon

_FILES = ("data/targets/documents.toml", "data/pathway/documents.toml")


@cache
def documents() -> Mapping[str, CitedDocument]:
    """By key: those of targets and of pathways, and those of carbon."""
    found = dict(of_carbon())
    for name in _FILES:
        path = files("touchstone").joinpath(name)
        if path.is_file():
            rows = tomllib.loads(path.read_text("utf-8"))
            found |= {key: document_from(key, row) for key, row in rows.items()}
    return found
