"""The command line: `newsmill VERB`. One module a verb; heavy imports happen inside them."""

import sys
from importlib import import_module

from pydantic import ValidationError

from articles.errors import NewsmillError
from flows.cli.application import app
from flows.cli.terminal import console, shown
from flows.settings import Settings

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
    """Run the command line; a `NewsmillError` becomes its message and exit code 1.

    A variable with a wrong value is told by its name, with exit code 2; the value may be secret.
    """
    for verb in VERBS:
        import_module(f"flows.cli.{verb}")
    try:
        app()
    except NewsmillError as trouble:
        console(error=True).print(shown(f"newsmill: {trouble}", "red"))
        sys.exit(1)
    except ValidationError as wrong:
        if wrong.title != Settings.__name__:
            raise
        for each in wrong.errors(include_input=False, include_url=False):
            name = f"NEWSMILL_{'_'.join(map(str, each['loc'])).upper()}"
            console(error=True).print(shown(f"newsmill: {name}: {each['msg']}", "red"))
        sys.exit(2)
