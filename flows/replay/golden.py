"""How well does today's code read the golden cases, the pages that an editor has judged?"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from articles.extraction import extract
from articles.model import Article, Frozen, MediaType, RawDocument, Rejection, utc_text

FOLDER = Path(__file__).parents[2] / "tests" / "golden"
"""Beside the code in a checkout; an installed copy has none."""


class GoldenScore(Frozen):
    """How many of the judged facts come out right."""

    cases: int
    right: int
    """Cases of which every fact is right."""
    fields: Mapping[str, tuple[int, int]]
    """For each field, how many facts are right, of how many."""


def golden_score(folder: Path = FOLDER) -> GoldenScore | None:
    """Return the score over the cases of a folder; None where there are none."""
    cases = sorted(path.parent for path in folder.glob("*/*/expected.json"))
    if not cases:
        return None
    verdicts = [
        _verdict(json.loads((case / "expected.json").read_text("utf-8")), found)
        for case, found in zip(cases, extract([_page(case) for case in cases]), strict=True)
    ]
    names = sorted({name for verdict in verdicts for name in verdict})
    return GoldenScore(
        cases=len(cases),
        right=sum(all(verdict.values()) for verdict in verdicts),
        fields={
            name: (sum(v.get(name, False) for v in verdicts), sum(name in v for v in verdicts))
            for name in names
        },
    )


def _page(case: Path) -> RawDocument:
    path = next(case.glob("input.*"))
    payload = path.read_bytes()
    return RawDocument(
        document_id=hashlib.sha256(payload).hexdigest(),
        payload=payload,
        media_type=MediaType.HTML if path.suffix == ".html" else MediaType.TEXT,
        origin=f"{case.parent.name}/{case.name}",
    )


def _verdict(expected: Mapping[str, object], found: Article | Rejection) -> dict[str, bool]:
    """Return for each judged field whether it is right."""
    judged = {name: value for name, value in expected.items() if name != "fact"}
    if isinstance(found, Rejection) or "reason" in judged:
        refused = isinstance(found, Rejection) and judged.get("reason") == found.reason
        return dict.fromkeys(judged, refused)
    return {name: _right(name, value, found) for name, value in judged.items()}


def _right(name: str, value: object, found: Article) -> bool:
    if name == "flags":
        return isinstance(value, list) and set(value) <= set(found.flags)
    if name == "roles":
        roles = dict(enumerate(found.line_roles, 1))
        return isinstance(value, list) and all(roles.get(line) == role for line, role in value)
    return _shown(found, name) == value


def _shown(found: Article, name: str) -> object:
    value = getattr(found, name)
    if name in {"published_at", "modified_at"} and value is not None:
        return utc_text(value)
    if name == "body":
        return found.body.split("\n")
    return list(value) if name == "authors" else value
