"""What does an ingest tell the automations? Events, of facts that are ours."""

from prefect.events import emit_event

from flows.ingest.summary import IngestReport

LOADED = "newsmill.articles.loaded"
HELD = "newsmill.batch.held"
WAREHOUSE = {"prefect.resource.id": "newsmill.warehouse", "prefect.resource.name": "warehouse"}


def tell(report: IngestReport) -> None:
    """Emit an event for new articles, and one for batches that wait for a person."""
    counts = report.counts
    if counts.loaded:
        payload = {"run": report.run_id, "articles": counts.loaded}
        emit_event(LOADED, resource=WAREHOUSE, payload=payload)
    if counts.held:
        because = list(report.held_because)
        payload = {"run": report.run_id, "documents": counts.held, "because": because}
        emit_event(HELD, resource=WAREHOUSE, payload=payload)
