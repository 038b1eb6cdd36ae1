"""Where is the Prefect server of a home, and what opens it?"""

import base64
import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flows.server.resident import Resident, write_private

USER = "newsmill"
POOL = "newsmill"
"""Work pool of the home's worker."""
LOGIN_PATH = "/newsmill/login"
DOCS_PATH = "/newsmill/docs"
SECRET_BYTES = 18  # 144 bits: 36 characters of hex, which a double click selects


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """What a client needs to know of a server."""

    api_url: str
    """Such as `http://127.0.0.1:4200/api`."""
    ui_url: str
    """Such as `http://127.0.0.1:4200/v2`: the newer of Prefect's two interfaces."""
    auth: str | None = field(repr=False)
    """`user:password` of basic authentication; the UI asks for it as a whole."""
    ours: bool = True
    """False for the server that PREFECT_API_URL names: never started or stopped from here."""

    @property
    def root(self) -> str:
        """Such as `http://127.0.0.1:4200`."""
        return self.api_url.removesuffix("/api")

    def run_url(self, flow_run_id: str) -> str:
        """Return the page of a flow run."""
        return f"{self.ui_url}/runs/flow-run/{flow_run_id}"

    def login_url(self, page: str | None = None) -> str:
        """Return a link that logs a browser in and goes on to `page`; as secret as `auth`.

        `page` is an address under `ui_url`; None means the dashboard. The link of a server that
        is not ours is `page` itself.
        """
        page = page or self.ui_url
        if not self.auth or not self.ours:
            return page
        password = base64.b64encode(self.auth.encode()).decode("ascii")
        return f"{self.root}{LOGIN_PATH}#{password},{page.removeprefix(self.root)}"

    def docs_url(self, page: str) -> str | None:
        """Return the address of a file below the docs folder; None when the server is not ours."""
        if not self.auth or not self.ours:
            return None
        return f"{self.root}{docs_path(self.auth)}/{page}"


def users_server(environment: Mapping[str, str]) -> ServerAddress | None:
    """Return the server that the user chose with PREFECT_API_URL, if he did."""
    api_url = environment.get("PREFECT_API_URL", "").rstrip("/")
    if not api_url:
        return None
    ui_url = environment.get("PREFECT_UI_URL", api_url.removesuffix("/api"))
    return ServerAddress(
        api_url, ui_url, environment.get("PREFECT_API_AUTH_STRING") or None, ours=False
    )


def server_of(folder: Path) -> Resident:
    """Return the server that belongs to a Prefect folder, running or not."""
    return Resident(folder, "server")


def worker_of(folder: Path) -> Resident:
    """Return the worker that belongs to a Prefect folder, running or not."""
    return Resident(folder, "worker")


def running(folder: Path) -> ServerAddress | None:
    """Return the server of this home if its process lives; it may still be starting."""
    server = server_of(folder)
    state = server.state()
    if state is None or not server.is_alive():
        return None
    root = state.api_url.removesuffix("/api")
    return ServerAddress(state.api_url, f"{root}/v2", auth_of(folder))


def auth_of(folder: Path) -> str:
    """Return the `user:password` of this home, made at random the first time."""
    path = folder / "auth"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = f"{USER}:{secrets.token_hex(SECRET_BYTES)}"
    write_private(path, draft)
    return draft


def docs_path(auth: str) -> str:
    """Return the path of the Data Docs: who knows it knows the password, or was given it."""
    return f"{DOCS_PATH}/{hashlib.sha256(f'docs {auth}'.encode()).hexdigest()[:32]}"


def find(folder: Path) -> ServerAddress | None:
    """Return the server that this process should use, if there is one; nothing is started.

    PREFECT_API_URL may name the home's own, as it does in the runs that a worker starts.
    """
    chosen, ours = users_server(os.environ), running(folder)
    if chosen is not None and ours is not None and chosen.api_url == ours.api_url:
        return ours
    return chosen or ours
