"""How do newsmill and other tools compare, in one run over one corpus?

    python -m bench.duplicates.compare LABELLED.jsonl.gz --peers PEERS/bin/python
    python -m bench.duplicates.compare --made-up 100000 --peers PEERS/bin/python --tools rensa

CPU is from texts in memory to clusters. newsmill stands there three times: the whole load in
batches of 1,000 into DuckDB, which finds duplicates as they arrive, with the checkpoint that ends a
run; the same load without duplicates; and finding the duplicates of everything stored at once,
which is what the others do (their texts need not be read from a warehouse, nor links be written
into it). Memory is the peak above that of the corpus.
"""

import argparse
import gzip
import json
import resource
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Any

from bench.duplicates.corpus import corpus
from bench.duplicates.quality import NOW, cluster_score, result, story_ids
from warehouse import db
from warehouse.batch import BatchTables
from warehouse.load import load_batch
from warehouse.maintain import rejudge

TOOLS = ("rensa", "datasketch", "datatrove", "text-dedup", "daft")
PEERS = Path(__file__).with_name("peers.py")
BATCH = 1_000
HEAD = "| tool | pair F1 | forms merged | trimmed found | CPU s | peak MB |\n" + "|---" * 6 + "|"
STAGES = {
    True: ("newsmill, load with duplicates", "newsmill, judging anew"),
    False: ("newsmill, load alone", "newsmill, duplicates at once"),
}


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", help="labelled JSON lines, gzipped")
    parser.add_argument("--made-up", type=int, default=0, help="articles to make up instead")
    parser.add_argument("--peers", type=Path, help="python of the environment of the other tools")
    parser.add_argument("--tools", nargs="*", default=TOOLS, choices=TOOLS)
    options = parser.parse_args()
    rows = list(corpus(options.made_up)) if options.made_up else _labelled(options.corpus)
    print(HEAD)
    _newsmill(rows)
    if options.peers:
        _others(rows, options.peers, options.tools)


def _labelled(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["body"].strip()]


def _newsmill(rows: Sequence[dict[str, Any]]) -> None:
    results = [result(row) for row in rows]
    held = peak_mb()
    for stories, (loaded, judged) in STAGES.items():
        with (
            tempfile.TemporaryDirectory() as folder,
            db.connect(Path(folder) / "warehouse.duckdb") as store,
        ):
            begun = process_time()
            for at in range(0, len(results), BATCH):
                tables = BatchTables.of(results[at : at + BATCH])
                load_batch(store, f"b{at}", tables, run_id="bench", loaded_at=NOW, stories=stories)
            db.checkpoint(store)
            spent = process_time() - begun
            _line(loaded, rows, story_ids(store, rows), spent, peak_mb() - held)
            begun = process_time()
            rejudge(store, NOW)
            spent = process_time() - begun
            _line(judged, rows, story_ids(store, rows), spent, peak_mb() - held)


def _others(rows: Sequence[dict[str, Any]], python: Path, tools: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "corpus.jsonl")
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        for tool in tools:
            ran = subprocess.run(
                [python, PEERS, tool, path], capture_output=True, text=True, check=False
            )
            if ran.returncode:
                print(f"| {tool} | did not run: {ran.stderr.strip().splitlines()[-1]} | | | | |")
                continue
            found = json.loads(ran.stdout.splitlines()[-1])
            _line(tool, rows, found["labels"], found["cpu_seconds"], found["peak_mb"])


def _line(
    tool: str, rows: Sequence[dict[str, Any]], clusters: Sequence[object], cpu: float, peak: int
) -> None:
    score = cluster_score(rows, [str(each) for each in clusters])
    told = [score["f1"], score["merged"].get("template"), score["found"].get("trim")]
    print(f"| {tool} | {' | '.join(map(str, told))} | {cpu:.1f} | {peak} |", flush=True)


def peak_mb() -> int:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
