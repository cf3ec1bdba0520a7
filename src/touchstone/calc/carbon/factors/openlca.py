"""Factors in the style of openLCA: JSON-LD objects of the olca-schema, as far as a factor goes.

A factor becomes a `Parameter`, its document a `Source`, a gas with an emission factor a `Flow`. Identifiers are made from the
keys, so the same factor has the same one on every machine. Amounts are numbers there; the printed
digits stand in the description.
"""

import re
from collections.abc import Iterable
from math import sqrt
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from touchstone.calc.carbon.factor import CitedDocument, Factor
from touchstone.calc.carbon.factors.library import Library, place_names
from touchstone.calc.carbon.factors.reference import items, kinds

CONTEXT = "http://greendelta.github.io/olca-schema"
_KIND = {"@type": "Uncertainty"}
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
    """The 95 % range as a distribution: normal where its ends lie alike about the value, else lognormal by its ends.

    None where no range is stated, and for a distribution that openLCA cannot hold.
    """
    low, high, value = factor.low, factor.high, factor.value
    if low is None or high is None or value is None:
        return None
    if factor.distribution == "uniform":
        return {
            **_KIND,
            "distributionType": "UNIFORM_DISTRIBUTION",
            "minimum": float(low),
            "maximum": float(high),
        }
    if factor.distribution in ("", "normal") and value - low == high - value:
        deviation = float(high - low) / 2 / _NINETY_FIVE
        return {**_KIND, "distributionType": "NORMAL_DISTRIBUTION", "mean": float(value), "sd": deviation}
    if factor.distribution in ("", "lognormal") and low > 0:
        middle, spread = sqrt(float(low) * float(high)), float(high / low) ** (0.5 / _NINETY_FIVE)
        return {
            **_KIND,
            "distributionType": "LOG_NORMAL_DISTRIBUTION",
            "geomMean": middle,
            "geomSd": spread,
        }
    return None


def _id(kind: str, key: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"touchstone/carbon/{kind}/{key}"))
