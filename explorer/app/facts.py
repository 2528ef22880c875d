"""What a dataset is, in the few words of a title bar and a status bar."""

from datetime import date

from explorer.domain.dataset import Dataset
from explorer.domain.schema import to_date
from explorer.domain.selection import Source
from explorer.domain.units import exact
from explorer.domain.wording import day_words, span_words
from explorer.words import Message, say


def title(dataset: Dataset) -> Message:
    """Return the window's title: the program, the dataset and how new it is, as far as that is known."""
    if dataset.source is Source.PUBLISHED:
        return say("Tokenshare Explorer — published figures")
    days = dataset.cube.days
    stated = max((p.as_of for p in dataset.provenance if p.as_of and p.last_day is not None), default="")
    if stated and days is not None and date.fromisoformat(stated[:10]) >= days.end:
        return say("Tokenshare Explorer — rankings (as of {date})", date=day_words(date.fromisoformat(stated[:10])))
    if days is None:
        return say("Tokenshare Explorer — rankings")
    return say("Tokenshare Explorer — rankings (data to {date})", date=day_words(to_date(days.last)))


def summary(dataset: Dataset) -> Message:
    """Return how much data there is."""
    days = dataset.cube.days
    if dataset.source is Source.PUBLISHED or days is None:
        return say("{count} printed figures", count=exact(len(dataset.figures)))
    files = len(dataset.provenance)
    return say(
        "{days} days with data, {span} · {models} models · {files}",
        days=exact(dataset.cube.days_present(days)),
        span=span_words(days),
        models=exact(len(dataset.cube.models)),
        files=say("1 file") if files == 1 else say("{count} files", count=exact(files)),
    )
