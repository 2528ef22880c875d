"""A PowerPoint deck of one or several exhibits, with native charts that can be edited there."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from pptx.oxml.ns import qn

from explorer.domain import record as records
from explorer.export import deck_slide, deck_template, deck_zip
from explorer.export.deck_template import Shape, Stage
from explorer.export.exhibit import Exhibit, dated
from explorer.progress import Progress, unheard
from explorer.words import say


def deck(
    exhibits: Sequence[Exhibit],
    *,
    shape: Shape = Shape.WIDE,
    template: bytes | None = None,
    template_name: str = "",
    progress: Progress = unheard,
    compose: Callable[[Stage, Exhibit], None] = deck_slide.add,
) -> bytes:
    """Return a .pptx with one slide per exhibit, as `compose` adds it: the same bytes for the same exhibits.

    A user's own `template` decides shape, fonts and background itself; its slides are left out. Raises ExplorerError,
    naming `template_name`, where the template can't be used, and ValueError without exhibits.
    """
    if not exhibits:
        raise ValueError("a deck of nothing")
    theme = exhibits[0].style.theme
    own = deck_template.plain(shape, theme) if template is None else None
    stage = own or deck_template.opened(template or b"", template_name)
    for done, exhibit in enumerate(exhibits):
        progress(done / len(exhibits))
        compose(stage, stage.dressed(exhibit))
    when = dated(*(exhibit.record for exhibit in exhibits))
    _describe(stage.deck, exhibits)
    made = io.BytesIO()
    stage.deck.save(made)
    return deck_zip.timeless(made.getvalue(), when)


def _describe(made: Any, exhibits: Sequence[Exhibit]) -> None:
    """Say in the file's properties what it is and how it was made."""
    first, about = exhibits[0], made.core_properties
    about.title = first.heading[:255]
    about.subject = first.counted[:255]
    about.author = about.last_modified_by = first.record.program[:255]
    about.keywords = ", ".join(dict.fromkeys(("OpenRouter", *(exhibit.view for exhibit in exhibits))))[:255]
    about.category = str(say("Token usage"))
    about.revision = 1
    about.comments = ""
    # python-pptx refuses more than 255 characters, which no program that reads them does.
    about._element.find(qn("dc:description")).text = "\n".join(records.text(each.record) for each in exhibits)
