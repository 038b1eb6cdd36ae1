"""What does the Prefect UI show of the sources?"""

from datetime import datetime

from flows.artifacts import publish_markdown
from flows.markup import escaped, table
from warehouse import db, health
from warehouse.query import Row

STATES = ("source", "state", "why", "last article", "articles", "expected", "complete", "latency")
RATES = (
    "source", "title", "date", "authors", "body", "refused", "duplicates", "flagged", "kept",
)  # fmt: skip
DAYS_FROM = 48  # hours of latency from which days say more
MARKS = {"quiet": "✗", "decayed": "✗", "well": "✓"}


def show(connection: db.Connection) -> None:
    """Publish the table of the sources; nothing while there are none."""
    rows = health.overview(connection)
    if not rows:
        return
    ill = sum(row["state"] in ("quiet", "decayed") for row in rows)
    publish_markdown("sources", markdown(rows), f"{len(rows)} sources, {ill} of them ill")


def markdown(rows: list[Row]) -> str:
    """Return how the sources are as Markdown, those that are ill first.

    Two tables: one with all columns runs out of the page and under what stands beside it.
    """
    ordered = sorted(
        rows, key=lambda row: (row["state"] not in ("quiet", "decayed"), row["source"])
    )
    parts = [
        "# Sources",
        "Articles and latency are of the last day on which documents came; complete is the share "
        "of what the site listed in the week up to it.",
        table(list(STATES), [_state(row) for row in ordered]),
        "## What they gave on that day",
        "Share of the articles that have the field, of the documents that were refused or flagged "
        "or repeat others, and of the pages' text that was kept.",
        table(list(RATES), [_rates(row) for row in ordered]),
    ]
    return "\n\n".join(parts)


def _state(row: Row) -> list[str]:
    state = str(row["state"] or "not judged yet")
    low, high = row["expected_low"], row["expected_high"]
    bounds = (
        f"{low:.0f} to {high:.0f}" if isinstance(low, float) and isinstance(high, float) else ""
    )
    return [
        _name(row),
        f"{MARKS.get(state, '')} {state}".strip(),
        escaped(" · ".join(str(row[name]) for name in ("cause", "detail") if row[name])),
        _moment(row["last_article_at"]),
        f"{row['articles']:,}",
        bounds,
        _share(row["loaded_ratio"]),
        _hours(row["latency_hours"]),
    ]


def _rates(row: Row) -> list[str]:
    fields = ("title", "published_at", "authors", "body", "rejected", "duplicate", "flagged")
    return [
        _name(row),
        *(_share(row[f"{name}_rate"]) for name in fields),
        _share(row["kept_ratio"]),
    ]


def _name(row: Row) -> str:
    return f"**{escaped(str(row['source']))}**"


def _share(value: object) -> str:
    return f"{value:.0%}" if isinstance(value, float) else ""


def _moment(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else "never"


def _hours(value: object) -> str:
    if not isinstance(value, float):
        return ""
    return f"{value:.1f} h" if value < DAYS_FROM else f"{value / 24:,.0f} days"
