"""What is kept of a text, so that those which repeat it are found?

A card that ranks the article, and its shingles: the lowest in `store.shingle`, all of them in the
files beside the warehouse.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from articles.identity.relation import compared, sampled
from articles.identity.shingles import traits
from articles.identity.uses import UNDATED
from articles.identity.words import Keys
from warehouse.key_files import NUMBER_BITS, KeyFiles
from warehouse.neighbours import Card, rows_of
from warehouse.sorted_keys import NO_KEYS
from warehouse.sql import statement
from warehouse.standing import FAR, lot

FINGERPRINT = pa.schema(
    {
        "number": pa.int32(),
        "article_id": pa.string(),
        "published_at": pa.timestamp("us"),
        "words": pa.int64(),
        "publisher": pa.string(),
        "keys": pa.int32(),
        "lot": pa.int16(),
    }
)


def remember(
    connection: duckdb.DuckDBPyConnection,
    files: KeyFiles,
    articles: pa.Table,
    *,
    more: bool = False,
) -> list[Card]:
    """Write the shingles of new texts; return the cards of these.

    `articles` has the columns of `warehouse.batch.ARTICLE`, or those of `unremembered.sql`. What
    is known of them by a former text must have been forgotten. `more` is as in `KeyFiles.append`.
    """
    # fetched whole: DuckDB 2 takes no further work while a result is open
    [(highest,)] = connection.execute(
        "select coalesce(max(number), 0) from store.fingerprint"
    ).fetchall()
    known = max(highest, files.last)  # of a forgotten text the files still speak: no number twice
    read = zip(articles["title"].to_pylist(), articles["body"].to_pylist(), strict=True)
    found = traits([compared(title, body) for title, body in read])
    kept = [sampled(each.shingles) for each in found]
    cards = list(_cards(articles, kept, known + 1))
    _write(connection, cards, kept)
    files.append(known + 1, found, kept, more=more)
    return cards


def forget(connection: duckdb.DuckDBPyConnection, article_ids: pa.ChunkedArray) -> None:
    """Take away what was kept of articles."""
    if len(article_ids) == 0:
        return
    connection.register("gone", pa.table({"article_id": article_ids}))
    old = connection.sql(
        "select number from store.fingerprint semi join gone using (article_id)"
    ).to_arrow_table()
    connection.unregister("gone")
    if old.num_rows:
        connection.register("old", old)
        for name in ("delete_shingles", "delete_fingerprints"):
            connection.execute(statement(name))
        connection.unregister("old")


def _cards(articles: pa.Table, kept: Sequence[Keys], first: int) -> Iterator[Card]:
    columns = ["article_id", "published_at", "word_count", "publisher_domain", "publisher"]
    rows = rows_of(articles.select(columns).set_column(1, "at", _us(articles["published_at"])))
    for at, (article_id, published_us, words, domain, name) in enumerate(rows):
        publisher = domain or (name or "").lower() or None
        yield Card(first + at, article_id, published_us, words, publisher, len(kept[at]))


def _us(published_at: pa.ChunkedArray) -> pa.ChunkedArray:
    return published_at.cast(pa.int64()).fill_null(FAR)


def _write(
    connection: duckdb.DuckDBPyConnection,
    cards: Sequence[Card],
    kept: Sequence[Keys],
) -> None:
    # nothing of the texts' own table: what is registered stands until the transaction ends
    at = [None if card.published_us == FAR else card.published_us for card in cards]
    columns: dict[str, Any] = {
        "number": [card.number for card in cards],
        "article_id": [card.article_id for card in cards],
        "published_at": pa.array(at, FINGERPRINT.field("published_at").type),
        "words": [card.words for card in cards],
        "publisher": [card.publisher for card in cards],
        "keys": [card.keys for card in cards],
        "lot": [lot(card.article_id) for card in cards],
    }
    sizes = columns["keys"]
    hours = np.array([UNDATED if card.hour is None else card.hour for card in cards], np.int32)
    spread = np.repeat(hours, sizes)
    uses = pa.table(
        {
            "key": np.concatenate([NO_KEYS, *kept]) >> NUMBER_BITS,
            "number": np.repeat(np.array(columns["number"], np.int32), sizes),
            "hour": pa.array(spread, mask=spread == UNDATED),
        }
    )
    for name, view, rows in (
        ("insert_fingerprints", "card", pa.table(columns, schema=FINGERPRINT)),
        ("insert_shingles", "use", uses),
    ):
        connection.register(view, rows)
        connection.execute(statement(name))
        connection.unregister(view)
