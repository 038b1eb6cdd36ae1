"""Is every record of the archive still what was stored?

Segments are read whole, those first whose last check is longest ago, for as long as a night has
time; so every segment has its turn.
"""

import time
from datetime import UTC, datetime
from pathlib import Path

from archive import ArchiveDamaged, read_segment, segments
from articles.model import Frozen
from flows.ingest.mill import now
from warehouse import archive_check, db
from warehouse.archive_check import Checked

NEVER = datetime.min.replace(tzinfo=UTC).replace(tzinfo=None)
GONE = "the file is gone; documents stored in it cannot be read again. Restore it from a backup"


class Verified(Frozen):
    """What one check of the archive has found."""

    segments: int
    """How many there are."""
    checked: int
    """How many of them were read this time."""
    documents: int
    problems: tuple[str, ...]
    """In words, with the file and what to do."""


def verify(connection: db.Connection, archive: Path, seconds: float) -> Verified:
    """Read the segments below `archive` for about `seconds`, and keep what was found.

    A segment that the warehouse looks in and that is not there is a problem too.
    """
    began = time.monotonic()
    there = segments(archive) if archive.exists() else []
    missing = sorted(archive_check.referred_files(connection) - set(there))
    last = archive_check.checked_at(connection)
    checks: list[Checked] = []
    for file in sorted(there, key=lambda file: last.get(file, NEVER)):
        if checks and time.monotonic() - began > seconds:
            break
        checks.append(_check(connection, archive, file))
        archive_check.keep(connection, checks[-1], now())
    return Verified(
        segments=len(there),
        checked=len(checks),
        documents=sum(check.documents for check in checks),
        problems=(
            *(check.problem for check in checks if check.problem),
            *(f"{file}: {GONE}" for file in missing),
        ),
    )


def _check(connection: db.Connection, archive: Path, file: str) -> Checked:
    expected = archive_check.referred_offsets(connection, file)
    documents, problem = 0, None
    try:
        for place, document in read_segment(archive, file):
            documents += 1
            if expected.get(place.offset) == document.document_id:
                del expected[place.offset]
    except (ArchiveDamaged, OSError) as damage:
        problem = f"{file}: {damage}"
    if expected and problem is None:
        problem = (
            f"{file}: {len(expected):,} documents are not where they were stored, the first at "
            f"byte {min(expected)}. Restore the file from a backup"
        )
    size = (archive / file).stat().st_size
    return Checked(archive_file=file, bytes=size, documents=documents, problem=problem)
