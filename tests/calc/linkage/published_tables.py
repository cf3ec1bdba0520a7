"""Tables as printed, and where the data of their papers lies."""

from pathlib import Path

import numpy as np
import pytest

from touchstone.calc.linkage.panel import Panel, panel

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "published"

DY2009_TOTAL = 35.5
DY2009_NAMES = "US UK FRA GER HKG JPN AUS IDN KOR MYS PHL SGP TAI THA ARG BRA CHL MEX TUR"
"""Diebold & Yilmaz, The Economic Journal 119 (2009) 158-171, table 3; with two decimals as in the replication of the R
package ConnectednessApproach 1.0.4 (gabauerdavid.github.io/ConnectednessApproach/2009DieboldYilmaz)."""
DY2009_ROWS = {
    "US": "93.62 1.62 1.50 0.04 0.28 0.22 0.11 0.09 0.15 0.29 0.21 0.21 0.34 0.25 0.09 0.12 0.05 0.54 0.28",
    "UK": "40.31 55.75 0.65 0.39 0.15 0.53 0.06 0.18 0.15 0.32 0.17 0.04 0.06 0.14 0.06 0.10 0.02 0.37 0.55",
    "GER": "40.82 15.86 12.99 27.58 0.08 0.06 0.34 0.42 0.56 0.12 0.31 0.29 0.05 0.17 0.04 0.10 0.03 0.07 0.11",
    "SGP": "16.79 4.81 0.65 0.88 18.48 1.34 0.37 3.23 1.55 3.61 1.68 43.07 0.34 1.06 0.84 0.47 0.07 0.32 0.43",
    "MEX": "22.18 3.54 1.19 0.44 2.99 0.26 1.24 0.21 0.32 0.88 1.04 0.08 0.33 0.50 5.44 1.59 0.26 56.92 0.58",
    "TUR": "2.99 2.46 0.17 0.74 0.57 0.90 0.64 0.13 0.63 0.28 0.63 0.06 0.88 0.84 0.48 1.05 0.64 0.15 85.76",
}
DY2009_TO = "291.91 84.07 31.03 11.18 80.75 19.18 11.50 31.36 13.64 16.22 9.87 8.16 5.88 11.76 21.41 9.39 2.65 8.44 6.66"
DY2009_FROM = "6.38 44.25 62.79 72.42 30.11 22.31 43.15 23.01 27.24 30.80 37.07 56.93 26.43 41.76 24.67 34.18 34.22 43.08 14.24"

DY2012_TOTAL = 12.6
DY2012 = """
88.76  7.29  0.35  3.61
10.21 81.45  2.73  5.61
 0.47  3.70 93.69  2.14
 5.69  7.03  1.55 85.73
"""
"""Diebold & Yilmaz, International Journal of Forecasting 28 (2012) 57-66, table 2; stocks, bonds, commodities, foreign
exchange; two decimals as in the replication (gabauerdavid.github.io/ConnectednessApproach/2012DieboldYilmaz)."""

GG2018_TOTAL, GG2018_CORRECTED = 27.27, 31.16
GG2018 = """
61.87 25.27  0.92  2.76  2.89  1.92  1.13  3.23
24.76 61.33  1.34  5.69  1.53  2.71  1.15  1.49
 1.23  2.50 90.64  0.82  0.50  0.79  2.05  1.48
 1.87  7.50  0.29 76.30  5.52  2.58  1.08  4.86
 2.59  1.63  1.06  2.48 66.15 18.48  4.55  3.06
 1.68  2.77  0.14  1.38 18.80 63.93  2.82  8.48
 1.67  1.27  3.97  1.36  4.54  2.32 84.17  0.71
 1.96  1.80  0.40  5.35  3.90  8.57  0.54 77.48
"""
"""Gabauer & Gupta, Economics Letters 171 (2018) 63-71, table 1, as in the authors' replication
(gabauerdavid.github.io/ConnectednessApproach/2018GabauerGupta)."""


def printed(text: str) -> np.ndarray:
    """The numbers of a printed table, or of one row of it."""
    found = np.array([line.split() for line in text.strip().splitlines()], dtype=float)
    return found[0] if len(found) == 1 else found


def published(name: str) -> Panel:
    """The data of a paper; skips where it does not lie beside the checkout."""
    path = FOLDER / f"{name}_input.csv"
    if not path.is_file():
        pytest.skip("needs the data of ../shared/data/published beside the checkout")
    names = path.read_text(encoding="utf-8").splitlines()[0].split(",")[1:]
    values = np.loadtxt(path, delimiter=",", skiprows=1)[:, 1:]
    return panel(names, [f"{row:04d}" for row in range(len(values))], values)
