"""How does text from pages and file names reach a terminal without taking it over?

What draws is imported where something is drawn: it costs 0.05 CPU s, and in a pipe nothing is.
"""

import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

NAME = "newsmill"
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters (an escape sequence starts with one) and overrides of writing direction."""


def console(*, error: bool = False) -> "Console":
    """Return the console that prints here: colour on a terminal, plain text in a pipe."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else 320  # in a pipe a line stays a line
    return Console(file=stream, highlight=False, markup=False, width=width, soft_wrap=False)


def shown(text: object, style: str = "") -> "Text":
    """Return `text` for printing: control characters become visible, nothing is markup."""
    from rich.text import Text

    return Text(visible(str(text)), style=style)


def visible(text: str) -> str:
    r"""Return `text` with control characters spelled out, so that nothing hides in it.

    >>> visible("a\x1b[31mred")
    'a\\x1b[31mred'
    """
    return UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> "Table":
    """Return a plain table; None is shown as a faint dash."""
    from rich.table import Table

    drawn = Table(box=None, pad_edge=False)
    for name in columns:
        drawn.add_column(name, overflow="fold", header_style="bold")
    for row in rows:
        drawn.add_row(*(shown("–", "dim") if cell is None else _cell(cell) for cell in row))
    return drawn


def _cell(cell: object) -> "Text":
    from rich.text import Text

    return cell if isinstance(cell, Text) else shown(cell)


def program() -> str:
    """Return how this program is called here: by its name, or by its path where that is not found.

    After `make ingest` it lies in the checkout's environment, which nobody has activated.
    """
    started = Path(sys.argv[0])
    found = started.name == NAME and shutil.which(NAME) is None
    return str(started) if found else NAME


def print_places(places: Mapping[str, object]) -> None:
    """Print where to look, a line each; None is left out."""
    out = console()
    for name, place in places.items():
        if place is not None:
            out.print(shown(f"{name:10} {place}"), soft_wrap=True)  # a link must stay whole


def say(line: str) -> None:
    """Tell the person at the terminal what goes on; standard output stays for results."""
    console(error=True).print(shown(line, "dim"))
