"""Which columns a leaderboard shows, in which order and how wide."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf, isinf
from typing import Any, NamedTuple

from explorer.domain.origins import UNATTRIBUTED
from explorer.domain.table import NUMERIC, Column, Kind, Table
from explorer.domain.units import THIN
from explorer.drawing.cells import FORMATS, SHARE_SAMPLE, Look, missing, swatch_width
from explorer.drawing.translate import tr

ORDER = (
    "rank",
    "rank_change",
    "model",
    "author",
    "country",
    "tokens",
    "share",
    "change",
    "trend",
    "window_start",
    "window_end",
    "publisher",
    "published",
    "input",
    "output",
    "share_of_all",
    "price_source",
    "price_date",
)
"""The columns from left to right; others follow in the table's own order."""
HIDDEN = frozenset({"share_of_all", "price_source", "price_date"})
"""The columns that show only when asked for."""
MODEL = "model"
"""The column that identifies a row: always shown, never scrolled away, and given the room that is left."""
_DROPPED_FIRST = ("published", "author", "publisher", "window_start", "window_end", "trend", "output", "input")
_DROPPED_NEXT = ("country", "rank_change", "change", "share")
DROPPED = _DROPPED_FIRST + _DROPPED_NEXT
"""The columns that a picture too narrow for all does without, the most dispensable first."""

_SAMPLES: Mapping[Kind, str] = {
    Kind.RANK_CHANGE: "▲888",
    Kind.TOKENS: "88.8B",
    Kind.CHANGE: f"▲ +888.8{THIN}%",
    Kind.PRICE: "$0.0888*",
    Kind.RATIO: "88.8×",
    Kind.FLAG: "yes",
}
_STRETCHED = frozenset({Kind.SHARE, Kind.SERIES})


class Need(NamedTuple):
    """How wide a column must be, likes to be, and can make use of, in pixels, pads included."""

    least: float
    natural: float
    most: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A column at its place: from `left` on, `width` pixels wide, pads included."""

    column: Column
    left: float
    width: float


def shown(table: Table, hidden: frozenset[str] = HIDDEN) -> tuple[Column, ...]:
    """Return the columns to show, from left to right."""
    place = {key: i for i, key in enumerate(ORDER)}
    ordered = sorted(table.columns, key=lambda column: place.get(column.key, len(place)))
    return tuple(column for column in ordered if column.key not in hidden)


def filled(table: Table, columns: Iterable[Column], kinds: Collection[Kind] = frozenset(Kind)) -> tuple[Column, ...]:
    """Return the columns but those of some `kinds` that have no value in any row."""
    return tuple(c for c in columns if c.kind not in kinds or not all(map(missing, table.values[c.key])))


def needs(table: Table, columns: Iterable[Column], look: Look, *, whole: bool = False) -> tuple[Need, ...]:
    """Return what the columns need; `whole` asks for model ids in full, as a picture has no tooltip for the rest."""
    found = (_need(table, column, look, whole) for column in columns)
    return tuple(Need(*(width if isinf(width) else ceil(width) + 1 for width in need)) for need in found)


def _need(table: Table, column: Column, look: Look, whole: bool) -> Need:
    px, pads = look.style.px, 2 * look.pad
    head = look.head_width(tr(column.label)) + marker_room(look) + pads
    values: Sequence[Any] = table.values[column.key]
    if column.key == MODEL:
        natural = max(head, min(_widest(table.names or values, look) + pads, px(340)))
        return Need(natural if whole else max(head, min(natural, px(136))), natural, inf)
    if column.kind is Kind.SERIES:
        return _elastic(max(head, px(48) + pads), max(head, px(96) + pads), px(240))
    if column.kind is Kind.SHARE:
        number = look.width(SHARE_SAMPLE) + pads
        return _elastic(max(head, number + px(28)), max(head, number + px(80)), px(420))
    natural = max(head, min(_words_width(column, set(values), look), px(176)) + pads)
    if column.kind is not Kind.TEXT:
        return _elastic(natural, natural, natural)
    known = _words_width(column, set(values) - {UNATTRIBUTED}, look)
    return _elastic(max(head, min(known, px(80)) + pads), natural, natural)


def _elastic(least: float, natural: float, most: float) -> Need:
    return Need(least, natural, most)


def _words_width(column: Column, values: Collection[Any], look: Look) -> float:
    """Return how wide the words of a column are: a sample of its kind, or its widest text."""
    if column.kind in _SAMPLES:
        return look.width(_SAMPLES[column.kind])
    if column.kind is Kind.RANK:
        return look.width("8" * len(str(max((v for v in values if v), default=8))))
    swatch = swatch_width(look) if column.key == "country" else 0.0
    words = map(FORMATS[column.kind], values)
    return swatch + max((look.width(line) for line in words), default=0.0)


def _widest(words: Sequence[str], look: Look) -> float:
    """Return the width of the widest text, looked for among the few with most characters."""
    return max(map(look.width, sorted(set(words), key=len)[-4:]), default=0.0)


def marker_room(look: Look) -> float:
    """Return the room beside a column's label for the mark of the sort, which makes use of the pad as well."""
    return look.style.px(5)


