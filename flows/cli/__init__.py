"""The command line: `newsmill VERB`. One module a verb; heavy imports happen inside them."""

import sys
from importlib import import_module

from pydantic import ValidationError

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

SETTINGS = "Settings"
"""The class of the settings, which a verb that wants none does not import."""


def main() -> None:
    """Run the command line; a `NewsmillError` becomes its message and exit code 1.

    A variable with a wrong value is told by its name, with exit code 2; the value may be secret.
    """
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    for verb in [asked] if asked in VERBS else VERBS:  # the others cost 0.05 CPU s
        import_module(f"flows.cli.{verb}")
    try:
        app()
    except NewsmillError as trouble:
        console(error=True).print(shown(f"newsmill: {trouble}", "red"))
        sys.exit(1)
    except ValidationError as wrong:
        if wrong.title != SETTINGS:
            raise
        for each in wrong.errors(include_input=False, include_url=False):
            name = f"NEWSMILL_{'_'.join(map(str, each['loc'])).upper()}"
            console(error=True).print(shown(f"newsmill: {name}: {each['msg']}", "red"))
        sys.exit(2)
