"""What comes out of a drop file, and what is said of what does not."""

import gzip
import io
import json
import tarfile
import zipfile
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.model import MediaType, RawDocument, Reason, Rejection
from articles.reading import Limits, read

STORY = b"Rain stops the fair\n\nThe fair in Lund closed early on Monday.\n"
PAGE = b"<!doctype html><title>Rain</title><p>The fair in Lund closed early."
SMALL = Limits(document_bytes=10_000, ratio_floor=20_000, nested_bytes=50_000, members=50)


def outcome(name: str, data: bytes, limits: Limits = SMALL) -> list[tuple[str, str]]:
    """Return (origin, media type or reason) of everything in a file."""
    return [
        (found.origin, found.reason.value if isinstance(found, Rejection) else found.media_type)
        for found in read(name, io.BytesIO(data), limits)
    ]


def zipped(*members: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def tarred(*members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size, info.type = len(data), kind
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def warc_record(block: bytes, *, kind: str = "response", url: str = "https://n.example/a") -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-03-01T10:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def http(
    body: bytes, head: str = "Content-Type: text/html; charset=utf-8", code: int = 200
) -> bytes:
    return f"HTTP/1.1 {code} X\r\n{head}\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        pytest.param("a.txt", STORY, "text/plain", id="text"),
        pytest.param("README", STORY, "text/plain", id="no-extension"),
        pytest.param("a.txt", PAGE, "text/html", id="html-called-txt"),
        pytest.param("a.html", b"Only words", "text/html", id="html-without-tags"),
        pytest.param("a.txt", gzip.compress(STORY), "text/plain", id="gzip-called-txt"),
        pytest.param("a.xml", b"<?xml version='1.0'?><html><p>Rain", "text/html", id="xhtml"),
        pytest.param("a.txt", STORY.decode().encode("utf-16"), "text/plain", id="utf-16"),
        pytest.param("a.txt", b'{"title": "Rain"}', "application/json", id="json-called-txt"),
        pytest.param("a.txt", b"[Photo: Ann] Rain", "text/plain", id="bracket-is-no-json"),
        pytest.param("a.txt", b"", "empty", id="no-bytes"),
        pytest.param("a.txt", b" \n\t\n", "empty", id="blank"),
        pytest.param("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(99), "binary", id="png-called-txt"),
        pytest.param("a.xyz", bytes(range(256)) * 4, "binary", id="noise"),
        pytest.param("a.py", b"print(1)", "unsupported_type", id="program"),
        pytest.param("a.zst", b"\x28\xb5\x2f\xfd" + STORY, "unsupported_type", id="zstd"),
        pytest.param("a.docx", zipped(("word/a.xml", b"<x/>")), "unsupported_type", id="office"),
        pytest.param("a.xml", b"<?xml version='1.0'?><rss></rss>", "unsupported_type", id="feed"),
        pytest.param("a.xml", b"<!DOCTYPE x [<!ENTITY y SYSTEM 'z'>]><x/>", "entity", id="xxe"),
        pytest.param("a.txt", b"a" * 10_001, "too_large", id="too-large"),
        pytest.param("a.txt.gz", gzip.compress(bytes(9_000_000)), "binary", id="zeros-in-gzip"),
        pytest.param("a.jsonl.gz", gzip.compress(b"x" * 9_000_000), "bomb", id="bomb"),
        pytest.param("a.txt.gz", gzip.compress(STORY)[:-9], "truncated", id="cut-gzip"),
        pytest.param("a.warc", STORY, "malformed_warc", id="no-warc"),
        pytest.param("a.zip", STORY, "malformed_archive", id="no-zip"),
    ],
)
def test_bytes_and_name_together_decide(name: str, data: bytes, kind: str) -> None:
    found = outcome(name, data)

    assert [origin.split(":")[0] for origin, _ in found] == [name] * len(found)
    assert kind in [what for _, what in found]


def test_document_keeps_its_bytes_and_their_hash() -> None:
    [found] = read("in/a.txt", io.BytesIO(STORY))

    assert found == RawDocument(
        document_id=sha256(STORY).hexdigest(),
        payload=STORY,
        media_type=MediaType.TEXT,
        origin="in/a.txt",
    )


def test_bad_line_is_located_and_its_neighbours_live() -> None:
    lines = b'{"text": "a\xe2\x80\xa8b"}\n\n{"text": \n[1]\n{"text": "c"}'

    found = list(read("a.jsonl", io.BytesIO(lines)))

    assert [(item.origin, item.line, item.byte) for item in found] == [
        ("a.jsonl:1", 1, 0),
        ("a.jsonl:3", 3, 19),
        ("a.jsonl:4", 4, 29),
        ("a.jsonl:5", 5, 33),
    ]
    assert [type(item) for item in found] == [RawDocument, Rejection, Rejection, RawDocument]
    assert found[1].document_id == sha256(b'{"text":').hexdigest()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[{"a": 1}, {"a": 2}]', id="array"),
        pytest.param('[\n {\n  "a": 1\n },\n {"a": 2}\n]\n', id="pretty-array"),
        pytest.param('{\n "a": 1\n}\n{\n "a": 2\n}\n', id="pretty-objects"),
        pytest.param('{"a": 1}\r\n{"a": 2}\r\n', id="crlf"),
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_json_is_read_in_every_shape(text: str, name: str, charset: str) -> None:
    found = list(read(name, io.BytesIO(text.encode(charset))))

    assert [json.loads(item.payload) for item in found if isinstance(item, RawDocument)] == [
        {"a": 1},
        {"a": 2},
    ]
    assert len(found) == 2


def test_long_array_is_read_piece_by_piece() -> None:
    rows = [{"n": i, "text": "x" * 3_000} for i in range(100)]

    found = list(read("a.json", io.BytesIO(json.dumps(rows, indent=1).encode()), SMALL))

    assert [json.loads(item.payload)["n"] for item in found if isinstance(item, RawDocument)] == [
        *range(100)
    ]
    assert found[-1].line == 2 + 99 * 4


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(b"[" * 100_000, Reason.TOO_DEEP, id="brackets"),
        pytest.param(b'{"a":' * 500 + b"1" + b"}" * 500, Reason.TOO_DEEP, id="objects"),
        pytest.param(b"{'a': 1}", Reason.MALFORMED_JSON, id="single-quotes"),
        pytest.param(b"null", Reason.BAD_FIELD, id="null"),
        pytest.param(b'{"a": "' + b"x" * 10_000 + b'"}', Reason.TOO_LARGE, id="long"),
    ],
)
def test_line_without_a_usable_object_is_refused(line: bytes, reason: Reason) -> None:
    found = list(
        read(
            "a.jsonl",
            io.BytesIO(b'{"a": 1}\n' + line + b'\n{"a": 2}\n'),
            Limits(document_bytes=10_000) if reason is Reason.TOO_LARGE else Limits(),
        )
    )

    assert [getattr(item, "reason", None) for item in found] == [None, reason, None]
    assert found[1].line == 2


