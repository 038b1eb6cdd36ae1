"""How soon, how completely and how politely do a world's articles get into the warehouse?

sites.py --internet PROGRAM --pages DIR [--judge PROGRAM]: `newsmill crawl` on a world of faulty
sites, then the world changes, then a second crawl. Prints seconds to the first article, the share
of segments loaded before the crawl ended, and what the second crawl noticed; `--judge` gets the
log of requests, the truth and what was loaded, and says what it thinks of them.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from archive import Place, read_document
from articles.reading.decode import Decoded, decode
from bench.crawl.world import World, world

LOADED = """
select origin, archive_file, archive_offset from documents
where outcome in ('loaded', 'duplicate')
"""
SUMMARY = re.compile(r"first articles after ([\d.]+) s; (\d+) of (\d+) segments", re.MULTILINE)
GONE = (404, 410)
Row = dict[str, object]


def main() -> None:
    """Crawl twice and print the figures as JSON, after what the judge says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--internet", type=Path, required=True, help="plays the sites")
    parser.add_argument("--pages", type=Path, required=True, help="folder of HTML files")
    parser.add_argument("--judge", type=Path, help="judges the log of requests")
    parser.add_argument("--sites", type=int, default=8)
    parser.add_argument("--articles", type=int, default=116, help="a site")
    parser.add_argument("--delay", type=float, default=0.0, help="the sources' own")
    parser.add_argument("--once", action="store_true", help="leave out the second crawl")
    parser.add_argument("--keep", type=Path, help="folder for everything, else a temporary one")
    asked = parser.parse_args()
    told = ["--sites", str(asked.sites), "--articles", str(asked.articles), "--gzip"]
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        with world(asked.internet, asked.pages, folder, told, asked.delay) as here:
            first = crawl(here)
            judge(here, asked.judge)
            print(json.dumps({"first crawl": first}), flush=True)
            if not asked.once:
                print(json.dumps({"second crawl": second(here)}), flush=True)
                judge(here, asked.judge)


def crawl(here: World, *options: str) -> dict[str, float]:
    """Crawl once; return its seconds, to the first article and in all, and its segments."""
    began = time.monotonic()
    printed = here.newsmill("crawl", *options)
    told = {"seconds": round(time.monotonic() - began, 1)}
    if found := SUMMARY.search(" ".join(printed.split())):
        names = ("first_article_after_s", "segments_before_end", "segments")
        told |= dict(zip(names, map(float, found.groups()), strict=True))
    return told


def judge(here: World, program: Path | None) -> None:
    """Let the judge say what it thinks of all requests so far."""
    if program is None:
        return
    items = here.folder / "items.jsonl"
    items.write_text("".join(json.dumps(page(here, row)) + "\n" for row in here.ask(LOADED)))
    here.requests()
    told = ["--log", str(here.log), "--truth", str(here.truth), "--items", str(items)]
    subprocess.run([sys.executable, str(program), *told], check=False)


def page(here: World, row: Row) -> Row:
    """Return the page of a loaded document as it was read: what a crawl answers for."""
    place = Place(str(row["archive_file"]), int(str(row["archive_offset"])))
    document = read_document(here.folder / "home/archive", place)
    read = decode(document.payload, document.charset, html=True)
    return {"url": row["origin"], "html": read.text if isinstance(read, Decoded) else ""}


def second(here: World) -> dict[str, object]:
    """Change the world and crawl it again; return what was noticed, of what was fetched before."""
    before = answers(here.requests())
    here.control("phase=2")
    mark = max(float(str(row["t"])) for row in here.requests())
    told = crawl(here)
    rows = [row for row in here.requests() if float(str(row["t"])) > mark]
    after = answers(rows)
    lines = map(json.loads, here.truth.read_text("utf-8").splitlines())
    truth = [row for row in lines if "id" in row]
    known = [row for row in truth if 200 in before.get(row["id"], ())]
    removed = [row["id"] for row in known if row["removed"]]
    changed = [row["id"] for row in known if row["changed"] and not row["removed"]]
    new = [row["id"] for row in truth if row["fresh"] and row["must"]]
    same = {row["id"] for row in known} - {*removed, *changed}
    return told | {
        "changed": f"{sum(200 in after.get(one, ()) for one in changed)} of {len(changed)}",
        "new": f"{sum(200 in after.get(one, ()) for one in new)} of {len(new)}",
        "removed": f"{sum(bool(after.get(one, set()) & {*GONE}) for one in removed)}"
        f" of {len(removed)}",
        "requests": len(rows),
        "requests for unchanged articles": sum(row.get("art") in same for row in rows),
        "of these answered 304": sum(row.get("art") in same and row["st"] == 304 for row in rows),
    }


def answers(rows: list[Row]) -> dict[object, set[object]]:
    """Return the statuses with which each article was answered whole."""
    found: defaultdict[object, set[object]] = defaultdict(set)
    for row in rows:
        if "art" in row and not row.get("bad"):
            found[row["art"]].add(row["st"])
    return found


if __name__ == "__main__":
    main()
