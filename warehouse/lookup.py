"""What the warehouse knows of one input: its rows in every table, for `newsmill explain`."""

from dataclasses import dataclass

import duckdb

from warehouse.query import Row, ask
from warehouse.sql import statement


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything about one input; rows are dicts with the columns of the published face."""

    documents: list[Row]
    """Every place the bytes were met at, first to last; empty when there were no bytes. With
    `url`, `batch_id` and the batch's `run_id` besides."""
    articles: list[Row]
    """The article it gave or repeats, at most one."""
    evidence: list[Row]
    """By field, the chosen candidate first."""
    rejects: list[Row]
    duplicates: list[Row]
    """Links of the article, in either direction."""


def document_ids(connection: duckdb.DuckDBPyConnection, key: str) -> list[str]:
    """Return the ids of the documents that `key` names, first met first.

    `key` is a document_id or its first 8 or more digits, an article_id, an origin, or the
    address a page was fetched from or names as its own.
    """
    answer = ask(connection, statement("find_documents"), {"sought": key})
    return [str(row[0]) for row in answer.tuples]


def dossier(connection: duckdb.DuckDBPyConnection, document_id: str) -> Dossier:
    """Return everything about one document; every list is empty when it is unknown."""
    values = {"document_id": document_id}

    def rows(name: str) -> list[Row]:
        return ask(connection, statement(name), values).rows()

    return Dossier(
        documents=rows("dossier_documents"),
        articles=rows("dossier_articles"),
        evidence=rows("dossier_evidence"),
        rejects=rows("dossier_rejects"),
        duplicates=rows("dossier_duplicates"),
    )


def story_of(connection: duckdb.DuckDBPyConnection, key: str) -> list[Row]:
    """Return the articles of the story that `key` belongs to, the canonical one first.

    `key` is an article_id, a document_id or its first 8 or more digits, an origin or an address.
    Each row has the article's text, and the relation, measure and reason that bind it. Empty
    when nothing is known.
    """
    return ask(connection, statement("story_of"), {"sought": key}).rows()


def versions_of(connection: duckdb.DuckDBPyConnection, article_id: str) -> list[Row]:
    """Return every version of an article, first to last; empty for an unknown one."""
    return ask(connection, statement("versions_of"), {"sought": article_id}).rows()
