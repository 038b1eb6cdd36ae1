"""What a person and a program see of a search."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.cli.rows import Format
from flows.cli.search import search
from tests.warehouse.given import article, batch, delivery, load
from warehouse import db

AT = datetime(2026, 3, 1, 8, 15, tzinfo=UTC)
TEXTS = {
    "b": ("The ferry sails again, said the harbour master.", AT.replace(day=2), "Ferry again"),
    "a": ("The ferry\nhas run \x1b[31maground, and nobody is hurt.", AT, "Ferry aground"),
    "c": ("Letters: the ferry is too dear.", None, "Letters"),
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSMILL_HOME", str(tmp_path))
    with db.connect(tmp_path / "articles.duckdb") as store:
        told = [
            (delivery(key), article(key, body, f"{key}.com", at, title))
            for key, (body, at, title) in TEXTS.items()
        ]
        load(store, batch(*told))
        db.checkpoint(store)


def test_earliest_comes_first_and_the_sum_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    search(["the ferry"], limit=2)

    told = capsys.readouterr()
    titles = [line.split("  ")[2] for line in told.out.splitlines()[1:]]
    assert titles == ["Ferry aground", "Ferry again"]
    assert "The ferry has run \\x1b[31maground" in told.out  # one line, and no escape sequence
    summed = " ".join(told.err.split())
    assert summed == (
        "articles: 3, stories: 3, publishers named: 3; first 2026-03-01 08:15 by a.com; "
        "without a date: 1; shown: 2 (--limit)"
    )


def test_json_is_one_array_with_nothing_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    search(["ferry", "harbour master"], form=Format.JSON)

    [row] = json.loads(capsys.readouterr().out)
    assert (row["published_at"], row["title"]) == ("2026-03-02T08:15:00Z", "Ferry again")
    assert row["passage"] == "The ferry sails again, said the harbour master."


def test_phrase_that_nobody_printed_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    search(["submarine"])

    assert capsys.readouterr() == ("", "no article has it\n")
