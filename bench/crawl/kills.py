"""Is anything lost or doubled when `newsmill crawl` is killed again and again?

kills.py --internet PROGRAM --pages DIR [--kills 10]: kills a crawl's process with its group at a
random moment, as often as asked, then lets one crawl run to its end, and compares the warehouse
with the truth about the sites: each article that is served without a fault once, none revised.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.crawl.world import World, world

OUTCOMES = """
select origin, count(*) as times, count(distinct outcome) as outcomes from documents group by origin
"""
DOUBLED = """
select count(*) as articles from (
    select article_id from articles group by article_id having count(*) > 1
    union all
    select article_id from revisions where revision > 1
)
"""
LATEST_SECONDS = 25.0
"""From the start of a crawl to its kill: starting, the first rounds, and well into the crawl."""


def main() -> None:
    """Kill, finish, and print what is lost and doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--internet", type=Path, required=True, help="plays the sites")
    parser.add_argument("--pages", type=Path, required=True, help="folder of HTML files")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--sites", type=int, default=3)
    parser.add_argument("--articles", type=int, default=100, help="a site")
    asked = parser.parse_args()
    told = ["--sites", str(asked.sites), "--articles", str(asked.articles), "--plain", "--gzip"]
    chance = random.Random(asked.seed)
    with (
        tempfile.TemporaryDirectory() as name,
        world(asked.internet, asked.pages, Path(name), told, delay=0.3) as here,
    ):
        (here.folder / "sources/evil.toml").unlink()
        for number in range(asked.kills):
            moment = chance.uniform(3.0, LATEST_SECONDS)
            print(f"kill {number + 1} after {moment:.1f} s: {killed(here, moment)} requests")
        here.newsmill("crawl")
        print(json.dumps(compared(here), indent=1))


def killed(here: World, moment: float) -> int:
    """Start a crawl, kill its group at a moment; return the requests so far."""
    crawl = subprocess.Popen(
        [sys.executable, "-m", "flows", "crawl"],
        env=here.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(moment)
    os.killpg(crawl.pid, signal.SIGKILL)
    crawl.wait()
    return len(here.requests())


def compared(here: World) -> dict[str, object]:
    """Return what is lost and doubled, by the truth about the sites."""
    lines = map(json.loads, here.truth.read_text("utf-8").splitlines())
    served = {row["url"] for row in lines if "id" in row and row["must"] and not row["fresh"]}
    known = {str(row["origin"]): row["times"] for row in here.ask(OUTCOMES)}
    [doubled] = here.ask(DOUBLED)
    [balance] = here.ask(
        "select count(*) as documents, count(distinct (document_id, origin)) as different"
        " from documents"
    )
    return {
        "served": len(served),
        "lost": len(served - known.keys()),
        "pages with two documents": sum(times != 1 for times in known.values()),
        "articles doubled or revised": doubled["articles"],
        **balance,
    }


if __name__ == "__main__":
    main()
