"""What does a hostile host cost the others, in pace?

pace.py --internet PROGRAM --pages DIR: crawls the sites of a world alone and then beside its
hostile host, without milling, and compares the requests a second that the sites got.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from bench.crawl.world import HOSTILE, NETWORK, World, world


def main() -> None:
    """Crawl twice and print the pace of every site, alone and in company."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--internet", type=Path, required=True, help="plays the sites")
    parser.add_argument("--pages", type=Path, required=True, help="folder of HTML files")
    asked = parser.parse_args()
    told = ["--sites", "6", "--articles", "150", "--plain", "--gzip"]
    with (
        tempfile.TemporaryDirectory() as name,
        world(asked.internet, asked.pages, Path(name), told, delay=0.2) as here,
    ):
        sites = sorted(path.stem for path in (here.folder / "sources").glob("site*.toml"))
        alone = paces(crawled(here, sites))
        beside = paces(crawled(here, [*sites, HOSTILE.partition(".")[0]]))
    ratios = [beside[site] / alone[site] for site in alone]
    print(json.dumps({"requests a second, alone": alone, "beside the hostile host": beside}))
    print(
        f"the sites keep {sum(ratios) / len(ratios):.1%} of their pace, the least {min(ratios):.1%}"
    )


def crawled(here: World, sources: list[str]) -> list[dict[str, object]]:
    """Crawl sources with a new frontier; return the requests that the sites got."""
    before = len(here.requests())
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(
            [
                *(sys.executable, "-m", "spiders.run", "--only", *sources),
                *("--sources", str(here.folder / "sources"), "--out", f"{name}/out"),
                *("--frontier", f"{name}/frontier.sqlite", "--allow-network", NETWORK),
                *("--hosts", str(here.folder / "hosts")),
            ],
            stdout=subprocess.DEVNULL,
            check=True,
        )
    return here.requests()[before:]


def paces(rows: list[dict[str, object]]) -> dict[str, float]:
    """Return the requests a second of every site but the hostile host."""
    moments = defaultdict(list)
    for row in rows:
        if row["host"] != HOSTILE:
            moments[str(row["host"])].append(float(str(row["t"])))
    return {
        host: round(len(times) / (max(times) - min(times)), 2) for host, times in moments.items()
    }


if __name__ == "__main__":
    main()