def test_csv_row_becomes_an_object_under_the_headers_names() -> None:
    data = '\ufefftitle;text;x\r\nRain;"One; two\nthree ""four""";\r\n\r\nSun;five\r\nFog;six;7\r\n'

    found = list(read("a.csv", io.BytesIO(data.encode())))

    assert [(item.line, getattr(item, "payload", None)) for item in found] == [
        (2, b'{"title":"Rain","text":"One; two\\nthree \\"four\\"","x":""}'),
        (5, None),
        (6, b'{"title":"Fog","text":"six","x":"7"}'),
    ]


def test_quote_that_never_closes_swallows_no_later_row() -> None:
    data = b'title,text\nRain,"open\nSun,shine\nFog,mist\n'

    assert outcome("a.csv", data) == [
        ("a.csv:2", "malformed_csv"),
        ("a.csv:3", "application/json"),
        ("a.csv:4", "application/json"),
    ]


def test_csv_without_known_names_is_refused_as_a_whole() -> None:
    assert outcome("a.csv", b"Rain,fell\nSun,shone\n") == [("a.csv:1", "malformed_csv")]


def test_members_are_named_and_nesting_ends() -> None:
    inner = zipped(("b.html", PAGE), ("dir/", b""), ("../c.txt", STORY))
    nested = STORY
    for _ in range(6):
        nested = zipped(("n.zip", nested))

    assert outcome("a.zip", zipped(("in.zip", inner), ("bad.txt", b"\x7fELF"))) == [
        ("a.zip!in.zip!b.html", "text/html"),
        ("a.zip!in.zip!../c.txt", "text/plain"),
        ("a.zip!bad.txt", "binary"),
    ]
    assert outcome("n.zip", nested) == [("n.zip!n.zip!n.zip!n.zip!n.zip", "too_deep")]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["tar", "tar.gz"])
