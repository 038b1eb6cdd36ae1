"""Facts about an ingest that is killed: run again, the warehouse is what it would have been."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.settings import Settings
from tests.conftest import ROOT, EnvironmentOf, Newsmill
from warehouse import query

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("kill"),
    pytest.mark.timeout(1200),
]  # 17 ingests on a machine that may be busy

KILLS = 8
DOCUMENTS = 160
BATCH = {"NEWSMILL_BATCH_DOCUMENTS": "40"}
VOICES = ("council", "harbour", "bridge", "school", "ferry", "market", "river", "theatre")
DEEDS = ("voted to repair", "closed for a week", "asked the county about", "paid twice for")


def story(number: int) -> str:
    """Return a made-up text dump, different for each number."""
    dice = random.Random(number)
    lines = ["Home | News | Sport", "", f"The {dice.choice(VOICES)} case, part {number}", ""]
    lines += [f"2025-03-{1 + number % 28:02d} 08:{number % 60:02d}:00", ""]
    for _ in range(4):
        who, what, whom = dice.choice(VOICES), dice.choice(DEEDS), dice.choice(VOICES)
        cost = dice.randrange(10_000)
        lines.append(
            f"The {who} committee {what} the {whom} on Tuesday, at a cost of {cost} crowns. "
            f"Nobody who was there could say why the {whom} had to wait until then."
        )
    return "\n".join([*lines, "", "Subscribe to our newsletter"])


@pytest.fixture(scope="module")
def drop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drop")
    for number in range(DOCUMENTS):
        (folder / f"{number:04d}.txt").write_text(story(number), "utf-8")
    return folder


def digest(home: Path) -> dict[str, object]:
    """Return how many rows there are, and a hash of what analysts see of them, times apart."""
    told: dict[str, object] = {}
    with query.connect(Settings(home=home).articles) as connection:
        for asked in (
            "select article_id, title, body, published_at, content_hash from articles order by all",
            "select document_id, origin, outcome, article_id from documents order by all",
        ):
            rows = query.ask(connection, asked).tuples
            told[asked] = (len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
    return told


def test_killed_at_random_moments_nothing_is_lost_or_doubled(
    drop: Path, newsmill: Newsmill, environment_of: EnvironmentOf, tmp_path: Path
) -> None:
    """Each kill strikes a home of its own; the Prefect server stays."""
    newsmill("ingest", str(drop), home=tmp_path / "first", **BATCH)  # brings the server up
    began = time.monotonic()
    assert newsmill("ingest", str(drop), home=tmp_path / "clean", **BATCH).returncode == 0
    whole = time.monotonic() - began
    clean = digest(tmp_path / "clean")
    dice = random.Random(20261121)
    landed = 0
    for kill in range(KILLS):
        home = tmp_path / f"killed-{kill}"
        landed += killed(drop, environment_of(home), dice.uniform(0.1, 1.0) * whole)
        again = newsmill("ingest", str(drop), home=home, **BATCH)
        assert again.returncode == 0, again.stderr
        assert digest(home) == clean
    assert landed >= KILLS // 2


def killed(drop: Path, environment: dict[str, str], after: float) -> bool:
    """Start an ingest, kill its process group after some seconds; tell whether it still ran."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flows", "ingest", str(drop)],
        cwd=ROOT,
        env={**environment, **BATCH},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(after)
    ran = process.poll() is None
    if ran:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return ran
