"""What does today's code make of documents that were read before?

Their bytes come from the archive. A record that is damaged there is named and left as it is.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from archive import ArchiveDamaged, Place, read_document
from articles.model import RawDocument, Templates
from flows.ingest import stages
from flows.ingest.mill import Mill
from flows.ingest.pool import Outcome, extracted
from flows.settings import Settings
from warehouse.batch import BatchTables, Delivery, Result
from warehouse.reread import Judge


@dataclass(slots=True)
class Reading:
    """Documents that are read again, in order, with what could not be read."""

    settings: Settings
    templates: Templates
    damaged: list[str] = field(default_factory=list)
    """In words, one for each record of the archive that is not what was stored."""

    def outcomes(self, deliveries: Iterable[Delivery]) -> Iterator[tuple[Delivery, Outcome]]:
        """Yield each delivery with the article or refusal it gives today; damaged ones are left."""
        met: deque[Delivery] = deque()

        def documents() -> Iterator[RawDocument]:
            for delivery in deliveries:
                if (document := self._stored(delivery)) is not None:
                    met.append(delivery)
                    yield document

        for outcome in extracted(documents(), self.settings.workers, templates=self.templates):
            yield met.popleft(), outcome

    def _stored(self, delivery: Delivery) -> RawDocument | None:
        place = Place(delivery.archive_file or "", delivery.archive_offset or 0)
        try:
            return read_document(self.settings.archive, place)
        except ArchiveDamaged as damage:
            self.damaged.append(str(damage))
            return None


def read_again(reading: Reading, deliveries: Sequence[Delivery]) -> list[tuple[Delivery, Result]]:
    """Return what becomes of `deliveries`, every place of their documents: for `redeliver`."""
    firsts = {delivery.document_id: delivery for delivery in reversed(deliveries)}
    unique = [each for each in deliveries if firsts[each.document_id] is each]
    found = {delivery.document_id: outcome for delivery, outcome in reading.outcomes(unique)}
    return [
        (each, found[each.document_id] if firsts[each.document_id] is each else None)
        for each in deliveries
        if each.document_id in found
    ]


def judge(mill: Mill, batch_id: str) -> Judge:
    """Return the check of the suite's rows for a batch that comes in again.

    What the suite says of whole batches is left out: documents picked from the quarantine are not
    a sample of anything.
    """
    return partial(_judged, mill, batch_id)


def _judged(mill: Mill, batch_id: str, tables: BatchTables) -> BatchTables:
    return stages.judged(mill, tables, batch_id)[0]
