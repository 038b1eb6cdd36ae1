"""The training command from pages to model files."""

import gzip
import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

PARAGRAPHS = (
    "The ferry will run through the winter, the mayor of Marl told islanders on day {n}.",
    "Islanders collected the price of {n} tonnes of diesel, and the school baked cakes for it.",
    "Nobody at the harbour office would say, for the third week, who pays for year {n}.",
    "The boat itself, built in Oldhaven, has sailed {n} winters and never missed a morning.",
)
FURNITURE = "".join(f"<li><a href=/{n}>Topic {n}</a>" for n in range(9))


def labelled(site: int, kind: str) -> str:
    """Return a page of an invented site as the sets of labelled pages hold it."""
    title = f"Ferry number {site} of Low Harbour sails on"
    body = [text.format(n=site + at) for at in range(3) for text in PARAGRAPHS]
    html = (
        f"<title>{title}</title><meta property=og:title content='{title}'><ul>{FURNITURE}</ul>"
        f"<h1>{title}</h1><p>{2 + site % 7} May 2025, 10:0{site % 9}</p>"
        f"<div class=text>{''.join(f'<p>{text}</p>' for text in body)}</div><ul>{FURNITURE}</ul>"
    )
    return json.dumps(
        {
            "id": f"{kind}{site}",
            "set": kind,
            "html": html,
            "body": "\n".join(body),
            "url": f"https://harbour-{kind}-{site}.example/ferry",
            "lang": "en",
            "title": title,
            "date": f"2025-05-0{2 + site % 7}",
        }
    )


def trained(pages: Path, out: Path, seed: str, *options: str) -> dict[str, str]:
    command = [sys.executable, "-m", "bench.training", str(pages), "--out", str(out), *options]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed})
    return {
        path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(out.rglob("*.json.gz"))
    }


@pytest.mark.slow
def test_same_pages_give_the_same_files_byte_for_byte(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for kind, sites in (("fundus", 10), ("scrapinghub", 4), ("wcxb", 4)):
        rows = "\n".join(labelled(site, kind) for site in range(sites))
        (pages / f"{kind}.jsonl.gz").write_bytes(gzip.compress(rows.encode()))

    folds = tmp_path / "folds"
    first = trained(pages, tmp_path / "one", "1", "--folds", str(folds))

    assert sorted(first) == ["dump.json.gz", "fields.json.gz", "html.json.gz"]
    assert [sorted(path.name for path in fold.iterdir()) for fold in sorted(folds.iterdir())] == [
        sorted(first)
    ] * 4
    assert trained(pages, tmp_path / "two", "2") == first
