"""What do the files of the sources promise of what they deliver?"""

from pathlib import Path

from flows.health.judge import Expected
from spiders.source import Expectations
from spiders.source_files import sorted_out

RATES = ("title", "body", "published_at", "authors")
"""Keys of `[expectations]` that are signals too."""


def promises(folder: Path) -> tuple[dict[str, Expected], frozenset[str]]:
    """Return what each source promises, by its id, and the ids of those that are disabled.

    A source whose file is wrong is judged by its past meanwhile.
    """
    files, _ = sorted_out(folder)
    found = {file.source.id: _expected(file.source.expectations) for file in files}
    return found, frozenset(file.source.id for file in files if not file.source.enabled)


def _expected(given: Expectations) -> Expected:
    rates = {name: getattr(given, name) for name in RATES if getattr(given, name) is not None}
    return Expected(articles_a_day=given.articles_a_day, rates=rates)
