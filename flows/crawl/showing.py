"""What does the Prefect UI show of a crawl, while it goes on and afterwards?"""

from flows.artifacts import Progress, publish_crawl
from flows.crawl import reports
from flows.crawl.child import Ending, Event


class CrawlProgress:
    """A bar that fills with the visits made, of those made and known to wait."""

    def __init__(self) -> None:
        self._bar = Progress("pages", 1)

    def hear(self, event: Event | None) -> None:
        """Move the bar by what the child tells of its progress."""
        if event is None or event.get("event") not in ("progress", "finished"):
            return
        pages, waiting = event.get("pages"), event.get("waiting")
        if isinstance(pages, int) and isinstance(waiting, int):
            self._bar.reach(pages, pages + waiting)


def show(ending: Ending) -> None:
    """Publish how a crawl ended and how it treated its hosts."""
    told = ending.figures
    summary = f"{ending.reason}: {told.get('pages', 0):,} pages" if told else ending.reason
    publish_crawl(reports.stats(ending), summary, reports.politeness(ending))
