"""One crawl as a child process: `python -m spiders.run --sources DIR --frontier FILE --out DIR`.

On stdout it writes JSON lines and nothing else: `started`, `progress` every 2 seconds (also the
heartbeat), `segment` when a segment can be read under its name, `finished` with the figures.
Exit codes: 0 nothing is left to visit now; 1 failed; 2 wrong usage or source file; 4 the deadline
came first; 5 told to stop by SIGTERM or SIGINT; 6 another crawl has this frontier (crawls at the
same time need a frontier and a folder each, and no host in common); 7 all sources want a browser,
and there is none. Whatever the code, segments told of are whole, and a page is done in the frontier
exactly when its segment is; run it again and it goes on: segments that a killed crawl could not
tell of are told of by the next.
On SIGTERM it starts nothing new, waits 3 seconds at most for what is under way and delivers. With
`--leash` it does the same when its stdin ends, as it does however the parent dies.
"""

import argparse
import asyncio
import ipaddress
import json
import logging
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from spiders.frontier import FrontierDamaged
from spiders.guard import Guard, read_hosts
from spiders.lock import FrontierBusy
from spiders.order import BROWSER, Again, Order
from spiders.source_files import SourceRefused, chosen

EXITS = {"finished": 0, "deadline": 4, "stopped": 5, "no_browser": 7}
MERCY_SECONDS = 15.0
"""For an orphan, from SIGTERM to SIGKILL."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one crawl and return its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        order = _order(asked)
    except (SourceRefused, ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if asked.memory_mb:
        limit = asked.memory_mb * 2**20
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    if asked.leash:
        threading.Thread(target=_leash, daemon=True, name="leash").start()
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    from spiders.crawl import crawl  # Scrapy takes a second to import; wrong usage need not wait

    _tell({"event": "started", "run": order.run, "pid": os.getpid()})
    try:
        reason = asyncio.run(crawl(order, _tell))
    except (FrontierBusy, FrontierDamaged) as error:
        sys.stderr.write(f"{error}\n")
        return 6 if isinstance(error, FrontierBusy) else 1
    return EXITS.get(reason, 1)


def _leash() -> None:
    """End this process, and what it started, when its parent is gone."""
    while os.read(sys.stdin.fileno(), 4_096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(MERCY_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def _tell(event: dict[str, object]) -> None:
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    sys.stdout.write(json.dumps(event | {"at": at}) + "\n")
    sys.stdout.flush()


def _order(asked: argparse.Namespace) -> Order:
    sources = tuple(chosen(asked.sources, asked.only))
    if not sources:
        raise SourceRefused(f"{asked.sources}: no source is enabled; name some with --only")
    names = read_hosts(asked.hosts.read_text("utf-8")) if asked.hosts else {}
    allowed = tuple(ipaddress.ip_network(text) for text in asked.allow_network)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    return Order(
        sources=sources,
        frontier=asked.frontier,
        out=asked.out,
        run=asked.run or f"crawl-{stamp}-{os.getpid()}",
        deadline=asked.deadline,
        guard=Guard(allowed, names),
        proxy=asked.proxy,
        concurrency=asked.concurrency,
        due_only=asked.due_only,
        revisit=asked.revisit or (Again.DUE if asked.due_only else Again.YOUNG),
        user_agent=asked.user_agent,
        browser=asked.browser,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m spiders.run",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--sources", type=Path, required=True, help="folder of source files")
    add("--only", nargs="*", default=[], metavar="ID", help="sources to crawl, else the enabled")
    add("--frontier", type=Path, required=True, help="the frontier file; made if missing")
    add("--out", type=Path, required=True, help="folder for the segments")
    add("--run", help="name of the crawl: the start of its segments' names")
    add("--deadline", type=float, default=3600.0, metavar="S")
    add("--concurrency", type=int, default=32, help="requests under way at once")
    add("--memory-mb", type=int, help="the kernel's limit for this process")
    add("--leash", action="store_true", help="stop when stdin ends; the parent holds its other end")
    add("--due-only", action="store_true", help="leave listings alone whose time has not come")
    add("--revisit", type=Again, choices=list(Again), help="known pages; young, else due")
    add("--user-agent", default="newsmill/0.1")
    add("--browser", type=Path, default=BROWSER, help="a Chromium, for sources with `render`")
    add("--allow-network", nargs="*", default=[], metavar="NET", help="private networks to reach")
    add("--hosts", type=Path, help="names with fixed addresses, as in /etc/hosts")
    add("--proxy", help="proxy to go through; names are then looked up by it, not by us")
    return parser


if __name__ == "__main__":
    sys.exit(main())
