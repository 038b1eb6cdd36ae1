"""Is a page that stands at a known address a new version of its article, or another story?

Addresses are recycled: a live blog starts anew every day, a weather page every hour. So a new
version must share words with the one before.
"""

from collections import Counter
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from articles.identity.relation import THRESHOLDS, compared, overlap
from articles.identity.shingles import shingles
from articles.identity.words import Keys
from warehouse.sql import statement, views

DAY_US = 86_400_000_000
SPANS = {"minute": 60_000_000, "day": DAY_US, "month": 31 * DAY_US, "year": 366 * DAY_US}
"""How long after a stated moment, in microseconds, it may have been: by its precision."""


@dataclass(slots=True)
class Version:
    """The current version of an article."""

    article_id: str
    title: str | None
    body: str
    published_us: int | None = None
    """Microseconds since 1970, UTC: when the page says it was published."""
    published_precision: str | None = None
    modified_us: int | None = None
    """When it says it was last changed."""
    _keys: Keys | None = None

    @property
    def keys(self) -> Keys:
        """All shingles of the text."""
        if self._keys is None:
            [self._keys] = shingles([compared(self.title, self.body)])
        return self._keys

    def is_older_than(self, other: "Version") -> bool:
        """Tell whether the page itself says that it is the older of two.

        Like is held against like: a page may have stopped saying when it was changed. A day that
        holds the hour of the other page is not before it.
        """
        if self.modified_us is not None and other.modified_us is not None:
            return self.modified_us < other.modified_us
        if self.published_us is None or other.published_us is None:
            return False
        return self.published_us + SPANS.get(self.published_precision or "", 0) < other.published_us

    def changed_ratio(self, later: "Version") -> float:
        """Return the share of words, of both versions together, that only one of them has."""
        before, after = (Counter(f"{v.title or ''}\n{v.body}".split()) for v in (self, later))
        total = before.total() + after.total()
        return 1 - 2 * (before & after).total() / total if total else 0.0


@dataclass(slots=True)
class Addresses:
    """Which articles stand at which address of which site, the batch's own included."""

    held: dict[tuple[str, str], list[Version]] = field(default_factory=dict)

    def revised(self, site: str, address: str | None, version: Version) -> Version | None:
        """Return the version that this one follows, or None for another story.

        Nothing is said of an address or a site that is not known.
        """
        best, most = None, THRESHOLDS.readdressed
        for held in self.held.get((site, address or ""), ()):
            share = overlap(held.keys, version.keys).containment
            if share >= most:
                best, most = held, share
        return best

    def put(self, site: str, address: str | None, version: Version) -> None:
        """Note the current version of an article at its address."""
        if site and address:
            held = self.held.setdefault((site, address), [])
            held[:] = [v for v in held if v.article_id != version.article_id] + [version]


def addresses(connection: duckdb.DuckDBPyConnection, articles: pa.Table) -> Addresses:
    """Return the articles that stand at the addresses of a batch's articles.

    `articles` has the columns of `warehouse.batch.ARTICLE`.
    """
    found = Addresses()
    asked = articles.select(["publisher_domain", "canonical_url", "url"])
    with views(connection, page=asked):
        rows = connection.sql(statement("known_addresses")).to_arrow_table()
    if rows.num_rows:
        with views(connection, held=rows):
            texts = connection.sql(statement("current_texts")).fetchall()
        current = {article_id: words for article_id, *words in texts}
        for place in rows.to_pylist():
            version = Version(place["article_id"], *current[place["article_id"]])
            found.put(place["site"], place["address"], version)
    return found
