"""Charts in a workbook: their values on a sheet, and a chart of the workbook's own beside them.

Names and titles are taken from cells, never written into the chart, where text could be a formula.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from touchstone.publish.chart import Chart, Trace
from touchstone.publish.dates import period
from touchstone.publish.format import unit
from touchstone.publish.heatmap import HeatMap
from touchstone.publish.report.booklook import Look
from touchstone.publish.scale import ticks
from touchstone.publish.words import word

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_HEAD = 3
"""Row of the names of the traces; title, unit and a free row stand above."""
_INKS = ("#8A6410", "#35546B", "#7A3B4E", "#4C6A3F")
_DASHES = ("solid", "dash", "round_dot", "long_dash_dot")
_MARKERS = ("circle", "square", "triangle", "diamond")
_PALE = "#9A927F"
_KINDS = {"line": "line", "range": "line", "bar": "column"}


def put_chart(book: "Workbook", sheet: Any, look: Look, chart: Chart, alt: str, lang: str) -> None:
    """Write the values of a chart under its title in the first cell, and draw it."""
    look.text(sheet, 1, 0, unit(chart.unit, lang), "soft")
    sheet.set_column(0, 0, 18)
    drawn: Any = book.add_chart({"type": _KINDS[chart.kind]})
    look.text(sheet, _HEAD, 0, "", "head")
    for row, code in enumerate(chart.x, _HEAD + 1):
        look.text(sheet, row, 0, period(code, lang), "cell")
    column = 1
    for trace in chart.series:
        for name, values in _columns(trace, lang):
            look.text(sheet, _HEAD, column, name, "head")
            for row, value in enumerate(values, _HEAD + 1):
                if value is not None:
                    _value(sheet, look, row, column, value)
            drawn.add_series(_series(sheet.get_name(), chart, trace, column))
            column += 1
    sheet.set_column(1, column - 1, 12)
    look.text(sheet, _HEAD + len(chart.x) + 2, 0, _foot(chart, lang), "soft")
    _finish(drawn, sheet.get_name(), chart)
    sheet.insert_chart(_HEAD, column + 1, drawn, {"description": alt, "object_position": 2})
    sheet.freeze_panes(_HEAD + 1, 1)
    sheet.set_landscape()


def put_map(sheet: Any, look: Look, drawn: HeatMap) -> None:
    """Write a heat map under its title as a table, darker where the number is larger."""
    look.text(sheet, _HEAD, 0, "", "head")
    sheet.set_column(0, 0, 18)
    for column, name in enumerate(drawn.columns, 1):
        look.text(sheet, _HEAD, column, name, "head")
    for row, (name, values) in enumerate(zip(drawn.rows, drawn.values, strict=True), _HEAD + 1):
        look.text(sheet, row, 0, name, "cell")
        for column, value in enumerate(values, 1):
            _value(sheet, look, row, column, value)
    scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#8FA3B3"}
    sheet.conditional_format(_HEAD + 1, 1, _HEAD + len(drawn.rows), len(drawn.columns), scale)
    sheet.freeze_panes(_HEAD + 1, 1)
    sheet.set_landscape()


def _columns(trace: Trace, lang: str) -> list[tuple[str, tuple[Decimal | None, ...]]]:
    """The columns of a trace: one, or its low and its high end."""
    if not trace.highs:
        return [(trace.name, trace.values)]
    ends = ((word("report.low", lang), trace.values), (word("report.high", lang), trace.highs))
    return [(f"{trace.name} {end}".strip(), values) for end, values in ends]


def _value(sheet: Any, look: Look, row: int, column: int, value: Decimal) -> None:
    """A decimal with the places it has."""
    places = max(0, -int(value.as_tuple().exponent))
    look.number(sheet, row, column, float(value), f"0.{'0' * places}" if places else "0")


def _foot(chart: Chart, lang: str) -> str:
    """The note of a chart and the documents its values come from."""
    names = word("list.comma", lang).join(chart.sources)
    return " ".join(filter(None, (chart.note, word("chart.sources", lang, names=names) if names else "")))


def _ticks(chart: Chart) -> list[Decimal]:
    """The marks of the value axis; bars stand on zero."""
    points = [point for trace in chart.series for point in trace.points()]
    zero = [Decimal(0)] if chart.kind == "bar" else []
    return ticks(min(points + zero), max(points + zero))


def _series(sheet: str, chart: Chart, trace: Trace, column: int) -> dict[str, Any]:
    """One column of values as a series of the chart, with an ink, a dash and a marker of its own."""
    last, number = _HEAD + len(chart.x), (column - 1) % len(_INKS)
    ink = _PALE if trace.vintage else _INKS[number]
    dash = "dash" if trace.vintage else _DASHES[number]
    series: dict[str, Any] = {
        "name": [sheet, _HEAD, column],
        "categories": [sheet, _HEAD + 1, 0, last, 0],
        "values": [sheet, _HEAD + 1, column, last, column],
    }
    if chart.kind == "bar":
        return series | {"fill": {"color": ink}, "border": {"color": ink}, "gap": 60}
    marker = {"type": "x" if trace.mark else _MARKERS[number], "size": 5}
    marker |= {"fill": {"color": ink}, "border": {"color": ink}}
    line = (
        {"none": True}
        if trace.mark
        else {"color": ink, "width": 1 if trace.vintage else 2, "dash_type": dash}
    )
    return series | {"marker": marker, "line": line}


def _finish(drawn: Any, sheet: str, chart: Chart) -> None:
    """Title, axes, legend; the two ends of one range are joined."""
    quoted = [sheet, 0, 0]
    drawn.set_title({"name": quoted, "name_font": {"size": 12}, "overlay": False})
    marks = _ticks(chart)
    axis: dict[str, Any] = {
        "min": float(marks[0]),
        "max": float(marks[-1]),
        "major_unit": float(marks[1] - marks[0]),
    }
    axis |= {"name": [sheet, 1, 0]} if chart.unit else {}
    drawn.set_y_axis(axis | {"major_gridlines": {"visible": True, "line": {"color": "#E2DDD0"}}})
    drawn.set_x_axis({"num_font": {"size": 9}})
    drawn.set_size({"width": 720, "height": 360})
    drawn.show_blanks_as("gap")
    if len(chart.series) == 1 and not chart.series[0].highs:
        drawn.set_legend({"none": True})
    else:
        drawn.set_legend({"position": "bottom"})
    if chart.kind == "range" and len(chart.series) == 1:
        drawn.set_high_low_lines({"line": {"color": _INKS[0], "width": 2}})
