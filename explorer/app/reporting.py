"""A report: what it is of, what it says, and its files. No Qt until pages are drawn."""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from explorer.app.render import draw_of
from explorer.domain import record as records
from explorer.domain import reports
from explorer.domain.dataset import Dataset
from explorer.domain.periods import period_of
from explorer.domain.selection import Selection, Source
from explorer.domain.table import Caption, Column, Kind, Table
from explorer.domain.tables import table as table_of
from explorer.domain.units import exact
from explorer.export import exhibit as exhibits
from explorer.export.exhibit import Exhibit
from explorer.progress import Progress, unheard
from explorer.style import Style
from explorer.words import Message, say

KINDS = ("pptx", "pdf")
"""The endings of a report's files."""
VIEW = "report"
"""What a summary's exhibit says that it is of."""
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report is to be of: the Selection of some views, under a `name` for its files; `about` says what it is."""

    name: str
    about: Message
    selection: Selection
    views: tuple[str, ...] = reports.VIEWS

    def stem(self, dataset: Dataset) -> str:
        """Return the name of its files without ending, which says what it is and the days: the same for the same."""
        name = re.sub(r"[\W_]+", "-", self.name.casefold()).strip("-")[:_LONGEST_NAME] or "view"
        return "-".join(part for part in ("tokenshare", name, _days(dataset, self.selection)) if part)


def of_template(template: reports.Template, dataset: Dataset, like: Selection | None = None) -> Wanted:
    """Return what a template asks of a dataset; of `like` all is taken but the days."""
    days = template.select(dataset)
    selection = days if like is None else like.but(grain=days.grain, span=days.span, brush=days.brush)
    return Wanted(template.key, reports.about(template, dataset), selection)


@dataclass(frozen=True, eq=False, slots=True)
class Report:
    """A report made ready: a `summary`, whose rows are findings and sentences, and what it shows, in order."""

    summary: Exhibit
    exhibits: tuple[Exhibit, ...]


def prepared(dataset: Dataset, wanted: Wanted, style: Style, progress: Progress = unheard) -> Report:
    """Return a report of a dataset, which is of the Selection's vintage."""
    found: list[Exhibit] = []
    for done, view in enumerate(wanted.views):
        progress(done / len(wanted.views))
        made = exhibits.of(view, table_of(view, dataset, wanted.selection), dataset, wanted.selection, style)
        found.append(made)
    return Report(_summary(dataset, wanted, found, style), tuple(found))


def pdf(report: Report) -> Generator[float, None, bytes]:
    """Draw a page at a step, yielding the fraction done, and return the PDF. Needs a QGuiApplication."""
    from explorer.export.pdf import page_by_page  # noqa: PLC0415 - Qt, which a deck does without
    from explorer.export.report_pages import pages  # noqa: PLC0415

    drawn = pages(report.summary, [(each, draw_of(each.view)) for each in report.exhibits])
    sentences = (sentence(each) for each in report.exhibits)
    alt = " ".join((f"{report.summary.heading}.", *sentences))
    return (yield from page_by_page(drawn, alt=alt, record=records.text(report.summary.record)))


def deck(report: Report, template: bytes | None = None, template_name: str = "", progress: Progress = unheard) -> bytes:
    """Return the PowerPoint deck; raises ExplorerError, naming `template_name`, where the template can't be used."""
    from explorer.export.report_deck import report as made  # noqa: PLC0415 - slow to import

    return made(report.summary, report.exhibits, template=template, template_name=template_name, progress=progress)


def sentence(exhibit: Exhibit) -> str:
    """Return the one sentence that says what an exhibit shows, or why it shows nothing."""
    table = exhibit.table
    return exhibit.spoken if table.empty is None or str(table.caption.sentence) else str(table.empty)


# --- the summary


def _summary(dataset: Dataset, wanted: Wanted, found: Sequence[Exhibit], style: Style) -> Exhibit:
    first = found[0].table.caption
    source = say("{sources}", sources=" ".join(_sources(found)))
    caption = Caption(
        reports.title(dataset, wanted.selection),
        wanted.about,
        first.scope,
        source,
        (_made_of(found),),
        first.filters,
        say("{finding}: {sentence}", finding=found[0].heading, sentence=sentence(found[0])),
    )
    columns = (Column("finding", say("Finding"), Kind.TEXT), Column("sentence", say("In words"), Kind.TEXT))
    values = {"finding": [each.heading for each in found], "sentence": [sentence(each) for each in found]}
    table = Table(columns, values, tuple(each.view for each in found), caption)
    licences = list(dict.fromkeys(each.record.licence for each in found if each.record.licence))
    licence = say("{licences}", licences=" ".join(licences)) if licences else None
    return Exhibit(VIEW, table, records.of("", dataset, wanted.selection, source, licence), style)


def _sources(found: Sequence[Exhibit]) -> list[str]:
    """Return the source lines that differ, but those that another one begins with."""
    lines = list(dict.fromkeys(str(each.table.caption.source) for each in found))
    return [
        line
        for line in lines
        if line and not any(other != line and other.startswith(line.removesuffix(".")) for other in lines)
    ]


def _made_of(found: Sequence[Exhibit]) -> Message:
    count = len({each.sha256 for made in found for each in made.record.snapshots})
    if not count:
        return say("It is made of the figures that come with the program.")
    text = "Snapshots that it is made of, named with their sha256 in the file’s notes or metadata: {count}."
    return say(text, count=exact(count))


def _days(dataset: Dataset, selection: Selection) -> str:
    window = dataset.window(selection)
    if dataset.source is Source.PUBLISHED or window is None:
        return "as-printed"
    if period_of(window.first, selection.grain) == window:
        return window.start.isoformat()
    return f"{window.start.isoformat()}-to-{window.end.isoformat()}"
