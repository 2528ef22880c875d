"""The import of what came into the watched folder, which leaves views alone."""

from collections.abc import Sequence
from pathlib import Path

from explorer.app import importing
from explorer.app.imported import Imported, Outcome
from explorer.app.importing import Job
from explorer.errors import ExplorerError
from explorer.progress import Progress
from explorer.words import say


class ViewError(ExplorerError):
    """A file is a view: it is not refused, only nothing to import."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            say("This is a view, not data: open it to see it."), remedy=say("Press Ctrl+O."), file=path.name
        )


def data_job(store_path: Path, paths: Sequence[Path]) -> Job:
    """Return the import of some files; the outcome of one that is a view is a ViewError."""
    return importing.job_of(store_path, paths, _run)


def _run(store_path: Path, paths: Sequence[Path], progress: Progress) -> Imported:
    # To tell a view from data, large files are read.
    from explorer.app.opening_files import is_view  # noqa: PLC0415 - not before the first picture

    views = frozenset(path for path in paths if is_view(path))
    done = importing.run(store_path, [path for path in paths if path not in views], progress)
    by_path = {outcome.path: outcome for outcome in done.outcomes}
    by_path |= {path: Outcome(path, error=ViewError(path)) for path in views}
    return Imported(tuple(by_path[path] for path in paths), done.dataset)
