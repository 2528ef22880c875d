"""Time as the client has it, so that another can be put in its place."""

import time
from datetime import UTC, datetime


class Clock:
    """The computer's clock."""

    def now(self) -> datetime:
        """Return the time of day, in UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Return seconds that never run backwards, from no time in particular."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
