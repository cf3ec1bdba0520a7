"""A document that pathways cite: what it is, whether its text was seen, and everything that is taken from it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from touchstone.calc.pathway.evidence import evidence
from touchstone.calc.target.documents import documents
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.serve.pathway_guarded import guarded, one_of, text_of
from touchstone.serve.pathway_stated_page import stated_address
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf


def document_page(shelf: Shelf, key: str, lang: str) -> Page:
    """A document by its key, with what technologies, cases, targets and scenarios take from it."""
    return guarded(shelf, lambda: _page(shelf, key, lang))


def _page(shelf: Shelf, key: str, lang: str) -> Page:
    own = one_of(documents(), key, "document")
    taken = list(_taken(shelf, key))
    shown = {"own": own, "taken": taken}
    told = {
        "document": key, "title": text_of(own.title), "issuer": text_of(own.issuer), "number": own.number, "edition": own.edition,
        "status": own.status, "status_note": text_of(own.status_note), "address": own.address,
        "taken": [{"kind": each["kind"], "name": text_of(each["name"]), "clause": each["clause"], "stated_at": each["where"]} for each in taken],
    }  # fmt: skip
    rows = [
        {"document": key, "kind": each["kind"], "name_zh": each["name"].zh, "name_en": each["name"].en, "clause": each["clause"], "stated_at": each["where"]}
        for each in taken
    ]  # fmt: skip
    return Page("pathway_document.html", shown, told, rows)


def _taken(shelf: Shelf, key: str) -> Iterator[dict[str, Any]]:
    stock = shelf.stock.pathways()
    for technology in stock.catalogue.values():
        page = f"/pathway/technologies/{quote(technology.key)}"
        for value in technology.values:
            if value.document == key:
                yield _one(
                    "technology",
                    technology.name,
                    value.clause,
                    value.where,
                    page,
                    f"pathway_page.parameter_{value.parameter.replace('.', '_')}",
                )
        for each in evidence():
            if (each.technology, each.document) == (technology.key, key):
                name = Text(f"{technology.name.zh}：{each.name.zh}", f"{technology.name.en}: {each.name.en}")
                yield _one("case", name, each.clause, each.where, page)
    for target in shelf.workspace.demands().targets().targets:
        if target.cited.document == key:
            yield _one(
                "target", target.name, target.cited.clause, target.where, f"/pathway/targets#{target.key}"
            )
    for scenario in stock.scenarios.values():
        if isinstance(scenario, Refusal):
            continue
        for aim in scenario.aims:
            if aim.document == key and aim.where.startswith(scenario.file):
                name = Text(f"{scenario.name.zh}：{aim.name.zh}", f"{scenario.name.en}: {aim.name.en}")
                yield _one(
                    "rule", name, aim.clause, aim.where, f"/pathway/scenario/{quote(scenario.key)}#rules"
                )


def _one(kind: str, name: Text, clause: str, where: str, page: str, parameter: str = "") -> dict[str, Any]:
    return {
        "kind": kind,
        "name": name,
        "clause": clause,
        "where": where,
        "stated": stated_address(where),
        "page": page,
        "parameter": parameter,
    }
