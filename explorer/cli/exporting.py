"""`tokenshare export`: a view's table or picture."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from explorer.cli import asked as options
from explorer.cli import prices_asked
from explorer.cli.asked import Asked
from explorer.cli.group import Sentence, main
from explorer.cli.terminal import STDOUT, dataset, deliver, existing, refuse
from explorer.cli.workload_asked import PRESETS
from explorer.words import say

if TYPE_CHECKING:
    from explorer.domain.dataset import Dataset
    from explorer.domain.table import Table


_PRICED = frozenset(options.VIEW_NAMES) - {"share", "leads", "drivers"}


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
@click.option("--at", metavar="DATE", help="Prices of this day. Of prices, workload.  [default: the last day]")
@click.option("--models", default="", metavar="A,B,…", help="Just these models, used or not. Of prices.")
@click.option("--ratio", default="", metavar="N:M", help="Input to output tokens of blended prices. Of prices.")
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
@click.option("--csv", "csv_path", metavar="FILE", help="Write the table as CSV; - is standard output (the default).")
@click.option("--png", "png_path", metavar="FILE", help="Write the picture as PNG.")
@click.option("--size", default="1920x1080", show_default=True, metavar="WxH", help="Size of the picture in pixels.")
@click.option("--no-comments", is_flag=True, help="Leave out the # lines of the CSV: what is counted, source, licence.")
@click.pass_obj
def export(
    store_path: Path,
    csv_path: str | None,
    png_path: str | None,
    size: str,
    no_comments: bool,
    lens: bool,
    **written: str,
) -> None:
    """Write the table of VIEW as CSV, or its picture as PNG, or both.

    Files are replaced. CSV files begin with UTF-8's mark, for Excel; standard output has none, for pipes.
    """
    from explorer.app import loading  # noqa: PLC0415
    from explorer.export.size import size_of  # noqa: PLC0415

    asked, pixels = Asked(lens=lens, **written), size_of(size)
    if csv_path and csv_path == png_path:
        raise click.UsageError("--csv and --png name the same file.")
    with existing(store_path) as store:
        data = dataset(store, store_path)
        if asked.view in _PRICED:
            data = data.with_prices(loading.prices(store))
    table = _table(data, asked)
    if png_path:
        from explorer.app import render  # noqa: PLC0415

        deliver(png_path, render.picture(asked.view, table, pixels))
    if csv_path or not png_path:
        from explorer.export import table_csv  # noqa: PLC0415
        from explorer.export.licence import licence  # noqa: PLC0415

        name = csv_path or STDOUT
        text = table_csv.text(table, licence=licence(data, table), comments=not no_comments)
        deliver(name, text.encode("utf-8" if name == STDOUT else table_csv.ENCODING))


def _table(data: "Dataset", asked: Asked) -> "Table":
    from explorer.domain.price_table import PriceTable  # noqa: PLC0415
    from explorer.domain.tables import table as table_of  # noqa: PLC0415
    from explorer.domain.workload_table import WorkloadTable  # noqa: PLC0415

    selection = options.selection(data, asked)
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
