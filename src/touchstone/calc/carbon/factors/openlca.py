"""Factors in the style of openLCA: JSON-LD objects of the olca-schema, as far as a factor goes.

A factor becomes a `Parameter`, its document a `Source`, a gas with an emission factor a `Flow`. Identifiers are made from the
keys, so the same factor has the same one on every machine. Amounts are numbers there; the printed digits stand
in the description.
"""

import re
from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from touchstone.calc.carbon.factor import CitedDocument, Factor
from touchstone.calc.carbon.factors.library import Library, place_names
from touchstone.calc.carbon.factors.reference import items, kinds

CONTEXT = "http://greendelta.github.io/olca-schema"
_UNCERTAINTY = {
    "normal": "NORMAL_DISTRIBUTION",
    "lognormal": "LOG_NORMAL_DISTRIBUTION",
    "uniform": "UNIFORM_DISTRIBUTION",
    "triangular": "TRIANGLE_DISTRIBUTION",
}
_NINETY_FIVE = 1.959963984540054
"""Standard deviations from the middle to the end of a 95 % range."""


def objects(library: Library, factors: Iterable[Factor]) -> list[dict[str, Any]]:
    """Sources, flows and parameters, in this order, each once. Factors without a value are left out: openLCA has no such state."""
    stated = [each for each in factors if each.value is not None]
    cited = dict.fromkeys(each.document for each in stated)
    gases = dict.fromkeys(each.gas for each in stated if each.gas and each.kind != "gwp")
    return [
        *(_source(library.documents[key]) for key in cited),
        *(_flow(gas) for gas in gases),
        *(_parameter(library, each) for each in stated),
    ]


def _source(document: CitedDocument) -> dict[str, Any]:
    year = document.issued.year if document.issued else None
    found = {
        "@context": CONTEXT, "@type": "Source", "@id": _id("source", document.key), "name": document.title.en,
        "description": document.title.zh, "textReference": document.number or document.title.en,
        "version": document.edition, "year": year, "url": document.address,
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _flow(gas: str) -> dict[str, Any]:
    return {
        "@context": CONTEXT, "@type": "Flow", "@id": _id("flow", gas), "name": gas, "flowType": "ELEMENTARY_FLOW",
        "formula": gas,
    }  # fmt: skip


def _parameter(library: Library, factor: Factor) -> dict[str, Any]:
    assert factor.value is not None
    document = library.document(factor)
    where = place_names(factor.region)[1] if factor.region else "everywhere"
    said = [
        f"{kinds()[factor.kind].name.en} of {items()[factor.of].name.en}", f"{factor.value:f} {factor.unit}", factor.gas,
        where, f"data of {factor.data_year}" if factor.data_year else "", factor.clause, f"tag {factor.tag}",
        factor.note.en if factor.note else "",
    ]  # fmt: skip
    found = {
        "@context": CONTEXT, "@type": "Parameter", "@id": _id("parameter", factor.id),
        "name": re.sub(r"\W+", "_", factor.id), "description": "; ".join(filter(None, said)),
        "parameterScope": "GLOBAL_SCOPE", "isInputParameter": True, "value": float(factor.value),
        "uncertainty": _uncertainty(factor),
        "source": {"@type": "Source", "@id": _id("source", document.key), "name": document.title.en},
    }  # fmt: skip
    return {key: value for key, value in found.items() if value is not None}


def _uncertainty(factor: Factor) -> dict[str, Any] | None:
    """The range as openLCA states it: a stated normal by its deviation, an unstated one as the triangle of its ends."""
    if factor.low is None or factor.high is None or factor.value is None:
        return None
    value, low, high = float(factor.value), float(factor.low), float(factor.high)
    kind = _UNCERTAINTY.get(factor.distribution, _UNCERTAINTY["triangular"])
    found: dict[str, Any] = {"@type": "Uncertainty", "distributionType": kind}
    if kind == _UNCERTAINTY["normal"]:
        return {**found, "mean": value, "sd": (high - low) / 2 / _NINETY_FIVE}
    if kind == _UNCERTAINTY["lognormal"]:
        return {**found, "geomMean": value, "geomSd": (high / low) ** (0.5 / _NINETY_FIVE)}
    mode = {"mode": value} if kind == _UNCERTAINTY["triangular"] else {}
    return {**found, "minimum": low, "maximum": high, **mode}


def _id(kind: str, key: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"touchstone/carbon/{kind}/{key}"))
