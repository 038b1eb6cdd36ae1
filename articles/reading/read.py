"""Which documents does one file of a drop hold?"""

import io
from collections.abc import Iterator
from typing import BinaryIO

from articles.model import MediaType, RawDocument, Reason, Rejection
from articles.reading.archives import Member, tar_members, zip_members
from articles.reading.kind import Kind, as_ascii, kind_of
from articles.reading.limits import Limits
from articles.reading.place import Place, Refused
from articles.reading.records import json_documents
from articles.reading.streams import CHUNK, UNPACKERS, opened, unpacked, whole
from articles.reading.tables import csv_documents
from articles.reading.warc import warc_documents

Found = Iterator[RawDocument | Rejection]


def read(origin: str, stream: BinaryIO, limits: Limits = Limits()) -> Found:  # noqa: B008 - frozen
    """Yield the documents in one file of a drop, and a refusal for whatever is none.

    `origin` is the path as given; `stream` stands at the file's start and is read once, piece by
    piece, except that a zip is sought in. Every file yields at least one value. An origin is
    `path!member:line`; a page that states its address, as in a WARC, has the address instead,
    with `member` naming it too. A refusal always keeps the path, so it leads to the file.
    Bad input never raises; an `OSError` of the stream itself does.
    """
    place = Place(origin)
    seekable = stream if stream.seekable() else None
    yield from _guarded(place, _documents(place, opened(stream), seekable, limits))


def _guarded(place: Place, found: Found) -> Found:
    """Pass documents on, and end with a refusal where the stream breaks or was empty."""
    count = 0
    try:
        for document in found:
            count += 1
            yield document
    except Refused as refused:
        yield place.refuse(refused.reason, refused.rule, refused.detail)
        return
    if not count:
        yield place.refuse(Reason.EMPTY, "no_documents", "there is no document in it")


def _documents(
    place: Place, stream: io.BufferedReader, seekable: BinaryIO | None, limits: Limits
) -> Found:
    yield from _opened(place, stream, seekable, limits)


def _opened(
    place: Place, stream: io.BufferedReader, seekable: BinaryIO | None, limits: Limits
) -> Found:
    head = stream.peek(CHUNK)
    kind = kind_of(place.name, head)
    if place.depth > limits.depth or (place.depth == limits.depth and kind in CONTAINERS):
        told = f"containers in containers, more than {limits.depth} deep"
        raise Refused(Reason.TOO_DEEP, "containers", told)
    match kind:
        case Kind.PACKED:
            magic = next(magic for magic in UNPACKERS if head.startswith(magic))
            inner = unpacked(stream, magic, limits)
            return _documents(place.deeper(), inner, None, limits)
        case Kind.ZIP:
            file = seekable or io.BytesIO(whole(stream, limits.nested_bytes, "a nested zip"))
            return _members(zip_members(place, file, limits), limits)
        case Kind.TAR:
            return _members(tar_members(place, stream, limits), limits)
        case Kind.WARC:
            return warc_documents(place, stream, limits)
        case Kind.JSON:
            return json_documents(place, stream, limits)
        case Kind.CSV:
            return csv_documents(place, stream, limits)
        case Kind.EMPTY:
            return iter(())
        case _:
            return _page(place, stream, kind, limits)


CONTAINERS = frozenset({Kind.PACKED, Kind.ZIP, Kind.TAR})


def _members(members: Iterator[Member | Rejection], limits: Limits) -> Found:
    for member in members:
        if isinstance(member, Rejection):
            yield member
        else:
            found = _documents(member.place, member.stream, None, limits)
            yield from _guarded(member.place, found)


def _page(place: Place, stream: io.BufferedReader, kind: Kind, limits: Limits) -> Found:
    payload = whole(stream, limits.document_bytes, f"a {kind.value} document")
    if not as_ascii(payload).strip():
        told = f"{len(payload)} bytes, all blank"
        yield place.refuse(Reason.EMPTY, "blank", told, payload=payload)
        return
    media_type = MediaType.HTML if kind is Kind.HTML else MediaType.TEXT
    yield place.document(payload, media_type)
