"""What comes from the keyed API: a window of days, named by its ends."""

import json
from datetime import date
from typing import cast


def name(first: date, last: date) -> str:
    """Return the name of the answer for some days; two dates in it tell a range, never an as-of."""
    return f"rankings-daily-{first}-to-{last}.json"


def is_empty(raw: bytes) -> bool:
    """Tell whether an answer says that there is nothing on the days asked for."""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and cast("dict[str, object]", said).get("data") == []
