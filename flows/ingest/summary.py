"""What did a run do?"""

from articles.model import Frozen
from warehouse.ledger import RunCounts
from warehouse.runs import Line


class IngestReport(Frozen):
    """What an ingest did."""

    run_id: str
    flow_run_id: str
    counts: RunCounts
    documents: tuple[Line, ...]
    """The first of the inputs that were new."""
    published: bool
    """False when nothing was new: the snapshot stays the file it was."""
    stage_cpu_seconds: dict[str, float]
    """CPU that each stage took in the process of the flow."""
    held_because: tuple[str, ...] = ()
    """In words for people, one for each rule that held a batch."""
    audit_page: str | None = None
    """Path of the Data Docs, if a batch was audited."""
