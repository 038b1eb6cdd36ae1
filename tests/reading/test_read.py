"""What comes out of a drop file, and what is said of what does not."""

import gzip
import io
import json
from hashlib import sha256

import pytest

from articles.model import MediaType, RawDocument, Reason, Rejection
from articles.reading import Limits, read
from tests.reading.files import PAGE, SMALL, STORY, outcome, zipped


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


def test_names_and_details_are_safe_to_print() -> None:
    name = "a\x1b[31m\n\udcff.txt"

    [found] = read(name, io.BytesIO(STORY))
    [refused] = read("b.jsonl", io.BytesIO(b'"https://me:secret@h/\x1b"'))

    assert found.origin == r"a\x1b[31m\x0a\xff.txt"
    assert isinstance(refused, Rejection)
    assert "secret" not in refused.detail
