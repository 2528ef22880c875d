"""`tokenshare report`: a deck and a PDF of what a template or a saved view asks for, without a window."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from explorer.cli import outputs
from explorer.cli.group import main
from explorer.cli.terminal import dataset, existing, progress, refuse, tell
from explorer.words import say

if TYPE_CHECKING:
    from explorer.app.reporting import Report, Wanted
    from explorer.domain.dataset import Dataset
    from explorer.domain.workspace import Workspace
    from explorer.progress import Progress

TEMPLATES = ("weekly", "monthly")
# Names of the domain, written out: importing it would make `--help` wait.


@main.command()
@click.option("--template", type=click.Choice(TEMPLATES), help="The last complete week or month, and the 12 before it.")
@click.option(
    "--workspace",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A saved view: its views in sight and what it asks; with --template, of that one's days.",
)
@click.option(
    "--out", required=True, metavar="DIR", type=click.Path(path_type=Path), help="The folder; made if absent."
)
@click.option("--pptx", is_flag=True, help="Just the PowerPoint deck.")
@click.option("--pdf", is_flag=True, help="Just the PDF.")
@click.option("--both", is_flag=True, help="Both of them (the default).")
@outputs.theme_option()
@click.option("--slide-template", metavar="FILE", help="The PowerPoint file whose slides the deck is to look like.")
@outputs.force_option()
@click.pass_obj
def report(
    store_path: Path,
    template: str | None,
    workspace: Path | None,
    out: Path,
    pptx: bool,
    pdf: bool,
    both: bool,
    theme: str,
    slide_template: str | None,
    force: bool,
) -> None:
    """Write a report to the folder DIR: a PowerPoint deck and a PDF, named after the report and its days.

    A summary comes first, then leaderboard, share, lead changes, prices and claims, each with its sentence and source.
    The paths are printed. A file that is there already is only replaced with --force.
    """
    from explorer.app import render, reporting  # noqa: PLC0415
    from explorer.export import files  # noqa: PLC0415
    from explorer.style import THEMES, Style  # noqa: PLC0415

    if template is None and workspace is None:
        refuse(say("A report is of a --template or a --workspace."), say("Name one, or both."))
    chosen = {"pptx": pptx or both, "pdf": pdf or both}
    kinds = [kind for kind in reporting.KINDS if chosen[kind]] or list(reporting.KINDS)
    slides = outputs.read_template(slide_template)
    if slides is not None and "pptx" not in kinds:
        refuse(say("--slide-template belongs to the PowerPoint deck."), say("Add --pptx, or leave it out."))
    data, wanted = _asked(store_path, template, workspace)
    stem = wanted.stem(data)
    paths = {kind: out / f"{stem}.{kind}" for kind in kinds}
    outputs.refuse_existing(tuple(paths.values()), force=force)
    with progress(stem) as told:
        made = reporting.prepared(data, wanted, Style(THEMES[theme]), _part(told, 0.0, 0.3))
        contents: dict[Path, bytes] = {}
        if "pdf" in kinds:
            contents[paths["pdf"]] = _pdf(made, _part(told, 0.3, 0.6))
        if "pptx" in kinds:
            contents[paths["pptx"]] = reporting.deck(made, slides, slide_template or "", _part(told, 0.6, 1.0))
    render.make_folder(out)
    files.write_all(contents, replace=force)
    tell(say("{path}", path=path) for path in paths.values())


def _part(told: "Progress", start: float, stop: float) -> "Progress":
    from explorer.progress import within  # noqa: PLC0415

    return within(told, start, stop)


def _asked(store_path: Path, template: str | None, workspace: Path | None) -> "tuple[Dataset, Wanted]":
    """Return the data, of the vintage that is asked for, and what the report is to be of."""
    from explorer.app import loading, reporting  # noqa: PLC0415
    from explorer.domain.reports import TEMPLATES as KNOWN  # noqa: PLC0415

    saved = None if workspace is None else _saved(workspace)
    with existing(store_path) as store:
        latest = dataset(store, store_path, priced=True)
        held = store.provenance() if store else ()
    if saved is None:
        wanted = reporting.of_template(KNOWN[template or ""], latest)
    else:
        from explorer.app.view_differences import differences  # noqa: PLC0415

        for line in differences(saved.record, latest, held):
            click.echo(str(line), err=True)
        wanted = _of_saved(saved, latest, template)
    return loading.Vintages(store_path)(latest, wanted.selection), wanted


def _saved(path: Path) -> "Workspace":
    from explorer.app.opening_files import read_view  # noqa: PLC0415

    return read_view(path)[0]


def _of_saved(saved: "Workspace", latest: "Dataset", template: str | None) -> "Wanted":
    from dataclasses import replace  # noqa: PLC0415

    from explorer.app import reporting  # noqa: PLC0415
    from explorer.domain import reports  # noqa: PLC0415
    from explorer.domain.tables import TABLES  # noqa: PLC0415

    seen = (saved.record.view,) if saved.record.view else saved.layout.seen
    views = tuple(view for view in TABLES if view in seen) or reports.VIEWS
    selection = saved.record.selection.but(source=latest.source)
    if template is None:
        return reporting.Wanted(saved.title, say("{title}: a saved view", title=saved.title), selection, views)
    found = reporting.of_template(reports.TEMPLATES[template], latest, selection)
    return replace(found, name=f"{template}-{saved.title}", views=views)


def _pdf(made: "Report", told: "Progress") -> bytes:
    from explorer.app import render, reporting  # noqa: PLC0415

    render.application()
    from explorer.export.pdf import whole  # noqa: PLC0415 - Qt, which a deck does without

    return whole(reporting.pdf(made), told)
