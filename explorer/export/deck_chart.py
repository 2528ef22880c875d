"""A native, editable chart on a slide."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any, cast

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import ns, parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches, Length, Pt
from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

from explorer.export import chart_formats, deck_text
from explorer.export.chart_data import AREAS, STACKS, Axis, Chart, ChartSeries, Form, Number, on_bar, reach
from explorer.export.exhibit import Exhibit
from explorer.style import Theme, mix

_TYPES = {
    Form.STACK: XL_CHART_TYPE.COLUMN_STACKED,
    Form.FULL_STACK: XL_CHART_TYPE.COLUMN_STACKED_100,
    Form.AREA: XL_CHART_TYPE.AREA_STACKED,
    Form.FULL_AREA: XL_CHART_TYPE.AREA_STACKED_100,
    Form.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    Form.LINES: XL_CHART_TYPE.LINE,
    Form.POINTS: XL_CHART_TYPE.XY_SCATTER,
}
_LINE = 2.0
_GAP = 0.35
"""The room between the bars of two rows, over the thickness of a bar."""
_PLOT = 0.7
"""The part of a chart's height that the bars share; axis and legend take the rest."""
_LEAST = 6
"""The least size of the numbers within thin bars, in points."""
_SMALLEST, _LARGEST = 9, 12
"""Sizes of a chart's type, in points."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        """Left, top, width and height as a slide counts them."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


def add(slide: Any, box: Box, chart: Chart, exhibit: Exhibit, *, legend: bool = True, ink: str | None = None) -> None:
    """Put a chart into a box of a slide, its alternative text the exhibit's sentence; words in `ink`, if given."""
    data = _data(chart)
    frame = slide.shapes.add_chart(_TYPES[chart.form], *box.emu, data)
    book: Any = _PointBook if chart.form is Form.POINTS else _CategoryBook
    frame.chart.part.chart_workbook.update_from_xlsx_blob(book(data).xlsx_blob)
    named = frame._element.nvGraphicFramePr.cNvPr
    named.set("descr", " ".join(part for part in (chart.heading, exhibit.spoken) if part))
    made: Any = frame.chart
    made.font.size = Pt(_LARGEST if box.width > 6 else _SMALLEST)
    if ink is not None:
        made.font.color.rgb = rgb(ink)
    _frame(made, chart, legend=legend)
    _axes(made, chart, exhibit.style.theme, box)
    for drawn, series in zip(made.plots[0].series, chart.series, strict=True):
        _PAINT[chart.form](drawn, series, exhibit.style.theme)
    _plot(made, chart, box)


