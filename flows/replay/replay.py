"""How is the archive read again: looked at only, or written down part by part?"""

from collections.abc import Iterator

from articles.model import Article, Rejection
from flows.ingest.mill import Mill, now
from flows.replay.code import reading_digest
from flows.replay.golden import golden_score
from flows.replay.reading import Reading, judge
from flows.replay.report import ReplayReport, Tally
from flows.settings import Settings
from warehouse import db, query, replay, rewrite, templates
from warehouse.batch import BatchTables, Delivery
from warehouse.reread import write_again

PAGE = 1_000
"""Documents asked for at once: a question reads the ids of the whole warehouse."""

Read = list[tuple[replay.Stored, Article | Rejection]]


def dry_run(settings: Settings, scope: replay.Scope) -> ReplayReport:
    """Report what a replay would change, from the published snapshot; nothing is written."""
    tally = Tally()
    with query.connect(settings.articles) as connection:
        reading = Reading(settings, templates.templates_at(connection))
        for read in parts(connection, reading, scope, ""):
            comparison = replay.compare(connection, read)
            texts = sum(change.is_text for change in comparison.changes)
            changed = len(comparison.changes)
            tally.add(comparison)
            tally.add_written(texts, changed - texts, 0, changed)
    return tally.report(
        dry_run=True,
        scope=scope.key,
        code=reading_digest(reading.templates.version),
        resumed_after=None,
        damaged=reading.damaged,
        golden=golden_score(),
    )


def parts(
    connection: db.Connection, reading: Reading, scope: replay.Scope, after: str
) -> Iterator[Read]:
    """Yield the documents of the scope behind the place `after`, read again, by the batch."""
    waiting: dict[str, replay.Stored] = {}

    def deliveries() -> Iterator[Delivery]:
        for stored in _stored(connection, scope, after):
            waiting[stored.delivery.document_id] = stored
            yield stored.delivery

    part: Read = []
    for delivery, outcome in reading.outcomes(deliveries()):
        part.append((waiting.pop(delivery.document_id), outcome))
        if len(part) == reading.settings.batch_documents:
            yield part
            part = []
    if part:
        yield part


class Replay:
    """A replay that is written down, part by part; not looked into by the orchestrator."""

    def __init__(self, mill: Mill, scope: replay.Scope) -> None:
        self.scope = scope
        self.code = reading_digest(mill.templates.version)
        self.resumed_after = replay.progress(mill.connection, scope, self.code)
        self.tally = Tally()
        self.reading = Reading(mill.settings, mill.templates)
        self._mill = mill
        self._parts = parts(mill.connection, self.reading, scope, self.resumed_after)
        self._number = 0

    def write_next(self) -> bool:
        """Read the next part and write down what it changes; False at the end of the scope."""
        read = next(self._parts, None)
        if read is None:
            replay.finish(self._mill.connection, self.scope, self.code, self._mill.run_id)
            return False
        self._number += 1
        self._write(replay.compare(self._mill.connection, read))
        return True

    def _write(self, comparison: replay.Comparison) -> None:
        mill = self._mill
        batch_id = f"{mill.run_id}-{self._number:03d}"
        part = rewrite.Part(batch_id, mill.run_id, self.scope, self.code, now())
        loaded = places = 0
        with db.transaction(mill.connection):
            tables = judge(mill, batch_id)(replay.changed_tables(comparison))
            new, mended = rewrite.write_part(mill.connection, part, comparison, tables)
            if comparison.passed:
                met = replay.at_all_places(mill.connection, comparison.passed)
                again = f"{batch_id}-again"
                report = write_again(
                    mill.connection,
                    again,
                    BatchTables.of(met),
                    run_id=mill.run_id,
                    loaded_at=part.loaded_at,
                    judge=judge(mill, again),
                )
                loaded, places = report.loaded + report.duplicate, report.seen
        mill.seen += comparison.documents - len(comparison.passed) + places
        self.tally.add(comparison)
        self.tally.add_written(new, mended, loaded, len(comparison.changes))

    def report(self) -> ReplayReport:
        """Return what the replay has changed so far."""
        return self.tally.report(
            dry_run=False,
            scope=self.scope.key,
            code=self.code,
            resumed_after=self.resumed_after or None,
            damaged=self.reading.damaged,
            golden=None,
        )


def _stored(connection: db.Connection, scope: replay.Scope, after: str) -> Iterator[replay.Stored]:
    while page := replay.documents(connection, scope, after, PAGE):
        yield from page
        after = page[-1].place
