"""`newsmill sql`: ask the published snapshot."""

from typing import Annotated

import typer

from flows.cli.application import app
from flows.cli.rows import Form, Format, print_rows
from flows.settings import Settings


@app.command(
    epilog="Example: newsmill sql --format json 'select title, published_at from articles limit 5'"
)
def sql(
    query: Annotated[str, typer.Argument(help="One SQL statement over the published tables.")],
    *,
    form: Form = Format.TABLE,
) -> None:
    """Run SQL over the published snapshot, read only; times are UTC."""
    from warehouse.query import ask, connect

    with connect(Settings().articles) as connection:
        answer = ask(connection, query)
    print_rows(answer.columns, answer.tuples, form)
