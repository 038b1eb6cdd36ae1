"""How many copies are found, and how many that only look alike are merged?

Runs labelled articles through the warehouse, batch by batch, then `maintain`, and scores stories.
"""

import argparse
import gzip
import hashlib
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any
from zlib import crc32

from articles.identity import content_hash
from articles.model import Article, MediaType
from warehouse import db
from warehouse.batch import BatchTables, Delivery, Result
from warehouse.load import load_batch
from warehouse.maintain import rejudge

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WIRE_STAMP = re.compile(r"(\d+-\w{3}-\d{4}) +\d?(\d\d:\d\d:\d\d)")
YEAR = 365 * 86_400  # seconds
LOOKALIKES = ("translation", "independent", "template", "digest", "orig")
Row = dict[str, str | int]


def main() -> None:
    """Score one labelled file: `generated` rows, or a corpus with judged `pairs`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="JSON lines, gzipped: id, title, body, ts | date")
    parser.add_argument("--pairs", type=Path, help="judged pairs; without it rows have labels")
    parser.add_argument("--batch", type=int, default=1_000)
    parser.add_argument("--undated", action="store_true")
    parser.add_argument("--late", action="store_true", help="half of the copies a year later")
    options = parser.parse_args()
    with gzip.open(options.corpus, "rt", encoding="utf-8") as lines:
        rows: list[Row] = [row for row in map(json.loads, lines) if row["body"].strip()]
    if options.late:
        rows = [_late(row) for row in rows]
    for stage, seconds, stories in _stories(rows, options.batch, dated=not options.undated):
        found = (
            pair_score(rows, stories, json.loads(options.pairs.read_text("utf-8"))["pairs"])
            if options.pairs
            else cluster_score(rows, stories)
        )
        print(json.dumps({"stage": stage, "cpu_seconds": round(seconds, 1), **found}))


def _late(row: Row) -> Row:
    """Return a labelled row, every second copy published a year later."""
    is_copy = row["rel"] not in LOOKALIKES and crc32(str(row["id"]).encode()) % 2
    return {**row, "ts": int(row["ts"]) + YEAR} if is_copy else row


def _stories(
    rows: Sequence[Row], size: int, *, dated: bool
) -> Iterator[tuple[str, float, list[str]]]:
    results = [result(row, dated=dated) for row in rows]
    with (
        tempfile.TemporaryDirectory() as folder,
        db.connect(Path(folder) / "warehouse.duckdb") as store,
    ):
        begun = process_time()
        for at in range(0, len(results), size):
            tables = BatchTables.of(results[at : at + size])
            load_batch(store, f"b{at}", tables, run_id="bench", loaded_at=NOW)
        yield "loaded", process_time() - begun, story_ids(store, rows)
        begun = process_time()
        rejudge(store, NOW)
        yield "maintained", process_time() - begun, story_ids(store, rows)


def result(row: Mapping[str, Any], *, dated: bool = True) -> tuple[Delivery, Result]:
    """Return a row as the result of reading it, ready to be loaded."""
    document_id = hashlib.sha256(str(row["id"]).encode()).hexdigest()
    title, body = str(row["title"]), str(row["body"])
    site = f"{row.get('publisher', 'wire')}.example"
    found = Article(
        document_id=document_id,
        content_hash=content_hash(title, body),
        title=title,
        body=body,
        publisher_domain=site,
        published_at=_published(row) if dated else None,
        word_count=len(body.split()),
        page_chars=len(body),
        extractor_version="bench",
    )
    met = Delivery(document_id, str(row["id"]), MediaType.RECORD, len(body), NOW)
    return met, found


def _published(row: Mapping[str, Any]) -> datetime:
    if "ts" in row:
        return datetime.fromtimestamp(int(row["ts"]), UTC)
    stamp = WIRE_STAMP.search(str(row["date"]))
    assert stamp is not None
    return datetime.strptime(f"{stamp[1]} {stamp[2]}", "%d-%b-%Y %H:%M:%S").replace(tzinfo=UTC)


def story_ids(store: db.Connection, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the story of each row, all of them having been loaded."""
    of = dict(
        store.execute(
            "select d.origin, a.story_id from documents d join articles a using (article_id)"
        ).fetchall()
    )
    return [of[str(row["id"])] for row in rows]


def _pairs(sizes: Counter[object]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def cluster_score(rows: Sequence[Mapping[str, Any]], stories: Sequence[str]) -> dict[str, Any]:
    """Return pair F1, the share of each kind of copy found, and of each lookalike merged."""
    true = [row["cluster"] for row in rows]
    both = _pairs(Counter(zip(true, stories, strict=True)))
    told, wanted = _pairs(Counter(stories)), _pairs(Counter(true))
    original = {r["cluster"]: s for r, s in zip(rows, stories, strict=True) if r["rel"] == "orig"}
    members = defaultdict(set)
    for row, story in zip(rows, stories, strict=True):
        members[story].add(row["cluster"])
    found, merged = defaultdict(list), defaultdict(list)
    for row, story in zip(rows, stories, strict=True):
        if row["rel"] in LOOKALIKES:
            merged[str(row["rel"])].append(len(members[story]) > 1)
        else:
            found[str(row["rel"])].append(story == original[row["cluster"]])
    return {
        "precision": round(both / told, 4) if told else 1.0,
        "recall": round(both / wanted, 4) if wanted else 1.0,
        "f1": round(2 * both / (told + wanted), 4) if told + wanted else 1.0,
        "found": {kind: round(sum(hits) / len(hits), 3) for kind, hits in sorted(found.items())},
        "merged": {kind: round(sum(hits) / len(hits), 3) for kind, hits in sorted(merged.items())},
    }


def pair_score(
    rows: Sequence[Row], stories: Sequence[str], pairs: Sequence[Row]
) -> dict[str, object]:
    """Return F1 over judged pairs, the share of forms merged and of copies found."""
    of = {row["id"]: story for row, story in zip(rows, stories, strict=True)}
    told = [(p["label"], of[p["a"]] == of[p["b"]]) for p in pairs]
    hits = sum(same for label, same in told if label in ("copy", "revision"))
    wrong = sum(same != (label in ("copy", "revision")) for label, same in told)
    forms = [same for label, same in told if label == "template"]
    copies = [same for label, same in told if label == "copy"]
    return {
        "f1": round(2 * hits / (2 * hits + wrong), 4),
        "forms_merged": round(sum(forms) / len(forms), 4),
        "copies_found": round(sum(copies) / len(copies), 4),
    }


if __name__ == "__main__":
    main()
