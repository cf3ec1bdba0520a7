"""The files X-13 leaves, read: the diagnostics (.udg), tables of figures (.d11 and its like), the final model (.mdl)."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MONTHS: Sequence[str] = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_OUTLIER = re.compile(r"(?:ao|ls|tc|so)\d{4}\.", re.IGNORECASE)


def diagnostics(udg: str) -> dict[str, str]:
    """The lines "key: value" of the file of diagnostics.

    >>> diagnostics("nobs:   144\\nf3.q:  0.19\\n")
    {'nobs': '144', 'f3.q': '0.19'}
    """
    pairs = (line.split(":", 1) for line in udg.splitlines() if ":" in line)
    return {key.strip(): value.strip() for key, value in pairs}


def table(text: str, column: int = 1) -> "NDArray[np.float64]":
    """One column of a table of figures; its first two lines are heads."""
    import numpy as np

    return np.array([float(line.split()[column]) for line in text.splitlines()[2:] if line.strip()])


def variables(mdl: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """X-13's own regressors of the final model, and its outliers, as the specification file writes them."""
    found = re.search(r"variables=\(\s*(.*?)\)\s*\n", mdl, re.DOTALL)
    words = tuple(found.group(1).split()) if found else ()
    return (
        tuple(word for word in words if not _OUTLIER.match(word)),
        tuple(word for word in words if _OUTLIER.match(word)),
    )


def arima(found: Mapping[str, str]) -> str:
    """The ARIMA model that was estimated: "(0 1 1)(0 1 1)"."""
    return found["arimamdl"]


def outlier_period(outlier: str) -> str:
    """The period of an outlier.

    >>> outlier_period("ls2008.Nov"), outlier_period("ao2009.3")
    ('2008-11', '2009-Q3')
    """
    year, _, part = outlier[2:].partition(".")
    return f"{year}-Q{part}" if part.isdigit() else f"{year}-{MONTHS.index(part.lower()) + 1:02d}"
