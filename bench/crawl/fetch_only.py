"""How many pages a CPU second does a crawl fetch, against a bare Scrapy spider on the same pages?

fetch_only.py --urls FILE --hosts HOSTS [--runs 3]: the addresses of FILE (one a line) are fetched
by `spiders.run`, from robots.txt to segments on disk, and by bare_spider.py, in turn. A server for
them must be up. CPU seconds are of the whole process, start and imports included, children too.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).parent
SOURCE = """id = "s{number}"
publisher = "S"
home = "{origin}/"
front = false
feeds = []
sitemaps = "none"
url_lists = ["s{number}.txt"]
[politeness]
delay = 0.0
concurrency = 8
"""


def main() -> None:
    """Run both in turn and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--urls", type=Path, required=True)
    parser.add_argument("--hosts", type=Path, required=True)
    parser.add_argument("--network", default="127.0.0.0/8")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    ours, bare = [], []
    for _ in range(asked.runs):
        ours.append(crawl(asked.urls.read_text("utf-8").split(), asked.hosts, asked.network))
        bare.append(spent([sys.executable, str(HERE / "bare_spider.py"), str(asked.urls)]))
    rates = [statistics.median(pages / cpu for pages, cpu in runs) for runs in (ours, bare)]
    print(json.dumps({"ours": ours, "bare": bare, "pages_a_cpu_s": rates}, indent=1))
    print(f"fetch only: {rates[0] / rates[1]:.2f} x a bare Scrapy spider")


def crawl(urls: list[str], hosts: Path, network: str) -> tuple[int, float]:
    """Return the pages and CPU seconds of one crawl."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        origins = sorted({f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in urls})
        for number, origin in enumerate(origins):
            own = [url for url in urls if url.startswith(origin + "/")]
            (folder / f"s{number}.txt").write_text("\n".join(own))
            (folder / f"s{number}.toml").write_text(SOURCE.format(number=number, origin=origin))
        return spent(
            [
                *(sys.executable, "-m", "spiders.run", "--sources", name),
                *("--frontier", f"{name}/frontier.sqlite", "--out", f"{name}/out"),
                *("--hosts", str(hosts), "--allow-network", network),
            ]
        )


def spent(command: list[str]) -> tuple[int, float]:
    """Return the pages that a command says it fetched, and its CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return int(json.loads(done.stdout.splitlines()[-1])["pages"]), round(cpu, 2)


if __name__ == "__main__":
    main()
