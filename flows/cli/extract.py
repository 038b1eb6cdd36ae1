"""`newsmill extract`: read files and print their articles, no warehouse involved."""

import json
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from articles.model import Article, RawDocument, Rejection, utc_text
from flows.cli.application import app
from flows.cli.terminal import console, shown, visible
from flows.ingest.documents import drop_documents
from flows.ingest.pool import Outcome, extracted
from flows.settings import Settings


@app.command(epilog="Example: newsmill extract page.html dumps/ --jsonl > articles.jsonl")
def extract(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders.")],
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="One JSON object a document, nothing else.")
    ] = False,
) -> None:
    """Extract articles without a warehouse; nothing is stored."""
    for origin, outcome in _outcomes(paths, Settings().workers):
        if jsonl:
            sys.stdout.write(json.dumps(_object(origin, outcome), ensure_ascii=False) + "\n")
        else:
            _print(origin, outcome)


def _outcomes(paths: list[Path], workers: int) -> Iterator[tuple[str, Outcome]]:
    """Yield outcomes in the order of the drop, though only documents go through the pool."""
    waiting: deque[tuple[str, Rejection | None]] = deque()

    def documents() -> Iterator[RawDocument]:
        for item in drop_documents(paths):
            refused = item if isinstance(item, Rejection) else None
            waiting.append((item.origin, refused))
            if isinstance(item, RawDocument):
                yield item

    for outcome in extracted(documents(), workers):
        yield from _refusals(waiting)
        yield waiting.popleft()[0], outcome
    yield from _refusals(waiting)


def _refusals(waiting: deque[tuple[str, Rejection | None]]) -> Iterator[tuple[str, Rejection]]:
    while waiting and (refused := waiting[0][1]) is not None:
        yield waiting.popleft()[0], refused


def _object(origin: str, outcome: Outcome) -> dict[str, Any]:
    match outcome:
        case Article():
            shape = outcome.model_dump(
                mode="json", exclude={"content_hash", "line_roles", "page_chars"}
            )
            for moment in ("published_at", "modified_at"):
                value = getattr(outcome, moment)
                shape[moment] = None if value is None else utc_text(value)
            return {"path": origin, **shape, "roles": list(outcome.line_roles)}
        case Rejection():
            return {
                "path": origin,
                **outcome.model_dump(mode="json", include={"reason", "detail", "stage", "rule"}),
            }


def _print(origin: str, outcome: Outcome) -> None:
    out = console()
    out.print(shown(origin, "bold"))
    match outcome:
        case Article():
            date = "no date stated" if outcome.published_at is None else outcome.published_at
            facts = (date, outcome.publisher, " and ".join(outcome.authors), outcome.language)
            out.print(shown(outcome.title or "(no title)", "green"))
            out.print(shown(" · ".join(str(fact) for fact in facts if fact), "dim"))
            out.print(visible(outcome.body) + "\n")
        case Rejection():
            out.print(shown(f"refused: {outcome.reason}: {outcome.detail}\n", "red"))
