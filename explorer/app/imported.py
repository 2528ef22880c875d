"""What became of the files of an import or an update. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from explorer.domain.dataset import Dataset
from explorer.domain.snapshot import ImportReport
from explorer.errors import ExplorerError
from explorer.words import Message


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a report, or the error that kept it out; neither if the import was stopped before."""

    path: Path
    report: ImportReport | None = None
    error: ExplorerError | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of all files, in their order; `dataset` is what the store now holds, None if nothing changed.

    `sentence` says what an update came to; imports of files have none.
    """

    outcomes: tuple[Outcome, ...]
    dataset: Dataset | None
    sentence: Message | None = None


def changed(outcomes: Sequence[Outcome]) -> bool:
    """Tell whether any file brought something that the store did not have."""
    return any(outcome.report and not outcome.report.duplicate for outcome in outcomes)
