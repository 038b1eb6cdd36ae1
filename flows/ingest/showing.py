"""What does the Prefect UI show of an ingest? The reports of `flows.artifacts`, fed by the run."""

from pathlib import Path

from articles.model import Outcome, Reason
from flows import artifacts
from flows.ingest.mill import Mill
from flows.ingest.summary import IngestReport
from flows.reports import Check, DocumentLine, Refusals, StageReport
from flows.server.address import ServerAddress
from flows.stated import stated
from warehouse import quarantine
from warehouse.runs import Line


def show(mill: Mill, report: IngestReport, address: ServerAddress | None) -> None:
    """Publish the reports of a run: ledger, funnel, quarantine, audit, documents.

    The Data Docs are linked where the home's own server, at `address`, serves them.
    """
    counts = report.counts.model_dump()
    artifacts.publish_ledger(counts["seen"], {outcome: counts[outcome] for outcome in Outcome})
    artifacts.publish_funnel(
        [
            StageReport(name, passage.taken, passage.given, passage.seconds)
            for name, passage in mill.funnel.items()
        ]
    )
    artifacts.publish_quarantine(
        [
            Refusals(Reason(line.reason), line.inputs, line.example)
            for line in quarantine.by_reason(mill.connection, mill.run_id)
        ]
    )
    if mill.audits and report.audit_page:
        built = Path(report.audit_page).relative_to(mill.settings.docs.absolute()).as_posix()
        page = address.docs_url(built) if address is not None else None
        artifacts.publish_audit(mill.audits[-1].suite, _checks(mill), page)
    artifacts.publish_documents([_line(line) for line in report.documents])


def _checks(mill: Mill) -> list[Check]:
    """Return each expectation once for the run: failed if it failed in any batch."""
    by_name: dict[str, Check] = {}
    for audit in mill.audits:
        for each in audit.results:
            name = each.expectation.says
            failing = each.failing + (by_name[name].failing if name in by_name else 0)
            passed = each.success and (name not in by_name or by_name[name].passed)
            by_name[name] = Check(
                name, each.expectation.bounds, each.observed, passed=passed, failing=failing
            )
    return list(by_name.values())


def _line(line: Line) -> DocumentLine:
    return DocumentLine(
        origin=line.origin,
        outcome=Outcome(line.outcome),
        title=line.title,
        published=stated(line.published_at, line.published_precision),
        publisher=line.publisher,
        reason=None if line.reason is None else Reason(line.reason),
    )