def test_tar_streams_and_links_are_refused(pack: type[bytes]) -> None:
    sound = tarred(("a" * 200 + ".txt", STORY))[:-1024] + tarred(("é.html", PAGE))[: -10240 + 2048]
    links = tarred(("ln", b""), kind=tarfile.SYMTYPE)

    assert outcome("a.tar", pack(sound + links)) == [
        ("a.tar!" + "a" * 200 + ".txt", "text/plain"),
        ("a.tar!é.html", "text/html"),
        ("a.tar!ln", "unsafe_type"),
    ]


def test_broken_tar_header_hides_no_later_member() -> None:
    broken = bytearray(tarred(("a.txt", STORY), ("b.txt", STORY + b"b"), ("c.txt", STORY + b"c")))
    broken[1024 + 3] ^= 0xFF

    assert outcome("a.tar", bytes(broken)) == [
        ("a.tar!a.txt", "text/plain"),
        ("a.tar", "malformed_archive"),
        ("a.tar!c.txt", "text/plain"),
    ]


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


GOOD = warc_record(http(PAGE))


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


def test_names_and_details_are_safe_to_print() -> None:
    name = "a\x1b[31m\n\udcff.txt"

    [found] = read(name, io.BytesIO(STORY))
    [refused] = read("b.jsonl", io.BytesIO(b'"https://me:secret@h/\x1b"'))

    assert found.origin == r"a\x1b[31m\x0a\xff.txt"
    assert isinstance(refused, Rejection)
    assert "secret" not in refused.detail


NAMES = [
    "a.txt",
    "a.json",
    "a.jsonl.gz",
    "a.csv",
    "a.tar",
    "a.zip",
    "a.warc",
    "a.html",
    "a",
    "a.xz",
]
STARTS = [
    b"",
    b"{",
    b"[{",
    b"WARC/1.0\r\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"title,text\n",
    b"<html>",
]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(STARTS), st.binary(max_size=2_000))
def test_no_bytes_under_any_name_make_it_raise(name: str, start: bytes, data: bytes) -> None:
    assert list(read(name, io.BytesIO(start + data), SMALL))


SOUND = [
    zipped(("a.txt", STORY), ("b.jsonl", b'{"a": 1}\n')),
    tarred(("a.txt", STORY), ("b.html", PAGE)),
    gzip.compress(STORY),
    GOOD + GOOD,
    gzip.compress(GOOD) + gzip.compress(GOOD),
    b'title,text\n"a","b"\n',
    b'[{"a": "b"}, {"c": [1, 2]}]',
]


@settings(max_examples=130, deadline=None)
@given(
    st.sampled_from(SOUND),
    st.integers(0, 4_000),
    st.binary(max_size=8),
    st.integers(0, 4_000),
    st.sampled_from(["a.txt", "a.zip", "a.tar", "a.warc.gz", "a.csv", "a.json"]),
)
def test_no_damage_makes_it_raise(data: bytes, at: int, patch: bytes, cut: int, name: str) -> None:
    damaged = data[:at] + patch + data[at + len(patch) :]

    assert list(read(name, io.BytesIO(damaged[: len(damaged) - cut] or damaged), SMALL))


def test_zip_whose_directory_points_before_the_file_is_refused() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.txt", "Rates rise. " * 20)
    damaged = bytearray(whole.getvalue())
    end = damaged.rfind(b"PK\x05\x06")
    start = int.from_bytes(damaged[end + 16 : end + 20], "little")
    damaged[end + 16 : end + 20] = (start + 256).to_bytes(4, "little")

    [refused] = read("drop/a.zip", io.BytesIO(bytes(damaged)))

    assert isinstance(refused, Rejection)
    assert refused.byte is None