class _Words:
    """Writes the workbook behind a chart, words as words: none that begins with "=" is a formula, and none a link."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: Any) -> Generator[tuple[Any, Any]]:
        book: Any = Workbook(xlsx_file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        yield book, book.add_worksheet()
        book.close()


class _CategoryBook(_Words, CategoryWorkbookWriter):
    pass


class _PointBook(_Words, XyWorkbookWriter):
    pass


def _data(chart: Chart) -> Any:
    if chart.form is Form.POINTS:
        points: Any = XyChartData(number_format="General")
        for series in chart.series:
            added = points.add_series(series.name)
            for x, y in zip(series.across, series.values, strict=True):
                added.add_data_point(x, y)
        return points
    data: Any = CategoryChartData(number_format=chart_formats.FORMATS[chart.kind])
    data.categories = chart.categories
    for series in chart.series:
        data.add_series(series.name, series.values)
    return data


def _frame(made: Any, chart: Chart, *, legend: bool) -> None:
    """Set title and legend; the chart has its own title only where several stand on a page."""
    made.has_title = bool(chart.heading)
    if chart.heading:
        made.chart_title.text_frame.text = chart.heading
        made.chart_title.text_frame.paragraphs[0].runs[0].font.size = made.font.size
        made.chart_title.include_in_layout = False
    else:
        # Without it, a chart of one series is headed by the series' name.
        made._chartSpace.chart.get_or_add_autoTitleDeleted().set("val", "1")
    made.has_legend = legend and len(chart.series) > 1
    if made.has_legend:
        below = chart.form in (Form.BARS, Form.POINTS)
        made.legend.position = XL_LEGEND_POSITION.BOTTOM if below else XL_LEGEND_POSITION.RIGHT
        made.legend.include_in_layout = False


# --- axes


def _axes(made: Any, chart: Chart, theme: Theme, box: Box) -> None:
    up, across = made.value_axis, made.category_axis
    up.has_major_gridlines = True
    up.major_gridlines.format.line.color.rgb = rgb(theme.line)
    up.major_gridlines.format.line.width = Pt(0.75)
    up.format.line.fill.background()
    up.major_tick_mark = XL_TICK_MARK.NONE
    across.major_tick_mark = XL_TICK_MARK.NONE
    across.format.line.color.rgb = rgb(theme.strong_line)
    across.has_major_gridlines = False
    for axis, said in ((up, chart.up), (across, chart.across)):
        axis.has_title = bool(str(said.title)) and not chart.heading
        if axis.has_title:
            axis.axis_title.text_frame.text = str(said.title)
            run = axis.axis_title.text_frame.paragraphs[0].runs[0]
            run.font.size, run.font.bold = Pt(made.font.size.pt - 2), False
    if chart.up.log:
        _logarithmic(up, chart.up, chart.known)
    if chart.across.log:
        _logarithmic(across, chart.across, [value for each in chart.series for value in each.across])
    up.tick_labels.number_format, up.tick_labels.number_format_is_linked = chart.up.format, False
    # Beside the lowest values, not in the middle of the bars of falling ones.
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _ACROSS.get(chart.form, _categories)(across, chart, made.font.size.pt, box)
    if chart.form in (Form.FULL_STACK, Form.FULL_AREA):
        up.maximum_scale = 1
    if chart.up.reach is not None:
        up.minimum_scale, up.maximum_scale = chart.up.reach
    elif not chart.up.log and all(value >= 0 for value in chart.known):
        up.minimum_scale = 0


def _logarithmic(axis: Any, asked: Axis, values: Sequence[Number]) -> None:
    """Make an axis logarithmic, from a power of ten on, at which the other one crosses it: not at 1."""
    scaling = axis._element.find(qn("c:scaling"))
    scaling.insert(0, element("c:logBase", val="10"))
    axis.minimum_scale, axis.maximum_scale = asked.reach or reach(values, log=True)
    axis.crosses_at, axis.major_unit = axis.minimum_scale, 10


def _categories(axis: Any, chart: Chart, size: float, box: Box) -> None:
    """Leave out labels of periods that would stand on one another."""
    widest = max((deck_text.width(str(each), size) for each in chart.categories), default=0.1)
    room = 0.78 * box.width / max(len(chart.categories), 1)
    _skipping(axis, max(1, ceil((widest + 0.12) / room)))


def _skipping(axis: Any, step: int) -> None:
    """Label every so-manieth category only."""
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = element(name, val=str(step))
        axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _bars(axis: Any, chart: Chart, size: float, box: Box) -> None:
    axis.reverse_order = True
    high = _PLOT * box.height * deck_text.POINTS / max(len(chart.categories), 1)
    axis.tick_labels.font.size = Pt(max(min(size, int(high / deck_text.LEADING)), 7))
    _skipping(axis, 1)
    # With the rows from above, the numbers stay below.
    axis._element.getparent().find(f"{qn('c:valAx')}/{qn('c:crosses')}").set("val", "max")


def _dates(axis: Any, chart: Chart, size: float, box: Box) -> None:
    days = cast("tuple[date, ...]", chart.categories)
    ticks = chart_formats.ticks((max(days) - min(days)).days, max(box.width * 0.8, 1))
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = ticks.format, False
    made = axis._element
    for name in ("c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit"):
        for old in made.findall(qn(name)):
            made.remove(old)
    offset = made.find(qn("c:lblOffset"))
    for name, value in (("c:majorTimeUnit", ticks.unit), ("c:majorUnit", str(ticks.step)), ("c:baseTimeUnit", "days")):
        offset.addnext(element(name, val=value))


def _abscissae(axis: Any, chart: Chart, size: float, box: Box) -> None:
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = chart.across.format, False
    if chart.across.reach is not None:
        axis.minimum_scale, axis.maximum_scale = chart.across.reach
    elif not chart.across.log:
        axis.minimum_scale = 0


_ACROSS: Mapping[Form, Callable[[Any, Chart, float, Box], None]] = {
    Form.BARS: _bars,
    Form.LINES: _dates,
    Form.POINTS: _abscissae,
}


# --- series


def rgb(colour: str) -> RGBColor:
    """Return a colour "#rrggbb" as PowerPoint's."""
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))


def element(tag: str, **attributes: str) -> Any:
    """Return an empty XML element such as `c:logBase` with its attributes."""
    written = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return cast(Any, parse_xml)(f"<{tag} {cast(Any, ns).nsdecls(tag.partition(':')[0])} {written}/>")


