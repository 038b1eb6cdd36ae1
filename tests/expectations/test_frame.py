import math
from datetime import timedelta

import pyarrow as pa
import pytest

from expectations.frame import COLUMNS, FACTS, WrongFacts, slim_frame
from tests.expectations.batches import SEEN, document_id, facts, frame, refused


def test_article_becomes_lengths_and_flags() -> None:
    told = facts(1, spoilt=1, flags=["paywall"], published_at=SEEN + timedelta(hours=12))

    (row,) = slim_frame(told).to_dict("records")

    assert row == {
        "document_id": document_id(0),
        "loaded_id": document_id(0),
        "outcome": "loaded",
        "media_type": "text/html",
        "published_precision": "minute",
        "language": "en",
        "title_chars": 40,
        "body_chars": 2_400,
        "body_share": 0.4,
        "chars_per_word": 6.0,
        "same_text": 1.0,
        "published_year": 2026,
        "days_ahead": 0.5,
        "has_title": 1.0,
        "has_date": 1.0,
        "date_has_precision": 1.0,
        "has_publisher": 1.0,
        "has_authors": 1.0,
        "has_language": 1.0,
        "paywall": 1.0,
        "truncated": 0.0,
        "injected_spam": 0.0,
        "refused": 0.0,
        "duplicate": 0.0,
    }


def test_refused_document_is_judged_by_identity_and_outcome_only() -> None:
    slim = slim_frame(pa.Table.from_pylist([refused(0)], schema=FACTS))

    filled = [name for name in COLUMNS if slim[name].notna().all()]

    assert filled == ["document_id", "outcome", "media_type", "refused", "duplicate"]


def test_words_of_a_language_without_spaces_are_not_measured() -> None:
    assert math.isnan(frame(1, spoilt=1, language="ja", word_count=3)["chars_per_word"][0])


def test_record_has_no_page_to_be_a_share_of() -> None:
    assert math.isnan(frame(1, spoilt=1, media_type="application/json")["body_share"][0])


def test_text_on_three_pages_is_counted_on_each() -> None:
    slim = frame(4, spoilt=3, content_hash=document_id(9))

    assert slim["same_text"].tolist() == [3, 3, 3, 1]


def test_empty_batch_has_all_columns() -> None:
    assert list(frame(0).columns) == list(COLUMNS)


def test_columns_may_come_in_any_order_and_with_others() -> None:
    told = facts(2).append_column("body", pa.array(["never looked at", "nor this"]))
    turned = told.select(list(reversed(told.column_names)))

    assert slim_frame(turned).equals(frame(2))


def test_missing_column_is_named() -> None:
    with pytest.raises(WrongFacts, match="has no column word_count"):
        slim_frame(facts(1).drop_columns(["word_count"]))


def test_column_of_another_type_is_refused() -> None:
    told = facts(1)
    words = told.set_column(told.column_names.index("authors"), "authors", pa.array(["Ann"]))

    with pytest.raises(WrongFacts, match="does not fit its type"):
        slim_frame(words)
