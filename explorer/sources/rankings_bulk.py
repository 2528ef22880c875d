"""Large rankings in plain CSV through pandas' parser; whatever is not plain is left to the exact pass.

Plain is what upstream writes: ASCII, no quotes, no blanks, every row whole, every value sound. The exact pass knows
quotes and says which line is wrong, at three seconds for a million rows instead of a fifth of one.
"""

import io
from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from explorer.domain.schema import UsageFrame
from explorer.sources.fields import MOST_TOKENS, day_of
from explorer.sources.rankings_rows import COLUMNS

WORTH = 1 << 21
"""Bytes from which on this pays for importing pandas."""

_ODD = (b'"', b" ", b"+", b"\t", b"\x00", b"\x0b", b"\x0c", b"\x7f", b"\n\n", b"\n\r")


def parse(raw: bytes, header: Sequence[str]) -> UsageFrame | None:
    """Return the rankings in `raw`, whose first line is `header`; None if they are not plain or not sound.

    The frame is the one that `rankings_rows.check_rows` makes of the same rows.
    """
    if not _is_plain(raw, len(header)):
        return None
    columns = _columns(raw, header)
    if columns is None:
        return None
    dates, slugs, tokens = columns
    days = [day_of(str(when)) for when in dates.categories.tolist()]
    names: list[str] = slugs.categories.tolist()
    if None in days or not all(_is_slug(name) for name in names) or not _sound(tokens):
        return None
    order = sorted(range(len(names)), key=names.__getitem__)
    place = np.empty(len(names), np.int32)
    place[order] = np.arange(len(names), dtype=np.int32)
    day = np.array(days, np.int32)[dates.codes]
    model = place[slugs.codes]
    key = day.astype(np.int64) * len(names) + model
    key.sort()
    if (key[1:] == key[:-1]).any():
        return None
    return UsageFrame(day, model, tokens, tuple(names[i] for i in order))


def _sound(tokens: Any) -> bool:
    return tokens.min() >= 0 and tokens.max() <= MOST_TOKENS


def _is_slug(name: object) -> bool:
    """Tell whether pandas kept the name as text: names that are all numbers it turns into numbers."""
    return isinstance(name, str) and name.isprintable() and bool(name)


def _is_plain(raw: bytes, width: int) -> bool:
    """Tell whether cutting at commas and line ends is exact, and rows have `width` values on average."""
    if not raw.isascii() or any(odd in raw for odd in _ODD):
        return False
    if raw.count(b"\r") not in (0, raw.count(b"\r\n")):
        return False
    lines = raw.count(b"\n") + (not raw.endswith(b"\n"))
    return lines > 1 and raw.count(b",") == lines * (width - 1)


def _columns(raw: bytes, header: Sequence[str]) -> tuple[Any, Any, Any] | None:
    """Return dates and slugs as categoricals and tokens as int64; None where pandas reads other than whole numbers.

    All columns are read, for only then does a row with too many values stop pandas.
    """
    import pandas as pd  # noqa: PLC0415 - a third of a second that only large files pay

    when, slug, count = COLUMNS
    rest = [column for column in header if column not in COLUMNS]
    try:
        frame = pd.read_csv(
            io.BytesIO(raw),
            dtype=cast(Any, {when: "category", slug: "category", **dict.fromkeys(rest, "category")}),
            keep_default_na=False,
            na_filter=False,
            index_col=False,
            engine="c",
            low_memory=False,
        )
    except (ValueError, OverflowError):
        return None
    # "1e9" and "12.0" are no whole numbers to us; a column of whole numbers alone is int64.
    if frame[count].dtype != np.int64:
        return None
    return frame[when].array, frame[slug].array, frame[count].to_numpy()
