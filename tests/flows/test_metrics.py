from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.metrics import exposition, write_metrics
from warehouse import db, ledger
from warehouse.runs import Figure


def test_run_and_its_stages_are_told(tmp_path: Path) -> None:
    path = tmp_path / "metrics" / "newsmill.prom"
    began, ended = datetime(2025, 3, 4, 8, tzinfo=UTC), datetime(2025, 3, 4, 8, 1, tzinfo=UTC)

    with db.connect(tmp_path / "warehouse.duckdb") as connection:
        ledger.start_run(connection, "r1", flow="ingest", started_at=began)
        ledger.end_run(connection, "r1", ended_at=ended, seen=0)
        write_metrics(path, connection, {"extract": 1.5})

    told = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert 'newsmill_runs_total{flow="ingest",status="completed"} 1.0' in told
    assert 'newsmill_last_run_seconds{flow="ingest"} 60.0' in told
    assert 'newsmill_last_success_timestamp_seconds{flow="ingest"} 1741075260.0' in told
    assert 'newsmill_last_run_stage_seconds{stage="extract"} 1.5' in told
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        pytest.param('a"} 1\nup 0', r"a\"} 1\nup 0", id="second-sample"),
        pytest.param("a\\", r"a\\", id="backslash"),
    ],
)
def test_hostile_label_stays_within_its_quotes(label: str, shown: str) -> None:
    [line] = exposition([Figure("quarantine", label, 1.0)]).splitlines()[2:]

    assert line == f'newsmill_quarantine_open{{reason="{shown}"}} 1.0'
