"""What a person sees of a run in the terminal."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.cli.report import NoSuchRun, report
from tests.warehouse.given import batch, load, loaded, refused
from warehouse import db
from warehouse.ledger import end_run, start_run

AT = datetime(2026, 3, 1, 8, 15, tzinfo=UTC)


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs: one that loaded an article, one later that loaded two and refused one."""
    monkeypatch.setenv("NEWSMILL_HOME", str(tmp_path))
    with db.connect(tmp_path / "articles.duckdb") as store:
        for hour, (run, results) in enumerate(
            (("early", [loaded("a")]), ("late", [loaded("b"), loaded("c"), refused("d")]))
        ):
            start_run(store, run, flow="ingest", started_at=AT.replace(hour=hour), flow_run_id=run)
            load(store, batch(*results), batch_id=f"batch-{run}", run_id=run)
            end_run(
                store, run, status="completed", ended_at=AT.replace(hour=hour), seen=len(results)
            )
        db.checkpoint(store)


@pytest.mark.usefixtures("runs")
def test_last_run_is_told_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    report()

    told = capsys.readouterr().out
    assert "ingest late, completed" in told
    assert "3 seen = 2 loaded + 0 duplicate + 1 rejected + 0 held + 0 skipped" in told
    assert "drop/d.txt" in told
    assert "waive index pages" in told


@pytest.mark.usefixtures("runs")
def test_run_is_found_by_how_its_id_begins(capsys: pytest.CaptureFixture[str]) -> None:
    report("ear")

    told = capsys.readouterr().out
    assert "1 seen = 1 loaded" in told
    assert "Refused" not in told


@pytest.mark.usefixtures("runs")
def test_unknown_run_is_told_where_to_look() -> None:
    with pytest.raises(NoSuchRun, match="no run is called never"):
        report("never")
