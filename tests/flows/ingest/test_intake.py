"""Facts about cutting a drop into batches."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from archive import segments
from articles.model import MediaType, Provenance, RawDocument, Reason, Rejection, Stage
from flows.ingest.intake import Acquaintance, Intake, Listing, archived_listing

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def document(text: str, origin: str | None = None) -> RawDocument:
    payload = text.encode()
    return RawDocument(
        document_id=hashlib.sha256(payload).hexdigest(),
        payload=payload,
        media_type=MediaType.TEXT,
        origin=origin or f"drop/{text}.txt",
    )


def stranger(documents: Sequence[Provenance]) -> list[Acquaintance]:
    return [Acquaintance(delivery=False) for _ in documents]


def intake(
    archive: Path, items: Sequence[RawDocument | Rejection], documents: int = 10, size: int = 10**6
) -> Intake:
    return Intake("run", iter(items), stranger, archive, documents, size)


def listings(source: Intake) -> list[Listing]:
    return list(iter(lambda: source.next_listing(NOON), None))


def test_a_drop_is_cut_into_batches_that_read_back_from_the_archive(tmp_path: Path) -> None:
    drop = [document(f"story {n}") for n in range(5)]

    cut = listings(intake(tmp_path, drop, documents=2))

    assert [listing.batch_id for listing in cut] == ["run-001", "run-002", "run-003"]
    assert [list(listing.documents(tmp_path)) for listing in cut] == [drop[:2], drop[2:4], drop[4:]]


def test_a_batch_ends_when_its_bytes_are_many(tmp_path: Path) -> None:
    cut = listings(intake(tmp_path, [document(letter * 60) for letter in "abc"], size=100))

    assert [len(listing.entries) for listing in cut] == [2, 1]


def test_the_same_bytes_in_a_batch_are_archived_once_and_sighted_again(tmp_path: Path) -> None:
    twins = [document("one", "drop/a.txt"), document("one", "drop/b.txt"), document("two")]

    [listing] = listings(intake(tmp_path, twins))

    assert [(e.provenance.origin, e.sighting) for e in listing.entries] == [
        ("drop/a.txt", False),
        ("drop/b.txt", True),
        ("drop/two.txt", False),
    ]
    assert listing.entries[1].offset == listing.entries[0].offset
    assert list(listing.documents(tmp_path)) == [twins[0], twins[2]]
    [first, _] = archived_listing(tmp_path, "2026/03/01/run-001.warc.gz").entries
    assert first.provenance.origin == "drop/a.txt"


def test_what_the_warehouse_has_is_counted_and_left(tmp_path: Path) -> None:
    source = intake(tmp_path, [document("old"), document("moved"), document("new")])
    archived = {"old": None, "moved": ("earlier.warc.gz", 70)}
    ids = {document(text).document_id: place for text, place in archived.items()}

    def known(documents: Sequence[Provenance]) -> list[Acquaintance]:
        places = [ids.get(d.document_id, ("", -1)) for d in documents]
        return [
            Acquaintance(delivery=True)
            if place is None
            else Acquaintance(delivery=False)
            if place[1] < 0
            else Acquaintance(delivery=False, file=place[0], offset=place[1])
            for place in places
        ]

    source.known = known
    [listing] = listings(source)

    assert listing.skipped == 1
    assert [(e.provenance.origin, e.file, e.offset, e.sighting) for e in listing.entries] == [
        ("drop/moved.txt", "earlier.warc.gz", 70, True),
        ("drop/new.txt", "2026/03/01/run-001.warc.gz", 0, False),
    ]


def test_a_drop_of_known_documents_is_one_listing_without_entries(tmp_path: Path) -> None:
    source = intake(tmp_path, [document(f"story {n}") for n in range(25)])
    source.known = lambda documents: [Acquaintance(delivery=True) for _ in documents]

    assert listings(source) == [Listing(batch_id="run-001", entries=(), skipped=25)]
    assert segments(tmp_path) == []


def test_a_refusal_travels_with_its_batch(tmp_path: Path) -> None:
    refused = Rejection(
        origin="drop/pipe",
        stage=Stage.DROP,
        reason=Reason.NOT_REGULAR,
        rule="file_type",
        detail="a pipe, socket or device",
    )

    assert listings(intake(tmp_path, [refused])) == [
        Listing(batch_id="run-001", entries=(), refused=(refused,))
    ]


def test_a_segment_alone_gives_its_listing_again(tmp_path: Path) -> None:
    [listing] = listings(intake(tmp_path, [document("a"), document("b")]))

    assert archived_listing(tmp_path, "2026/03/01/run-001.warc.gz") == listing


def test_an_empty_drop_gives_no_batch(tmp_path: Path) -> None:
    assert listings(intake(tmp_path, [])) == []
