"""How large is a frontier, and how soon does a crawl start on a large one?

frontier_scale.py [URLS]: adds made-up addresses to a new frontier in a temporary folder, then
opens it again and pulls the first visits of every host, as a crawl does at its start.
"""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from spiders.frontier import Frontier, Pull
from spiders.visits import How, Kind, Listed

HOSTS = 100
BATCH = 10_000
NOON = 1_772_366_400


def address(number: int) -> str:
    """Return an address of the length that news sites have: 75 to 85 characters."""
    host = number % HOSTS
    slug = "minister-resigns-after-report-on-rates"
    return f"https://www.site{host:03d}.example/2026/03/01/politics/{slug}-{number}"


def main() -> None:
    """Fill, measure, reopen, measure."""
    urls = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "frontier.sqlite"
        began = time.process_time()
        with Frontier(path) as frontier:
            for start in range(0, urls, BATCH):
                listed = (
                    Listed(address(number), Kind.PAGE, NOON - number, How.LISTED | How.DATED)
                    for number in range(start, min(start + BATCH, urls))
                )
                frontier.add("bench", listed)
        filled = time.process_time() - began
        size = sum(file.stat().st_size for file in Path(name).iterdir())
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.monotonic()
        with Frontier(path) as frontier:
            frontier.wake(NOON)
            frontier.take_part([("bench", NOON - 86_400, 10_000)])
            frontier.wake_young()
            origins = frontier.origins()
            first = [frontier.waiting(o, NOON, (), {"bench"}, Pull(20)) for o in origins]
        started = time.monotonic() - began
    print(
        json.dumps(
            {
                "urls": urls,
                "filled_cpu_s": round(filled, 1),
                "file_mb": round(size / 1e6, 1),
                "mb_per_10k_pending": round(size / 1e6 / (urls / 10_000), 2),
                "start_s": round(started, 2),
                "start_rss_growth_mb": round(
                    (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, 1
                ),
                "visits_pulled": sum(map(len, first)),
            }
        )
    )


if __name__ == "__main__":
    main()
