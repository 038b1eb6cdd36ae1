"""What a person sees of an article's relations and versions."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.identity.differences import Piece, shared_passages, word_diff
from articles.model import Precision
from flows.cli.diff import NoSuchRevision, diff
from flows.cli.duplicates import NotInTheWarehouse, duplicates
from tests.warehouse.given import article, batch, delivery, load
from warehouse import db

WHOLE = (
    "The harbour ferry ran aground on the sand bank this morning, and forty passengers were "
    "taken off by the lifeboat crew before the tide turned."
)
AT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NEWSMILL_HOME", str(tmp_path))
    return tmp_path


def test_shared_passages_are_marked_in_the_copy(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with db.connect(home / "articles.duckdb") as store:
        load(
            store,
            batch(
                (delivery("a"), article("a", WHOLE, "x.com", AT, "Ferry aground")),
                (delivery("b"), article("b", f"Only here. {WHOLE}", "y.com", AT, "Ferry stuck")),
            ),
        )
        db.checkpoint(store)

    duplicates("drop/a.txt")

    shown = capsys.readouterr().out
    assert "syndication" in shown
    assert "Ferry stuck" in shown
    assert shown.count("⟦") == 1
    assert any(mark in shown for mark in ("Only here. ⟦The", "⟦The harbour"))


def test_article_is_named_by_the_address_that_its_page_gives_as_its_own(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = "https://x.com/ferry"
    page = article("a", WHOLE, "x.com", AT, "Ferry aground")
    facts = {"canonical_url": own, "published_precision": Precision.DAY}
    with db.connect(home / "articles.duckdb") as store:
        load(store, batch((delivery("a"), page.model_copy(update=facts))))
        db.checkpoint(store)

    duplicates(own, brief=True)

    shown = capsys.readouterr().out
    assert "Ferry aground" in shown
    assert "2026-03-01  " in shown  # the page states no hour


def test_unknown_name_is_told_what_to_do(home: Path) -> None:
    with db.connect(home / "articles.duckdb"):
        pass

    with pytest.raises(NotInTheWarehouse, match="run `newsmill ingest` on it first"):
        duplicates("nowhere.txt")


def test_changed_words_are_marked_between_revisions(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with db.connect(home / "articles.duckdb") as store:
        for n, body in enumerate([WHOLE, WHOLE.replace("forty", "fifty")]):
            page = article(str(n), body, "x.com").model_copy(update={"url": "https://x.com/ferry"})
            load(store, batch((delivery(str(n)), page)), f"b{n}")
        [(key,)] = store.execute("select article_id from articles").fetchall()
        db.checkpoint(store)

    diff(key)

    assert "[-forty-] {+fifty+} passengers" in capsys.readouterr().out
    with pytest.raises(NoSuchRevision, match="has revisions 1 to 2, not 2 and 3"):
        diff(key, 2, 3)


def test_diff_of_an_article_that_never_changed_says_so(home: Path) -> None:
    with db.connect(home / "articles.duckdb") as store:
        load(store, batch((delivery("a"), article("a", WHOLE, "x.com"))))
        [(key,)] = store.execute("select article_id from articles").fetchall()
        db.checkpoint(store)

    with pytest.raises(NoSuchRevision, match="has one version only"):
        diff(key)
    with pytest.raises(NoSuchRevision, match="knows no article 0123"):
        diff("0123")


def test_pieces_of_a_diff_make_up_both_texts() -> None:
    one, other = "a b c\n\nd e", "a x c\nd e f"

    pieces = word_diff(one, other)

    assert "".join(p.text for p in pieces if p.kind != "gone") == other
    assert "".join(p.text for p in pieces if p.kind != "new").split() == one.split()


def test_passage_is_shared_whatever_its_case_and_place() -> None:
    assert shared_passages("New: one two three four five", "ONE two, three four five! Six") == [
        Piece("gone", "New: "),
        Piece("kept", "one two three four five"),
    ]
