"""No bytes under any name make reading raise, or give nothing."""

import gzip
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.reading import read
from tests.reading.files import GOOD, PAGE, SMALL, STORY, tarred, zipped

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
