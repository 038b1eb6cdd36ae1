"""Run one stage of newsmill over one corpus, in a process of its own.

    python -m bench.duplicates.stage STAGE CORPUS.jsonl WAREHOUSE

Prints one JSON object, as `peers.py` does: the story of each row, CPU seconds, and the peak of this
process's memory above what it held before. Before a load that is the corpus, read and ready; before
judging it is an open warehouse, as judging takes its texts from there and never holds the corpus.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from bench.duplicates.peers import peak_mb
from bench.duplicates.quality import NOW, result, story_ids
from warehouse import db
from warehouse.batch import BatchTables
from warehouse.load import load_batch
from warehouse.maintain import rejudge

BATCH = 1_000
Row = dict[str, Any]


def main() -> None:
    """Run what the command line names."""
    stage, corpus, path = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    with db.connect(path) as store:
        told = {"load": loaded, "load-alone": loaded_alone, "judge": judged}[stage](store, corpus)
        labels = story_ids(store, _rows(corpus))
    print(json.dumps({"labels": labels, **told}))


def loaded(store: db.Connection, corpus: Path, *, stories: bool = True) -> dict[str, float]:
    """Load in batches of 1,000 that find duplicates as they come, and checkpoint at the end."""
    results = [result(row) for row in _rows(corpus)]

    def load() -> None:
        for at in range(0, len(results), BATCH):
            tables = BatchTables.of(results[at : at + BATCH])
            load_batch(store, f"b{at}", tables, run_id="bench", loaded_at=NOW, stories=stories)
        db.checkpoint(store)

    return _measured(load)


def loaded_alone(store: db.Connection, corpus: Path) -> dict[str, float]:
    """Load without looking for duplicates."""
    return loaded(store, corpus, stories=False)


def judged(store: db.Connection, _: Path) -> dict[str, float]:
    """Judge everything stored at once, as `maintain` does."""
    return _measured(lambda: rejudge(store, NOW))


def _measured(work: Callable[[], object]) -> dict[str, float]:
    held, begun = peak_mb(), process_time()
    work()
    return {"cpu_seconds": round(process_time() - begun, 1), "peak_mb": peak_mb() - held}


def _rows(corpus: Path) -> list[Row]:
    with corpus.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
