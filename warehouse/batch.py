"""What one batch brings to the warehouse, as Arrow tables in one file.

Stages hand each other the file's path; bodies never travel through an orchestrator.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import pyarrow as pa

from articles.model import Article, Evidence, MediaType, Provenance, Rejection

MOMENT = pa.timestamp("us")  # UTC without a zone, as every time in the warehouse
WORDS = pa.list_(pa.string())

DOCUMENT = pa.schema(
    {
        "document_id": pa.string(),
        "origin": pa.string(),
        "member": pa.string(),
        "line": pa.int64(),
        "source": pa.string(),
        "media_type": pa.string(),
        "bytes": pa.int64(),
        "url": pa.string(),
        "archive_file": pa.string(),
        "archive_offset": pa.int64(),
        "seen_at": MOMENT,
        "outcome": pa.string(),
        "article_id": pa.string(),
        "line_roles": WORDS,
    }
)
ARTICLE = pa.schema(
    {
        "document_id": pa.string(),
        "article_id": pa.string(),
        "content_hash": pa.string(),
        "title": pa.string(),
        "body": pa.large_string(),  # a batch may hold over 2 GiB of text
        "authors": WORDS,
        "publisher": pa.string(),
        "publisher_domain": pa.string(),
        "section": pa.string(),
        "language": pa.string(),
        "published_at": MOMENT,
        "published_precision": pa.string(),
        "modified_at": MOMENT,
        "url": pa.string(),
        "canonical_url": pa.string(),
        "source": pa.string(),
        "agency": pa.string(),
        "dateline": pa.string(),
        "word_count": pa.int64(),
        "flags": WORDS,
        "page_chars": pa.int64(),
        "changed_ratio": pa.float64(),
        "is_late": pa.bool_(),
        "extractor_version": pa.string(),
    }
)
EVIDENCE = pa.schema(
    {
        "document_id": pa.string(),
        "field": pa.string(),
        "value": pa.large_string(),
        "chosen": pa.bool_(),
        "stated": pa.bool_(),
        "rule": pa.string(),
        "block": pa.int64(),
        "confidence": pa.float64(),
    }
)
REJECT = pa.schema(
    {
        "document_id": pa.string(),
        "origin": pa.string(),
        "member": pa.string(),
        "line": pa.int64(),
        "byte": pa.int64(),
        "stage": pa.string(),
        "reason": pa.string(),
        "rule": pa.string(),
        "detail": pa.string(),
        "seen_at": MOMENT,
    }
)
SCHEMAS = {"documents": DOCUMENT, "articles": ARTICLE, "evidence": EVIDENCE, "rejects": REJECT}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One document at one place: everything known of it but its bytes."""

    document_id: str
    origin: str
    media_type: MediaType | None
    bytes: int | None
    """Size of the payload; None when it was refused before it was read whole."""
    seen_at: datetime
    """UTC: when the run met it."""
    member: str | None = None
    line: int | None = None
    url: str | None = None
    source: str | None = None
    archive_file: str | None = None
    archive_offset: int | None = None

    @classmethod
    def of(
        cls,
        came: Provenance,
        size: int,
        seen_at: datetime,
        archive_file: str,
        archive_offset: int,
    ) -> Self:
        """Return the delivery of `size` bytes, at `archive_offset` of `archive_file`."""
        return cls(
            document_id=came.document_id,
            origin=came.origin,
            media_type=came.media_type,
            bytes=size,
            seen_at=seen_at,
            member=came.member,
            line=came.line,
            url=came.url,
            source=came.source,
            archive_file=archive_file,
            archive_offset=archive_offset,
        )


Result = Article | Rejection | None
"""What became of a delivery; None for a sighting, whose bytes were dealt with elsewhere."""


def _none(schema: pa.Schema) -> pa.Table:
    return schema.empty_table()


