"""`tokenshare open`: the window."""

import sys
from pathlib import Path

import click

from explorer.cli.group import main
from explorer.cli.terminal import tell
from explorer.words import say

OUT = Path("out")


@main.command("open")
@click.pass_obj
def open_window(store_path: Path) -> None:
    """Open the window; without a display, render the opening views to out/."""
    from explorer.app import render  # noqa: PLC0415

    why = render.missing_display()
    if why is None:
        from explorer.app.system_libraries import require_system_libraries  # noqa: PLC0415

        require_system_libraries()
        from explorer.app.main import run  # noqa: PLC0415

        sys.exit(run(store_path))
    written = render.opening_views(store_path, OUT)
    tell((say("No display found ({why}), so the opening views were rendered to files:", why=why),))
    tell(say("{path}", path=path) for path in written)
