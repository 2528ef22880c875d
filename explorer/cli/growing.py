"""`tokenshare growth`: the growth translator."""

import click

from explorer.cli.group import main
from explorer.cli.terminal import tell


@main.command()
@click.option("--from", "start", default="", metavar="VALUE", help="The value before, such as 2.27.")
@click.option("--to", "end", default="", metavar="VALUE", help="The value after, such as 5.16.")
@click.option("--multiple", default="", metavar="N", help="How many times as much it became, such as 370.")
@click.option("--per-year", default="", metavar="PERCENT", help="Growth a year, such as 226%.")
@click.option("--doubling", default="", metavar="TIME", help="In what time it doubles, such as 7m.")
@click.option("--over", default="", metavar="TIME", help="Over how long: 10d, 3w, 18m or 5y.")
def growth(**written: str) -> None:
    """Translate growth: a multiple, a rate a year and a doubling time are one thing said in three ways."""
    from explorer.app.growth_asked import Asked  # noqa: PLC0415

    tell(saying.sentence for saying in Asked(**written).sayings())
