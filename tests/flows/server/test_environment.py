import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.server.address import ServerAddress, docs_path, users_server
from flows.server.environment import identity, server_environment
from flows.server.resident import CODE

OURS = ServerAddress("http://127.0.0.1:4200/api", "http://127.0.0.1:4200/v2", "newsmill:secret")


def test_server_listens_to_its_own_origins_only() -> None:
    environment = server_environment(Path("/home"), 4207, "newsmill:secret")

    assert environment["PREFECT_SERVER_API_HOST"] == "127.0.0.1"
    assert environment["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"] == (
        "http://127.0.0.1:4207,http://localhost:4207"
    )


@pytest.mark.slow
def test_server_forgets_its_runs_after_a_quarter(tmp_path: Path) -> None:
    code = (
        "from prefect.settings import get_current_settings; "
        "kept = get_current_settings().server.services.db_vacuum; "
        "print(sorted(kept.enabled_vacuum_types), kept.retention_period.days)"
    )
    environment = os.environ | server_environment(tmp_path, 4207, "newsmill:secret")

    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )

    assert told.stdout == "['events', 'flow_runs', 'orphans'] 90\n"


def test_users_server_without_a_password_gets_none(tmp_path: Path) -> None:
    theirs = users_server({"PREFECT_API_URL": "https://prefect.example/api/"})

    assert theirs is not None
    assert not theirs.ours
    assert theirs.ui_url == "https://prefect.example"
    assert "PREFECT_API_AUTH_STRING" not in identity(theirs, tmp_path)


def test_login_link_hides_the_password_behind_the_hash() -> None:
    page = OURS.run_url("1234")

    assert OURS.login_url(page) == (
        "http://127.0.0.1:4200/newsmill/login#bmV3c21pbGw6c2VjcmV0,/v2/runs/flow-run/1234"
    )


def test_data_docs_path_changes_with_the_password() -> None:
    assert docs_path("newsmill:a") != docs_path("newsmill:b")
    assert "secret" not in (OURS.docs_url("site/index.html") or "")


@pytest.mark.slow  # a process of its own imports Prefect
@pytest.mark.parametrize(
    ("variable", "left"),
    [
        pytest.param("PREFECT_API_REQUEST_TIMEOUT", "7", id="tuning-stays"),
        pytest.param("PREFECT_API_AUTH_STRING", "newsmill:secret", id="password-is-ours"),
    ],
)
def test_what_the_user_may_set_and_what_not(variable: str, left: str, tmp_path: Path) -> None:
    code = (
        "import os; from pathlib import Path; from flows.server.address import ServerAddress; "
        "from flows.server.environment import connect; "
        f"connect(ServerAddress({OURS.api_url!r}, {OURS.ui_url!r}, {OURS.auth!r}), "
        f"Path({str(tmp_path)!r}))\n"
        f"print(os.environ[{variable!r}])"
    )

    said = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, variable: "7", "PYTHONPATH": str(CODE)},
        capture_output=True,
        text=True,
    )

    assert said.stdout == f"{left}\n", said.stderr


@pytest.mark.slow
def test_new_home_at_a_server_of_the_users_makes_prefect_warn_of_nothing(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from flows.server.address import ServerAddress\n"
        "from flows.server.environment import connect\n"
        "connect(ServerAddress('http://x/api', 'http://x', None, ours=False), "
        f"Path({str(tmp_path / 'new/prefect')!r}))\n"
        "import prefect"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=CODE)

    assert said.stderr == ""


@pytest.mark.slow
def test_connecting_after_prefect_was_imported_is_an_error() -> None:
    code = (
        "import sys, types; sys.modules['prefect'] = types.ModuleType('prefect')\n"
        "from pathlib import Path; from flows.server.address import ServerAddress\n"
        "from flows.server.environment import connect\n"
        "connect(ServerAddress('http://x/api', 'http://x', None), Path('/home'))"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=CODE)

    assert "PrefectImportedTooSoon: prefect was imported before" in said.stderr
