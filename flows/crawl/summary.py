"""What did a crawl do?"""

from articles.model import Frozen
from warehouse.ledger import RunCounts


class CrawlReport(Frozen):
    """What one crawl of a group of sources did."""

    group: str
    run_id: str
    flow_run_id: str
    reason: str
    """Why it ended: `finished` or `deadline`."""
    figures: dict[str, int]
    """Requests, pages, and addresses that wait for the next crawl."""
    counts: RunCounts
    segments: int
    """Segments milled."""
    segments_before_end: int
    """Of these, segments in the warehouse before the last page was fetched."""
    first_loaded_after: float | None
    """Seconds from the start to the first article in the warehouse."""
