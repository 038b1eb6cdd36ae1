"""Is the truth about the samples and the golden cases at one with the files it speaks of?"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from articles.model import Precision, Reason, Role

ROOT = Path(__file__).parents[2]
TRUTH = [
    json.loads(line)
    for line in (ROOT / "tests/samples/expected.jsonl").read_text("utf-8").splitlines()
]
CASES = sorted((ROOT / "tests/golden").glob("*/*/expected.json"))


def file_of(origin: str) -> str:
    """Return the file of `samples/` that an origin lies in."""
    if origin.startswith("https://"):
        return "samples/archives/crawl.warc.gz"
    path = origin.split("!")[0]
    head, _, line = path.rpartition(":")
    return head if line.isdigit() else path


def page(case: Path) -> str:
    """Return the page of a golden case."""
    (path,) = case.parent.glob("input.*")
    return path.read_bytes().decode("utf-8")


def test_every_sample_has_a_truth_and_a_line_in_the_docs() -> None:
    files = {str(p.relative_to(ROOT)) for p in (ROOT / "samples").rglob("*") if p.is_file()}
    docs = (ROOT / "docs/samples.md").read_text("utf-8")

    assert {file_of(row["origin"]) for row in TRUTH} == files
    assert [f for f in files if f.removeprefix("samples/") not in docs] == []


def test_every_origin_has_one_truth() -> None:
    assert [o for o, n in Counter(row["origin"] for row in TRUTH).items() if n > 1] == []


def test_every_refused_sample_has_a_reason_of_the_fixed_vocabulary() -> None:
    refused = [row for row in TRUTH if row["outcome"] == "rejected"]

    assert len(refused) == 7
    assert [row["origin"] for row in refused if row["reason"] not in set(Reason)] == []


def test_a_dump_holds_its_own_title_and_the_ends_of_its_body() -> None:
    dumps = [row for row in TRUTH if row["origin"].startswith("samples/dumps/")]
    missing = [
        (row["origin"], text)
        for row in dumps
        for text in (row["title"], row.get("body_starts", ""), row.get("body_ends", ""))
        if text not in (ROOT / row["origin"]).read_text("utf-8")
    ]

    assert len(dumps) == 17
    assert missing == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parts[-3]}/{case.parts[-2]}")
def test_golden_truth_stands_on_its_page(case: Path) -> None:
    truth: dict[str, Any] = json.loads(case.read_text("utf-8"))
    text = page(case)
    lines = text.split("\n")
    bodies = truth.get("body", []) if "<" not in text else []

    assert truth["fact"].endswith(".")
    assert [line for line in bodies if line not in lines] == []
    assert [
        (line, role)
        for line, role in truth.get("roles", [])
        if role not in set(Role) or not lines[line - 1].strip()
    ] == []
    assert (truth.get("published_at") is None) == (truth.get("published_precision") is None)
    assert truth.get("published_precision") in {None, *Precision}


def test_the_docs_explain_every_reason_once() -> None:
    table = [
        line.split("`")[1]
        for line in (ROOT / "docs/how-it-works.md").read_text("utf-8").splitlines()
        if line.startswith("| `") and line.split("`")[1] in set(Reason)
    ]

    assert sorted(table) == sorted(Reason)
