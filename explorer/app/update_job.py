"""An update as work for the window's importer. Loaded when the first update is asked for."""

from functools import partial
from pathlib import Path

from explorer.app import updating
from explorer.app.importing import Job
from explorer.upstream.client import Client
from explorer.upstream.quota import Quota
from explorer.words import Message, say


class _Steps:
    """How far the update is: said by its thread, read by the window."""

    def __init__(self) -> None:
        self.last: Message | None = None

    def tell(self, step: Message) -> None:
        self.last = step

    def read(self) -> Message | None:
        return self.last


def client(quota: Quota) -> Client:
    """Return the client for one update; `quota` counts over all of them."""
    return Client(quota=quota)


def update_job(store_path: Path, quota: Quota) -> Job:
    """Return the update of the store: rankings, prices and, with a key, the days since 2025."""
    steps = _Steps()

    def work(progress: updating.Progress) -> updating.Imported:
        return updating.run(store_path, updating.Wish(), progress, steps.tell, partial(client, quota))

    return Job(
        work,
        say("Updating: asking openrouter.ai"),
        say("Cancel update"),
        say("Update cancelled: nothing was changed."),
        steps.read,
    )
