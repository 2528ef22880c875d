"""The published limits of the keyed API: 30 requests a minute, 500 a day."""

from collections import deque

from explorer.upstream import faults

A_MINUTE, A_DAY = 30, 500
_MINUTE, _DAY = 60.0, 86_400.0


class Quota:
    """Counts the requests made with a key; one for as long as the program runs."""

    def __init__(self, a_minute: int = A_MINUTE, a_day: int = A_DAY) -> None:
        self._a_minute, self._a_day = a_minute, a_day
        self._made: deque[float] = deque()

    def wait(self, now: float, name: str) -> float:
        """Return in how many seconds another request may be made; raises UpstreamError where none is left today."""
        while self._made and now - self._made[0] >= _DAY:
            self._made.popleft()
        if len(self._made) >= self._a_day:
            raise faults.daily_limit(name, self._a_day)
        if len(self._made) < self._a_minute:
            return 0.0
        return max(0.0, self._made[-self._a_minute] + _MINUTE - now)

    def count(self, now: float) -> None:
        """Count a request made now, in seconds of the same clock as in `wait`."""
        self._made.append(now)
