"""Facts about packed bodies."""

import gzip
import zlib

import pytest

from spiders.faults import Fault, FetchFailed
from spiders.packing import gunzipped, unpacked

STORY = b"<p>Rates rise.</p>" * 100


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("body", "encodings"),
    [
        pytest.param(STORY, [], id="plain"),
        pytest.param(STORY, ["identity"], id="identity"),
        pytest.param(gzip.compress(STORY), ["gzip"], id="gzip"),
        pytest.param(gzip.compress(STORY), [" X-GZIP "], id="x-gzip"),
        pytest.param(gzip.compress(STORY[:900]) + gzip.compress(STORY[900:]), ["gzip"], id="two"),
        pytest.param(gzip.compress(STORY) + b"\0" * 50, ["gzip"], id="padding-behind"),
        pytest.param(zlib.compress(STORY), ["deflate"], id="zlib"),
        pytest.param(raw_deflate(STORY), ["deflate"], id="deflate-without-header"),
        pytest.param(gzip.compress(gzip.compress(STORY)), ["gzip", "gzip"], id="stacked"),
    ],
)
def test_body_is_what_was_packed(body: bytes, encodings: list[str]) -> None:
    assert unpacked(body, encodings, 10_000) == STORY


@pytest.mark.parametrize(
    ("body", "encodings", "fault"),
    [
        pytest.param(gzip.compress(STORY)[:-20], ["gzip"], Fault.TRUNCATED, id="cut"),
        pytest.param(b"", ["gzip"], None, id="empty"),
        pytest.param(b"no gzip at all", ["gzip"], Fault.MALFORMED, id="not-packed"),
        pytest.param(gzip.compress(bytes(20_000)), ["gzip"], Fault.TOO_LARGE, id="too-large"),
        pytest.param(gzip.compress(bytes(9 << 20)), ["gzip"], Fault.BOMB, id="bomb"),
        pytest.param(STORY, ["br"], Fault.MALFORMED, id="not-asked-for"),
        pytest.param(STORY, ["gzip"] * 3, Fault.BOMB, id="three-deep"),
    ],
)
def test_what_cannot_be_unpacked_says_why(
    body: bytes, encodings: list[str], fault: Fault | None
) -> None:
    most = 10_000 if fault is not Fault.BOMB else 1 << 30
    if fault is None:
        assert unpacked(body, encodings, most) == b""
        return
    with pytest.raises(FetchFailed) as failed:
        unpacked(body, encodings, most)
    assert failed.value.fault is fault


def test_bomb_inside_a_bomb_does_not_go_off() -> None:
    bomb = gzip.compress(gzip.compress(bytes(64 << 20)))

    with pytest.raises(FetchFailed) as failed:
        unpacked(bomb, ["gzip", "gzip"], 10 << 20)

    assert failed.value.fault in (Fault.BOMB, Fault.TOO_LARGE)


def test_file_that_is_no_gzip_is_taken_as_it_is() -> None:
    assert gunzipped(STORY, 10_000) == STORY
    assert gunzipped(gzip.compress(STORY), 10_000) == STORY
