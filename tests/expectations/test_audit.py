from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from expectations.audit import audit
from expectations.site import build_docs
from expectations.suite import OnFailure, Suite, articles_batch
from expectations.verdict import Audit
from tests.expectations.batches import SEEN, document_id, frame

pytestmark = pytest.mark.slow  # imports Great Expectations: 5 CPU seconds

RUN_AT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)

SUITE = articles_batch()

ROWS = 210
"""Enough for every rule to count."""

SPOILT: Mapping[str, tuple[int, Mapping[str, object]]] = {
    "body_not_empty": (1, {"body_chars": 0}),
    "body_not_a_library": (1, {"body_chars": 3_000_001, "page_chars": 4_000_000}),
    "not_published_in_the_future": (1, {"published_at": SEEN + timedelta(days=2, seconds=1)}),
    "not_published_before_newspapers": (1, {"published_at": datetime(1604, 12, 31, tzinfo=UTC)}),
    "document_id_present": (1, {"document_id": None}),
    "document_id_is_sha256": (1, {"document_id": "1234"}),
    "loaded_once": (2, {"document_id": document_id(0)}),
    "outcome_known": (1, {"outcome": "lost"}),
    "media_type_known": (1, {"media_type": "image/png"}),
    "precision_known": (1, {"published_precision": "week"}),
    "date_has_precision": (1, {"published_precision": None}),
    "body_within_page": (43, {"page_chars": 2_000}),
    "title_found": (148, {"title_chars": None}),
    "title_length": (22, {"title_chars": 301}),
    "body_length": (127, {"body_chars": 119, "word_count": 20, "page_chars": 300}),
    "language_known": (127, {"language": None}),
    "language_is_a_code": (1, {"language": "und"}),
    "word_length": (106, {"word_count": 1_200}),
    "text_not_repeated": (22, {"content_hash": document_id(0)}),
    "date_found": (106, {"published_at": None, "published_precision": None}),
    "date_recent": (106, {"published_at": datetime(1994, 12, 31, tzinfo=UTC)}),
    "publisher_found": (106, {"has_publisher": False}),
    "authors_found": (169, {"authors": 0}),
    "body_share_not_tiny": (53, {"page_chars": 200_000}),
    "body_share_not_all": (169, {"body_chars": 2_600, "page_chars": 2_600}),
    "not_refused": (106, {"outcome": "rejected"}),
    "not_a_duplicate": (190, {"outcome": "duplicate"}),
    "not_paywalled": (106, {"flags": ["paywall"]}),
    "not_truncated": (64, {"flags": ["truncated"]}),
    "no_injected_spam": (22, {"flags": ["injected_spam"]}),
}
"""For each rule of the shipped suite how many rows to spoil, one more than it allows, and how."""


def judged(rows: int, spoilt: int, docs: Path, suite: Suite, **changes: object) -> Audit:
    return audit(
        frame(rows, spoilt, **changes),
        suite,
        batch_id="batch-1",
        run_name="calm-otter",
        run_at=RUN_AT,
        docs_dir=docs,
    )


def only(*names: str) -> Suite:
    """Return the shipped suite with these rules only: an audit costs 20 ms a rule."""
    return SUITE.model_copy(
        update={"expectation": tuple(each for each in SUITE.expectation if each.name in names)}
    )


def unmet(found: Audit) -> list[str]:
    return [each.expectation.name for each in found.results if not each.success]


def test_healthy_batch_passes(tmp_path: Path) -> None:
    found = judged(ROWS, 0, tmp_path, SUITE)

    assert (found.passed, found.held, found.failing, found.warnings) == (True, False, {}, ())
    assert all(each.counted for each in found.results)
    assert found.verdict == "Passed."


def test_future_date_is_quarantined_with_its_id(tmp_path: Path) -> None:
    found = judged(
        5, 1, tmp_path, only("not_published_in_the_future"), published_at=SEEN + timedelta(days=30)
    )

    assert found.failing == {document_id(0): ("not_published_in_the_future",)}
    assert (found.passed, found.held) == (False, False)
    assert found.verdict == "Passed but for 1 row, to be quarantined."


def test_row_that_breaks_two_rules_is_quarantined_for_both(tmp_path: Path) -> None:
    found = judged(
        5,
        1,
        tmp_path,
        only("body_not_empty", "not_published_before_newspapers"),
        published_at=datetime(1066, 10, 14, tzinfo=UTC),
        body_chars=0,
    )

    assert found.failing == {document_id(0): ("body_not_empty", "not_published_before_newspapers")}


