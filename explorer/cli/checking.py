"""`tokenshare check` and `tokenshare find`: printed numbers held against the rankings and price lists."""

from pathlib import Path

import click

from explorer.cli import asked as options
from explorer.cli.group import main
from explorer.cli.terminal import dataset, deliver, existing, tell
from explorer.errors import ExplorerError
from explorer.words import say


@main.command()
@click.argument("figures", type=click.Path(path_type=Path), metavar="FIGURES.csv")
@click.option("--json", "json_path", metavar="FILE", help="Write the verdicts as JSON; - is standard output.")
@click.option(
    "--as-of", "as_of", metavar="DATE", help="The data as known at the end of this UTC day.  [default: today]"
)
@click.pass_obj
def check(store_path: Path, figures: Path, json_path: str | None, as_of: str | None) -> None:
    """Say of each figure in a table where it holds: as stated, only under other conditions, or not at all.

    The columns are those of data/published/figures.csv. Nothing is kept.
    """
    from explorer.domain.claims.table import verdicts  # noqa: PLC0415
    from explorer.export import verdict_report, verdicts_json  # noqa: PLC0415
    from explorer.sources import read  # noqa: PLC0415

    found = read(figures).figures
    if not found:
        raise ExplorerError(
            say("It holds no published figures."),
            remedy=say("Choose a table with the columns of data/published/figures.csv."),
            file=figures.name,
        )
    with existing(store_path) as store:
        data = dataset(store, store_path, as_of=as_of, priced=True).with_figures(found)
    judged = verdicts(data)
    if json_path:
        deliver(json_path, verdicts_json.text(data, judged).encode())
    else:
        tell(verdict_report.verdicts(data, judged))


@main.command()
@click.argument("number")
@click.option("--entity", default="", metavar="NAME", help="Whose: a country, an author or a model.")
@click.option("--from", "start", metavar="DATE", help="First day of the window the number may speak of.")
@click.option("--to", "end", metavar="DATE", help="Its last day, included.")
@click.option(
    "--as-of", "as_of", metavar="DATE", help="The data as known at the end of this UTC day.  [default: today]"
)
@click.pass_obj
def find(store_path: Path, number: str, entity: str, start: str | None, end: str | None, as_of: str | None) -> None:
    """Say what a NUMBER such as "61 %" or 9.2T could be in the rankings, the simplest first."""
    from explorer.domain.claims import find as finding  # noqa: PLC0415
    from explorer.export import verdict_report  # noqa: PLC0415

    with existing(store_path) as store:
        data = dataset(store, store_path, as_of=as_of)
    matches = finding.find(data, number, entity, options.span(data, start, end))
    tell(verdict_report.matches(finding.table(data, matches)))
