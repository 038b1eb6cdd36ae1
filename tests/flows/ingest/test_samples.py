"""Facts about the first run of a new user: the samples, milled through the real flow."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Newsmill

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("samples")]

TRUTH = [
    json.loads(line)
    for line in (ROOT / "tests/samples/expected.jsonl").read_text("utf-8").splitlines()
]
GAPS: dict[str, list[str]] = json.loads((ROOT / "tests/samples/known_gaps.json").read_text("utf-8"))
"""Fields that are known to come out wrong; one that comes out right must leave the list."""
FIELDS = (
    "title",
    "published_at",
    "published_precision",
    "authors",
    "publisher",
    "publisher_domain",
    "language",
    "section",
    "agency",
    "dateline",
    "canonical_url",
    "url",
)
DIGEST = (
    "select md5(string_agg(article_id || coalesce(title, '') || body || revision, '|' "
    "order by article_id)) as digest, count(*) as articles from articles"
)

Run = subprocess.CompletedProcess[str]


def ask(newsmill: Newsmill, query: str) -> list[dict[str, Any]]:
    answer = newsmill("sql", "--format", "json", query)
    assert answer.returncode == 0, answer.stderr
    rows: list[dict[str, Any]] = json.loads(answer.stdout)
    return rows


@pytest.fixture(scope="module")
def documents(milled: Run, newsmill: Newsmill) -> dict[str, dict[str, Any]]:
    """The documents of the samples with their article or refusal, by origin."""
    assert milled.returncode == 0, milled.stdout + milled.stderr
    rows = ask(
        newsmill,
        "select a.*, d.origin, d.outcome, null as reason from documents d "
        "left join articles a using (article_id) where d.outcome != 'rejected'",
    )
    refused = ask(newsmill, "select origin, 'rejected' as outcome, reason from rejects")
    return {row["origin"]: row for row in rows + refused}


def test_every_sample_falls_into_its_bucket(documents: dict[str, dict[str, Any]]) -> None:
    expected = {row["origin"]: (row["outcome"], row.get("reason")) for row in TRUTH}

    assert {o: (row["outcome"], row["reason"]) for o, row in documents.items()} == expected


@pytest.mark.parametrize(
    "truth", [t for t in TRUTH if t["outcome"] == "loaded"], ids=lambda t: t["origin"]
)
def test_sample_is_read_as_an_editor_reads_it(
    truth: dict[str, Any], documents: dict[str, dict[str, Any]]
) -> None:
    article = documents[truth["origin"]]

    assert wrong_fields(truth, article) == GAPS.get(truth["origin"], [])


def wrong_fields(truth: dict[str, Any], article: dict[str, Any]) -> list[str]:
    """Return the names of what differs from the truth."""
    wrong = [field for field in FIELDS if field in truth and article[field] != truth[field]]
    body = article["body"]
    whole = (
        body.startswith(truth.get("body_starts", ""))
        and body.endswith(truth.get("body_ends", ""))
        and all(text in body for text in truth.get("body_has", ()))
        and not any(text in body for text in truth.get("body_lacks", ()))
    )
    flagged = set(truth.get("flags", ())) <= set(article["flags"])
    return wrong + ["body"] * (not whole) + ["flags"] * (not flagged)


def test_the_summary_says_what_became_of_every_document_and_where_to_look(milled: Run) -> None:
    assert "no_article" in milled.stdout
    assert "/runs/flow-run/" in milled.stdout
    assert "articles.duckdb" in milled.stdout
    assert all(row["origin"] in milled.stdout for row in TRUTH)


@pytest.mark.usefixtures("documents")
def test_the_ledger_of_the_run_balances(newsmill: Newsmill) -> None:
    [run] = ask(newsmill, "select * from runs order by started_at limit 1")

    assert run["status"] == "completed"
    assert (
        run["seen"]
        == len(TRUTH)
        == sum(run[bucket] for bucket in ("loaded", "duplicate", "rejected", "held", "skipped"))
    )


@pytest.mark.usefixtures("documents")
def test_a_second_run_loads_nothing_and_says_so(newsmill: Newsmill) -> None:
    before = ask(newsmill, DIGEST)

    again = newsmill("ingest", "samples")

    assert again.returncode == 0
    assert "Nothing new" in again.stdout
    assert f"{len(TRUTH)} skipped" in again.stdout
    assert ask(newsmill, DIGEST) == before


@pytest.mark.usefixtures("documents")
def test_the_data_docs_are_there(mill_home: Path) -> None:
    assert (mill_home / "docs" / "site" / "index.html").exists()
