"""Facts about the archive."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import ArchiveDamaged, Place, read_document, read_segment, segments, write_segment
from articles.model import MediaType, RawDocument

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def document(text: str, origin: str = "drop/a.txt", **facts: object) -> RawDocument:
    payload = text.encode()
    return RawDocument.model_validate(
        {
            "document_id": hashlib.sha256(payload).hexdigest(),
            "payload": payload,
            "media_type": MediaType.TEXT,
            "origin": origin,
        }
        | facts
    )


def test_what_was_stored_comes_back_whole(tmp_path: Path) -> None:
    stored = [
        document(
            "Rates rise\n", origin="drop/b.zip!a\nb.txt:3", member="a\nb.txt", line=3, byte=70
        ),
        document("الطقس اليوم", url="https://example.org/x", fetched_at=NOON, source="example"),
        document(""),
    ]

    places = write_segment(tmp_path, "2026/03/01/first", stored, NOON)

    assert [read_document(tmp_path, place) for place in places] == stored
    assert list(read_segment(tmp_path, "2026/03/01/first.warc.gz")) == list(
        zip(places, stored, strict=True)
    )


def test_a_name_of_100_kb_is_kept_whole(tmp_path: Path) -> None:
    stored = document("Rates rise", origin="b.tar!" + "n" * 100_000)

    [place] = write_segment(tmp_path, "a", [stored], NOON)

    assert read_document(tmp_path, place) == stored


def test_an_unfinished_segment_is_not_listed(tmp_path: Path) -> None:
    write_segment(tmp_path, "2026/whole", [document("a")], NOON)
    (tmp_path / "2026" / "half.warc.gz.part").write_bytes(b"\x1f\x8b")

    assert segments(tmp_path) == ["2026/whole.warc.gz"]


def test_the_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_segment(tmp_path, name, [document("Rates rise")], NOON)

    assert (tmp_path / "a.warc.gz").read_bytes() == (tmp_path / "b.warc.gz").read_bytes()


def test_a_segment_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveDamaged, match=r"gone\.warc\.gz is gone"):
        read_document(tmp_path, Place("gone.warc.gz", 0))


def test_bytes_that_changed_on_disk_are_noticed(tmp_path: Path) -> None:
    honest, forged = document("Rates rise"), document("Rates fall")
    lie = forged.model_copy(update={"payload": honest.payload})
    [place] = write_segment(tmp_path, "a", [lie], NOON)

    with pytest.raises(ArchiveDamaged, match="not those that were stored"):
        read_document(tmp_path, place)
