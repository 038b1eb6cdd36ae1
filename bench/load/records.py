"""Make ready records: batch files as the flow leaves them in staging, the same for everyone."""

import hashlib
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from articles.model import Article, Evidence, MediaType, Precision
from warehouse.batch import BatchTables, Delivery, write

WORDS = ("city", "council", "voted", "on", "a", "plan", "after", "weeks", "of", "debate", "about")
START = datetime(2026, 1, 1, tzinfo=UTC)


def records(count: int, seed: int = 7) -> Iterator[tuple[Delivery, Article]]:
    """Yield `count` articles of about 2.5 kB with six pieces of evidence each."""
    rng = random.Random(seed)
    sentences = [" ".join(rng.choices(WORDS, k=14)).capitalize() + "." for _ in range(5_000)]
    for number in range(count):
        body = "\n".join(rng.choices(sentences, k=34))
        title = " ".join(rng.choices(WORDS, k=8)).capitalize()
        yield _record(number, f"{title} {number}", body)


def _record(number: int, title: str, body: str) -> tuple[Delivery, Article]:
    document_id = hashlib.sha256(f"{number}\n{body}".encode()).hexdigest()
    site = f"paper{number % 97}.example"
    published_at = START + timedelta(minutes=number % 200_000)
    met = Delivery(
        document_id=document_id,
        origin=f"drop/{number // 1000:04}/{number:07}.html",
        media_type=MediaType.HTML,
        bytes=len(body) * 4,
        seen_at=START,
        archive_file=f"2026-01-01/{number // 500:05}.warc.gz",
        archive_offset=number * 1000,
    )
    stated = {
        "title": title,
        "authors": "Ada Bell",
        "publisher": site,
        "language": "en",
        "section": "Local",
        "published_at": published_at.isoformat(),
    }
    article = Article(
        document_id=document_id,
        content_hash=hashlib.sha256(f"{title}\n{body}".encode()).hexdigest(),
        title=title,
        body=body,
        authors=("Ada Bell",),
        publisher=f"Paper {number % 97}",
        publisher_domain=site,
        section="Local",
        language="en",
        published_at=published_at,
        published_precision=Precision.MINUTE,
        url=f"https://{site}/news/{number}",
        word_count=body.count(" ") + 1,
        page_chars=len(body) * 2,
        evidence=tuple(
            Evidence(field=name, value=value, chosen=True, stated=True, rule="json_ld")
            for name, value in stated.items()
        ),
        extractor_version="bench",
    )
    return met, article


def main(folder: Path, count: int, batch: int) -> None:
    """Write `count` records as batch files of `batch` documents."""
    part: list[tuple[Delivery, Article]] = []
    for number, record in enumerate(records(count), start=1):
        part.append(record)
        if number % batch == 0 or number == count:
            write(BatchTables.of(part), folder / f"{number:08}.arrow")
            part = []


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
