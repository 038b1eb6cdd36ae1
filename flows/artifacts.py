"""How do the reports of a run reach the Prefect UI?

Each has a key, under which the UI keeps its history over the runs.
"""

from collections.abc import Coroutine, Mapping, Sequence
from typing import Any
from uuid import UUID

from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)

from articles.model import Outcome
from flows import reports
from flows.markup import escaped
from flows.reports import Check, DocumentLine, Refusals, StageReport


def publish_ledger(seen: int, buckets: Mapping[Outcome, int]) -> UUID:
    """Publish the ledger: every input in exactly one bucket, and whether the sum agrees."""
    return publish_markdown("ledger", reports.ledger(seen, buckets), reports.balance(seen, buckets))


def publish_funnel(stages: Sequence[StageReport]) -> UUID:
    """Publish how many documents passed each stage, and how long that took."""
    total = sum(stage.seconds for stage in stages)
    return publish_markdown(
        "funnel", reports.funnel(stages), f"{len(stages)} stages in {total:,.1f} s"
    )


def publish_quarantine(refusals: Sequence[Refusals]) -> UUID:
    """Publish the refusals by reason, with an example and what to do."""
    count = sum(line.count for line in refusals)
    return publish_markdown("quarantine", reports.quarantine(refusals), f"{count:,} refused")


def publish_audit(suite: str, checks: Sequence[Check], docs_url: str | None) -> UUID:
    """Publish what came of the audit; `docs_url` is the address of its Data Docs."""
    failed = sum(not check.passed for check in checks)
    verdict = "all checks passed" if not failed else f"{failed} of {len(checks)} checks failed"
    return publish_markdown("audit", reports.audit(suite, checks, docs_url), verdict)


def publish_documents(documents: Sequence[DocumentLine]) -> UUID:
    """Publish what became of each document, the first hundred of them."""
    return publish_markdown(
        "documents", reports.document_list(documents), f"{len(documents):,} documents"
    )


def publish_markdown(key: str, markdown: str, description: str) -> UUID:
    """Publish a report under its key; every text from outside in it is `escaped`."""
    return _made(create_markdown_artifact(markdown=markdown, key=key, description=description))


def publish_crawl(stats: str, summary: str, politeness: str) -> None:
    """Publish the figures of a crawl and how it treated its hosts, both Markdown."""
    publish_markdown("crawl", stats, summary)
    publish_markdown("politeness", politeness, "requests, delays and rules of each host")


class Progress:
    """A bar in the UI that fills while a run goes on."""

    def __init__(self, what: str, total: int) -> None:
        self._what = what
        self._total = total
        self._shown = 0
        self._artifact = _made(
            create_progress_artifact(progress=0.0, key="progress", description=self._text(0))
        )

    def reach(self, done: int, total: int | None = None) -> None:
        """Show that `done` of the total are done; asks the server only for a new percent.

        `total` replaces the one known before: a crawl learns it as it goes.
        """
        self._total = self._total if total is None else total
        percent = min(100, done * 100 // self._total) if self._total else 100
        if percent == self._shown:
            return
        self._shown = percent
        update_progress_artifact(
            artifact_id=self._artifact, progress=float(percent), description=self._text(done)
        )

    def _text(self, done: int) -> str:
        return f"{escaped(self._what)}: {done:,} of {self._total:,}"


def _made(artifact: UUID | Coroutine[Any, Any, UUID]) -> UUID:
    if not isinstance(artifact, UUID):
        artifact.close()
        raise TypeError("reports are published from synchronous flows and tasks")
    return artifact
