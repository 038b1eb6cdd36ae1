import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from flows.settings import Settings


def test_home_is_absolute_and_holds_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSMILL_HOME", raising=False)

    settings = Settings()

    assert settings.home == tmp_path.resolve() / "data"
    assert settings.articles == settings.home / "articles.duckdb"


def test_environment_overrides_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSMILL_BATCH_DOCUMENTS", "500")

    assert Settings().batch_documents == 500


def test_a_home_whose_databases_would_lie_elsewhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="question mark"):
        Settings(home=tmp_path / "what?")


def test_a_limit_that_is_no_size_is_refused() -> None:
    with pytest.raises(ValidationError, match="duckdb_memory_limit"):
        Settings(duckdb_memory_limit="lots")


@pytest.mark.slow
def test_asking_for_the_server_imports_no_prefect() -> None:
    code = "import sys, flows.server.control; sys.exit('prefect' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
