"""What does a run leave for Prometheus?

One text file in the home, for the textfile collector of the node exporter or any web server. It is
replaced whole after each run, so nobody reads half of it.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse.db import Connection, disk_checked
from warehouse.runs import Figure, figures


@dataclass(frozen=True, slots=True)
class Family:
    """What Prometheus is told of the numbers that share a name."""

    name: str
    kind: str
    """`gauge`, or `counter` for what only grows."""
    labels: tuple[str, ...]
    """Names of the parts of `Figure.label_value`, which are divided by `/`."""
    help: str


FAMILIES: Mapping[str, Family] = {
    "inputs": Family(
        "newsmill_inputs_total", "counter", ("bucket",), "Inputs of all runs by bucket."
    ),
    "articles": Family("newsmill_articles", "gauge", (), "Articles in the warehouse."),
    "quarantine": Family(
        "newsmill_quarantine_open", "gauge", ("reason",), "Open refusals by reason."
    ),
    "held_batches": Family("newsmill_held_batches", "gauge", (), "Batches that wait for a person."),
    "runs": Family(
        "newsmill_runs_total", "counter", ("flow", "status"), "Runs that ended, by how they did."
    ),
    "last_success": Family(
        "newsmill_last_success_timestamp_seconds", "gauge", ("flow",), "End of the last whole run."
    ),
    "last_run_seconds": Family(
        "newsmill_last_run_seconds", "gauge", ("flow",), "What the last run took."
    ),
    "last_article": Family(
        "newsmill_last_article_timestamp_seconds", "gauge", (), "When the newest article came."
    ),
    "publication_latency": Family(
        "newsmill_publication_latency_seconds",
        "gauge",
        ("quantile",),
        "From the stated publication to the warehouse, over the last 1,000 articles.",
    ),
    "stage_seconds": Family(
        "newsmill_last_run_stage_seconds", "gauge", ("stage",), "Wall clock of the last run."
    ),
}


def write_metrics(
    path: Path, connection: Connection, stage_seconds: Mapping[str, float] | None = None
) -> None:
    """Replace the file at `path` by how things stand now; the folder is made if need be.

    Raises DiskFull.
    """
    told = [
        *figures(connection),
        *(Figure("stage_seconds", name, spent) for name, spent in (stage_seconds or {}).items()),
    ]
    with disk_checked(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        fresh.write_text(exposition(told), encoding="utf-8")
        fresh.replace(path)


def exposition(told: Iterable[Figure]) -> str:
    r"""Return figures in the text format of Prometheus, version 0.0.4.

    >>> print(exposition([Figure("quarantine", 'a"b', 2.0)]), end="")
    # HELP newsmill_quarantine_open Open refusals by reason.
    # TYPE newsmill_quarantine_open gauge
    newsmill_quarantine_open{reason="a\"b"} 2.0
    """
    by_metric: dict[str, list[Figure]] = {}
    for figure in told:
        by_metric.setdefault(figure.metric, []).append(figure)
    lines: list[str] = []
    for metric, family in FAMILIES.items():
        if metric in by_metric:
            lines += [f"# HELP {family.name} {family.help}", f"# TYPE {family.name} {family.kind}"]
            lines += [_sample(family, figure) for figure in by_metric[metric]]
    return "".join(f"{line}\n" for line in lines)


def _sample(family: Family, figure: Figure) -> str:
    if not family.labels:
        return f"{family.name} {figure.number}"
    parts = figure.label_value.split("/", len(family.labels) - 1)
    pairs = zip(family.labels, parts, strict=True)
    labels = ",".join(f'{name}="{_escaped(part)}"' for name, part in pairs)
    return f"{family.name}{{{labels}}} {figure.number}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
