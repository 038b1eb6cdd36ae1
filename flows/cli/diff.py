"""`newsmill diff`: what changed between two versions of an article."""

from typing import Annotated

import typer
from rich.text import Text

from articles.errors import NewsmillError
from articles.identity.differences import Piece, word_diff
from flows.cli.application import app
from flows.cli.terminal import console, shown, visible
from flows.settings import Settings

MARKS = {"kept": ("", "", ""), "gone": ("[-", "-]", "red strike"), "new": ("{+", "+}", "green")}
"""What stands around a piece, as in `git diff --word-diff`, and its style."""


class NoSuchRevision(NewsmillError):
    """The article has no such versions; the message says which it has."""


@app.command(epilog="Example: newsmill diff 9f86d081884c7d659a2feaa0c55ad015 1 2")
def diff(
    article_id: Annotated[str, typer.Argument(help="Id of an article, as in `articles`.")],
    before: Annotated[
        int | None, typer.Argument(help="Earlier revision; the last but one if left out.")
    ] = None,
    after: Annotated[int | None, typer.Argument(help="Later revision; the last if left out.")] = (
        None
    ),
) -> None:
    """Show what changed between two versions: [-gone-] and {+new+} words."""
    from warehouse import lookup, query

    with query.connect(Settings().articles) as connection:
        versions = {
            int(str(row["revision"])): row for row in lookup.versions_of(connection, article_id)
        }
    last = max(versions, default=0)
    later = last if after is None else after
    earlier = later - 1 if before is None else before
    if earlier not in versions or later not in versions:
        raise NoSuchRevision(_told(article_id, last, earlier, later))
    out = console()
    one, other = versions[earlier], versions[later]
    out.print(shown(f"revision {earlier} of {one['valid_from']} UTC", "red"))
    out.print(shown(f"revision {later} of {other['valid_from']} UTC", "green"))
    for field in ("title", "body"):
        out.print()
        out.print(marked(word_diff(str(one[field] or ""), str(other[field] or ""))))


def _told(article_id: str, last: int, earlier: int, later: int) -> str:
    if last == 0:
        return f"the warehouse knows no article {article_id}: take an id of the table `articles`"
    if last == 1:
        return (
            f"article {article_id} has one version only: ask the table `revisions` which articles "
            "have more"
        )
    return f"article {article_id} has revisions 1 to {last}, not {earlier} and {later}"


def marked(pieces: list[Piece]) -> Text:
    """Return the pieces as one text, what is gone and what is new between marks."""
    text = Text()
    for piece in pieces:
        left, right, style = MARKS[piece.kind]
        words = visible(piece.text)
        bare = words.rstrip()
        text.append(f"{left}{bare}{right}" if bare else "", style=style)
        text.append(words[len(bare) :])
    return text
