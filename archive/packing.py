"""How is a WARC record packed? As one gzip member, so that it can be read by its offset alone.

warcio packs at level 9 and cannot be told otherwise, which costs more CPU than all the rest of
storing a page; so it writes plain records, and they are packed here (docs/adr/0082, 0161).
"""

import io
import zlib
from importlib import import_module
from importlib.util import find_spec

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HAS_ISAL = find_spec("isal") is not None
"""Intel's library packs 4 to 10 times as fast; there are wheels for x86-64 and ARM64 only."""
FAST = 1
"""Level for what is read soon and kept for a while."""
SMALL = 3 if HAS_ISAL else 6
"""Level for what is kept for ever: 13 % more on the disk than level 9 of zlib, or 1 %."""

_gzip = import_module("isal.isal_zlib" if HAS_ISAL else "zlib")


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio ships no types
    """Leaves digests to us: two of SHA-1 a record would cost as much as the rest of writing it."""

    def ensure_digest(self, *_: object, **__: object) -> None:
        """Add no digest."""


def packed_record(
    url: str,
    kind: str,
    payload: bytes,
    headers: dict[str, str],
    *,
    level: int = FAST,
    http: StatusAndHeaders | None = None,
    content_type: str = "",
) -> bytes:
    """Return a WARC 1.1 record of `kind` (`resource`, `response` ...) as one gzip member."""
    plain = io.BytesIO()
    writer = _Writer(plain, gzip=False, warc_version="1.1")
    record: ArcWarcRecord = writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(payload),
        length=len(payload),
        http_headers=http,
        warc_headers_dict=headers,
        warc_content_type=content_type,
    )
    writer.write_record(record)
    packer = _gzip.compressobj(level, zlib.DEFLATED, 31)
    packed: bytes = packer.compress(plain.getbuffer()) + packer.flush()
    return packed
