"""What is the child process of a crawl told to do?"""

from collections.abc import Iterable

from articles.model import Frozen
from flows.crawl.folders import Folders
from flows.settings import Settings
from spiders.order import Again
from spiders.source import RENDERED


class Options(Frozen):
    """What may be chosen for one crawl."""

    minutes: float
    due_only: bool
    revisit: Again


def arguments(
    settings: Settings, folders: Folders, run: str, sources: Iterable[str], options: Options
) -> list[str]:
    """Return the command line of `spiders.run` for a crawl."""
    told = [
        *("--sources", str(settings.sources), "--only", *sources),
        *("--frontier", str(folders.frontier), "--out", str(folders.segments), "--run", run),
        *(
            "--deadline",
            str(60 * options.minutes),
            "--memory-mb",
            str(_memory_mb(settings, folders)),
        ),
        *("--browser", str(settings.crawl_browser)),
    ]
    if settings.crawl_networks:
        told += ["--allow-network", *map(str, settings.crawl_networks)]
    if settings.crawl_hosts is not None:
        told += ["--hosts", str(settings.crawl_hosts)]
    if settings.crawl_proxy is not None:
        told += ["--proxy", settings.crawl_proxy]
    told += ["--revisit", options.revisit]
    return told + (["--due-only"] if options.due_only else [])


def _memory_mb(settings: Settings, folders: Folders) -> int:
    rendered = folders.root.name.endswith(RENDERED)
    return settings.crawl_browser_memory_mb if rendered else settings.crawl_memory_mb
