"""How do newsmill and other tools compare, in one run over one corpus?

    python -m bench.duplicates.compare LABELLED.jsonl.gz --peers PEERS/bin/python
    python -m bench.duplicates.compare --made-up 100000 --peers PEERS/bin/python --tools rensa

CPU is from texts in memory to clusters. newsmill stands there by stages (`stage.py`), each in a
process of its own: the whole load in batches of 1,000 into DuckDB, which finds duplicates as they
arrive, with the checkpoint that ends a run, and judging anew what it stored; the same load without
duplicates, and finding the duplicates of everything stored at once, which is what the others do
(their texts need not be read from a warehouse, nor links be written into it). Memory is the peak
above that of the corpus, where it is held.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.duplicates.corpus import corpus
from bench.duplicates.quality import cluster_score

TOOLS = ("rensa", "datasketch", "datatrove", "text-dedup", "daft")
PEERS = Path(__file__).with_name("peers.py")
HEAD = "| tool | pair F1 | forms merged | trimmed found | CPU s | peak MB |\n" + "|---" * 6 + "|"
STAGES = (
    ("newsmill, load with duplicates", "load", "with.duckdb"),
    ("newsmill, judging anew", "judge", "with.duckdb"),
    ("newsmill, load alone", "load-alone", "without.duckdb"),
    ("newsmill, duplicates at once", "judge", "without.duckdb"),
)
"""What is run, in this order: the name in the table, the stage, its warehouse."""


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", help="labelled JSON lines, gzipped")
    parser.add_argument("--made-up", type=int, default=0, help="articles to make up instead")
    parser.add_argument("--peers", type=Path, help="python of the environment of the other tools")
    parser.add_argument("--tools", nargs="*", default=TOOLS, choices=TOOLS)
    options = parser.parse_args()
    rows: list[dict[str, Any]] = (
        [dict(row) for row in corpus(options.made_up)]
        if options.made_up
        else _labelled(options.corpus)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "corpus.jsonl")
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        print(HEAD)
        for name, stage, warehouse in STAGES:
            command = [sys.executable, "-m", "bench.duplicates.stage", stage, path]
            _line(name, rows, [*command, Path(folder, warehouse)])
        for tool in options.tools if options.peers else ():
            _line(tool, rows, [options.peers, PEERS, tool, path])


def _labelled(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["body"].strip()]


def _line(name: str, rows: Sequence[dict[str, Any]], command: Sequence[str | Path]) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        print(f"| {name} | did not run: {ran.stderr.strip().splitlines()[-1]} | | | | |")
        return
    found = json.loads(ran.stdout.splitlines()[-1])
    score = cluster_score(rows, [str(each) for each in found["labels"]])
    told = [score["f1"], score["merged"].get("template"), score["found"].get("trim")]
    cost = [f"{found['cpu_seconds']:.1f}", found["peak_mb"]]
    print(f"| {name} | {' | '.join(map(str, [*told, *cost]))} |", flush=True)


if __name__ == "__main__":
    main()
