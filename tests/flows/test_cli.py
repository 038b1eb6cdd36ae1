"""What every command costs before it does anything."""

import subprocess
import sys

from flows.cli import VERBS
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
