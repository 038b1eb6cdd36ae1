"""`newsmill doctor`: what is wrong, and what to do about it."""

import typer

from flows.cli.application import app
from flows.cli.terminal import console, shown
from flows.settings import Settings


@app.command(epilog="Example: newsmill doctor")
def doctor() -> None:
    """Examine the installation, the home, the archive, the warehouse and the server."""
    from flows.maintain.examine import examine

    out = console()
    ill = False
    for well, words in examine(Settings()):
        ill = ill or not well
        out.print(shown("ok   " if well else "ILL  ", "green" if well else "red"), end="")
        out.print(shown(words))
    if ill:
        raise typer.Exit(1)
