"""A fact about the whole way: what a source repeats is learned, used, named and forgotten."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

import flows.cli.templates  # noqa: F401 - registers its verb
from bench.templates.made_source import CREDO, DOMAIN, MadePage, made_pages
from flows.cli.application import app
from flows.ingest import stages
from flows.ingest.mill import open_mill
from flows.settings import Settings
from warehouse import query
from warehouse.publish import publish

pytestmark = pytest.mark.slow  # extracts in child processes, imports Great Expectations


def milled(settings: Settings, run_id: str, pages: list[MadePage]) -> None:
    """Mill pages as `newsmill ingest` does, the orchestrator left out."""
    records = [{"html": p.document.payload.decode(), "url": p.document.url} for p in pages]
    path = settings.home / f"{run_id}.jsonl"
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    with open_mill(settings, run_id, None, "ingest") as mill:
        drop = stages.open_drop(mill, [path])
        while (listing := stages.archive_next(mill, drop)) is not None:
            stages.write_batch(mill, stages.audit(mill, stages.extract(mill, listing)))
        stages.close_books(mill)
    publish(settings.warehouse, settings.articles)


def test_a_line_that_a_source_repeats_is_left_out_from_the_next_run_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSMILL_HOME", str(tmp_path))
    settings, pages, run = Settings(workers=1), made_pages(14), CliRunner().invoke

    milled(settings, "first", pages[:12])
    learned = run(app, ["templates", "learn"])
    milled(settings, "second", pages[12:])
    forgotten = run(app, ["templates", "forget", DOMAIN, "--line", CREDO])

    assert CREDO in learned.stdout
    assert forgotten.stdout == f"1 lines of {DOMAIN} are forgotten.\n"
    with query.connect(settings.articles) as published:
        asked = published.execute
        assert asked(
            "select r.run_id, r.versions['templates'], count(*) filter (contains(a.body, $credo)), "
            "count(*) from articles a join documents d using (document_id) "
            "join store.document s on s.document_id = d.document_id "
            "join store.batch b using (batch_id) join runs r on r.run_id = b.run_id "
            "group by all order by all",
            {"credo": CREDO},
        ).fetchall() == [("first", "0", 12, 12), ("second", "1", 0, 2)]
        assert asked(
            "select distinct rule, value from evidence where field = 'body'"
        ).fetchall() == [("site_template_1", CREDO)]
        assert asked("select source, line, since, until, is_used from templates").fetchall() == [
            (DOMAIN, CREDO, 1, 2, False)
        ]


def test_a_run_that_is_opened_again_keeps_the_templates_it_began_with(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with open_mill(settings, "crawl", None, "crawl") as mill:
        mill.connection.execute(
            "insert into store.template_version values (1, 'learned', null, ?)",
            [datetime(2026, 3, 1, tzinfo=UTC).replace(tzinfo=None)],
        )
        mill.connection.execute(
            "insert into store.template_line values (?, 'join us', 'Join us', 9, 9, 1, null)",
            [DOMAIN],
        )
    with open_mill(settings, "crawl", None, "crawl") as again:
        assert (again.templates.version, again.templates.lines) == (0, {})
    with open_mill(settings, "next", None, "crawl") as later:
        assert later.templates.lines == {DOMAIN: frozenset({"join us"})}
