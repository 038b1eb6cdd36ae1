"""Where newsmill keeps its things, and how much it may use.

Everything lies under one home. Values come from `NEWSMILL_*` variables; nothing here imports
Prefect, so that `newsmill sql` and every `--help` answer at once.
"""

import os
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict

MAX_WORKERS = 4  # more readers than that wait for the one writer


def _absolute(path: Path) -> Path:
    return path.expanduser().resolve()


def _nameable(path: Path) -> Path:
    """DuckDB and SQLite take what follows a question mark for options, and write elsewhere."""
    if "?" in str(path):
        raise ValueError("the home may not have a question mark in its path")
    return path


def _workers() -> int:
    return min(os.cpu_count() or 1, MAX_WORKERS)


class Settings(BaseSettings):
    """The settings of one home; immutable, so that a run cannot change under itself."""

    model_config = SettingsConfigDict(env_prefix="NEWSMILL_", frozen=True, extra="ignore")

    home: Annotated[Path, AfterValidator(_absolute), AfterValidator(_nameable)] = Field(
        default=Path("data"), validate_default=True
    )
    """The folder that holds everything; made absolute against the working directory."""
    batch_documents: int = Field(default=1_000, ge=1, le=10_000)
    """Documents in one batch, and so in one warehouse transaction."""
    batch_bytes: int = Field(default=64 * 2**20, ge=2**20)
    """Raw bytes after which a batch is closed, however few documents it holds."""
    workers: int = Field(default_factory=_workers, ge=1, le=64)
    """Processes that extract side by side."""
    duckdb_memory_limit: Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?[KMGT]i?B$")] = (
        "512MiB"
    )
    """What DuckDB may hold before it spills to `staging`."""
    server_timeout: float = Field(default=120.0, gt=0)
    """Seconds that a Prefect server may take to answer for the first time."""
    writer_timeout: float = Field(default=600.0, ge=0)
    """Seconds that a run waits for its turn to write to the warehouse."""
    notify_mail: SecretStr | None = None
    """Who gets mail when something is wrong: `mailtos://user:password@host?to=desk@host`."""
    notify_slack: SecretStr | None = None
    """Address of an incoming webhook of Slack."""
    notify_webhook: SecretStr | None = None
    """Address that gets `{"subject": ..., "body": ...}` by POST."""
    server_host: str = "127.0.0.1"
    """Interface that the Prefect server listens on. Others than loopback belong behind a proxy
    that speaks TLS."""
    server_origin: str | None = None
    """Under which browsers reach the server, such as `https://mill.example`, if not directly."""

    sources: Annotated[Path, AfterValidator(_absolute)] = Field(
        default=Path("sources"), validate_default=True
    )
    """The folder of source files."""
    crawl_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    """Networks of your own that a crawl may reach; without any, public addresses only. JSON:
    `["127.0.1.0/24"]`."""
    crawl_hosts: Path | None = None
    """Names with fixed addresses for the crawl, in the form of /etc/hosts."""
    crawl_proxy: str | None = None
    """Proxy that the crawl goes through, such as `http://127.0.0.1:3128`; it looks names up."""
    crawl_memory_mb: int = Field(default=1024, ge=128)
    """What the process of a crawl may allocate; beyond it, the kernel refuses."""
    crawl_browser: Path = Path("/usr/bin/chromium")
    """A Chromium, for sources with `render`; it needs `make setup-render` as well."""
    crawl_browser_memory_mb: int = Field(default=2048, ge=512)
    """What the process of a crawl with a browser may allocate, and each process of the browser."""

    @property
    def crawls(self) -> Path:
        """A folder for each group of sources (`flows.crawl.folders`)."""
        return self.home / "crawl"

    @property
    def drops(self) -> Path:
        """Folder that is watched for new drops."""
        return self.home / "drops"

    @property
    def archive(self) -> Path:
        """Raw bytes of every document, in WARC segments."""
        return self.home / "archive"

    @property
    def staging(self) -> Path:
        """Batch files between two tasks; may be deleted while no run is going."""
        return self.home / "staging"

    @property
    def warehouse(self) -> Path:
        """The database that is written; analysts never open it."""
        return self.home / "warehouse.duckdb"

    @property
    def warehouse_lock(self) -> Path:
        """The file whose lock makes its holder the one writer."""
        return self.home / "warehouse.lock"

    @property
    def articles(self) -> Path:
        """The published snapshot that analysts read."""
        return self.home / "articles.duckdb"

    @property
    def logs(self) -> Path:
        """One file of JSON lines a day."""
        return self.home / "logs"

    @property
    def metrics(self) -> Path:
        """What Prometheus reads; replaced after each run."""
        return self.home / "metrics" / "newsmill.prom"

    @property
    def docs(self) -> Path:
        """Data Docs of the audits."""
        return self.home / "docs"

    @property
    def prefect(self) -> Path:
        """Database, secret, state and logs of this home's Prefect server."""
        return self.home / "prefect"
