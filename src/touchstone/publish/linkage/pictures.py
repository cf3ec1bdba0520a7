"""What a survey looks like: the network, the heat map, and the index over time with its alert line."""

from decimal import Decimal

from touchstone.calc.linkage.kept import KeptSurvey
from touchstone.publish.chart import Chart, Trace
from touchstone.publish.heatmap import HeatMap, decimal, decimals
from touchstone.publish.linkage.naming import series_names
from touchstone.publish.network import Network, network
from touchstone.publish.words import word

_GAPS = {"D": 21, "W": 35, "M": 100}
"""Days between two windows beyond which nothing is known of the index between them: longer than any holiday."""
ARROWS = 30
"""Arrows drawn at most; more would be a ball of wool."""


def network_of(survey: KeptSurvey, lang: str) -> Network:
    """Who gives to whom on balance."""
    names = list(series_names(survey.names, lang).values())
    pairs = len(names) * (len(names) - 1) // 2
    note = word("linkage.network_note", lang, n=min(ARROWS, pairs), of=pairs)
    best = max(range(len(names)), key=lambda i: survey.net[i].point)
    alt = word(
        "linkage.network_alt", lang, n=len(names), name=names[best], net=_points(survey.net[best].point)
    )
    told = tuple(net.low > 0 or net.high < 0 for net in survey.net)
    return network(
        word("linkage.network", lang),
        names,
        [each.point for each in survey.given],
        survey.pairwise,
        alt,
        note,
        ARROWS,
        told,
    )


def heat_map_of(survey: KeptSurvey, lang: str) -> HeatMap:
    """Whose shocks move whom, in percent."""
    names = tuple(series_names(survey.names, lang).values())
    shares = decimals([[cell.point for cell in row] for row in survey.table])
    alt = word("linkage.table_alt", lang, total=_points(survey.total.point))
    return HeatMap(word("linkage.table", lang), names, names, shares, alt)


def index_chart(survey: KeptSurvey, lang: str) -> Chart:
    """Total connectedness of every window, and the quantile of its own past where there is enough of it."""
    totals = tuple(decimal(total) for total in survey.totals)
    young = len(totals) - len(survey.thresholds)
    traces = [Trace(word("linkage.total", lang), totals)]
    if survey.thresholds:
        limits: tuple[Decimal | None, ...] = (None,) * young + tuple(decimal(t) for t in survey.thresholds)
        traces.append(Trace(word("linkage.threshold", lang), limits))
    if any(total is not None for total in survey.drifting):
        drifting = tuple(None if total is None else decimal(total) for total in survey.drifting)
        traces.append(Trace(word("linkage.drifting", lang), drifting))
    title = word("linkage.index", lang, n=survey.window)
    return Chart("line", title, survey.periods, tuple(traces), "%", gap=_GAPS[survey.clock])


def _points(value: float) -> str:
    return f"{decimal(value)}"
