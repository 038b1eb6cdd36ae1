"""What did the server send, once HTTP's own wrapping is off?"""

import io
import re
import zlib
from dataclasses import dataclass

from articles.model import Reason
from articles.reading.limits import Limits
from articles.reading.place import Refused
from articles.reading.streams import Inflater, Meter, Unpacker

HEAD_END = re.compile(rb"\r?\n\r?\n")
STATUS = re.compile(rb"HTTP/[0-9.]{1,8} +([0-9]{3})(?:[ \r\n]|$)")
CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:+-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP response, or a resource kept without one."""

    status: int
    media_type: str
    """In lower case, without parameters; empty when the server named none."""
    charset: str | None
    """As the header declares it."""
    body: bytes
    """Without content and transfer encoding."""

    @classmethod
    def of(cls, status: int, content_type: str, body: bytes) -> "Response":
        """Return a response from a Content-Type header as written."""
        charset = CHARSET.search(content_type)
        media_type = content_type.partition(";")[0].strip().lower()
        return cls(status, media_type, charset.group(1) if charset else None, body)


def http_response(message: bytes, limits: Limits) -> Response:
    """Return the response in an `application/http` message.

    Raises `Refused` for a message without a status line, a body that does not unpack, and one
    that unpacks to more than a document may have.
    """
    status = STATUS.match(message)
    if status is None:
        told = f"no HTTP status line: {message[:60]!r}"
        raise Refused(Reason.MALFORMED_WARC, "http_start", told)
    end = HEAD_END.search(message, 0, limits.header_bytes)
    if end is None:
        raise Refused(Reason.MALFORMED_WARC, "http_header", "the HTTP header does not end")
    headers = _headers(message[: end.start()])
    body = message[end.end() :]
    code = int(status.group(1))
    if code == 200:
        if "chunked" in headers.get("transfer-encoding", "").lower():
            body = _unchunked(body)
        body = _decoded(body, headers.get("content-encoding", ""), limits)
    return Response.of(code, headers.get("content-type", ""), body)


def _headers(head: bytes) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in head.decode("latin-1").split("\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return headers


def _unchunked(body: bytes) -> bytes:
    """Return the body without its chunk sizes; archivers often took them off and say so not."""
    if body.lstrip()[:1] == b"<":
        return body
    pieces: list[bytes] = []
    at = 0
    while found := CHUNK_SIZE.match(body, at):
        size = int(found.group(1), 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[found.end() : found.end() + size])
        at = found.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
        if at > len(body) + 2:
            raise Refused(Reason.TRUNCATED, "http_chunk", "the last chunk of the body is cut")
    if pieces and at >= len(body):
        raise Refused(Reason.TRUNCATED, "http_chunk", "the chunk that ends the body is missing")
    told = f"no chunk size at byte {at} of the body: {body[at : at + 20]!r}"
    raise Refused(Reason.MALFORMED_WARC, "http_chunk", told)


def _decoded(body: bytes, encodings: str, limits: Limits) -> bytes:
    names = [name.strip().lower() for name in encodings.split(",") if name.strip()]
    if len(names) > 3:
        raise Refused(Reason.TOO_DEEP, "http_encoding", f"{len(names)} content encodings")
    for name in reversed(names):
        if name in ("identity", "none", "utf-8") or body.lstrip()[:1] == b"<":
            continue  # archivers took it off and left the header
        if name in ("gzip", "x-gzip"):
            body = _inflated(body, Inflater(31), limits)
        elif name == "deflate":  # meant as zlib, sent by some servers without its header
            raw = not (body[:1] == b"\x78" and int.from_bytes(body[:2], "big") % 31 == 0)
            body = _inflated(body, Inflater(-15 if raw else 15), limits)
        else:
            told = f"content encoding {name[:40]!r} is not read"
            raise Refused(Reason.UNSUPPORTED_TYPE, "http_encoding", told)
    return body


def _inflated(body: bytes, inflater: Unpacker, limits: Limits) -> bytes:
    meter, out, source = Meter(limits, len(body)), io.BytesIO(), body
    while not inflater.eof:
        try:
            piece = inflater.decompress(source, 1 << 20)
        except zlib.error as error:
            raise Refused(Reason.MALFORMED_WARC, "http_encoding", f"body: {error}") from error
        source = b""
        meter.count(0, len(piece))
        out.write(piece)
        if out.tell() > limits.document_bytes:
            told = f"unpacks to more than {limits.document_bytes} bytes"
            raise Refused(Reason.TOO_LARGE, "document_bytes", told)
        if not piece and not inflater.eof:
            raise Refused(Reason.TRUNCATED, "http_encoding", "the packed body is cut")
    return out.getvalue()
