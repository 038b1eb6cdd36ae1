"""What comes out of WARC files, page by page."""

import gzip
import io
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from articles.model import MediaType, RawDocument
from articles.reading import read
from tests.reading.files import GOOD, PAGE, http, outcome, warc_record


def test_page_of_a_warc_has_its_address_and_time() -> None:
    body = gzip.compress(PAGE)
    chunked = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    head = (
        "Content-Type: text/html; charset=x\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked"
    )
    data = warc_record(b"", kind="warcinfo") + warc_record(http(chunked, head))

    [found] = read("a.warc", io.BytesIO(data))

    assert found == RawDocument(
        document_id=sha256(PAGE).hexdigest(),
        payload=PAGE,
        media_type=MediaType.HTML,
        origin="https://n.example/a",
        member="https://n.example/a",
        byte=len(warc_record(b"", kind="warcinfo")),
        charset="x",
        url="https://n.example/a",
        fetched_at=datetime(2024, 3, 1, 10, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        pytest.param(warc_record(http(PAGE, code=404)), "http_status", id="404"),
        pytest.param(warc_record(http(b"")), "empty", id="no-body"),
        pytest.param(warc_record(b"", kind="revisit"), "duplicate", id="revisit"),
        pytest.param(
            warc_record(http(b"%PDF-1.7", "Content-Type: application/pdf")), "binary", id="pdf"
        ),
        pytest.param(
            warc_record(http(b"{}", "Content-Type: image/svg+xml")), "unsupported_type", id="svg"
        ),
        pytest.param(
            warc_record(http(b"\x1f\x8bjunk", "Content-Encoding: gzip")),
            "malformed_warc",
            id="gzip",
        ),
        pytest.param(
            warc_record(http(b"zz\r\n", "Transfer-Encoding: chunked")), "malformed_warc", id="chunk"
        ),
        pytest.param(warc_record(b"GET / HTTP/1.1\r\n\r\n"), "malformed_warc", id="no-status"),
        pytest.param(GOOD.replace(b"WARC/1.1", b"WARC/9.9x"), "malformed_warc", id="version"),
        pytest.param(GOOD.replace(b"Length: ", b"Length: x"), "malformed_warc", id="length-word"),
        pytest.param(GOOD.replace(b"Length: ", b"Length: 9"), "malformed_warc", id="length-big"),
        pytest.param(
            GOOD.replace(b"Length: ", b"Length: 99999999"), "malformed_warc", id="length-huge"
        ),
        pytest.param(GOOD.replace(b"Length: 1", b"Length: "), "malformed_warc", id="length-small"),
    ],
)
def test_broken_record_is_refused_and_its_neighbours_live(record: bytes, reason: str) -> None:
    found = outcome("a.warc", GOOD + record + GOOD)

    assert [what for _, what in found] == ["text/html", reason, "text/html"]
    assert found[1][0].startswith("a.warc")


def test_damaged_member_of_a_warc_gz_loses_only_its_record() -> None:
    damaged = bytearray(gzip.compress(warc_record(http(PAGE + b"x" * 50)), mtime=0))
    damaged[-6] ^= 0xFF
    whole = gzip.compress(GOOD, mtime=0)

    found = outcome("a.warc.gz", whole + bytes(damaged) + whole + whole[:-20])

    assert [what for _, what in found] == [
        "text/html",
        "malformed_archive",
        "text/html",
        "truncated",
    ]
