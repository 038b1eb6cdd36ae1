"""`newsmill duplicates`: which articles repeat this one, how, and in which words."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from articles.errors import NewsmillError
from articles.identity.differences import shared_passages
from flows.cli.application import app
from flows.cli.terminal import console, shown, table, visible
from flows.ingest.documents import drop_documents
from flows.settings import Settings
from flows.stated import stated

if TYPE_CHECKING:
    from warehouse.query import Row

LEFT, RIGHT = "⟦", "⟧"
"""Around what two articles share, for those who see no colours."""


class NotInTheWarehouse(NewsmillError):
    """No article answers to the name given."""


@app.command(epilog="Example: newsmill duplicates samples/dumps/bridge-reopens.txt")
def duplicates(
    what: Annotated[
        str, typer.Argument(help="A file, a URL, an origin, a document or article id.")
    ],
    *,
    brief: Annotated[
        bool, typer.Option("--brief", help="Only the table of relations, no text.")
    ] = False,
) -> None:
    """Show the story of an article: who repeats whom and why, the shared passages marked."""
    from warehouse import lookup, query

    out = console()
    with query.connect(Settings().articles) as connection:
        rows = [row for key in _keys(what) for row in lookup.story_of(connection, key)]
    if not rows:
        raise NotInTheWarehouse(
            f"the warehouse knows no article by {what}: run `newsmill ingest` on it first, or ask "
            "the table `documents` for the origins that it knows"
        )
    canonical = rows[0]
    for row in rows:
        canonical = row if row["is_canonical"] else canonical
        if row["is_canonical"]:
            story = [each for each in rows if each["story_id"] == row["story_id"]]
            out.print(_relations(story))
        elif not brief:
            _passages(out, row, canonical)


def _keys(what: str) -> list[str]:
    """Return the ids of a file's documents, or what was asked for itself."""
    if not Path(what).exists():
        return [what]
    return [item.document_id for item in drop_documents([Path(what)]) if item.document_id]


def _relations(story: "list[Row]") -> object:
    names = ("article", "relation", "containment", "jaccard", "published (UTC)", "publisher")
    return table(
        (*names, "title", "why"),
        [
            (
                row["article_id"],
                row["relation"] or "canonical",
                None if row["containment"] is None else f"{row['containment']:.2f}",
                None if row["jaccard"] is None else f"{row['jaccard']:.2f}",
                stated(row["published_at"], row["published_precision"]),
                row["publisher_domain"] or row["publisher"],
                row["title"],
                row["reason"],
            )
            for row in story
        ],
    )


def _passages(out: Console, row: "Row", canonical: "Row") -> None:
    out.print(shown(f"\n{row['article_id']}: {row['title'] or 'no title'}", "bold"))
    text = Text()
    for piece in shared_passages(str(row["body"]), str(canonical["body"])):
        words = visible(piece.text)
        bare = words.rstrip()
        shared = piece.kind == "kept"
        text.append(f"{LEFT}{bare}{RIGHT}" if shared else bare, "green" if shared else "")
        text.append(words[len(bare) :])
    out.print(text)
