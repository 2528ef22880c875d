"""`tokenshare export`: a view as pictures, slides, workbooks and tables."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from explorer.cli import asked as options
from explorer.cli import outputs, prices_asked
from explorer.cli.asked import Asked
from explorer.cli.group import Sentence, main
from explorer.cli.terminal import dataset, existing, refuse
from explorer.cli.workload_asked import PRESETS
from explorer.words import say

if TYPE_CHECKING:
    from explorer.domain.dataset import Dataset
    from explorer.domain.selection import Selection
    from explorer.domain.table import Table


_PRICED = frozenset(options.VIEW_NAMES) - {"share", "leads", "drivers", "snapshots", "restatements"}


@main.command()
@click.argument("view", type=click.Choice(options.VIEW_NAMES))
@click.option(
    "--grain", type=click.Choice(options.GRAINS), default="week", show_default=True, help="Length of a period."
)
@click.option("--from", "start", metavar="DATE", help="First day, YYYY-MM-DD.  [default: the data's first]")
@click.option("--to", "end", metavar="DATE", help="Last day, included.  [default: the data's last]")
@click.option(
    "--scope", default="all", show_default=True, metavar="N|listed|all", help="The top N models, all named, or all."
)
@click.option(
    "--by", "grouping", type=click.Choice(options.GROUPINGS), default="country", show_default=True, help="Of share."
)
@click.option(
    "--measure",
    type=click.Choice(options.MEASURES),
    default="tokens",
    show_default=True,
    help="Height of share's picture.",
)
@click.option("--search", default="", metavar="WORDS", help="Only rows that match. Of leaderboard and claims.")
@click.option("--baseline", default="", metavar="MODEL", help="The model to compare with. Of prices, workload.")
@click.option(
    "--known",
    type=click.Choice(options.KNOWN),
    default="now",
    show_default=True,
    help="Whose anonymous models are: as known now, or then.",
)
@click.option(
    "--variants",
    type=click.Choice(options.VARIANTS),
    default="apart",
    show_default=True,
    help="Whether :free and the like count with their model.",
)
@click.option(
    "--as-of", "as_of", metavar="DATE", help="The data as known at the end of this UTC day.  [default: today]"
)
@click.option("--snapshots", default="", metavar="A,B", help="Compare these: files or sha256. Of restatements.")
@click.option("--at", metavar="DATE", help="Prices of this day. Of prices, workload.  [default: the last day]")
@click.option("--models", default="", metavar="A,B,…", help="Just these models, used or not. Of prices.")
@click.option(
    "--ratio", default="", metavar="N:M|observed", help="Input to output tokens of blended prices. Of prices."
)
@click.option("--cached", default="", metavar="N%", help="Share of the input read from a cache. Of prices, workload.")
@click.option(
    "--first",
    type=click.Choice(options.PRICE_FIRST),
    help="Whose price counts where both have one. Of prices, workload and spend.",
)
@click.option("--preset", type=click.Choice(PRESETS), help="The work to begin with. Of workload.  [default: chat]")
@click.option("--calls", default="", metavar="N", help="Calls a day. Of workload.")
@click.option("--input", default="", metavar="N", help="Input tokens of a call, cached ones counted. Of workload.")
@click.option("--output", default="", metavar="N", help="Output tokens of a call. Of workload.")
@click.option("--lens", is_flag=True, help="Top 5, top 10, all listed and all tokens side by side. Of share.")
@outputs.options
@click.pass_obj
def export(store_path: Path, lens: bool, **written: Any) -> None:
    """Write VIEW as files, several at once: its picture, a slide, a workbook or its table.

    Without any of them the table goes to standard output as CSV. A file that is there already is only replaced with
    --force. CSV files begin with UTF-8's mark, for Excel; standard output has none, for pipes.
    """
    wanted = outputs.taken(written)
    asked = Asked(lens=lens, **written)
    with existing(store_path) as store:
        data = dataset(store, store_path, as_of=asked.as_of, priced=asked.view in _PRICED)
    selection = options.selection(data, asked)
    table = _table(data, asked, selection)
    # Which models were asked for is no part of a Selection: what is exported then can't be opened as that view again.
    outputs.write(wanted, data, selection, asked.view, table, opens=not asked.models)


def _table(data: "Dataset", asked: Asked, selection: "Selection") -> "Table":
    from explorer.domain.price_table import PriceTable  # noqa: PLC0415
    from explorer.domain.tables import table as table_of  # noqa: PLC0415
    from explorer.domain.workload_table import WorkloadTable  # noqa: PLC0415

    if asked.models:
        table = prices_asked.of_models(data, selection, asked.models)
    else:
        table = table_of(asked.view, data, selection)
    if table.empty is not None:
        raise Sentence(str(table.empty))
    if isinstance(table, PriceTable | WorkloadTable) and asked.baseline not in ("", table.baseline):
        refuse(
            say("No price is known for {model} at that time.", model=asked.baseline),
            say("Choose another --baseline, --at or --to."),
        )
    return table
