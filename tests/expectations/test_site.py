import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from expectations.audit import audit
from expectations.site import build_docs
from expectations.suite import Suite, articles_batch
from expectations.verdict import Audit
from tests.expectations.batches import frame

pytestmark = pytest.mark.slow  # imports Great Expectations: 5 CPU seconds

RUN_AT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


def few_rules() -> Suite:
    suite = articles_batch()
    return suite.model_copy(update={"expectation": suite.expectation[:4]})


def leave(docs: Path, number: int, spoilt: int = 0) -> Audit:
    return audit(
        frame(3, spoilt, body_chars=0),
        few_rules(),
        batch_id=f"batch-{number}",
        run_name="calm-otter",
        run_at=RUN_AT + timedelta(minutes=number),
        docs_dir=docs,
    )


def pages(docs: Path) -> list[str]:
    return sorted(path.stem for path in (docs / "site" / "validations").rglob("*.html"))


def test_page_of_a_batch_says_what_failed_and_why(tmp_path: Path) -> None:
    found = leave(tmp_path, 1, spoilt=2)

    index = build_docs(tmp_path, few_rules())

    assert index == found.docs_index
    assert found.docs_page.relative_to(index.parent).as_posix() in index.read_text()
    page = found.docs_page.read_text()
    for words in (
        "Passed but for 2 rows, to be quarantined.",
        "Every article has a body.",
        "2 of 3 rows fail (66.7%)",
        "the row is quarantined",
        "Without a body there is no article",
        f"{0:064x} (0)",
    ):
        assert words in page


def test_pages_need_no_network(tmp_path: Path) -> None:
    leave(tmp_path, 1)

    build_docs(tmp_path, few_rules())

    written = [path.read_text() for path in (tmp_path / "site").rglob("*.html")]
    assert len(written) == 3
    assert not [text for text in written if re.search(r"https?://|<script|src=|@import", text)]


def test_only_the_newest_results_are_kept(tmp_path: Path) -> None:
    for number in range(4):
        leave(tmp_path, number)
    build_docs(tmp_path, few_rules())

    build_docs(tmp_path, few_rules(), keep=2)

    assert pages(tmp_path) == ["batch-2", "batch-3"]
    assert len(list((tmp_path / "results").rglob("*.json"))) == 2
    assert not [path for path in tmp_path.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_page_that_is_there_is_not_drawn_again(tmp_path: Path) -> None:
    first = leave(tmp_path, 1)
    build_docs(tmp_path, few_rules())
    drawn = first.docs_page.stat().st_mtime_ns
    leave(tmp_path, 2)

    build_docs(tmp_path, few_rules())

    assert pages(tmp_path) == ["batch-1", "batch-2"]
    assert first.docs_page.stat().st_mtime_ns == drawn


def test_batch_audited_again_gets_a_new_page(tmp_path: Path) -> None:
    leave(tmp_path, 1)
    build_docs(tmp_path, few_rules())
    again = leave(tmp_path, 1, spoilt=1)

    build_docs(tmp_path, few_rules())

    assert "Passed but for 1 row, to be quarantined." in again.docs_page.read_text()


def test_site_can_be_built_before_the_first_audit(tmp_path: Path) -> None:
    index = build_docs(tmp_path, few_rules())

    assert "What is expected of every batch" in index.read_text()
