"""The one Typer application that every verb registers with."""

import typer

app = typer.Typer(
    name="newsmill",
    help="Mill news pages into a clean, deduplicated, validated DuckDB warehouse.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
DAY = ["%Y-%m-%d"]
"""How an option takes a day."""


@app.callback()
def _newsmill() -> None:
    """Be asked for by verb, even where only one is registered."""