def _band(drawn: Any, series: ChartSeries, theme: Theme) -> None:
    fill = drawn.format.fill
    fill.solid()
    fill.fore_color.rgb = rgb(series.colour)
    drawn.format.line.color.rgb = rgb(theme.background)
    drawn.format.line.width = Pt(0.5)


def _columns(drawn: Any, series: ChartSeries, theme: Theme) -> None:
    _band(drawn, series, theme)
    drawn.invert_if_negative = False
    for at in sorted(series.pale):
        if series.values[at] is None:
            continue
        hatched = drawn.points[at].format
        hatched.fill.patterned()
        hatched.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        hatched.fill.fore_color.rgb = rgb(series.colour)
        hatched.fill.back_color.rgb = rgb(theme.background)
        hatched.line.color.rgb = rgb(series.colour)
        hatched.line.width = Pt(0.5)


def _bar(drawn: Any, series: ChartSeries, theme: Theme) -> None:
    _band(drawn, series, theme)
    drawn.format.line.fill.background()
    drawn.invert_if_negative = False
    for at in sorted(series.pale):
        dimmed = drawn.points[at].format.fill
        dimmed.solid()
        dimmed.fore_color.rgb = rgb(mix(series.colour, theme.background, 0.7))


def _line(drawn: Any, series: ChartSeries, theme: Theme) -> None:
    drawn.smooth = False
    drawn.marker.style = XL_MARKER_STYLE.NONE
    drawn.format.line.color.rgb = rgb(series.colour)
    drawn.format.line.width = Pt(_LINE)
    for at in sorted(series.pale):
        piece = drawn.points[at]
        piece.marker.style = XL_MARKER_STYLE.NONE
        piece.format.line.color.rgb = rgb(series.colour)
        piece.format.line.width = Pt(_LINE)
        piece.format.line.dash_style = MSO_LINE.SQUARE_DOT


def _dots(drawn: Any, series: ChartSeries, theme: Theme) -> None:
    if series.step:
        _line(drawn, series, theme)
        drawn.format.line.width = Pt(1.25)
        return
    drawn.format.line.fill.background()
    drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 8
    _dot(drawn.marker, series.colour, theme)
    for at in sorted(series.pale):
        point = drawn.points[at]
        point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 8
        _dot(point.marker, mix(series.colour, theme.background, 0.7), theme)
    for at, words in series.labels.items():
        label = drawn.points[at].data_label
        label.text_frame.text = words
        label.text_frame.word_wrap = False
        label.text_frame.paragraphs[0].runs[0].font.size = Pt(10)
        label.position = XL_LABEL_POSITION.ABOVE


def _dot(marker: Any, colour: str, theme: Theme) -> None:
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb(colour)
    marker.format.line.color.rgb = rgb(theme.background)
    marker.format.line.width = Pt(0.5)


_PAINT: Mapping[Form, Callable[[Any, ChartSeries, Theme], None]] = {
    Form.STACK: _columns,
    Form.FULL_STACK: _columns,
    Form.AREA: _band,
    Form.FULL_AREA: _band,
    Form.BARS: _bar,
    Form.LINES: _line,
    Form.POINTS: _dots,
}


def _plot(made: Any, chart: Chart, box: Box) -> None:
    """Set gaps between columns, and the numbers beside bars."""
    plot = made.plots[0]
    if chart.form in STACKS - AREAS:
        plot.gap_width = 12 if len(chart.categories) > 8 else 40
    if chart.form is not Form.BARS:
        return
    alone = all(sum(each.values[i] is not None for each in chart.series) < 2 for i in range(len(chart.categories)))
    plot.gap_width = round(_GAP * 100)
    plot.overlap = 100 if alone else 0
    side_by_side = 1 if alone else len(chart.series)
    thick = _PLOT * box.height * deck_text.POINTS / len(chart.categories) / (side_by_side + _GAP)
    size = Pt(max(_LEAST, min(cast(float, made.font.size.pt) - 2, int(thick))))
    for drawn, series in zip(plot.series, chart.series, strict=True):
        labels = drawn.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = chart.label, False
        labels.font.size = size
        # At the end of a logarithmic bar below 1, LibreOffice takes the wrong end.
        labels.position = XL_LABEL_POSITION.CENTER if chart.up.log else XL_LABEL_POSITION.OUTSIDE_END
        if chart.up.log:
            labels.font.color.rgb = rgb(on_bar(series.colour))
