"""Which notes explain what is drawn: they stay on what leaves the program, whatever a person writes instead."""

from explorer.domain.attribution_notes import is_own
from explorer.words import Message

EXPLAINING = frozenset(
    {
        "* Prices of the {name} catalogue, which goes before the models snapshots, as chosen.",
        "* Prices of the {name} catalogue: no models snapshot covers the date.",
        "* {name} goes before the models snapshots, as chosen; its undated prices may be newer.",
        "* {name}: no models snapshot covers the date; its undated prices may be newer.",
        "A line breaks where a list names the model without a price.",
        "As known now: {list}.",
        "As known then: {list}.",
        "Bars reach from the least to the most of the dollars; lines are at the share of the tokens.",
        "Changes compare with {window}.",
        "Dashed: no date is stated for these prices, drawn from the first use on; they may be newer.",
        "Free models stand at the left edge, apart from the line of the cheapest.",
        "Hatched: partial ({spans}).",
        "Hatched: some of the totals of that period were not printed.",
        "No newer list for {n} days: the last dated price is carried on, dashed.",
        "Partial: {complete} of {days} days are complete, so no change is shown.",
        "Partial: {complete} of {days} days are complete.",
        "▲ the lead changes.",
        "△ the lead changes, not certain given the unattributed.",
        "▲ the lead changes; △ not certain, given the unattributed.",
    }
)
"""Templates of notes that explain marks, hatching and dashes, against what a change is, and who counts as whose."""


def stays(note: Message) -> bool:
    """Return whether a note is said even where a footnote stands for the notes."""
    return is_own(note) or note.template in EXPLAINING
