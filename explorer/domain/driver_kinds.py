"""Why a row of what drove a change has no tokens in one of the windows, though its model may have had some."""

from collections.abc import Collection
from functools import reduce

from explorer.domain.origins import Known
from explorer.domain.selection import Selection
from explorer.words import Message, say

_ZEROS = (
    ("left", True, False, "left: no longer among the top {n}"),
    ("left", True, True, "left: no longer among the top {n}, or attributed otherwise since"),
    ("left", False, None, "left: attributed otherwise since"),
    ("gone", None, None, "gone: no longer named by the source"),
    ("entered", True, False, "entered: not among the top {n} before"),
    ("entered", True, True, "entered: not among the top {n} before, or attributed otherwise"),
    ("entered", False, None, "entered: attributed otherwise before"),
    ("returned", None, None, "returned: not named by the source in the window before"),
)
"""What a kind of row means, by whether the scope ranks models and whether they may change groups; None for either."""


def zeros(kinds: Collection[str], selection: Selection) -> tuple[Message, ...]:
    """Return the note that explains rows of these kinds, the values of the column `kind`; () where none needs it."""
    ranked = selection.scope.top is not None
    moved = selection.known is Known.THEN and bool(selection.countries or selection.authors)
    said = [
        say(text, n=selection.scope.top)
        for kind, in_scope, of_group, text in _ZEROS
        if kind in kinds and in_scope in (None, ranked) and of_group in (None, moved)
    ]
    if not said:
        return ()
    return (
        say(
            "{kinds}. What is not counted in a window is 0 here, so that the parts sum to the change.",
            kinds=reduce(lambda before, last: say("{before}; {last}", before=before, last=last), said),
        ),
    )
