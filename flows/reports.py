"""What does the report of a run say?

Markdown from plain values, tables too: the UI shows the cells of its own table artifacts
literally in one version and runs them as markup in the other. Texts from outside pass through
`escaped`.
"""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from articles.model import Outcome, Reason
from flows.markup import escaped, table
from flows.remedies import REMEDY

MAX_ROWS = 100  # of a report; the warehouse holds them all

BUCKETS: Mapping[Outcome, str] = {
    Outcome.LOADED: "new articles in the warehouse",
    Outcome.DUPLICATE: "content that the warehouse had; linked, not doubled",
    Outcome.REJECTED: "refused, with a reason; see the quarantine",
    Outcome.HELD: "in a batch beyond its thresholds; not published",
    Outcome.SKIPPED: "the same bytes as before",
}


@dataclass(frozen=True, slots=True)
class StageReport:
    """What one stage took in, gave on, and cost."""

    name: str
    taken: int
    given: int
    seconds: float
    """Wall clock."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """The refusals of a run that share a reason."""

    reason: Reason
    count: int
    example: str
    """Origin of one of them."""


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation of the audit and what came of it."""

    name: str
    expected: str
    observed: str
    passed: bool
    failing: int = 0
    """Rows that did not meet it."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """What became of one document."""

    origin: str
    outcome: Outcome
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    reason: Reason | None = None


def balance(seen: int, buckets: Mapping[Outcome, int]) -> str:
    """Return the ledger as one equation, marked when it does not hold."""
    sums = " + ".join(f"{buckets.get(outcome, 0):,} {outcome.value}" for outcome in BUCKETS)
    total = sum(buckets.values())
    return f"{seen:,} seen {'=' if total == seen else '≠'} {sums}"


def ledger(seen: int, buckets: Mapping[Outcome, int]) -> str:
    """Return the ledger as Markdown."""
    rows = [
        [
            f"**{outcome.value}**",
            f"{buckets.get(outcome, 0):,}",
            _share(buckets.get(outcome, 0), seen),
            meaning,
        ]
        for outcome, meaning in BUCKETS.items()
    ]
    total = sum(buckets.values())
    verdict = (
        "✓ The ledger balances: every input is in exactly one bucket."
        if total == seen
        else f"✗ **The ledger does not balance:** {abs(seen - total):,} "
        f"{'inputs are in no bucket' if seen > total else 'entries too many'}. "
        "Nothing is published; please report this."
    )
    return "\n\n".join(
        [
            "# Ledger",
            f"**{seen:,}** inputs seen",
            table(["bucket", "inputs", "share", "what it means"], rows),
            verdict,
        ]
    )


def funnel(stages: Sequence[StageReport]) -> str:
    """Return the funnel as Markdown, one row a stage in the order given."""
    total = sum(stage.seconds for stage in stages)
    rows = [
        [
            f"**{escaped(stage.name)}**",
            f"{stage.taken:,}",
            f"{stage.given:,}",
            f"{stage.taken - stage.given:,}",
            f"{stage.seconds:,.2f} s",
            _share(stage.seconds, total),
            f"{stage.taken / stage.seconds:,.0f} /s" if stage.seconds else "",
        ]
        for stage in stages
    ]
    header = ["stage", "in", "out", "stopped", "time", "share", "rate"]
    return "\n\n".join(["# Funnel", table(header, rows), f"{total:,.2f} s in all"])


def quarantine(refusals: Sequence[Refusals]) -> str:
    """Return the refusals as Markdown, the commonest reason first."""
    if not refusals:
        return "# Quarantine\n\n✓ Nothing was refused."
    ordered = sorted(refusals, key=lambda line: (-line.count, line.reason))
    rows = [
        [
            f"**{escaped(line.reason.value)}**",
            f"{line.count:,}",
            escaped(line.example),
            REMEDY[line.reason],
        ]
        for line in ordered
    ]
    return "\n\n".join(
        [
            "# Quarantine",
            table(["reason", "inputs", "for example", "what to do"], rows),
            "`newsmill quarantine list` names them all, `newsmill explain ORIGIN` tells a story.",
        ]
    )


def audit(suite: str, checks: Sequence[Check], docs_url: str | None) -> str:
    """Return the audit as Markdown, what failed first."""
    rows = [
        [
            "✓" if check.passed else "✗",
            escaped(check.name),
            escaped(check.expected),
            escaped(check.observed),
            f"{check.failing:,}",
        ]
        for check in sorted(checks, key=lambda check: check.passed)
    ]
    failed = sum(not check.passed for check in checks)
    verdict = "✓ All" if not failed else f"✗ {len(checks) - failed} of"
    parts = [
        "# Audit",
        f"{verdict} {len(checks)} expectations of the suite **{escaped(suite)}** are met.",
        table(["", "expectation", "expected", "observed", "rows failing"], rows),
    ]
    if docs_url is not None:
        parts.append(f"[Open the Data Docs]({docs_url})")
    return "\n\n".join(parts)


def document_list(documents: Sequence[DocumentLine]) -> str:
    """Return what became of the documents as Markdown."""
    rows = [
        [
            document.outcome.value + (f": {escaped(document.reason)}" if document.reason else ""),
            escaped(document.title or "", limit=120),
            escaped(document.published or ""),
            escaped(document.publisher or ""),
            escaped(f"newsmill explain {shlex.quote(document.origin)}"),
        ]
        for document in documents[:MAX_ROWS]
    ]
    parts = [
        "# Documents",
        table(["outcome", "title", "published", "publisher", "its whole story"], rows),
    ]
    if len(documents) > MAX_ROWS:
        parts.append(f"and {len(documents) - MAX_ROWS:,} more in the table `documents`")
    return "\n\n".join(parts)


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.1%}" if whole else ""
