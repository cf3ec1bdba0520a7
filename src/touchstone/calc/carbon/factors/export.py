"""Factors for other programs: csv that reads back, PACT sources, columns in the style of the IPCC emission factor database."""

import csv
import io
from collections.abc import Iterable

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.factor_file import COLUMNS, rows
from touchstone.calc.carbon.factors.library import Library, place_names
from touchstone.calc.carbon.factors.reference import items, kinds

EFDB = (
    "EF ID", "Source/Sink Category", "Gas", "Type of parameter", "Description", "Parameters/Conditions",
    "Region/Regional Conditions", "Value", "Unit", "Lower Confidence Limit", "Upper Confidence Limit",
    "Source of Data", "Technical Reference", "Data Quality",
)  # fmt: skip
"""Columns in the style of the IPCC EFDB. The category is left empty: which one applies is for whoever hands it in to say."""


def csv_text(factors: Iterable[Factor]) -> str:
    """Factors as csv with the columns of the library's own files; `read_factors` reads it back to the same."""
    return _csv(COLUMNS, rows(factors))


def efdb_text(library: Library, factors: Iterable[Factor]) -> str:
    """Factors as csv with the columns of `EFDB`, in English."""
    return _csv(EFDB, (_efdb(library, each) for each in factors))


def pact_sources(library: Library, factors: Iterable[Factor]) -> list[dict[str, str]]:
    """`secondaryEmissionFactorSources` of a PACT footprint: name and version of each document used, each once.

    Measured and own factors are primary data and are left out; an empty list means the field has to be absent.
    """
    used = dict.fromkeys(each.document for each in factors if each.tag != "user")
    cited = [library.documents[key] for key in used]
    return [
        {
            "name": f"{each.title.en} ({each.number})" if each.number else each.title.en,
            "version": each.edition or "-",
        }
        for each in cited
    ]


def _efdb(library: Library, factor: Factor) -> dict[str, str]:
    cited = library.document(factor)
    conditions = [factor.family, f"data of {factor.data_year}" if factor.data_year else ""]
    note = factor.note.en if factor.note else ""
    reference = "; ".join(filter(None, (cited.number, cited.edition, factor.clause, cited.address)))
    cells = (
        factor.id, "", factor.gas, kinds()[factor.kind].name.en, items()[factor.of].name.en,
        "; ".join(filter(None, (*conditions, note))), place_names(factor.region)[1] if factor.region else "",
        _plain(factor.value), factor.unit, _plain(factor.low), _plain(factor.high), cited.title.en, reference, factor.tag,
    )  # fmt: skip
    return dict(zip(EFDB, cells, strict=True))


def _csv(columns: tuple[str, ...], lines: Iterable[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


def _plain(value: object) -> str:
    return "" if value is None else f"{value:f}"
