"""`newsmill search`: where a phrase was printed, and by whom first."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from flows.cli.application import DAY, app
from flows.cli.rows import Form, Format, print_rows
from flows.cli.terminal import say, visible
from flows.settings import Settings
from flows.stated import stated

if TYPE_CHECKING:
    from warehouse.query import Row
    from warehouse.search import Found, Passage

AROUND = 50
"""Characters shown on each side of a phrase."""


@app.command(epilog='Example: newsmill search "harbour wall" --from 2026-03-01')
def search(
    phrases: Annotated[
        list[str], typer.Argument(help="Phrases that an article has, all of them, as words.")
    ],
    *,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=DAY, help="Published on this day or later.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=DAY, help="Published on this day or earlier.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Name or domain.")] = None,
    language: Annotated[str | None, typer.Option(help="Code, such as en.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Articles shown, the earliest first.")] = 20,
    form: Form = Format.TABLE,
) -> None:
    """Show who printed a phrase, and who was first; case and accents do not matter, times are UTC.

    Articles are searched as they read now; what they read before is in `revisions`.
    """
    from warehouse.query import connect
    from warehouse.search import Sought, passages
    from warehouse.search import search as find

    days = [None if day is None else day.date() for day in (first, last)]
    sought = Sought(tuple(phrases), days[0], days[1], publisher, language)
    with connect(Settings().articles) as connection:
        found = find(connection, sought)
        rows = found.rows[:limit]
        places = passages(connection, rows, phrases[0], AROUND)
    if form is Format.TABLE:
        columns = ["published", "by", "title", "passage", "article"]
        told = [_for_reading(row, places[row["article_id"]]) for row in rows]
    else:
        columns = [*found.columns, "passage"]
        told = [(*row.values(), places[row["article_id"]].text) for row in rows]
    if told or form is not Format.TABLE:
        print_rows(columns, told, form)
    say(summary(found, len(rows)))


def summary(found: "Found", listed: int) -> str:
    """Return how often the phrase was printed, and by whom first, as one sentence."""
    if not found.rows:
        return "no article has it"
    told = f"articles: {len(found.rows)}, stories: {found.stories}"
    told += f", publishers named: {found.publishers}"
    earliest = found.rows[0]
    if earliest["published_at"] is not None:
        by = earliest["printed_by"] or "a publisher it does not name"
        at = stated(earliest["published_at"], earliest["published_precision"])
        told += f"; first {at} by {by}"
    if found.undated:
        told += f"; without a date: {found.undated}"
    return told + (f"; shown: {listed} (--limit)" if listed < len(found.rows) else "")


def _for_reading(row: "Row", place: "Passage") -> tuple[object, ...]:
    at = stated(row["published_at"], row["published_precision"])
    return (at, row["printed_by"], row["title"], _marked(place), row["article_id"])


def _marked(place: "Passage") -> Text:
    """Return the passage as one line, the phrase in bold."""
    text = Text()
    for words, style in ((place.before, ""), (place.words, "bold"), (place.after, "")):
        text.append(visible(" ".join(f"|{words}|".split())[1:-1]), style=style)
    return text
