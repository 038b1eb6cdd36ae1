"""What is new in a drop, and in which batches does it go on?

The intake reads a drop once, front to back, and never holds more than one batch of bytes. What
the warehouse knows already is counted and left; everything else goes to the archive first and
then on as a listing: a small file that says where each document lies. A listing is all that a
later stage gets, so a batch can be milled again from the archive alone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from archive import Place, read_document, read_segment, write_segment
from articles.model import Frozen, Provenance, RawDocument, Rejection

Known = Callable[[Sequence[Provenance]], Sequence["Acquaintance"]]
"""Asks the warehouse, for many documents at once, what it knows of each."""


class Acquaintance(Frozen):
    """What the warehouse knows of a document before it is read."""

    delivery: bool
    """The same bytes came from the same origin before: nothing to do."""
    file: str | None = None
    """Segment that holds the bytes, if any origin delivered them before: this is a sighting."""
    offset: int | None = None


class Entry(Frozen):
    """One document of a batch, and where in the archive its bytes lie."""

    provenance: Provenance
    bytes: int
    file: str
    offset: int
    sighting: bool = False
    """The same bytes were dealt with at another origin: they share that one's fate."""


class Listing(Frozen):
    """A batch on its way: what is new, what was refused on reading, what was known."""

    batch_id: str
    entries: tuple[Entry, ...]
    refused: tuple[Rejection, ...] = ()
    skipped: int = 0
    """Documents that the warehouse had from the same origin already."""

    def documents(self, archive: Path) -> Iterator[RawDocument]:
        """Yield what must be extracted, its bytes read back from the archive one by one."""
        for entry in self.entries:
            if entry.sighting:
                continue
            stored = read_document(archive, Place(entry.file, entry.offset))
            yield RawDocument(payload=stored.payload, **dict(entry.provenance))


def archived_listing(archive: Path, segment: str) -> Listing:
    """Return the listing of a segment whose batch never reached the warehouse."""
    entries = tuple(
        _entry(document, place, sighting=False)
        for place, document in read_segment(archive, segment)
    )
    return Listing(batch_id=batch_of_segment(segment), entries=entries)


def batch_of_segment(segment: str) -> str:
    """Return the id of the batch that wrote a segment: its name without folder and suffix."""
    return segment.rsplit("/", 1)[-1].split(".", 1)[0]


@dataclass
class Intake:
    """Cuts a stream of documents into batches; call `next_listing` until it returns None.

    A batch must be in the warehouse before the next one is asked for: what `known` answers then
    covers it, and nothing needs to be remembered here for the length of a drop.
    """

    name: str
    """Start of the ids of its batches."""
    documents: Iterator[RawDocument | Rejection]
    known: Known
    archive: Path
    batch_documents: int
    batch_bytes: int
    seen: int = 0
    """Inputs met so far, counted here so that the ledger has something to balance against."""
    batches: int = 0
    """Batches cut so far."""
    _new: list[RawDocument] = field(default_factory=list)
    _refused: list[Rejection] = field(default_factory=list)
    _known: dict[str, Place] = field(default_factory=dict)
    """document_id -> place of bytes that the warehouse has from another origin."""
    _fresh: dict[str, Place] = field(default_factory=dict)
    """document_id -> place of bytes stored by this batch."""
    _skipped: int = 0
    _new_bytes: int = 0

    def next_listing(self, now: datetime) -> Listing | None:
        """Return the next batch, its bytes safe in the archive, or None at the end of the drop.

        `now` (UTC) names the folder of the segment and dates its records. A last batch may hold
        nothing new: it carries the count of what was known.
        """
        for window in self._windows():
            self._sort(window)
            if self._is_full():
                break
        if not (self._new or self._refused or self._skipped):
            return None
        return self._close(now)

    def _windows(self) -> Iterator[list[RawDocument]]:
        """Yield readable documents in handfuls, so that the warehouse is asked rarely."""
        window: list[RawDocument] = []
        size = 0
        for item in self.documents:
            self.seen += 1
            if isinstance(item, Rejection):
                self._refused.append(item)
            else:
                window.append(item)
                size += len(item.payload)
            if self._is_full(len(window), size):
                yield window
                window, size = [], 0
        if window:
            yield window

    def _is_full(self, more: int = 0, more_bytes: int = 0) -> bool:
        count = len(self._new) + len(self._refused) + more
        return count >= self.batch_documents or self._new_bytes + more_bytes >= self.batch_bytes

    def _sort(self, window: list[RawDocument]) -> None:
        for document, known in zip(window, self.known(window), strict=True):
            if known.delivery:
                self._skipped += 1
                continue
            if known.file is not None and known.offset is not None:
                self._known[document.document_id] = Place(known.file, known.offset)
            self._new.append(document)
            self._new_bytes += len(document.payload)

    def _close(self, now: datetime) -> Listing:
        self.batches += 1
        batch_id = f"{self.name}-{self.batches:03d}"
        self._store(f"{now:%Y/%m/%d}/{batch_id}", now)
        listing = Listing(
            batch_id=batch_id,
            entries=tuple(self._entries()),
            refused=tuple(self._refused),
            skipped=self._skipped,
        )
        self._new, self._refused, self._skipped, self._new_bytes = [], [], 0, 0
        self._known, self._fresh = {}, {}
        return listing

    def _store(self, segment: str, now: datetime) -> None:
        unseen: dict[str, RawDocument] = {}
        for document in self._new:
            if document.document_id not in self._known:
                unseen.setdefault(document.document_id, document)
        if unseen:
            places = write_segment(self.archive, segment, unseen.values(), now)
            self._fresh = dict(zip(unseen, places, strict=True))

    def _entries(self) -> Iterator[Entry]:
        met: set[str] = set(self._known)
        for document in self._new:
            place = self._known.get(document.document_id) or self._fresh[document.document_id]
            yield _entry(document, place, sighting=document.document_id in met)
            met.add(document.document_id)


def _entry(document: RawDocument, place: Place, *, sighting: bool) -> Entry:
    return Entry(
        provenance=_provenance(document),
        bytes=len(document.payload),
        file=place.file,
        offset=place.offset,
        sighting=sighting,
    )


def _provenance(document: RawDocument) -> Provenance:
    return Provenance(**document.model_dump(exclude={"payload"}))
