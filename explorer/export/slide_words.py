"""What a slide shows in place of a view's picture, in words."""

from collections.abc import Mapping

from explorer.export.chart_data import Form, charts
from explorer.export.exhibit import Exhibit
from explorer.words import Message, say

_FORMS: Mapping[Form, Message] = {
    Form.STACK: say("stacked columns"),
    Form.FULL_STACK: say("stacked columns"),
    Form.AREA: say("stacked areas"),
    Form.FULL_AREA: say("stacked areas"),
    Form.BARS: say("bars"),
    Form.LINES: say("lines"),
    Form.POINTS: say("points"),
}


def shown(exhibit: Exhibit) -> Message | None:
    """Return what a slide shows of an exhibit: which chart of how many rows, or a table; None where there is nothing.

    Needs no program for slides: those are slow to load.
    """
    if exhibit.table.empty is not None or not len(exhibit.table):
        return None
    made = charts(exhibit)
    if not made:
        return say("a table of the first rows")
    first, *others = made
    what = _FORMS[first.form]
    if others:
        return say("{n} charts of {what}", n=len(made), what=what)
    rows, drawn = len(exhibit.table), len(first.categories)
    if first.form is Form.BARS and drawn < rows:
        return say("{what} of {n} of the {all} rows", what=what, n=drawn, all=rows)
    return what
