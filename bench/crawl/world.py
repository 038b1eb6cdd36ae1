"""A world of news sites on loopback, a newsmill home beside it, and crawls from one to the other.

The sites are played by a program of their own, which also keeps the log of requests and the truth
about every article; see README.md for what it must understand.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.server.control import down
from flows.server.ensure import ensure_server
from flows.settings import Settings

NETWORK = "127.0.0.0/8"
SOURCE = """id = "{name}"
publisher = "{name}"
home = "http://{host}:{port}/"
feeds = ["http://{host}:{port}/feed.xml", "http://{host}:{port}/atom.xml"]
[politeness]
delay = {delay}
concurrency = 4
[limits]
seconds = 15.0
"""
HOSTILE = "evil.test"


@dataclass(frozen=True, slots=True)
class World:
    """Sites that answer, and the home that crawls them."""

    folder: Path
    port: int

    @property
    def log(self) -> Path:
        """A line of JSON for each request that the sites got."""
        return self.folder / "requests.jsonl"

    @property
    def truth(self) -> Path:
        """A line of JSON for each article."""
        return self.folder / "truth.jsonl"

    @property
    def environment(self) -> dict[str, str]:
        """What newsmill must be told to crawl this world into this home."""
        return os.environ | {
            "NEWSMILL_HOME": str(self.folder / "home"),
            "NEWSMILL_SOURCES": str(self.folder / "sources"),
            "NEWSMILL_CRAWL_NETWORKS": json.dumps([NETWORK]),
            "NEWSMILL_CRAWL_HOSTS": str(self.folder / "hosts"),
        }

    def newsmill(self, *arguments: str) -> str:
        """Run a command of newsmill to its end; return what it printed."""
        command = [sys.executable, "-m", "flows", *arguments]
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, check=True)
        return done.stdout.decode()

    def ask(self, query: str) -> list[dict[str, object]]:
        """Return the rows of a question to the published snapshot."""
        rows: list[dict[str, object]] = json.loads(self.newsmill("sql", "--format", "json", query))
        return rows

    def control(self, what: str) -> None:
        """Tell the sites something: `phase=2` or `quit=1`."""
        url = f"http://127.0.0.1:{self.port}/__ctl?{what}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            answer.read()

    def requests(self) -> list[dict[str, object]]:
        """Return what the sites were asked so far."""
        self.control("")
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]


@contextmanager
def world(
    program: Path, pages: Path, folder: Path, told: list[str], delay: float = 0.0
) -> Iterator[World]:
    """Start the sites and the home's Prefect server; end both after the block.

    `told` are further arguments for the program, such as `--sites 8 --articles 116`.
    """
    here = World(folder, port=20_000 + 2 * (os.getpid() % 10_000))  # two worlds may run at once
    sites = subprocess.Popen(
        [
            *(sys.executable, str(program), "--pages", str(pages), "--port", str(here.port)),
            *("--canary-port", str(here.port + 1), "--hosts", str(folder / "hosts")),
            *("--log", str(here.log), "--truth", str(here.truth), *told),
        ],
        stdout=subprocess.DEVNULL,
    )
    settings = Settings(home=folder / "home")
    try:
        _until_answered(here)
        _write_sources(here, delay)
        ensure_server(settings)
        yield here
    finally:
        down(settings)
        sites.terminate()
        sites.wait()


def _until_answered(here: World) -> None:
    for _ in range(300):
        try:
            here.control("")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"no site answers on port {here.port}")


def _write_sources(here: World, delay: float) -> None:
    """Write a source for each site that the hosts file names."""
    folder = here.folder / "sources"
    folder.mkdir(exist_ok=True)
    for line in (here.folder / "hosts").read_text("utf-8").splitlines():
        host = line.split()[1]
        if host != "localhost":
            name = host.partition(".")[0]
            told = SOURCE.format(name=name, host=host, port=here.port, delay=delay)
            (folder / f"{name}.toml").write_text(told)
