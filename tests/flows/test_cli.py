"""What every command costs before it does anything."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli import VERBS
from flows.cli.terminal import program
from tests.conftest import ROOT

HEAVY = ("duckdb", "great_expectations", "lightgbm", "numpy", "pandas", "prefect", "scrapy")
"""Imported inside the verbs that need them: duckdb alone costs 0.16 CPU s."""


def test_command_line_starts_without_heavy_libraries() -> None:
    verbs = "; ".join(f"import flows.cli.{verb}" for verb in VERBS)
    asked = f"import sys; {verbs}; print([name for name in {HEAVY} if name in sys.modules])"

    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert told.stdout == "[]\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("NEWSMILL_HOME", "what?", id="home"),
        pytest.param("NEWSMILL_WORKERS", "many", id="workers"),
    ],
)
def test_variable_with_a_wrong_value_is_told_by_its_name(name: str, value: str) -> None:
    command = [sys.executable, "-c", "from flows.cli import main; main()", "sources", "list"]

    told = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env=os.environ | {name: value}
    )

    assert told.returncode == 2
    assert told.stderr.startswith(f"newsmill: {name}: ")
    assert value not in told.stderr


def test_status_of_a_damaged_snapshot_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "articles.duckdb").write_bytes(b"half of a snapshot")
    command = [sys.executable, "-c", "from flows.cli import main; main()", "status"]

    told = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"NEWSMILL_HOME": str(tmp_path)},
    )

    assert told.returncode == 0, told.stderr
    assert "damaged or of an older newsmill; `newsmill maintain` publishes a new one" in told.stdout
    assert "versions" in told.stdout


def test_unknown_status_of_a_refusal_is_refused_with_those_there_are() -> None:
    command = [sys.executable, "-c", "from flows.cli import main; main()"]

    told = subprocess.run(
        [*command, "quarantine", "list", "--status", "closed"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert told.returncode == 2
    assert "'open', 'released', 'waived'" in told.stderr


def test_program_is_named_as_it_can_be_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [".venv/bin/newsmill", "ingest"])
    monkeypatch.setenv("PATH", "")
    assert program() == ".venv/bin/newsmill"

    monkeypatch.setattr(sys, "argv", [str(ROOT / "flows/__main__.py"), "ingest"])
    assert program() == "newsmill"