@dataclass(frozen=True, slots=True)
class BatchTables:
    """The rows of one batch, in the order in which the documents were met."""

    documents: pa.Table = field(default_factory=lambda: _none(DOCUMENT))
    """One row per delivery; `outcome` and `article_id` are filled by `relate`."""
    articles: pa.Table = field(default_factory=lambda: _none(ARTICLE))
    """One row per document that has an article, duplicates included."""
    evidence: pa.Table = field(default_factory=lambda: _none(EVIDENCE))
    rejects: pa.Table = field(default_factory=lambda: _none(REJECT))
    """One row per refusal; each one without a document_id is an input of its own."""
    skipped: int = 0
    """Inputs that the warehouse already has from the same place."""

    @classmethod
    def of(
        cls,
        results: Sequence[tuple[Delivery, Result]],
        refusals: Sequence[tuple[Rejection, datetime]] = (),
        skipped: int = 0,
    ) -> Self:
        """Return the tables of `results`, in their order.

        `refusals` are inputs that never became a document, each with the UTC time it was met.
        """
        firsts: dict[str, Article] = {}
        for _, result in results:
            if isinstance(result, Article):
                firsts.setdefault(result.document_id, result)
        articles = list(firsts.values())
        rejects = [(r, met.seen_at) for met, r in results if isinstance(r, Rejection)]
        bare = [(_refused(r, at), r) for r, at in refusals if r.document_id is not None]
        return cls(
            documents=_documents([*results, *bare]),
            articles=_articles(articles),
            evidence=_evidence(articles),
            rejects=_rejects([*rejects, *refusals]),
            skipped=skipped,
        )

    def refuse(self, rejections: Iterable[Rejection], seen_at: datetime) -> Self:
        """Return the batch with `rejections` in the place of their documents' articles.

        For rows that the audit refuses. Evidence stays, so that the refusal can be explained.
        """
        refused = list(rejections)
        gone = pa.array([r.document_id for r in refused], pa.string())
        kept = [
            document_id not in set(gone.to_pylist())
            for document_id in self.articles["document_id"].to_pylist()
        ]
        return replace(
            self,
            articles=self.articles.filter(pa.array(kept, pa.bool_())),
            rejects=pa.concat_tables([self.rejects, _rejects([(r, seen_at) for r in refused])]),
        )


def write(tables: BatchTables, path: Path) -> None:
    """Write a batch to one file, whole or not at all: four Arrow streams, one after another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{os.getpid()}.part")
    with half.open("wb") as file:
        for name, schema in SCHEMAS.items():
            table: pa.Table = getattr(tables, name)
            marked = schema.with_metadata({"skipped": str(tables.skipped)})
            with pa.ipc.new_stream(file, marked) as stream:
                stream.write_table(table.cast(schema))
    half.replace(path)


def read(path: Path) -> BatchTables:
    """Read back what `write` wrote. Raises FileNotFoundError, or pa.ArrowInvalid on other files."""
    tables: dict[str, pa.Table] = {}
    marks: dict[bytes, bytes] = {}
    with pa.memory_map(str(path)) as file:
        for name in SCHEMAS:
            with pa.ipc.open_stream(file) as stream:
                table = stream.read_all()
            marks = table.schema.metadata
            tables[name] = table.replace_schema_metadata(None)
    return BatchTables(**tables, skipped=int(marks[b"skipped"]))


def utc(moment: datetime | None) -> datetime | None:
    """Return an aware time as the warehouse keeps it: in UTC, without a zone."""
    return None if moment is None else moment.astimezone(UTC).replace(tzinfo=None)


def _refused(rejection: Rejection, seen_at: datetime) -> Delivery:
    return Delivery(
        document_id=rejection.document_id or "",
        origin=rejection.origin,
        media_type=None,
        bytes=None,
        seen_at=seen_at,
        member=rejection.member,
        line=rejection.line,
    )


def _documents(results: Sequence[tuple[Delivery, Result]]) -> pa.Table:
    met = [delivery for delivery, _ in results]
    columns: dict[str, list[object]] = {
        name: [getattr(delivery, name, None) for delivery in met] for name in DOCUMENT.names
    }
    columns["seen_at"] = [utc(delivery.seen_at) for delivery in met]
    columns["line_roles"] = [
        list(result.line_roles) if isinstance(result, Article) else None for _, result in results
    ]
    return pa.table(columns, schema=DOCUMENT)


def _articles(articles: Sequence[Article]) -> pa.Table:
    columns: dict[str, list[object]] = {
        name: [getattr(article, name, None) for article in articles] for name in ARTICLE.names
    }
    columns["published_at"] = [utc(article.published_at) for article in articles]
    columns["modified_at"] = [utc(article.modified_at) for article in articles]
    return pa.table(columns, schema=ARTICLE)


def _evidence(articles: Sequence[Article]) -> pa.Table:
    rows: list[tuple[str, Evidence]] = [
        (article.document_id, found) for article in articles for found in article.evidence
    ]
    columns: dict[str, list[object]] = {
        name: [getattr(found, name, None) for _, found in rows] for name in EVIDENCE.names
    }
    columns["document_id"] = [document_id for document_id, _ in rows]
    return pa.table(columns, schema=EVIDENCE)


def _rejects(refused: Sequence[tuple[Rejection, datetime]]) -> pa.Table:
    columns: dict[str, list[object]] = {
        name: [getattr(rejection, name, None) for rejection, _ in refused] for name in REJECT.names
    }
    columns["seen_at"] = [utc(seen_at) for _, seen_at in refused]
    return pa.table(columns, schema=REJECT)