def test_batch_with_most_of_the_titles_missing_is_held(tmp_path: Path) -> None:
    found = judged(ROWS, 168, tmp_path, only("title_found", "title_length"), title_chars=None)

    assert found.held_because == (
        "title_found: Most articles have a title. 168 of 210 rows fail (80.0%); allowed are 70%.",
    )
    assert found.failing == {}


def test_small_batch_is_not_held_for_its_shares(tmp_path: Path) -> None:
    lacking = dict.fromkeys(("title_chars", "published_at", "published_precision"))
    found = judged(5, 4, tmp_path, SUITE, **lacking)

    assert (found.passed, found.warnings) == (True, ())


@pytest.mark.parametrize("rows", [0, 1])
def test_batch_of_no_or_one_row_is_judged(rows: int, tmp_path: Path) -> None:
    found = judged(rows, 0, tmp_path, SUITE)

    assert (found.passed, found.rows, len(found.results)) == (True, rows, len(SPOILT))


def test_short_brief_without_title_date_or_author_is_no_reason_to_quarantine(
    tmp_path: Path,
) -> None:
    brief: dict[str, object] = {"body_chars": 160, "word_count": 30, "authors": 0}
    unstated = dict.fromkeys(("title_chars", "published_at", "published_precision", "language"))

    assert judged(3, 3, tmp_path, SUITE, **brief, **unstated).passed


def test_every_rule_has_a_batch_that_trips_it() -> None:
    assert list(SPOILT) == [each.name for each in SUITE.expectation]


@pytest.mark.parametrize("name", SPOILT)
def test_rule_fails_one_row_beyond_its_limit_and_not_before(name: str, tmp_path: Path) -> None:
    rows, change = SPOILT[name]

    assert unmet(judged(ROWS, rows, tmp_path, only(name), **change)) == [name]
    assert unmet(judged(ROWS, rows - 1, tmp_path, only(name), **change)) == []


@pytest.mark.slow  # 30 audits by the whole suite, 0.7 CPU seconds each
@pytest.mark.parametrize("name", SPOILT)
def test_batch_that_trips_a_rule_trips_no_other(name: str, tmp_path: Path) -> None:
    rows, change = SPOILT[name]

    assert unmet(judged(ROWS, rows, tmp_path, SUITE, **change)) == [name]


def test_result_names_failing_rows_and_their_values(tmp_path: Path) -> None:
    found = judged(
        30,
        25,
        tmp_path,
        only("not_published_before_newspapers"),
        published_at=datetime(1000, 1, 1, tzinfo=UTC),
    )

    (result,) = found.results
    assert result.failing == 25
    assert len(result.shown) == 20
    assert result.shown[0] == f"{document_id(0)} (1000)"
    assert list(found.failing) == [document_id(row) for row in range(25)]


def test_same_batch_gives_the_same_audit(tmp_path: Path) -> None:
    first, again = (judged(20, 3, tmp_path, only("body_not_empty"), body_chars=0) for _ in range(2))

    assert first == again


def test_words_of_a_stranger_reach_neither_results_nor_pages(tmp_path: Path) -> None:
    attack = "<script>alert(1)</script>"
    suite = only("document_id_is_sha256", "language_is_a_code", "outcome_known")
    found = judged(5, 1, tmp_path, suite, language=attack, document_id=attack, outcome=attack)

    build_docs(tmp_path, suite)

    written = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    assert found.held
    assert not [text for text in written if "alert" in text or "<script" in text]


def test_name_that_climbs_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no plain file name"):
        audit(
            frame(1),
            articles_batch(),
            batch_id="../batch",
            run_name="calm-otter",
            run_at=RUN_AT,
            docs_dir=tmp_path,
        )


def test_rules_of_a_quarantined_row_are_quarantine_rules(tmp_path: Path) -> None:
    found = judged(
        5,
        1,
        tmp_path,
        only("not_published_in_the_future", "precision_known"),
        published_at=SEEN + timedelta(days=30),
        published_precision="week",
    )

    kinds = {each.expectation.name: each.expectation.on_failure for each in found.results}
    assert [kinds[name] for names in found.failing.values() for name in names] == [
        OnFailure.QUARANTINE
    ]
    assert found.held
