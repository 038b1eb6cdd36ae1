"""What does the Prefect UI show of the sources?"""

from datetime import datetime

from flows.artifacts import publish_markdown
from flows.markup import escaped, table
from warehouse import db, health
from warehouse.query import Row

COLUMNS = (
    "source", "state", "why", "last article", "articles", "expected", "title", "date", "authors",
    "body", "refused", "duplicates", "flagged", "kept", "complete", "latency",
)  # fmt: skip
MARKS = {"quiet": "✗", "decayed": "✗", "well": "✓"}


def show(connection: db.Connection) -> None:
    """Publish the table of the sources; nothing while there are none."""
    rows = health.overview(connection)
    if not rows:
        return
    ill = sum(row["state"] in ("quiet", "decayed") for row in rows)
    publish_markdown("sources", markdown(rows), f"{ill} of {len(rows)} sources ail")


def markdown(rows: list[Row]) -> str:
    """Return the table of the sources as Markdown, those that ail first."""
    ordered = sorted(
        rows, key=lambda row: (row["state"] not in ("quiet", "decayed"), row["source"])
    )
    told = "Articles, rates and latency are of the last day on which documents came; complete is "
    told += "the share of what the site listed in the week up to it."
    return "\n\n".join(["# Sources", told, table(list(COLUMNS), [_cells(row) for row in ordered])])


def _cells(row: Row) -> list[str]:
    state = str(row["state"] or "not judged yet")
    why = " · ".join(str(row[name]) for name in ("cause", "detail") if row[name])
    low, high = row["expected_low"], row["expected_high"]
    bounds = (
        f"{low:.0f} to {high:.0f}" if isinstance(low, float) and isinstance(high, float) else ""
    )
    return [
        f"**{escaped(str(row['source']))}**",
        f"{MARKS.get(state, '')} {state}".strip(),
        escaped(why),
        _moment(row["last_article_at"]),
        f"{row['articles']:,}",
        bounds,
        *(_share(row[f"{name}_rate"]) for name in ("title", "published_at", "authors", "body")),
        *(_share(row[f"{name}_rate"]) for name in ("rejected", "duplicate", "flagged")),
        _share(row["kept_ratio"]),
        _share(row["loaded_ratio"]),
        f"{row['latency_hours']:.1f} h" if row["latency_hours"] is not None else "",
    ]


def _share(value: object) -> str:
    return f"{value:.0%}" if isinstance(value, float) else ""


def _moment(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else "never"
