"""Facts about what the audit keeps from analysts."""

import json
from pathlib import Path

import pytest

from tests.conftest import Newsmill

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kill")]


def records(folder: Path, *rows: dict[str, str]) -> str:
    folder.mkdir(exist_ok=True)
    lines = "\n".join(json.dumps(row) for row in rows)
    (folder / "wire.jsonl").write_text(lines + "\n", "utf-8")
    return str(folder)


def text(number: int) -> str:
    return (
        f"The ferry of pier {number} left at noon with nobody on board. The crew of {number % 7} "
        "said that it had been told to wait, and that it had waited for as long as it could."
    )


def asked(newsmill: Newsmill, home: Path, query: str) -> object:
    return json.loads(newsmill("sql", "--format", "json", query, home=home).stdout)


def test_a_batch_without_headlines_is_held_and_nothing_of_it_is_published(
    tmp_path: Path, newsmill: Newsmill
) -> None:
    drop = records(tmp_path / "untitled", *({"text": text(n)} for n in range(250)))

    run = newsmill("ingest", drop, home=tmp_path / "home")
    again = newsmill("ingest", drop, home=tmp_path / "home")

    assert "250 held" in run.stdout
    assert "held: title_found" in run.stdout
    assert "250 skipped" in again.stdout
    assert asked(
        newsmill, tmp_path / "home", "select outcome, count(*) as n from documents group by all"
    ) == [{"outcome": "held", "n": 250}]


def test_an_article_from_the_future_goes_to_quarantine_and_its_neighbour_does_not(
    tmp_path: Path, newsmill: Newsmill
) -> None:
    drop = records(
        tmp_path / "dated",
        {"title": "Ferry leaves on time", "text": text(1001), "published_at": "2026-03-01"},
        {"title": "Ferry leaves too soon", "text": text(1002), "published_at": "2031-03-01"},
    )

    run = newsmill("ingest", drop, home=tmp_path / "home")

    assert "1 loaded" in run.stdout
    refusals = asked(newsmill, tmp_path / "home", "select line, stage, rule from rejects")
    assert refusals == [{"line": 2, "stage": "audit", "rule": "not_published_in_the_future"}]
