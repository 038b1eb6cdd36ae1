"""What does the report of a crawl say?

Markdown from what the child tells. Addresses and words of sites pass through `escaped`.
"""

from collections.abc import Mapping

from flows.crawl.child import Ending
from flows.markup import escaped, table
from flows.reports import MAX_ROWS

ENDS: Mapping[str, str] = {
    "finished": "Nothing is left to visit now.",
    "deadline": "The deadline came first; what is left waits for the next crawl.",
    "stopped": "It was told to stop; what is left waits for the next crawl.",
    "failed": "It failed; the end of its log is below.",
    "no_browser": "Its sources want a browser, and there is none; its log tells what to do.",
    "silent": "It told nothing for a minute and was ended.",
    "overdue": "It ran on past its deadline and was ended.",
    "died": "It died; the end of its log is below.",
}
MEGABYTE = 1e6


def stats(ending: Ending) -> str:
    """Return how a crawl ended, what became of its visits, and Scrapy's own figures."""
    told = ending.figures
    parts = [
        "# Crawl",
        f"**{escaped(ending.reason)}**: {ENDS.get(ending.reason, '')} Exit code {ending.code}.",
        table(["figure", "value"], [[name, _figure(name, told.get(name))] for name in FIGURES]),
        "## What became of the visits",
        _counts("outcome", told.get("outcomes")),
        "## Links that were not taken",
        _counts("why", told.get("left_out")),
        "## Scrapy's own figures",
        _counts("figure", told.get("scrapy")),
    ]
    if ending.said and not ending.well:
        parts += ["## The end of its log", escaped(ending.said, limit=2_000)]
    return "\n\n".join(parts)


FIGURES = ("seconds", "requests", "pages", "bytes", "errors", "waiting")


def politeness(ending: Ending) -> str:
    """Return what each host was asked and how it was treated, the busiest first."""
    hosts = ending.figures.get("hosts")
    if not isinstance(hosts, Mapping) or not hosts:
        return "# Politeness\n\nNo host was asked for anything."
    ordered = sorted(hosts.items(), key=lambda item: -item[1]["requests"])
    rows = [
        [
            escaped(origin),
            f"{host['requests']:,}",
            f"{host['pages']:,}",
            f"{host['bytes'] / MEGABYTE:,.1f}",
            f"{host['errors']:,}",
            f"{host['waited_s']:,.0f} s",
            f"{host['delay']:g} s" + (" (robots.txt)" if host["exclusive"] else ""),
            f"{host['penalty']:g} s",
            escaped(host["robots"]),
        ]
        for origin, host in ordered[:MAX_ROWS]
    ]
    header = ["host", "requests", "pages", "MB", "errors", "waited", "delay", "penalty", "robots"]
    return "\n\n".join(["# Politeness", table(header, rows), *_more(len(ordered))])


def _more(hosts: int) -> list[str]:
    return [f"and {hosts - MAX_ROWS:,} more hosts"] if hosts > MAX_ROWS else []


def _counts(what: str, counts: object) -> str:
    if not isinstance(counts, Mapping) or not counts:
        return "None."
    rows = [[escaped(str(name)), _number(count)] for name, count in sorted(counts.items())]
    return table([what, "count"], rows)


def _figure(name: str, value: object) -> str:
    if name == "bytes" and isinstance(value, int):
        return f"{value / MEGABYTE:,.1f} MB"
    return _number(value)


def _number(value: object) -> str:
    match value:
        case bool() | None:
            return escaped(str(value))
        case int() | float():
            return f"{value:,}"
        case _:
            return escaped(str(value))
