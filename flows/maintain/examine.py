"""What is wrong with this home, and what is to be done about it?"""

import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement

from archive import ArchiveDamaged, read_segment, segments
from articles.errors import NewsmillError
from flows.server.address import worker_of
from flows.server.control import server_status
from flows.settings import Settings

LEAST_FREE = 2 * 2**30
"""Bytes: a batch in flight, a copy of a small warehouse, DuckDB's spill."""
PROBED_SEGMENTS = 20
"""The newest segments, read whole: `maintain` reads them all."""

UNTOLD = "it is damaged or of an older newsmill; `newsmill maintain` publishes a new one"
NONE_YET = "none yet; `newsmill ingest PATH` makes it"
GONE = (
    "gone, although the archive holds documents: `newsmill restore` a backup into an empty home, "
    "or `newsmill ingest` builds it anew from the archive, without the decisions of people"
)

Finding = tuple[bool, str]
"""Whether it is well, and what was found, with the remedy when it is not."""


def examine(settings: Settings) -> Iterator[Finding]:
    """Examine the installation, the home and everything in it, the server and the sources."""
    yield from examine_home(settings)
    yield from _sources(settings)


def examine_home(settings: Settings) -> Iterator[Finding]:
    """Examine all but the sources, which raise alarms of their own."""
    for examined in (_python, _packages, _disk, _archive, _warehouse, _snapshot, _server, _worker):
        yield from examined(settings)


def _python(_settings: Settings) -> Iterator[Finding]:
    here = ".".join(map(str, sys.version_info[:3]))
    known = (3, 11) <= sys.version_info[:2] < (3, 13)
    yield known, f"Python {here}" + ("" if known else ": newsmill wants 3.11 or 3.12")


def _packages(_settings: Settings) -> Iterator[Finding]:
    wrong = []
    for line in requires("newsmill") or ():
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            here = version(wanted.name)
        except PackageNotFoundError:
            wrong.append(f"{wanted.name} is missing")
        else:
            if not wanted.specifier.contains(here):
                wrong.append(f"{wanted.name} is {here}, not {wanted.specifier}")
    yield not wrong, "packages" + (f": {'; '.join(wrong)}: run `make setup`" if wrong else "")


def _disk(settings: Settings) -> Iterator[Finding]:
    existing = next(p for p in (settings.home, *settings.home.parents) if p.exists())
    free = shutil.disk_usage(existing).free
    words = f"{free / 2**30:.1f} GiB free at {settings.home}"
    yield free >= LEAST_FREE, words + ("" if free >= LEAST_FREE else ": free some, 2 GiB at least")


def _archive(settings: Settings) -> Iterator[Finding]:
    files = segments(settings.archive) if settings.archive.exists() else []
    for file in files[-PROBED_SEGMENTS:]:
        try:
            for _ in read_segment(settings.archive, file):
                pass
        except (ArchiveDamaged, OSError) as damage:
            yield False, f"archive: {file}: {damage}"
    yield True, f"archive: {len(files)} segments, the newest {PROBED_SEGMENTS} read whole"


def _warehouse(settings: Settings) -> Iterator[Finding]:
    from warehouse import db

    if not settings.warehouse.exists():
        stored = settings.archive.exists() and bool(segments(settings.archive))
        yield not stored, f"warehouse: {GONE if stored else NONE_YET}"
        return
    try:
        with db.connect(settings.warehouse):
            yield True, "warehouse: opens, its schema is known"
    except db.WarehouseLocked as busy:
        yield True, f"warehouse: at work, so not opened: {busy}"
    except NewsmillError as trouble:
        yield False, f"warehouse: {trouble}"


def _snapshot(settings: Settings) -> Iterator[Finding]:
    from warehouse.query import QueryFailed, ask, connect

    if not settings.articles.exists():
        yield True, "snapshot: none yet"
        return
    try:
        with connect(settings.articles) as connection:
            [(articles,)] = ask(connection, "select count(*) from articles").tuples
    except QueryFailed as damage:
        yield False, f"snapshot: {UNTOLD}: {damage}"
    else:
        yield True, f"snapshot: {articles} articles"


def _sources(settings: Settings) -> Iterator[Finding]:
    from warehouse.health import ailing
    from warehouse.query import QueryFailed, connect

    if not settings.articles.exists():
        return
    try:
        with connect(settings.articles) as connection:
            ill = ailing(connection)
    except QueryFailed:
        yield False, f"sources: the snapshot cannot be asked: {UNTOLD}"
        return
    for each in ill:
        yield False, f"source {each.source}: {each.state} since {each.since}: {each.detail}"
    if not ill:
        yield True, "sources: none is quiet or decayed"


def _server(settings: Settings) -> Iterator[Finding]:
    status = server_status(settings)
    if status.address is None:
        yield True, "server: not running; `newsmill ingest` and `newsmill up` start it"
    else:
        remedy = "" if status.healthy else ": does not answer; `newsmill down`, then `newsmill up`"
        yield status.healthy, f"server: {status.address.ui_url}{remedy}"


def _worker(settings: Settings) -> Iterator[Finding]:
    """A worker that was started and not stopped should be there: without it nothing is on time."""
    worker = worker_of(settings.prefect)
    if worker.is_alive():
        yield True, "worker: running"
    elif worker.state() is None:
        yield True, "worker: not started; `newsmill up` starts it, and with it the schedules"
    else:
        yield False, "worker: gone, so no schedule is kept: `newsmill up`"
