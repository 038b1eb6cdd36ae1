"""What does each stage of an ingest do to a batch? Plain functions; the flow calls them as tasks.

A batch travels as a path below `staging`: first its listing (what lies where in the archive),
then its tables (what became of it). Every stage reads a file and writes a file, so it may be
done again; nothing counts until `write_batch` has written the batch in its one transaction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pyarrow as pa

from archive import segments
from articles.model import Provenance, Reason, Rejection, Stage
from expectations.audit import audit_facts
from expectations.site import build_docs
from expectations.suite import Suite, articles_batch
from expectations.verdict import Audit
from flows.ingest.documents import drop_documents
from flows.ingest.intake import (
    Acquaintance,
    Entry,
    Intake,
    Listing,
    archived_listing,
    batch_of_segment,
)
from flows.ingest.mill import Mill, now
from flows.ingest.pool import extracted
from flows.ingest.summary import IngestReport
from flows.journal import JOURNAL
from warehouse import batch, db, ledger, load, relate, runs

SHOWN_DOCUMENTS = 60
"""A first drop is shown whole; of a larger one the first documents and the counts."""


def unfinished_batches(mill: Mill) -> Iterator[Path]:
    """Yield the listings of archived batches that a killed run never loaded."""
    loaded = runs.loaded_batches(mill.connection)
    for segment in segments(mill.settings.archive):
        if batch_of_segment(segment) not in loaded:
            listing = archived_listing(mill.settings.archive, segment)
            mill.seen += len(listing.entries)
            yield _write(mill, listing)


def open_drop(mill: Mill, paths: Sequence[Path], name: str | None = None) -> Intake:
    """Return the drop, ready to be cut into batches.

    `name` starts the ids of its batches; a run of several drops needs one for each.
    """
    return Intake(
        name=name or mill.run_id,
        documents=drop_documents(paths, mill.met_file),
        known=partial(_known, mill.connection),
        archive=mill.settings.archive,
        batch_documents=mill.settings.batch_documents,
        batch_bytes=mill.settings.batch_bytes,
    )


def archive_next(mill: Mill, drop: Intake) -> Path | None:
    """Put the next batch of the drop into the archive; return its listing, None at the end."""
    with mill.stage("archive") as passage:
        before = drop.seen
        listing = drop.next_listing(now())
        mill.seen += drop.seen - before
        passage.taken += drop.seen - before
        if listing is None:
            return None
        passage.given += len(listing.entries)
        return _write(mill, listing)


def extract(mill: Mill, listing_path: Path) -> Path:
    """Find the article in every document of a listing; return the path of the tables."""
    tables_path = listing_path.with_suffix(".arrow")
    with mill.stage("extract") as passage:
        listing = _read(listing_path)
        outcomes = extracted(
            listing.documents(mill.settings.archive),
            mill.settings.workers,
            templates=mill.templates,
        )
        seen_at = now()
        results: list[tuple[batch.Delivery, batch.Result]] = [
            (_delivery(entry, seen_at), None if entry.sighting else next(outcomes))
            for entry in listing.entries
        ]
        refused = [(rejection, seen_at) for rejection in listing.refused]
        batch.write(batch.BatchTables.of(results, refused, listing.skipped), tables_path)
        passage.taken += len(listing.entries)
        passage.given += sum(not isinstance(result, Rejection) for _, result in results)
    return tables_path


@dataclass(frozen=True, slots=True)
class Judged:
    """A batch after its audit."""

    tables: Path
    held_because: tuple[str, ...] = ()


def audit(mill: Mill, tables_path: Path, suite: Suite | None = None) -> Judged:
    """Relate a batch to the warehouse and hold it against the suite.

    Rows that fail a quarantine rule become refusals. A batch without an article has nothing to
    audit, which spares a run of known documents the import of Great Expectations.
    """
    with mill.stage("audit") as passage:
        tables = relate.relate(mill.connection, batch.read(tables_path))
        tables, found = judged(mill, tables, tables_path.stem, suite)
        batch.write(tables, tables_path)
        passage.taken += tables.documents.num_rows
        passage.given += tables.documents.num_rows - (len(found.failing) if found else 0)
    return Judged(tables_path, found.held_because if found else ())


def judged(
    mill: Mill, tables: batch.BatchTables, batch_id: str, suite: Suite | None = None
) -> tuple[batch.BatchTables, Audit | None]:
    """Hold a related batch against the suite; return it with the failing rows refused."""
    if not tables.articles.num_rows:
        return tables, None
    found = _found(mill, tables, batch_id, suite or articles_batch())
    mill.audits.append(found)
    return tables.refuse(_quarantined(tables, found), now()), found


def write_batch(mill: Mill, judged: Judged) -> load.LoadReport:
    """Load a batch in one transaction; doing it twice leaves the same rows."""
    with mill.stage("load") as passage:
        tables = batch.read(judged.tables)
        loaded = load.load_batch(
            mill.connection,
            judged.tables.stem,
            tables,
            run_id=mill.run_id,
            loaded_at=now(),
            held_for=judged.held_because,
        )
        _note_refusals(judged.tables.stem, tables)
        passage.taken += tables.documents.num_rows
        passage.given += loaded.loaded
    return loaded


def _note_refusals(batch_id: str, tables: batch.BatchTables) -> None:
    """Leave a line of the journal for each refused document."""
    for row in tables.rejects.to_pylist():
        facts = {"batch": batch_id, "document": row["document_id"], "origin": row["origin"]}
        facts |= {"stage": row["stage"], "reason": row["reason"], "rule": row["rule"]}
        JOURNAL.warning("refused: %s", row["detail"], extra=facts)


def close_books(mill: Mill) -> ledger.RunCounts:
    """Check that every input is in exactly one bucket, and close the run."""
    return ledger.end_run(mill.connection, mill.run_id, ended_at=now(), seen=mill.seen)


def report(
    mill: Mill, flow_run_id: str, counts: ledger.RunCounts, batches: Sequence[load.LoadReport]
) -> IngestReport:
    """Return what the run did, and build the Data Docs if a batch was audited."""
    return IngestReport(
        run_id=mill.run_id,
        flow_run_id=flow_run_id,
        counts=counts,
        documents=tuple(runs.run_documents(mill.connection, mill.run_id, SHOWN_DOCUMENTS)),
        published=counts.seen > counts.skipped,
        stage_cpu_seconds={name: each.cpu_seconds for name, each in mill.funnel.items()},
        held_because=tuple(reason for each in batches for reason in each.reasons),
        audit_page=_built_docs(mill),
    )


def is_outdated(mill: Mill) -> bool:
    """Return whether the snapshot may lack what is loaded: a run since then died before its end.

    Its documents are skipped from now on, so no later run would have a reason to publish.
    """
    published = mill.settings.articles
    if not published.exists():
        return True
    return runs.broken_since(
        mill.connection, datetime.fromtimestamp(published.stat().st_mtime, UTC)
    )


def _built_docs(mill: Mill) -> str | None:
    if not mill.audits:
        return None
    return str(mill.auditor.call(build_docs, mill.settings.docs, articles_batch()))


def _found(mill: Mill, tables: batch.BatchTables, batch_id: str, suite: Suite) -> Audit:
    return mill.auditor.call(
        audit_facts,
        runs.audit_facts(mill.connection, tables),
        suite,
        batch_id=batch_id,
        run_name=mill.run_id,
        run_at=now(),
        docs_dir=mill.settings.docs,
    )


def _quarantined(tables: batch.BatchTables, found: Audit) -> list[Rejection]:
    """Return a refusal for every document that fails a quarantine rule."""
    return [
        Rejection(
            document_id=row["document_id"],
            origin=row["origin"],
            member=row["member"],
            line=row["line"],
            stage=Stage.AUDIT,
            reason=Reason.BAD_FIELD,
            rule=found.failing[row["document_id"]][0],
            detail=f"does not meet {', '.join(found.failing[row['document_id']])} of the suite",
        )
        for row in tables.documents.to_pylist()
        if row["document_id"] in found.failing
    ]


def _known(connection: db.Connection, documents: Sequence[Provenance]) -> list[Acquaintance]:
    pairs = pa.table(
        {
            "document_id": [document.document_id for document in documents],
            "origin": [document.origin for document in documents],
        }
    )
    return [
        Acquaintance(
            delivery=row["known_pair"], file=row["archive_file"], offset=row["archive_offset"]
        )
        for row in relate.known_documents(connection, pairs).to_pylist()
    ]


def _delivery(entry: Entry, seen_at: datetime) -> batch.Delivery:
    return batch.Delivery.of(entry.provenance, entry.bytes, seen_at, entry.file, entry.offset)


def _write(mill: Mill, listing: Listing) -> Path:
    path = mill.staging / f"{listing.batch_id}.listing"
    path.write_text(listing.model_dump_json(), encoding="utf-8")
    return path


def _read(path: Path) -> Listing:
    return Listing.model_validate_json(path.read_text(encoding="utf-8"))
