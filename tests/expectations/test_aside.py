"""Facts about audits that happen in a process of their own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from expectations.aside import Aside, AuditorDied
from expectations.audit import audit_facts
from expectations.suite import articles_batch
from expectations.verdict import Audit
from tests.expectations.batches import facts

pytestmark = pytest.mark.slow  # imports Great Expectations: 5 CPU seconds


def asked(aside: Aside, docs: Path, **changes: object) -> Audit:
    return aside.call(
        audit_facts,
        facts(30, 1, **changes),
        articles_batch(),
        batch_id="batch-1",
        run_name="calm-otter",
        run_at=datetime(2026, 3, 1, 12, 30, tzinfo=UTC),
        docs_dir=docs,
    )


def test_batch_is_judged_aside_until_the_process_is_gone(tmp_path: Path) -> None:
    with Aside() as aside:
        healthy = asked(aside, tmp_path)
        spoilt = asked(aside, tmp_path, outcome="lost")
        aside.kill()

        with pytest.raises(AuditorDied, match="exit code -9"):
            asked(aside, tmp_path)

    assert (healthy.passed, healthy.rows) == (True, 30)
    assert [each.expectation.name for each in spoilt.results if not each.success] == [
        "outcome_known"
    ]
