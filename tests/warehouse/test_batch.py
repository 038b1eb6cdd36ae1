"""A batch file: what goes in comes out, whole."""

from pathlib import Path

import pyarrow as pa
import pytest

from articles.model import MediaType, RawDocument
from tests.warehouse.given import (
    NOON,
    article,
    batch,
    delivery,
    loaded,
    refusal,
    refused,
    rejection,
    sha256,
)
from warehouse import batch as batches
from warehouse.batch import BatchTables, Delivery

HOSTILE = "a'; drop table x; --\"\n\x1b[31m\x00\u202e\N{PILE OF POO}\r"


def test_batch_survives_its_file(tmp_path: Path) -> None:
    tables = BatchTables.of(
        [loaded("a"), refused("b"), (delivery("a", HOSTILE), None)],
        [(refusal("pipe"), NOON)],
        skipped=7,
    )

    batches.write(tables, tmp_path / "staging" / "b1.arrow")

    assert batches.read(tmp_path / "staging" / "b1.arrow") == tables
    assert [file.name for file in (tmp_path / "staging").iterdir()] == ["b1.arrow"]


def test_empty_batch_survives_its_file(tmp_path: Path) -> None:
    batches.write(BatchTables(), tmp_path / "b1.arrow")

    assert batches.read(tmp_path / "b1.arrow") == BatchTables()


def test_half_written_batch_is_not_there(tmp_path: Path) -> None:
    whole = tmp_path / "b1.arrow"
    batches.write(batch(loaded("a")), whole)
    whole.write_bytes(whole.read_bytes()[:-100])

    with pytest.raises(pa.ArrowInvalid, match="Expected to read"):
        batches.read(whole)


def test_same_bytes_twice_bring_one_article_and_its_evidence_once() -> None:
    tables = batch(loaded("a"), (delivery("a", "elsewhere"), article("a")))

    assert (tables.documents.num_rows, tables.articles.num_rows, tables.evidence.num_rows) == (
        2,
        1,
        1,
    )


def test_row_refused_by_the_audit_takes_its_article_out() -> None:
    tables = batch(loaded("a"), loaded("b")).refuse([rejection("a")], NOON)

    assert tables.articles["document_id"].to_pylist() == [sha256("b")]
    assert tables.rejects["document_id"].to_pylist() == [sha256("a")]
    assert tables.documents.num_rows == 2


def test_articles_stand_in_the_order_in_which_their_documents_were_met() -> None:
    tables = BatchTables.of([loaded("b"), loaded("a"), loaded("b")])

    assert tables.articles["document_id"].to_pylist() == [sha256("b"), sha256("a")]


def test_refusal_with_bytes_gets_a_document_row() -> None:
    tables = BatchTables.of([], [(rejection("a"), NOON)])

    assert tables.documents["document_id"].to_pylist() == [sha256("a")]


def test_delivery_keeps_the_facts_of_a_raw_document() -> None:
    raw = RawDocument(
        document_id=sha256("x"), payload=b"x", media_type=MediaType.HTML, origin="a.zip!b:3", line=3
    )

    assert Delivery.of(raw, 1, NOON, "a.warc.gz", 12) == Delivery(
        document_id=sha256("x"),
        origin="a.zip!b:3",
        media_type=MediaType.HTML,
        bytes=1,
        seen_at=NOON,
        line=3,
        archive_file="a.warc.gz",
        archive_offset=12,
    )
