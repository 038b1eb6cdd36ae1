"""What does it cost from addresses to loaded articles, beside newspaper4k and news-please?

to_articles.py --urls FILE --peers PYTHON [--network NET]: the addresses of FILE (one a line; a
server for them must be up) go through `newsmill crawl` into a new home, and through each peer, in
the environment whose interpreter is PYTHON. CPU seconds are of whole process trees. newsmill's
Prefect server runs all day, so it is started before and told apart.
"""

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from bench.crawl.fetch_only import SOURCE
from flows.server.address import server_of
from flows.server.control import down
from flows.server.ensure import ensure_server
from flows.settings import Settings

HERE = Path(__file__).parent
SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER: grandchildren whose parent is gone are ours to wait for, and to count."""


def main() -> None:
    """Run newsmill and its peers, print their figures and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--urls", type=Path, required=True)
    parser.add_argument("--peers", type=Path, required=True, help="python of the peers")
    parser.add_argument("--tools", nargs="*", default=["newspaper4k", "news-please"])
    parser.add_argument("--network", default="127.0.0.0/8")
    asked = parser.parse_args()
    ours = newsmill(asked.urls.read_text("utf-8").split(), asked.network)
    print("newsmill", json.dumps(ours), flush=True)
    for tool in asked.tools:
        told = json.loads(
            subprocess.run(
                [str(asked.peers), str(HERE / "peers.py"), tool, str(asked.urls)],
                capture_output=True,
                text=True,
                check=True,
            ).stdout.splitlines()[-1]
        )
        ratio = (told["cpu_s"] / told["articles"]) / (ours["cpu_s"] / ours["articles"])
        print(tool, json.dumps(told), f"newsmill is {ratio:.2f} x as fast", flush=True)


def newsmill(urls: list[str], network: str) -> dict[str, float]:
    """Return pages, articles and CPU seconds of one crawl into a new home."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        origins = sorted({f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in urls})
        (folder / "sources").mkdir()
        for number, origin in enumerate(origins):
            own = [url for url in urls if url.startswith(origin + "/")]
            (folder / f"sources/s{number}.txt").write_text("\n".join(own))
            (folder / f"sources/s{number}.toml").write_text(
                SOURCE.format(number=number, origin=origin)
            )
        settings = Settings(home=folder / "home")
        ensure_server(settings)  # first: it outlives us, so it must not become our orphan
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
        environment = os.environ | {
            "NEWSMILL_HOME": str(settings.home),
            "NEWSMILL_SOURCES": str(folder / "sources"),
            "NEWSMILL_CRAWL_NETWORKS": json.dumps([network]),
        }
        before, server = used(), server_cpu(settings)
        told = subprocess.run(
            [sys.executable, "-m", "flows", "crawl"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        while waited():
            pass
        spent, server = used() - before, server_cpu(settings) - server
        query = f"select count(*) from articles where length(body) >= {200}"
        articles = subprocess.run(
            [sys.executable, "-m", "flows", "sql", "--format", "csv", query],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()[-1]
        down(settings)
    print(told.stdout)
    return {
        "pages": len(urls),
        "articles": int(articles),
        "cpu_s": round(spent, 2),
        "server_cpu_s": round(server, 2),
    }


def waited() -> bool:
    """Wait for one more orphan; False when there is none."""
    try:
        os.wait()
    except ChildProcessError:
        return False
    return True


def used() -> float:
    """Return the CPU seconds of all children that ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def server_cpu(settings: Settings) -> float:
    """Return the CPU seconds of the home's Prefect server so far."""
    state = server_of(settings.prefect).state()
    if state is None:
        return 0.0
    fields = Path(f"/proc/{state.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
