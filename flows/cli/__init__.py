"""The command line: `newsmill VERB`. One module a verb; heavy imports happen inside them."""

import sys
from importlib import import_module

from articles.errors import NewsmillError
from flows.cli.application import app
from flows.cli.terminal import console, shown

VERBS = (
    "ingest",
    "crawl",
    "sources",
    "extract",
    "explain",
    "duplicates",
    "diff",
    "search",
    "sql",
    "export",
    "quarantine",
    "templates",
    "replay",
    "maintain",
    "report",
    "status",
    "server",
    "doctor",
)
"""Modules of this package, in the order of `newsmill --help`; importing one registers it."""


def main() -> None:
    """Run the command line; a `NewsmillError` becomes its message and exit code 1."""
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    for verb in [asked] if asked in VERBS else VERBS:  # the others cost 0.05 CPU s
        import_module(f"flows.cli.{verb}")
    try:
        app()
    except NewsmillError as trouble:
        console(error=True).print(shown(f"newsmill: {trouble}", "red"))
        sys.exit(1)
