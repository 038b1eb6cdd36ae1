"""How do raw bytes get to disk so that a kill at any moment loses nothing?

A segment is one gzipped WARC 1.1 file, one gzip member a record, so that a record can be read
by its offset alone. It appears under its name only when it is whole: write, fsync, rename, and
fsync of the folder. What newsmill knows about a delivery rides in the record's own header
`Newsmill-Document`, so a segment can be milled again without the drop it came from.
"""

import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord

from archive.packing import SMALL, packed_record
from articles.errors import NewsmillError
from articles.model import RawDocument, utc_text

SUFFIX = ".warc.gz"
FACTS = "Newsmill-Document"
LONGEST_HEADER = 16 * 2**20
"""Bytes: a member of a tar may have a name of 100 kB, and every name is kept whole."""


class ArchiveDamaged(NewsmillError):
    """A stored record is not what was stored; the message says which file and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: the segment's path below the archive, and the byte it starts at."""

    file: str
    offset: int


def write_segment(
    archive: Path, name: str, documents: Iterable[RawDocument], at: datetime
) -> list[Place]:
    """Store `documents` as the segment `name` and return their places, in the same order.

    `name` is a path below `archive` without suffix. `at` (UTC) is the time of storing, for the
    records that state no time of capture. The segment is on the disk when this returns.
    """
    target = archive / (name + SUFFIX)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".part")
    places = []
    with unfinished.open("wb") as stream:
        for document in documents:
            places.append(Place(name + SUFFIX, stream.tell()))
            stream.write(_record(document, at))
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.rename(target)
    sync_folder(target.parent)
    return places


def read_document(archive: Path, place: Place) -> RawDocument:
    """Return the document stored at `place`; raises `ArchiveDamaged` if it is not the same."""
    path = archive / place.file
    try:
        with path.open("rb") as stream, _damage_named(place.file):
            return _document_at(stream, place)
    except FileNotFoundError as missing:
        raise ArchiveDamaged(
            f"{path} is gone; documents stored in it cannot be read again. Restore it from a backup"
        ) from missing


def read_segment(archive: Path, file: str) -> Iterator[tuple[Place, RawDocument]]:
    """Yield every document of one segment with its place, in the order it was stored."""
    with (archive / file).open("rb") as stream, _damage_named(file):
        for record in _records(stream):
            place = Place(file, record.stream_pos)
            yield place, _document(record, place)


def segments(archive: Path) -> list[str]:
    """Return the whole segments below `archive`, sorted; unfinished ones are not among them."""
    return sorted(path.relative_to(archive).as_posix() for path in archive.rglob("*" + SUFFIX))


def sync_folder(folder: Path) -> None:
    """Make what was renamed in a folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _record(document: RawDocument, at: datetime) -> bytes:
    facts = document.model_dump(mode="json", exclude={"payload"}, exclude_none=True)
    digest = f"sha256:{document.document_id}"
    identity = uuid.uuid5(uuid.NAMESPACE_URL, document.origin + digest)
    headers = {
        "WARC-Record-ID": f"<{identity.urn}>",
        "WARC-Date": utc_text(document.fetched_at or at),
        "WARC-Block-Digest": digest,
        "WARC-Payload-Digest": digest,
        FACTS: json.dumps(facts, ensure_ascii=True),
    }
    return packed_record(
        f"urn:sha256:{document.document_id}",
        "resource",
        document.payload,
        headers,
        level=SMALL,
        content_type=document.media_type,
    )


def _records(stream: BinaryIO) -> ArchiveIterator:
    return ArchiveIterator(stream, parse_http=False, max_header_len=LONGEST_HEADER)


def _document_at(stream: BinaryIO, place: Place) -> RawDocument:
    stream.seek(place.offset)
    record = next(iter(_records(stream)), None)
    if record is None:
        raise ArchiveDamaged(f"{place.file} holds no record at byte {place.offset}")
    return _document(record, place)


@contextmanager
def _damage_named(file: str) -> Iterator[None]:
    """Turn what a flipped bit or a cut file does to gzip, WARC or JSON into `ArchiveDamaged`."""
    try:
        yield
    except (OSError, KeyError, ValueError) as damage:
        if isinstance(damage, OSError) and damage.errno is not None:
            raise  # the disk's own word, not the file's content
        raise ArchiveDamaged(
            f"{file} is not the file that was stored ({damage}). Restore it from a backup"
        ) from damage


def _document(record: WarcRecord, place: Place) -> RawDocument:
    payload = record.reader.read()
    document = RawDocument.model_validate(
        json.loads(record.headers[FACTS]) | {"payload": payload}, strict=False
    )
    if hashlib.sha256(payload).hexdigest() != document.document_id:
        raise ArchiveDamaged(
            f"{place.file} at byte {place.offset}: the bytes are not those that were stored "
            f"(sha256 {document.document_id}). Restore the file from a backup"
        )
    return document
