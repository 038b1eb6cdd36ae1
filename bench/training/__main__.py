"""Train every model of the extraction: `python -m bench.training PAGES_DIR [--out DIR]`.

PAGES_DIR holds labelled pages as `*.jsonl.gz` (bench/training/README.md). Writes the model files
and prints the scores by publisher-wise cross-validation as Markdown tables. The same pages give
the same files.
"""

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from articles.extraction.models import FILES, BodyModel, read_model
from articles.extraction.rankers import FILE as RANKERS
from articles.model import MediaType
from bench.training.fields import learn_rankers, learn_without, read_cases, report_rankers
from bench.training.learn import PARTS, Judged, Learned, cross_validate, learn, scored
from bench.training.pages import read_pages
from bench.training.samples import Sample, dump_samples, html_samples

OUT = Path(__file__).parents[2] / "articles" / "extraction"
LOOKS = 6


def main() -> None:
    """Train, score and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--folds", type=Path, help="write here the models of each fold")
    options = parser.parse_args()
    pages = list(read_pages(options.pages))
    trained(MediaType.HTML, list(html_samples(pages, PARTS)), options)
    folds = trained(MediaType.TEXT, list(dump_samples(pages, PARTS, LOOKS)), options)
    cases = read_cases(pages, [{MediaType.TEXT: model} for model in folds])
    print(report_rankers(cases), flush=True)
    write(learn_rankers(cases), options.out / RANKERS)
    for part in range(PARTS if options.folds else 0):
        write(learn_without(cases, part, PARTS), options.folds / str(part) / RANKERS)


def trained(
    kind: MediaType, samples: Sequence[Sample], options: argparse.Namespace
) -> list[BodyModel]:
    """Train, score and write a body model; return those of the folds."""
    judged = cross_validate(samples)
    print(report(judged, kind.value), flush=True)
    write(packed(learn(judged)), options.out / "models" / FILES[kind])
    folds = [packed(fold) for fold in judged.folds]
    for part, fold in enumerate(folds if options.folds else ()):
        write(fold, options.folds / str(part) / FILES[kind])
    return [read_model(fold) for fold in folds]


def report(judged: Judged, kind: str) -> str:
    """Return the out-of-fold scores as a Markdown table."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, sample in enumerate(judged.samples):
        name = f"{sample.page.set}, {'spoiled' if sample.spoiled else 'clean'}"
        if sample.spoiled and sample.trains:
            name += ", wordings trained on"
        groups[name].append(at)
        if sample.page.set == "fundus" and not sample.spoiled:
            groups[f"fundus look {sample.look}"].append(at)
            groups[f"fundus language {sample.page.language}"].append(at)
        if sample.page.set == "fundus" and sample.spoiled and not sample.trains:
            groups[f"fundus language {sample.page.language}, spoiled"].append(at)
    lines = [
        f"{kind}, threshold {judged.threshold:.2f}",
        "",
        "| pages | documents | shingle F1 | line F1 |",
        "|---|---|---|---|",
    ]
    for name, chosen in sorted(groups.items()):
        shingle, line = scored(judged, chosen)
        lines.append(f"| {name} | {len(chosen)} | {shingle:.4f} | {line:.4f} |")
    return "\n".join(lines) + "\n"


def packed(model: Learned) -> bytes:
    """Return the file of a body model; its version is the hash of what it holds."""
    content = {
        "first": model.first,
        "second": model.second,
        "threshold": round(model.threshold, 4),
        "words": {word: round(weight, 2) for word, weight in model.words.items()},
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    version = sha256(text.encode("utf-8")).hexdigest()[:8]
    stored = json.dumps({"version": version, **content}, ensure_ascii=False)
    return gzip.compress(stored.encode("utf-8"), 9, mtime=0)


def write(file: bytes, path: Path) -> None:
    """Write a model file and tell its size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file)
    print(f"{path.name}: {len(file) / 1e6:.2f} MB\n", flush=True)


if __name__ == "__main__":
    main()
