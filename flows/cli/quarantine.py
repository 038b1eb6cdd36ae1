"""`newsmill quarantine`: what was refused or held, why, and what is to become of it."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.application import app
from flows.cli.terminal import console, say, shown, table
from flows.markup import pasted
from flows.settings import Settings

if TYPE_CHECKING:
    from warehouse.quarantine import Choice, Verb

quarantine = typer.Typer(
    help="Look at what was refused or held, and decide about it.",
    epilog="Example: newsmill quarantine list",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(quarantine, name="quarantine")


class Status(StrEnum):
    """What has become of a refusal, as `rejects.status` says."""

    OPEN = "open"
    RELEASED = "released"
    WAIVED = "waived"


Key = Annotated[str | None, typer.Argument(help="Origin, or the first 8 digits of a document_id.")]
ReasonOption = Annotated[str | None, typer.Option("--reason", help="All with this reason.")]
SourceOption = Annotated[str | None, typer.Option("--source", help="All of this source.")]
RunOption = Annotated[str | None, typer.Option("--run", help="All that this run_id refused.")]
BatchOption = Annotated[str | None, typer.Option("--batch", help="A held batch, by its batch_id.")]
Why = Annotated[str, typer.Option("--because", help="Why, for the record.")]
Who = Annotated[str, typer.Option("--by", help="Who decides; the user of this machine if empty.")]


@quarantine.command("list", epilog="Example: newsmill quarantine list --reason no_article")
def list_refusals(
    *,
    reason: Annotated[str | None, typer.Option(help="Only refusals with this reason.")] = None,
    source: Annotated[str | None, typer.Option(help="Only those of this source.")] = None,
    run: Annotated[str | None, typer.Option(help="Only those of this run_id.")] = None,
    status: Annotated[Status, typer.Option(help="What has become of them.")] = Status.OPEN,
    most: Annotated[int, typer.Option(min=1, help="How many refusals to list at most.")] = 100,
) -> None:
    """Count refusals by reason, or list them with --reason or --source; then the held batches."""
    from warehouse.quarantine import Choice, by_reason, held_batches, refusals
    from warehouse.query import connect

    with connect(Settings().articles) as connection:
        rows: list[tuple[object, ...]]
        if reason is None and source is None:
            columns: tuple[str, ...] = ("inputs", "stage", "reason", "for example", "what was met")
            counts = by_reason(connection, run, status)
            rows = [(c.inputs, c.stage, c.reason, c.example, c.detail) for c in counts]
        else:
            columns = ("seen at", "stage", "rule", "origin", "what was met")
            choice = Choice(reason=reason, source=source, run_id=run)
            found = refusals(connection, choice, status, most)
            rows = [(r.seen_at, r.stage, r.rule, r.origin, r.detail) for r in found]
        held = held_batches(connection)
    out = console()
    out.print(table(columns, rows) if rows else shown(f"No refusal is {status}."))
    if held:
        out.print(shown("\nHeld batches", "bold"))
        columns = ("batch", "since", "documents", "because", "for example")
        waiting = [(h.batch_id, h.loaded_at, h.held, " ".join(h.reasons), h.example) for h in held]
        out.print(table(columns, waiting))


@quarantine.command(epilog="Example: newsmill quarantine show samples/broken/cut-short.txt.gz")
def show(
    key: Annotated[
        str, typer.Argument(help="Origin, the first digits of a document_id, or a batch_id.")
    ],
) -> None:
    """Show every refusal of one input with the place of its bytes, or the rows of a held batch."""
    from warehouse.quarantine import Choice, chosen, decisions_about, refusals
    from warehouse.query import connect

    key = pasted(key)
    with connect(Settings().articles) as connection:
        found = refusals(connection, Choice(sought=key))
        held = chosen(connection, Choice(batch_id=key), "held")
        decisions = decisions_about(connection, key)
    out = console()
    for refusal in reversed(found):
        facts = refusal.model_dump()
        out.print(table(("", ""), [(n, v) for n, v in facts.items() if v is not None]))
        out.print()
    if held:
        places = [(d.origin, d.media_type, d.bytes, d.document_id[:12]) for d in held]
        out.print(table(("held document", "is", "bytes", "document_id"), places))
    if decisions:
        columns = ("decided at", "by", "decision", "about", "documents", "loaded", "because")
        out.print(table(columns, decisions))
    if not (found or held):
        out.print(shown(f"No refusal of {key}; `newsmill quarantine list` shows what there is."))
        raise typer.Exit(1)


@quarantine.command(
    epilog="Example: newsmill quarantine release --reason timeout --because 'fixed'"
)
def release(
    key: Key = None,
    *,
    reason: ReasonOption = None,
    source: SourceOption = None,
    run: RunOption = None,
    batch: BatchOption = None,
    because: Why = "",
    by: Who = "",
) -> None:
    """Let refused inputs, or a held batch, come in again through the same checks."""
    choice = _choice(key, reason, source, run, batch)
    _decide("release" if batch is None else "release batch", choice, by, because)


@quarantine.command(epilog="Example: newsmill quarantine refuse 20260301T080000-1a2b3c4d-001")
def refuse(
    batch: Annotated[str, typer.Argument(help="A held batch, by its batch_id.")],
    *,
    because: Why = "",
    by: Who = "",
) -> None:
    """Leave a held batch out for good; its documents stay in the archive."""
    _decide("refuse batch", _choice(batch=batch), by, because)


@quarantine.command(
    "replay",
    help="Read open refusals again with today's code, and load what passes now.",
    epilog="Example: newsmill quarantine replay --reason no_article",
)
@quarantine.command(
    "waive",
    help="Leave refused inputs out for good: they are no longer counted as open.",
    epilog="Example: newsmill quarantine waive --reason binary --because pictures",
)
def waive_or_replay(
    context: typer.Context,
    key: Key = None,
    *,
    reason: ReasonOption = None,
    source: SourceOption = None,
    run: RunOption = None,
    because: Why = "",
    by: Who = "",
) -> None:
    """Decide about refusals as the command's name says."""
    verb: Verb = "waive" if context.info_name == "waive" else "replay"
    _decide(verb, _choice(key, reason, source, run), by, because)


def _choice(
    key: str | None = None,
    reason: str | None = None,
    source: str | None = None,
    run: str | None = None,
    batch: str | None = None,
) -> "Choice":
    from warehouse.quarantine import Choice

    sought = pasted(key or "") or None
    if not any((sought, reason, source, run, batch)):
        raise typer.BadParameter("say which: an input, --reason, --source or --run")
    return Choice(reason=reason, source=source, run_id=run, batch_id=batch, sought=sought)


def _decide(verb: "Verb", choice: "Choice", by: str, because: str) -> None:
    from flows.quarantine.decide import Asked, decide, person

    asked = Asked(by=by or person(), because=because)
    decided = decide(Settings(), verb, choice, asked, say)
    out = console()
    out.print(shown(f"{verb}: {decided.subject}: {decided.documents} documents", "bold"))
    if verb != "waive":
        out.print(
            shown(
                f"{decided.loaded} loaded, {decided.duplicate} duplicate, "
                f"{decided.rejected} refused"
            )
        )
    for damage in decided.damaged:
        out.print(shown(damage, "red"))
