"""Which pages does a WARC file hold, and what is wrong with the records that hold none?"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from articles.model import MediaType, RawDocument, Reason, Rejection
from articles.reading.http import Response, http_response
from articles.reading.kind import HTML_START, as_ascii, refuse_foreign
from articles.reading.limits import Limits
from articles.reading.place import Place, Refused, shown
from articles.reading.streams import CHUNK

START = re.compile(rb"WARC/[0-9]{1,3}\.[0-9]{1,3}\r?\n")
PASSED_OVER = frozenset({"warcinfo", "request", "metadata"})
"""Record types that describe a capture and hold no page of their own."""
MEDIA_TYPES = {
    "text/html": MediaType.HTML,
    "application/xhtml+xml": MediaType.HTML,
    "text/plain": MediaType.TEXT,
    "application/json": MediaType.RECORD,
}


HOPELESS = frozenset({"unpacking_ratio", "expanded_bytes"})
"""Rules behind which the stream gives nothing more."""


@dataclass(slots=True)
class _Record:
    """A WARC record as far as it could be read."""

    byte: int
    headers: dict[str, str] = field(default_factory=dict)
    block: bytes = b""
    wrong: Refused | None = None


def warc_documents(
    place: Place, stream: io.BufferedReader, limits: Limits
) -> Iterator[RawDocument | Rejection]:
    """Yield the pages of a WARC file (ISO 28500), and a refusal for each record without one.

    A page's origin is its address; a refused record's is `path!address`, with the offset of the
    record in the unpacked file as `byte`. Behind a broken record, reading goes on at the next
    line that starts one.
    """
    tape = _Tape(stream, limits)
    while (record := tape.record()) is not None:
        url = _url(record)
        here = place if url is None else place.inside(url)
        if record.wrong is not None:
            wrong = record.wrong
            yield here.refuse(wrong.reason, wrong.rule, wrong.detail, byte=record.byte)
            if wrong.rule == "warc_hopeless":
                return
            continue
        try:
            found = _page(place, here, record, limits)
        except Refused as refused:
            found = here.refuse(
                refused.reason, refused.rule, refused.detail, payload=record.block, byte=record.byte
            )
        if found is not None:
            yield found


class _Tape:
    """The stream with its offset; it knows how to find the next record."""

    def __init__(self, stream: io.BufferedReader, limits: Limits) -> None:
        self._stream, self._limits = stream, limits
        self._held = io.BytesIO()
        """Bytes read too far, to be read again."""
        self._at = self._resumes = 0

    def record(self) -> _Record | None:
        """Return the next record, broken or not; None at the end."""
        record = _Record(self._at)
        try:
            line = b"\n"
            while line and not line.strip():
                record.byte, line = self._at, self._line()
            if not line:
                return None
            self._start(line)
            self._headers(record)
            self._block(record)
        except Refused as refused:
            if refused.rule in HOPELESS:
                raise
            record.wrong = refused
        return record

    def _start(self, line: bytes) -> None:
        if not START.match(line):
            self._resync()
            told = f"expected the start of a record, found {line[:60]!r}"
            raise Refused(Reason.MALFORMED_WARC, "warc_version", told)

    def _headers(self, record: _Record) -> None:
        size, name = 0, ""
        while (line := self._line()).strip():
            size += len(line)
            if size > self._limits.header_bytes:
                self._resync()
                told = f"a header of more than {self._limits.header_bytes} bytes"
                raise Refused(Reason.MALFORMED_WARC, "warc_header", told)
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            if text[:1] in " \t" and name:
                record.headers[name] += " " + text.strip()
                continue
            name, _, value = text.partition(":")
            name = name.strip().lower()
            record.headers[name] = value.strip()
        if not line:
            raise Refused(Reason.TRUNCATED, "warc_end", "the file ends inside a record's header")

    def _block(self, record: _Record) -> None:
        stated = record.headers.get("content-length", "")
        if not re.fullmatch(r"[0-9]{1,18}", stated):
            self._resync()
            told = f"Content-Length is {stated[:60]!r}"
            raise Refused(Reason.MALFORMED_WARC, "warc_length", told)
        size = int(stated)
        if size > self._limits.document_bytes:
            self._pass_over(size)
        record.block = self._read(size)
        after = self._line()
        if START.match(after):
            self._give_back(after)
        elif after.strip() or len(record.block) < size:
            self._recover(record.block, after, size)

    def _pass_over(self, size: int) -> None:
        """Step over a record too large to be a page, but not over the next one's start."""
        ends = self._at + size
        while self._at < ends and (line := self._line()):
            if START.match(line):
                self._give_back(line)
                told = f"Content-Length is {size}, and the next record starts before that"
                raise Refused(Reason.MALFORMED_WARC, "warc_length", told)
        if self._at < ends:
            told = f"the file ends {ends - self._at} bytes before the record does"
            raise Refused(Reason.TRUNCATED, "warc_end", told)
        told = f"a record of {size} bytes, more than {self._limits.document_bytes}"
        raise Refused(Reason.TOO_LARGE, "document_bytes", told)

    def _recover(self, block: bytes, after: bytes, size: int) -> None:
        """Go on at the first record inside a block whose length was a lie."""
        self._resumes += 1
        if self._resumes > self._limits.resumes:
            told = "too many records lie about their length; nothing from here on is read"
            raise Refused(Reason.MALFORMED_WARC, "warc_hopeless", told)
        swallowed = re.search(rb"\n" + START.pattern, block)
        if swallowed:
            self._give_back(block[swallowed.start() + 1 :] + after)
            told = f"Content-Length is {size}, and the next record starts before that"
            raise Refused(Reason.MALFORMED_WARC, "warc_length", told)
        if not after:
            told = f"the file ends {size - len(block)} bytes before the record does"
            raise Refused(Reason.TRUNCATED, "warc_end", told)
        self._resync()
        told = f"Content-Length is {size}, and the record goes on after that"
        raise Refused(Reason.MALFORMED_WARC, "warc_length", told)

    def _resync(self) -> None:
        """Read up to the next line that starts a record."""
        while line := self._line():
            if START.match(line):
                self._give_back(line)
                return

    def _line(self) -> bytes:
        line = self._held.readline(CHUNK)
        if not line or (len(line) < CHUNK and not line.endswith(b"\n")):
            line += self._stream.readline(CHUNK)
        self._at += len(line)
        return line

    def _read(self, size: int) -> bytes:
        piece = self._held.read(size)
        piece += self._stream.read(size - len(piece))
        self._at += len(piece)
        return piece

    def _give_back(self, data: bytes) -> None:
        self._held = io.BytesIO(data + self._held.read())
        self._at -= len(data)


