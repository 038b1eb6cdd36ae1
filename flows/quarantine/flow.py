"""The flow `quarantine`: a decision about refused documents or a held batch, from the UI's form."""

from prefect import flow, get_run_logger
from prefect.runtime import flow_run

from flows.artifacts import publish_markdown
from flows.markup import escaped, pasted, table
from flows.quarantine.decide import Asked, Decided, decide, person
from flows.settings import Settings
from warehouse.quarantine import Choice, Verb


def _run_name() -> str:
    """Name a run after what is decided, as people look for it."""
    given = flow_run.parameters
    subject = [str(given[n]) for n in ("document", "reason", "source", "run", "batch") if given[n]]
    return f"{given['decision']}: {', '.join(subject) or 'everything'}"


@flow(name="quarantine", flow_run_name=_run_name)
def quarantine(
    decision: Verb = "replay",
    document: str | None = None,
    reason: str | None = None,
    source: str | None = None,
    run: str | None = None,
    batch: str | None = None,
    because: str = "",
    by: str = "",
) -> Decided:
    """Decide about what was refused or held; whatever is let in runs through the same checks.

    Args:
        decision: `replay` reads open refusals again and loads what passes now; `release` does so
            for waived ones too; `waive` leaves refusals out for good; `release batch` and
            `refuse batch` are for a batch that the audit held.
        document: Origin, or the first 8 digits of a document_id; any if empty.
        reason: Only refusals with this reason, such as `timeout`.
        source: Only refusals of this source.
        run: Only what this run_id refused.
        batch: The held batch, by its batch_id.
        because: Why, for the record.
        by: Who decides; the user that newsmill runs as if empty.
    """
    sought = pasted(document) if document else None
    choice = Choice(reason=reason, source=source, run_id=run, batch_id=batch, sought=sought)
    asked = Asked(by=by or person(), because=because, flow_run_id=str(flow_run.id))
    decided = decide(Settings(), decision, choice, asked, get_run_logger().info)
    publish_markdown("decision", _report(decided, asked), f"{decided.documents:,} documents")
    return decided


def _report(decided: Decided, asked: Asked) -> str:
    rows = [
        ["loaded", f"{decided.loaded:,}"],
        ["duplicate of what is there", f"{decided.duplicate:,}"],
        ["refused", f"{decided.rejected:,}"],
        ["could not be read", f"{len(decided.damaged):,}"],
    ]
    parts = [
        f"# {decided.decision}: {escaped(decided.subject)}",
        f"By {escaped(asked.by)}, because: {escaped(asked.because) or 'nothing was said'}.",
        f"{decided.documents:,} documents",
    ]
    if decided.decision != "waive":
        parts.append(table(["what became of them", "documents"], rows))
    return "\n\n".join([*parts, *(f"✗ {escaped(damage)}" for damage in decided.damaged)])
