"""Made-up deliveries and articles, as small as the fact under test allows."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import duckdb

from articles.model import Article, Evidence, MediaType, Reason, Rejection, Role, Stage
from warehouse.batch import BatchTables, Delivery, Result
from warehouse.ledger import RunCounts, end_run
from warehouse.load import LoadReport, load_batch

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def delivery(payload: str, origin: str | None = None, minute: int = 0) -> Delivery:
    return Delivery(
        document_id=sha256(payload),
        origin=origin or f"drop/{payload}.txt",
        media_type=MediaType.TEXT,
        bytes=len(payload),
        seen_at=NOON + timedelta(minutes=minute),
        archive_file="a.warc.gz",
        archive_offset=0,
    )


def article(
    payload: str,
    body: str | None = None,
    site: str | None = None,
    published_at: datetime | None = None,
    title: str | None = "A title",
) -> Article:
    body = body or f"The story of {payload}."
    return Article(
        document_id=sha256(payload),
        content_hash=sha256(f"{title}\n{body}"),
        title=title,
        body=body,
        authors=("Ada Bell", "Cy Dunn"),
        publisher_domain=site,
        published_at=published_at,
        word_count=len(body.split()),
        line_roles=(Role.TITLE, Role.BODY),
        page_chars=len(body),
        evidence=(Evidence(field="title", value="A title", chosen=True, stated=True, rule="h1"),),
        extractor_version="test",
    )


def rejection(payload: str, origin: str | None = None) -> Rejection:
    return Rejection(
        origin=origin or f"drop/{payload}.txt",
        stage=Stage.EXTRACT,
        reason=Reason.NO_ARTICLE,
        detail="all 3 blocks are menus",
        rule="no_body",
        document_id=sha256(payload),
    )


def loaded(
    payload: str, site: str | None = None, body: str | None = None
) -> tuple[Delivery, Result]:
    """A document that gives an article, at its usual place."""
    return delivery(payload), article(payload, body, site)


def batch(*results: tuple[Delivery, Result]) -> BatchTables:
    return BatchTables.of(results)


def refused(payload: str) -> tuple[Delivery, Result]:
    return delivery(payload), rejection(payload)


def refusal(origin: str) -> Rejection:
    """An input that has no bytes to speak of."""
    return Rejection(
        origin=origin,
        stage=Stage.DROP,
        reason=Reason.NOT_REGULAR,
        detail="a fifo",
        rule="regular_file",
    )


def split(
    results: Sequence[tuple[Delivery, Result]], cuts: Sequence[int]
) -> list[Sequence[tuple[Delivery, Result]]]:
    """Cut a sequence of deliveries at the places `cuts`."""
    edges = [0, *sorted(cut % (len(results) + 1) for cut in cuts), len(results)]
    return [results[a:b] for a, b in pairwise(edges)]


def load(
    store: duckdb.DuckDBPyConnection,
    tables: BatchTables,
    batch_id: str = "b1",
    run_id: str = "r1",
    held_for: Sequence[str] = (),
) -> LoadReport:
    return load_batch(store, batch_id, tables, run_id=run_id, loaded_at=NOON, held_for=held_for)


def balanced(store: duckdb.DuckDBPyConnection, run_id: str, seen: int) -> RunCounts:
    """The books of a run that saw so many inputs; raises LedgerDoesNotBalance."""
    return end_run(store, run_id, ended_at=NOON, seen=seen)


def rows(store: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return store.execute(sql).fetchall()


FACE = ("articles", "revisions", "duplicates", "stories", "documents", "rejects", "evidence")


def face(store: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The whole published content but the runs, in an order that does not depend on the load."""
    columns = {"rejects": "* exclude (run_id)"}
    return {
        name: sorted(map(repr, rows(store, f"select {columns.get(name, '*')} from {name}")))
        for name in FACE
    }
