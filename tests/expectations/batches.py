"""Made-up batches for the tests: a healthy one, and the same with some rows spoilt."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pyarrow as pa

from expectations.frame import FACTS, slim_frame

if TYPE_CHECKING:
    import pandas as pd

SEEN = datetime(2026, 3, 1, 12, tzinfo=UTC)


def document_id(row: int) -> str:
    return f"{row:064x}"


def facts(rows: int, spoilt: int = 0, **changes: object) -> pa.Table:
    """Return the facts of a healthy batch, with `changes` made to its first `spoilt` rows."""
    told = [_healthy(row) | (changes if row < spoilt else {}) for row in range(rows)]
    return pa.Table.from_pylist(told, schema=FACTS)


def frame(rows: int, spoilt: int = 0, **changes: object) -> "pd.DataFrame":
    return slim_frame(facts(rows, spoilt, **changes))


def refused(row: int) -> dict[str, object]:
    """Return the facts of a document that did not become an article."""
    kept = {"document_id", "media_type", "seen_at"}
    told = {name: value if name in kept else None for name, value in _healthy(row).items()}
    return told | {"outcome": "rejected"}


def _healthy(row: int) -> dict[str, object]:
    return {
        "document_id": document_id(row),
        "outcome": "loaded",
        "media_type": "text/html",
        "source": "daily-example",
        "content_hash": document_id(row),
        "title_chars": 40 + row % 30,
        "body_chars": 2_400 + row,
        "page_chars": 6_000,
        "word_count": 400,
        "published_at": SEEN - timedelta(hours=row),
        "seen_at": SEEN,
        "published_precision": "minute",
        "language": "de" if row % 2 else "en",
        "has_publisher": True,
        "authors": 1,
        "flags": [],
    }