def _url(record: _Record) -> str | None:
    url = record.headers.get("warc-target-uri", "").strip("<> ")
    return shown(url[:2000]) or None


def _page(
    place: Place, here: Place, record: _Record, limits: Limits
) -> RawDocument | Rejection | None:
    """Return what a sound record holds; None for a record that describes others."""
    kind = record.headers.get("warc-type", "").lower()
    if kind in PASSED_OVER or record.headers.get("newsmill-rendered") == "below":
        return None  # the latter needs its scripts: the page is what a browser made of it
    if kind == "revisit":
        told = f"unchanged since {record.headers.get('warc-refers-to-date', 'an earlier capture')}"
        return here.refuse(Reason.DUPLICATE, "warc_revisit", told, byte=record.byte)
    if kind not in ("response", "resource", "conversion"):
        told = f"a record of type {kind[:60]!r}"
        return here.refuse(
            Reason.UNSUPPORTED_TYPE, "warc_type", told, payload=record.block, byte=record.byte
        )
    response = _response(kind, record, limits)
    return place.document(
        response.body,
        _media_type(response),
        byte=record.byte,
        charset=response.charset,
        url=_web_url(record),
        fetched_at=_date(record.headers.get("warc-date", "")),
        member=here.member,
        source=_source(record),
    )


def _response(kind: str, record: _Record, limits: Limits) -> Response:
    content_type = record.headers.get("content-type", "")
    if kind == "response" and content_type.lower().startswith("application/http"):
        response = http_response(record.block, limits)
    else:
        response = Response.of(200, content_type, record.block)
    if response.status != 200:
        raise Refused(Reason.HTTP_STATUS, "http_status", f"HTTP status {response.status}")
    if not response.body.strip():
        raise Refused(Reason.EMPTY, "no_payload", "the response has no body")
    return response


def _media_type(response: Response) -> MediaType:
    head = response.body[:CHUNK]
    refuse_foreign("", head)
    media_type = MEDIA_TYPES.get(response.media_type)
    if media_type is None and response.media_type not in ("", "application/octet-stream"):
        told = f"a page of type {response.media_type[:100]!r}"
        raise Refused(Reason.UNSUPPORTED_TYPE, "content_type", told)
    if media_type in (None, MediaType.TEXT):
        return MediaType.HTML if HTML_START.match(as_ascii(head)) else MediaType.TEXT
    return media_type or MediaType.TEXT


def _source(record: _Record) -> str | None:
    """Return the id of the source that a crawl of newsmill's own notes with a page."""
    name = record.headers.get("newsmill-source", "")
    return name if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,62}", name) else None


def _web_url(record: _Record) -> str | None:
    url = _url(record)
    return url if url and re.match(r"https?://[^/\s]", url, re.IGNORECASE) else None


def _date(text: str) -> datetime | None:
    """Return the moment of capture; WARC allows any precision of ISO 8601 in UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
