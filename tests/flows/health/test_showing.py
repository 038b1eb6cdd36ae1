"""Facts about the table of the sources in the Prefect UI."""

from datetime import datetime

from flows.health.showing import markdown
from warehouse.query import Row

WELL: Row = {
    "source": "tidewater",
    "state": "well",
    "cause": None,
    "detail": "",
    "last_article_at": datetime(2026, 3, 1, 9, 30),  # noqa: DTZ001  as the warehouse has it
    "articles": 12,
    "expected_low": 4.2,
    "expected_high": 30.0,
    "title_rate": 1.0,
    "published_at_rate": 0.75,
    "authors_rate": 0.5,
    "body_rate": 1.0,
    "rejected_rate": 0.0,
    "duplicate_rate": 0.25,
    "flagged_rate": 0.0,
    "kept_ratio": 0.4,
    "loaded_ratio": None,
    "latency_hours": 1.25,
}


def test_sources_that_ail_come_first_with_their_cause() -> None:
    ill = WELL | {"source": "eastmere", "state": "quiet", "cause": "robots", "detail": "<b>"}

    shown = markdown([WELL, ill]).splitlines()

    states, rates = shown.index("## What they gave on that day"), len(shown)
    assert shown[states - 3].startswith("| **eastmere** | ✗ quiet | robots · &#60;b&#62; |")
    assert shown[states - 2] == (
        "| **tidewater** | ✓ well |  | 2026-03-01 09:30 | 12 | 4 to 30 |  | 1.2 h |"
    )
    assert shown[rates - 1] == ("| **tidewater** | 100% | 75% | 50% | 100% | 0% | 25% | 0% | 40% |")


def test_latency_of_an_archive_is_told_in_days() -> None:
    old = WELL | {"latency_hours": 61516.0}

    assert "| 2,563 days |" in markdown([old])


def test_tables_fit_the_page_beside_the_facts_of_the_run() -> None:
    headers = [line for line in markdown([WELL]).splitlines() if line.startswith("| source")]

    assert [len(header) < 90 for header in headers] == [True, True]