def place(columns: Sequence[Column], need: Sequence[Need], room: float, first: int = 0) -> tuple[Placed, ...]:
    """Place columns side by side in `room` pixels.

    What is left over goes to bars and sparklines first, then to the model. Where room is short, columns shrink,
    the model last; where even that is not enough, `first` columns after the model are left out and then those at
    the end, so that none is ever cut.
    """
    if sum(n.natural for n in need) <= room:
        return _side_by_side(columns, _stretched(columns, need, room))
    if sum(n.least for n in need) <= room:
        return _side_by_side(columns, _shrunk(columns, need, room))
    kept = _kept(columns, need, room, first)
    columns, need = [columns[i] for i in kept], [need[i] for i in kept]
    widths = [n.least for n in need]
    spare = room - sum(widths)
    fitted = [max(w + spare, w / 3) if c.key == MODEL else w for c, w in zip(columns, widths, strict=True)]
    return _side_by_side(columns, fitted)


def _kept(columns: Sequence[Column], need: Sequence[Need], room: float, first: int) -> list[int]:
    pinned = _pinned(columns)
    kept = list(range(pinned))
    room -= sum(n.least for n in need[:pinned])
    for i in range(pinned + first, len(columns)):
        room -= need[i].least
        if room < 0 and i > pinned + first:
            break
        kept.append(i)
    return kept


def _pinned(columns: Sequence[Column]) -> int:
    """Return how many columns stay where they are: those up to the model."""
    return next((i for i, c in enumerate(columns) if c.key == MODEL), -1) + 1


def steps(columns: Sequence[Column], need: Sequence[Need], room: float) -> int:
    """Return by how many columns one can scroll sideways before the last column shows."""
    if not columns or sum(n.least for n in need) <= room:
        return 0
    pinned = _pinned(columns)
    most = max(0, len(columns) - pinned - 1)
    return next((k for k in range(most) if _kept(columns, need, room, k)[-1] == len(columns) - 1), most)


def _stretched(columns: Sequence[Column], need: Sequence[Need], room: float) -> list[float]:
    widths = [n.natural for n in need]
    spare = room - sum(widths)
    elastic = [i for i, c in enumerate(columns) if c.kind in _STRETCHED and need[i].most > widths[i]]
    for i in elastic:
        more = min(spare / (len(elastic) + 1), need[i].most - widths[i])
        widths[i] += more
    spare = room - sum(widths)
    model = _pinned(columns) - 1
    if model >= 0:
        widths[model] += spare
    return widths


def _shrunk(columns: Sequence[Column], need: Sequence[Need], room: float) -> list[float]:
    """Return widths that fill `room`: the model keeps its own as long as the others can give way."""
    rest = [n for c, n in zip(columns, need, strict=True) if c.key != MODEL]
    least, natural = sum(n.least for n in rest), sum(n.natural for n in rest)
    model = sum(n.natural for n in need) - natural
    part = min(max((room - model - least) / max(natural - least, 1.0), 0.0), 1.0)
    widths = [n.least + (n.natural - n.least) * part for n in need]
    spare = room - least - (natural - least) * part
    return [spare if c.key == MODEL else w for c, w in zip(columns, widths, strict=True)]


def _side_by_side(columns: Sequence[Column], widths: Sequence[float]) -> tuple[Placed, ...]:
    found: list[Placed] = []
    left = 0.0
    for column, width in zip(columns, widths, strict=True):
        found.append(Placed(column, round(left), round(left + width) - round(left)))
        left += width
    return tuple(found)


def droppable(columns: Sequence[Column], need: Sequence[Need], room: float) -> tuple[Column, ...]:
    """Return the columns that fit into `room` pixels, those of DROPPED left out one after another until they do."""
    wide = {c.key: n.least for c, n in zip(columns, need, strict=True)}
    for key in DROPPED:
        if sum(wide.values()) <= room:
            break
        wide.pop(key, None)
    return tuple(c for c in columns if c.key in wide)


def is_right(column: Column) -> bool:
    """Whether a column is aligned to the right."""
    return column.kind in NUMERIC
