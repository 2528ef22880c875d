"""What an import brought, counted against what the store showed before."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Days and rows of one import, counted as `ImportReport` says."""

    days: int = 0
    new: int = 0
    restated: int = 0
    unchanged: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.days + other.days,
            self.new + other.new,
            self.restated + other.restated,
            self.unchanged + other.unchanged,
        )
