"""Facts about documents that are read again from the archive, through the real stages."""

import json
from pathlib import Path

import pytest

from bench.ingest.drop import write_drop
from flows.ingest import stages
from flows.ingest.mill import open_mill
from flows.quarantine.decide import Asked, NothingChosen, decide
from flows.replay.golden import golden_score
from flows.replay.replay import Replay, dry_run
from flows.settings import Settings
from tests.conftest import ROOT
from warehouse import db, query
from warehouse.publish import publish
from warehouse.quarantine import Choice
from warehouse.replay import Scope

pytestmark = pytest.mark.slow

ADA = Asked(by="ada", because="looked at it")
DOCUMENTS = 30


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", batch_documents=10, workers=1)


def mill_drop(settings: Settings, drop: Path, *, audited: bool = False) -> None:
    with open_mill(settings, "first", None, "ingest") as mill:
        intake = stages.open_drop(mill, [drop])
        while (listing := stages.archive_next(mill, intake)) is not None:
            tables = stages.extract(mill, listing)
            judged = stages.audit(mill, tables) if audited else stages.Judged(tables)
            stages.write_batch(mill, judged)
        stages.close_books(mill)
    publish(settings.warehouse, settings.articles)


def ask(settings: Settings, question: str) -> list[tuple[object, ...]]:
    with query.connect(settings.articles) as connection:
        return list(query.ask(connection, question).tuples)


@pytest.fixture
def stale(settings: Settings, tmp_path: Path) -> Settings:
    """A home whose articles were read by another code: every text has a line too much."""
    write_drop(tmp_path / "drop", DOCUMENTS)
    mill_drop(settings, tmp_path / "drop")
    with db.connect(settings.warehouse) as connection:
        connection.execute(
            "update store.revision set body = 'Menu' || chr(10) || body, "
            "content_hash = sha256(content_hash)"
        )
    publish(settings.warehouse, settings.articles)
    return settings


def test_dry_run_tells_what_would_change_and_writes_nothing(stale: Settings) -> None:
    before = ask(stale, "select article_id, revision, body from articles order by all")

    report = dry_run(stale, Scope())

    assert (report.documents, report.new_versions, report.mended) == (DOCUMENTS, DOCUMENTS, 0)
    [body] = report.fields
    assert (body.field, body.articles) == ("body", DOCUMENTS)
    assert body.samples[0].before.startswith("Menu\n")
    assert report.golden is not None
    assert report.golden.cases > 40
    assert ask(stale, "select article_id, revision, body from articles order by all") == before


def test_replay_that_was_cut_short_goes_on_where_it_was(stale: Settings) -> None:
    with open_mill(stale, "second", None, "replay") as mill:
        assert Replay(mill, Scope()).write_next()
        stages.close_books(mill)  # no more was done, and its end was not noted
    with open_mill(stale, "third", None, "replay") as mill:
        replaying = Replay(mill, Scope())
        assert replaying.resumed_after
        while replaying.write_next():
            pass
        counts = stages.close_books(mill)
    publish(stale.warehouse, stale.articles)

    assert (counts.seen, counts.loaded) == (DOCUMENTS - 10, DOCUMENTS - 10)
    assert ask(stale, "select distinct revision, body like 'Menu%' from articles") == [(2, False)]
    assert ask(stale, "select count(*) from revisions where cause = 'replay'") == [(DOCUMENTS,)]
    again = dry_run(stale, Scope())
    assert (again.new_versions, again.mended) == (0, 0)


def test_held_batch_is_let_in_by_a_person_and_its_books_balance(
    settings: Settings, tmp_path: Path
) -> None:
    settings = settings.model_copy(update={"batch_documents": 1_000})
    lines = [json.dumps({"text": f"The ferry of pier {n} left. " * 8}) for n in range(250)]
    (tmp_path / "wire.jsonl").write_text("\n".join(lines), "utf-8")
    mill_drop(settings, tmp_path / "wire.jsonl", audited=True)
    [(held,)] = ask(settings, "select count(*) from documents where outcome = 'held'")

    decided = decide(settings, "release batch", Choice(batch_id="first-001"), ADA)

    assert (held, decided.documents, decided.loaded) == (250, 250, 250)
    assert ask(settings, "select decided_by, decision, because, loaded from decisions") == [
        ("ada", "release batch", "looked at it", 250)
    ]
    assert ask(settings, "select held, status from runs where run_id = 'first'") == [
        (250, "completed")
    ]


def test_refused_batch_is_waived_and_stays_in_the_archive(
    settings: Settings, tmp_path: Path
) -> None:
    settings = settings.model_copy(update={"batch_documents": 1_000})
    lines = [json.dumps({"text": f"The ferry of pier {n} left. " * 8}) for n in range(250)]
    (tmp_path / "wire.jsonl").write_text("\n".join(lines), "utf-8")
    mill_drop(settings, tmp_path / "wire.jsonl", audited=True)

    decide(settings, "refuse batch", Choice(batch_id="first-001"), ADA)

    assert ask(settings, "select outcome, count(*) from documents group by all") == [
        ("rejected", 250)
    ]
    assert ask(settings, "select distinct rule, status from rejects") == [
        ("batch_refused", "waived")
    ]


def test_refused_page_is_read_again_by_the_same_checks(settings: Settings) -> None:
    mill_drop(settings, ROOT / "samples" / "pages")

    decided = decide(settings, "replay", Choice(reason="no_article"), ADA)

    assert (decided.documents, decided.loaded, decided.rejected) == (1, 0, 1)
    with pytest.raises(NothingChosen, match="quarantine list"):
        decide(settings, "release", Choice(reason="bomb"), ADA)
    with pytest.raises(NothingChosen, match="say what to waive"):
        decide(settings, "waive", Choice(), ADA)
    assert decide(settings, "replay", Choice(reason="bomb"), ADA).documents == 0


def test_damaged_record_is_named_and_left(settings: Settings) -> None:
    mill_drop(settings, ROOT / "samples" / "pages")
    [segment] = settings.archive.rglob("*.warc.gz")
    segment.write_bytes(segment.read_bytes()[:200])

    report = dry_run(settings, Scope())

    assert report.documents == 0
    assert len(report.damaged) == 5
    assert "Restore it from a backup" in report.damaged[0]


def test_golden_cases_are_scored_by_field() -> None:
    score = golden_score()

    assert score is not None
    right, of = score.fields["title"]
    assert 0.9 < right / of <= 1
    assert golden_score(ROOT / "docs") is None
