"""Which addresses wait to be visited, and what is known about the others?

One SQLite file with one writer. Nothing is held in memory: visits are pulled by the few, newest
first. An address is done only in the transaction that records its segment, and that happens when
the segment's bytes are on the disk; so a kill at any moment costs at most a second fetch.
"""

import array
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Self

from articles.errors import NewsmillError
from spiders.lock import locked
from spiders.statements import (
    ADD,
    LAST,
    LOG,
    PAUSES,
    VISITED,
    WAITING,
    WAKE_YOUNG,
    log_row,
    url_row,
    visited_row,
)
from spiders.visits import Fetch, Kind, Listed, Settled, State, Visit, origin_of, url_key


class FrontierDamaged(NewsmillError):
    """The file is no frontier; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Pull:
    """How much is taken from the frontier at a time."""

    most: int
    pages: bool = True
    """False to take listings only."""


class Frontier:
    """The frontier file, open; nobody else crawls with it meanwhile."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = locked(path.with_name(path.name + ".lock"))
        self.db = sqlite3.connect(path, isolation_level=None)
        try:
            self.db.execute("pragma journal_mode = wal")
            self.db.execute("pragma synchronous = full")  # commits are few: a handful a second
            self.db.execute(
                "pragma cache_size = -32768"
            )  # addresses are keyed by hash: all over it
            self.db.execute("pragma busy_timeout = 10000")  # readers copy it for SQL meanwhile
            self.db.executescript(files("spiders").joinpath("frontier.sql").read_text("utf-8"))
        except sqlite3.DatabaseError as error:
            self.__exit__()
            raise FrontierDamaged(
                f"{path} is no usable frontier ({error}). Move it away: the next crawl starts a "
                "new one and finds again what the sites list"
            ) from error
        self._sources: dict[str, int] = dict(self.db.execute("select name, source_id from source"))
        self._names = {number: name for name, number in self._sources.items()}
        self._hosts: dict[str, int] = dict(self.db.execute("select origin, host_id from host"))
        self.pauses: dict[str, int] = dict(self.db.execute(PAUSES))
        """Until when hosts asked to be left alone, by origin: seconds of the epoch."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()
        self._lock.close()

    def add(self, source: str, listed: Iterable[Listed]) -> set[str]:
        """Take note of addresses and return their origins.

        A known address waits again when its lister states a later change than the one known,
        or when it was refused before. What finds pages always waits again.
        """
        rows, origins = [], set()
        source_id = self.source_id(source)
        for item in listed:
            origin = origin_of(item.url)
            origins.add(origin)
            rows.append(url_row(item, source_id, self._host_id(origin), len(origin)))
        with self.transaction():
            self.db.executemany(ADD, rows)
        return origins

    def wake(self, now: int) -> None:
        """Let every address wait whose next visit is due."""
        with self.transaction():
            self.db.execute(
                "update url set state = 0 where url_id in"
                " (select url_id from visited where next_visit <= ?) and state <> 3",
                [now],
            )
            self.db.execute("update visited set next_visit = null where next_visit <= ?", [now])

    def wake_all(self, sources: Iterable[str]) -> None:
        """Let every page of these sources wait that was there when it was last visited."""
        with self.transaction():
            self.db.executemany(
                "update url set state = 0 where source_id = ? and state = 1 and kind = 0"
                " and (select outcome from visited where visited.url_id = url.url_id) <> 'alias'",
                [(self.source_id(name),) for name in sources],
            )

    def take_part(self, sources: Iterable[tuple[str, int, int]]) -> None:
        """Name the sources of this crawl: since when their pages are young, and how many may wake.

        What they list is theirs from now on, unless another of them listed it before.
        """
        rows = [(self.source_id(name), since, most) for name, since, most in sources]
        self.db.executemany("insert or replace into crawled values (?, ?, ?)", rows)

    def wake_young(self) -> None:
        """Let young pages of the sources wait, the longest unseen first.

        None of a source of which a page waits that was never visited: it would come after them.
        """
        with self.transaction():
            self.db.execute(WAKE_YOUNG)

    def origins(self) -> set[str]:
        """Return the origins at which something waits."""
        query = (
            "select origin from host where exists"
            " (select 1 from url where url.host_id = host.host_id and state = 0)"
        )
        return {origin for (origin,) in self.db.execute(query)}

    def waiting(
        self, origin: str, now: int, taken: Collection[int], sources: Collection[str], pull: Pull
    ) -> list[Visit]:
        """Return the next visits to an origin that are not `taken` and belong to `sources`."""
        found: list[Visit] = []
        for row in self.db.execute(WAITING, [self._host_id(origin), now]):
            if row[3] == Kind.PAGE and not pull.pages:
                break  # listings come first
            if row[0] not in taken and self._names[row[2]] in sources:
                found.append(self._visit(origin, row))
                if len(found) == pull.most:
                    break
        return found

    def left(self, sources: Iterable[str]) -> int:
        """Return how many addresses of these sources wait, due or not."""
        query = "select source_id, count(*) from url where state = 0 group by source_id"
        counts = dict(self.db.execute(query))
        return sum(int(counts.get(self.source_id(name), 0)) for name in sources)

    def all_waiting(self) -> int:
        """Return how many addresses wait, of any source."""
        query = "select count(*) from url where state = 0"
        return int(self.db.execute(query).fetchone()[0])

    def put_off_until(self, origin: str, taken: Collection[int]) -> int | None:
        """Return when the first address put off at an origin may be tried; None without one."""
        query = (
            "select url_id, not_before from url where host_id = ? and state = 0"
            " and not_before is not null order by not_before"
        )
        rows = self.db.execute(query, [self._host_id(origin)])
        return next((at for key, at in rows if key not in taken), None)

    def stored(self, key: int) -> bool:
        """Return whether a page was visited under this key itself, not only led to."""
        query = (
            "select 1 from url join visited using (url_id)"
            " where url_id = ? and state = 1 and outcome <> 'alias'"
        )
        return self.db.execute(query, [key]).fetchone() is not None

    def gone(self, url: str) -> bool:
        """Return whether an address was visited and not there."""
        query = "select 1 from url where url_id = ? and state = 2"
        return self.db.execute(query, [url_key(url)]).fetchone() is not None

    def due(self, url: str, now: int) -> bool:
        """Return whether the time for the next visit has come.

        It has for an address never visited, and for one whose last visit failed.
        """
        query = "select next_visit from visited where url_id = ?"
        row = self.db.execute(query, [url_key(url)]).fetchone()
        return row is None or row[0] is None or row[0] <= now

    def news(self, listed: Iterable[Listed]) -> int:
        """Return how many of these were never heard of, or changed since, as their lister says."""
        query = "select iif(how & 2, rank, null) from url where url_id = ?"
        known = (
            (item.at, self.db.execute(query, [url_key(item.url)]).fetchone()) for item in listed
        )
        return sum(row is None or (at or 0) > (row[0] or at or 0) for at, row in known)

    def settle(
        self,
        settled: Iterable[Settled],
        fetches: Iterable[Fetch] = (),
        segment: tuple[str, int, int] | None = None,
    ) -> None:
        """Record in one transaction what became of visits, and the segment that holds them.

        `segment` is its name, its pages and when it was closed; its bytes must be on the disk.
        """
        with self.transaction():
            for one in settled:
                self._settle(one)
            self.db.executemany(LOG, [log_row(one, self.source_id(one.source)) for one in fetches])
            if segment is not None:
                self.db.execute("insert into segment values (?, ?, ?)", segment)

    def relist(self, sitemap: str, members: Iterable[str]) -> int:
        """Remember what a sitemap lists; what vanished from it waits. Return how many did."""
        keys = {url_key(member) for member in members}
        query = "select members from listing where url_id = ?"
        row = self.db.execute(query, [url_key(sitemap)]).fetchone()
        vanished = set(array.array("q", row[0])) - keys if row else set()
        packed = array.array("q", sorted(keys)).tobytes()
        with self.transaction():
            self.db.execute(
                "insert or replace into listing values (?, ?)", [url_key(sitemap), packed]
            )
            self.db.executemany(
                "update url set state = 0 where url_id = ? and state = 1",
                [(key,) for key in vanished],
            )
        return len(vanished)

    def pause(self, origin: str, until: int) -> None:
        """Remember over the end of this crawl that a host asked to be left alone."""
        self.pauses[origin] = until
        update = "update host set paused_until = ? where host_id = ?"
        self.db.execute(update, [until, self._host_id(origin)])

    def has_segment(self, name: str) -> bool:
        """Return whether a segment of this name was recorded as whole."""
        query = "select 1 from segment where name = ?"
        return self.db.execute(query, [name]).fetchone() is not None

    def source_id(self, name: str) -> int:
        """Return the number that stands for a source in this file."""
        if name not in self._sources:
            added = self.db.execute("insert into source (name) values (?)", [name])
            self._sources[name] = int(added.lastrowid or 0)
            self._names[self._sources[name]] = name
        return self._sources[name]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block in one transaction; an exception undoes it."""
        self.db.execute("begin immediate")
        verdict = "rollback"
        try:
            yield
            verdict = "commit"
        finally:
            self.db.execute(verdict)

    def _settle(self, one: Settled) -> None:
        tries = one.visit.tries + 1 if one.state is State.WAITING else 0
        self.db.execute(
            "update url set state = ?, tries = ?, not_before = ? where url_id = ?",
            [one.state, tries, one.not_before, one.visit.url_id],
        )
        self.db.execute(VISITED, visited_row(one))
        for alias in one.aliases:
            self._settle_alias(one, alias)

    def _settle_alias(self, one: Settled, alias: str) -> None:
        origin = origin_of(alias)
        row = url_row(
            Listed(alias), self.source_id(one.visit.source), self._host_id(origin), len(origin)
        )
        self.db.execute(ADD, row)
        self.db.execute("update url set state = ? where url_id = ?", [State.DONE, row[0]])
        self.db.execute(
            "insert or ignore into visited (url_id, at, outcome, final_url) values (?, ?, ?, ?)",
            [row[0], one.at, "alias", one.final_url],
        )

    def _visit(self, origin: str, row: tuple[int, str, int, int, int, int, int | None]) -> Visit:
        key, path, source_id, kind, depth, tries, stated = row
        last = self.db.execute(LAST, [key]).fetchone() or (None,) * 6
        name = self._names[source_id]
        return Visit(key, origin + path, name, Kind(kind), depth, tries, stated, *last)

    def _host_id(self, origin: str) -> int:
        if origin not in self._hosts:
            added = self.db.execute("insert into host (origin) values (?)", [origin])
            self._hosts[origin] = int(added.lastrowid or 0)
        return self._hosts[origin]
