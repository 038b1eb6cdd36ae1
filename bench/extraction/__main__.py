"""Newsmill beside other extractors, quality and CPU in one run.

`python -m bench.extraction PAGES.jsonl.gz... [--folds DIR] [--venv DIR]` prints a Markdown table
for every file of labelled pages. Peers run in an environment of their own, made at the first run.
Newsmill is judged by the fold models of `bench.training --folds`, each page by the one that never
saw its publisher; without `--folds` by the shipped models, which is fair only on pages they did
not learn from.
"""

import argparse
import json
import subprocess
import tempfile
import time
import venv
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path

from articles.extraction.extract import extract
from articles.extraction.models import FILES, Models, read_model
from articles.extraction.rankers import FILE as RANKERS
from articles.extraction.rankers import standing_in
from articles.model import Article, MediaType, RawDocument
from bench.metrics import page_counts, shingle_f1
from bench.training.learn import PARTS
from bench.training.pages import Labelled, read_file

HERE = Path(__file__).parent
PEERS = (
    "trafilatura", "newspaper4k", "readability", "resiliparse", "goose3", "boilerpy3", "justext",
)  # fmt: skip
Answer = Mapping[str, object]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, nargs="+")
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--venv", type=Path, default=Path(tempfile.gettempdir()) / "newsmill-peers")
    parser.add_argument("--peers", nargs="*", default=PEERS)
    options = parser.parse_args()
    python = peers_python(options.venv) if options.peers else Path()
    for path in options.pages:
        pages = list(read_file(path))
        rows = [("newsmill", newsmill(pages, options.folds))]
        rows += [(peer, answers(python, peer, pages)) for peer in options.peers]
        print(f"\n{path.name.partition('.')[0]}: {len(pages)} pages\n")
        print("| tool | body F1 | title | ms a page | times the fastest |\n|---|---|---|---|---|")
        print(table(pages, rows), flush=True)


def peers_python(folder: Path) -> Path:
    """Return the interpreter of the peers' environment, made when it is not there."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet"]
        subprocess.run([*install, "--upgrade", "pip"], check=True)
        subprocess.run([*install, "-r", str(HERE / "requirements.txt")], check=True)
    return python


def answers(python: Path, peer: str, pages: Sequence[Labelled]) -> list[Answer]:
    """Return what a peer says of each page; a page it fails on says nothing."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for page in pages:
            file.write(json.dumps({"id": page.id, "html": page.html, "url": page.url}) + "\n")
        file.flush()
        command = [str(python), str(HERE / "peers.py"), peer, file.name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")][1:]


def newsmill(pages: Sequence[Labelled], folds: Path | None) -> list[Answer]:
    """Return what newsmill says of each page, all fields, one page a call."""
    learned = [folds / str(part) for part in range(PARTS)] if folds else []
    models = [_models(folder) for folder in learned]
    rankers = [(folder / RANKERS).read_bytes() for folder in learned]
    first = {page.part(PARTS): page for page in pages}.values()  # each fold's models are read once
    found: list[Answer] = []
    for page in [*first, *pages]:
        payload = page.html.encode("utf-8", "replace")
        document = RawDocument(
            document_id=sha256(payload).hexdigest(),
            payload=payload,
            media_type=MediaType.HTML,
            origin=page.id,
            url=page.url or None,
        )
        part = page.part(PARTS)
        with standing_in(rankers[part]) if rankers else nullcontext():
            start = time.process_time()
            [outcome] = extract([document], models[part] if models else None)
            answer: dict[str, object] = {"id": page.id, "cpu": time.process_time() - start}
        if isinstance(outcome, Article):
            answer |= {"text": outcome.body, "title": outcome.title}
        found.append(answer)
    return found[len(first) :]


def _models(folder: Path) -> Models:
    return {
        kind: read_model((folder / name).read_bytes())
        for kind, name in FILES.items()
        if (folder / name).exists()
    }


def table(pages: Sequence[Labelled], rows: Sequence[tuple[str, Sequence[Answer]]]) -> str:
    """Return the rows of a Markdown table: tool, body F1, title, CPU."""
    costs = {name: sum(float(str(a["cpu"])) for a in found) for name, found in rows}
    least = min(costs.values())
    lines = []
    for name, found in rows:
        counts = [
            page_counts(page.body, str(answer.get("text") or ""))
            for page, answer in zip(pages, found, strict=True)
        ]
        titled = [
            _key(page.title) == _key(str(answer.get("title") or ""))
            for page, answer in zip(pages, found, strict=True)
            if page.title and any(answer.get("title") for answer in found)  # else it gives none
        ]
        title = f"{sum(titled) / len(titled):.3f}" if titled else "-"
        cost = f"{1000 * costs[name] / len(pages):.1f} | {costs[name] / least:.1f}"
        lines.append(f"| {name} | {shingle_f1(counts):.4f} | {title} | {cost} |")
    return "\n".join(lines)


def _key(title: str) -> str:
    return " ".join(title.casefold().split())


if __name__ == "__main__":
    main()
