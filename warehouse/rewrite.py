"""How is what a replay found written down?

A new version is written only where the cleaned text has changed; where a field alone has, the
version is mended in place. Nothing is taken away: an article that today's code would refuse stays
and is named. Each part of a replay is one transaction, with the place it has come to.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from warehouse.batch import BatchTables, utc
from warehouse.replay import Change, Comparison, Scope, text_or_none
from warehouse.revise import Version
from warehouse.sql import statement, views
from warehouse.stories import join_stories

RANKS = {"title", "published_at", "publisher", "publisher_domain"}
"""Fields that decide, beside the text, which article leads its story."""
CHANGE = pa.schema(
    {
        "document_id": pa.string(),
        "outcome": pa.string(),
        "reason": pa.string(),
        "changed": pa.list_(pa.string()),
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """Where one part of a replay is written down."""

    batch_id: str
    run_id: str
    scope: Scope
    code: str
    loaded_at: datetime


def write_part(
    connection: duckdb.DuckDBPyConnection,
    part: Part,
    comparison: Comparison,
    tables: BatchTables,
) -> tuple[int, int]:
    """Write the changes of one part inside the caller's transaction; return new and mended.

    `tables` are those of `comparison.results`, with what the suite refused taken out.
    """
    kept = set(tables.articles["document_id"].to_pylist())
    by_id = {str(c.before["document_id"]): c for c in comparison.changes}
    texts = {key for key in kept if by_id[key].is_text}
    articles = _versions(tables.articles, by_id)
    is_text = pc.is_in(articles["document_id"], value_set=pa.array(sorted(texts), pa.string()))
    _write_versions(connection, part, articles.filter(is_text))
    _write_fields(connection, articles.filter(pc.invert(is_text)))
    _write_details(connection, part, tables)
    ranked = [key for key in kept if by_id[key].is_text or RANKS & set(by_id[key].fields)]
    again = pc.is_in(articles["document_id"], value_set=pa.array(ranked, pa.string()))
    join_stories(connection, articles.filter(again))
    _write_books(connection, part, comparison, kept, texts)
    return len(texts), len(kept) - len(texts)


def _versions(articles: pa.Table, by_id: dict[str, Change]) -> pa.Table:
    """Give each article the identity that it has, and the share of its words that changed."""
    columns: dict[str, list[object]] = defaultdict(list)
    for row in articles.select(["document_id", "title", "body"]).to_pylist():
        before = by_id[row["document_id"]].before
        old = Version("", text_or_none(before["title"]), str(before["body"]))
        columns["article_id"].append(before["article_id"])
        columns["changed_ratio"].append(old.changed_ratio(Version("", row["title"], row["body"])))
    for name, values in columns.items():
        at = articles.schema.get_field_index(name)
        field = articles.schema.field(at)
        articles = articles.set_column(at, field, pa.array(values, field.type))
    return articles


def _write_versions(connection: duckdb.DuckDBPyConnection, part: Part, articles: pa.Table) -> None:
    count = articles.num_rows
    documents = pa.table(
        {
            "document_id": articles["document_id"],
            "outcome": pa.array(["loaded"] * count, pa.string()),
            "seen_at": pa.array([utc(part.loaded_at)] * count, pa.timestamp("us")),
            "place": pa.array(range(count), pa.int64()),
        }
    )
    with views(connection, articles=articles, documents=documents):
        connection.execute(statement("retire_revisions"))
        connection.execute(statement("insert_articles"), {"batch_id": part.batch_id})
        connection.execute(statement("mark_replayed"), {"batch_id": part.batch_id})


def _write_fields(connection: duckdb.DuckDBPyConnection, articles: pa.Table) -> None:
    with views(connection, articles=articles):
        connection.execute(statement("update_fields"))


def _write_details(connection: duckdb.DuckDBPyConnection, part: Part, tables: BatchTables) -> None:
    kept = tables.articles.select(["document_id"])
    among = pc.is_in(tables.evidence["document_id"], value_set=kept["document_id"].combine_chunks())
    evidence = tables.evidence.filter(among)
    with views(connection, again=kept, evidence=evidence, documents=tables.documents):
        connection.execute(statement("delete_again_evidence"))
        connection.execute(statement("insert_evidence"), {"batch_id": part.batch_id})
        connection.execute(statement("update_line_roles"))


def _write_books(
    connection: duckdb.DuckDBPyConnection,
    part: Part,
    comparison: Comparison,
    kept: set[str],
    texts: set[str],
) -> None:
    changed = [c for c in comparison.changes if c.before["document_id"] in kept]
    rows: list[dict[str, Any]] = [
        {
            "document_id": c.before["document_id"],
            "outcome": "loaded" if c.before["document_id"] in texts else "duplicate",
            "reason": None,
            "changed": list(c.fields),
        }
        for c in changed
    ]
    rows += [
        {
            "document_id": stored.delivery.document_id,
            "outcome": "skipped",
            "reason": refusal.reason.value,
            "changed": [],
        }
        for stored, refusal in comparison.refused
    ]
    with views(connection, change=pa.Table.from_pylist(rows, schema=CHANGE)):
        connection.execute(
            statement("insert_changes"),
            {"run_id": part.run_id, "batch_id": part.batch_id, "loaded_at": utc(part.loaded_at)},
        )
    seen = comparison.documents - len(comparison.passed)
    connection.execute(
        "insert into store.batch values (?, ?, 'loaded', [], ?, ?, ?, 0, 0, ?, ?)",
        [part.batch_id, part.run_id, seen, len(texts), len(kept) - len(texts), seen - len(kept),
         utc(part.loaded_at)],
    )  # fmt: skip
    connection.execute(
        "insert into store.replay_progress values (?, ?, ?, false, ?, ?)",
        [part.scope.key, part.code, comparison.last_place, part.batch_id, part.run_id],
    )
