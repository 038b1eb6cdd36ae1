"""What is inside a packed body, and how much of it may come out?

A body of 1 MB can unpack to 1 GB, and twice packed to more. Bytes come out in pieces, and the
work ends at the first piece too many.
"""

import zlib
from collections.abc import Sequence

from spiders.faults import Fault, FetchFailed

PIECE = 1 << 18
RATIO = 200
"""Times; markup packs 4 to 40 to one, and a long run of one byte 1000 to one."""
RATIO_FROM = 4 << 20
"""Bytes out; below this a high ratio does no harm: a sitemap of 1,000 like lines has it."""
DEEPEST = 2
"""Content encodings on one body: servers behind a packing proxy send two by mistake."""
PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 15}
PLAIN = frozenset({"", "identity", "none", "utf-8"})


def unpacked(body: bytes, encodings: Sequence[str], most: int) -> bytes:
    """Return a body without its content encodings, at most `most` bytes of it.

    `encodings` as in Content-Encoding, in the order applied. Raises `FetchFailed`: truncated,
    malformed, too large, bomb, or an encoding that was not asked for.
    """
    names = [name.strip().lower() for name in encodings]
    packed = [name for name in names if name not in PLAIN]
    if len(packed) > DEEPEST:
        raise FetchFailed(Fault.BOMB, f"{len(packed)} content encodings on one body")
    for name in reversed(packed):
        if name not in PACKED:
            raise FetchFailed(Fault.MALFORMED, f"content encoding {name[:40]!r} was not asked for")
        body = _inflated(body, PACKED[name], most)
    return body


def gunzipped(body: bytes, most: int) -> bytes:
    """Return a gzip file's content, or the body itself when it is none; raises `FetchFailed`."""
    return _inflated(body, 31, most) if body[:2] == b"\x1f\x8b" else body


def _inflated(body: bytes, wbits: int, most: int) -> bytes:
    if wbits == 15 and not (body[:1] == b"\x78" and int.from_bytes(body[:2], "big") % 31 == 0):
        wbits = -15  # "deflate" is meant as zlib, and sent by some servers without its header
    pieces: list[bytes] = []
    size, packed = 0, len(body)
    while body:
        inflater = zlib.decompressobj(wbits)
        while not inflater.eof:
            piece = _piece(inflater, body)
            size += len(piece)
            pieces.append(piece)
            body = inflater.unconsumed_tail
            _check(size, packed - len(body), most)
            if not piece and not body and not inflater.eof:
                raise FetchFailed(Fault.TRUNCATED, f"the packed body ends after {size} bytes")
        body = inflater.unused_data if inflater.unused_data[:2] == b"\x1f\x8b" else b""
    return b"".join(pieces)


def _piece(inflater: "zlib._Decompress", body: bytes) -> bytes:
    try:
        return inflater.decompress(body, PIECE)
    except zlib.error as error:
        raise FetchFailed(Fault.MALFORMED, f"the body does not unpack: {error}") from error


def _check(size: int, packed: int, most: int) -> None:
    if size > RATIO_FROM and size > RATIO * packed:
        raise FetchFailed(Fault.BOMB, f"{packed} bytes unpack to {size}")
    if size > most:
        raise FetchFailed(Fault.TOO_LARGE, f"unpacks to over {most} bytes")
