"""Which documents, and which refusals, does a drop hold? Nothing here knows of the archive."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from articles.model import RawDocument, Reason, Rejection, Stage
from articles.reading import read
from flows.ingest.drop import DropFile, drop_files


def drop_documents(
    paths: Sequence[Path], opened: Callable[[], None] = lambda: None
) -> Iterator[RawDocument | Rejection]:
    """Yield every document and every refusal of a drop, in a fixed order.

    `opened` is called for each file that was met, read or not.
    """
    for item in drop_files(paths):
        opened()
        match item:
            case DropFile():
                yield from _file_documents(item)
            case Rejection():
                yield item


def _file_documents(file: DropFile) -> Iterator[RawDocument | Rejection]:
    before = file.state()
    try:
        yield from read(file.origin, file.stream)
    except OSError as failed:  # a bad sector, a share that went away: the next file may be fine
        yield _refusal(file, Reason.UNREADABLE, "read", f"reading stopped: {failed.strerror}")
    if file.state() != before:
        yield _refusal(
            file, Reason.PARTIAL, "changed_while_read", "it was written to while it was read"
        )


def _refusal(file: DropFile, reason: Reason, rule: str, detail: str) -> Rejection:
    return Rejection(origin=file.origin, stage=Stage.READ, reason=reason, rule=rule, detail=detail)
