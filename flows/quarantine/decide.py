"""What follows from a decision about refused documents or a held batch?

Whatever is let through runs through the same checks as any other document. Every decision is a
run with books of its own, and a row that says who, when and why.
"""

import getpass
from collections.abc import Callable, Sequence
from uuid import uuid4

from articles.errors import NewsmillError
from articles.model import Frozen, Reason, Rejection, Stage
from flows.ingest import stages
from flows.ingest.mill import Mill, now, open_mill, run_id_of
from flows.replay.reading import Reading, judge, read_again
from flows.server.address import find
from flows.server.tell import Tell, silent
from flows.server.writer import writer_slot
from flows.settings import Settings
from warehouse.batch import BatchTables, Delivery, Result
from warehouse.load import LoadReport
from warehouse.publish import publish
from warehouse.quarantine import Choice, Decision, Verb, chosen, record, waive
from warehouse.reread import redeliver


class NothingChosen(NewsmillError):
    """No refusal and no held batch answers to the choice."""


class Asked(Frozen):
    """Who decides, and why."""

    by: str
    because: str
    flow_run_id: str | None = None


class Decided(Frozen):
    """What a decision has changed."""

    run_id: str
    decision: Verb
    subject: str
    documents: int
    loaded: int = 0
    duplicate: int = 0
    rejected: int = 0
    """Still refused, perhaps for another reason."""
    damaged: tuple[str, ...] = ()
    """Records of the archive that could not be read; nothing is changed about them."""


def person() -> str:
    """Return the name of the user who runs this program."""
    return getpass.getuser()


def decide(
    settings: Settings, verb: Verb, choice: Choice, asked: Asked, tell: Tell = silent
) -> Decided:
    """Carry out a decision, record it and publish what it changed.

    A replay may be about everything that is open, and find nothing; any other decision must name
    what it is about. Raises NothingChosen otherwise, and what `writer_slot` raises.
    """
    if verb != "replay" and choice == Choice():
        raise NothingChosen(f"say what to {verb}: an input, a reason, a source, a run or a batch")
    identity = asked.flow_run_id or str(uuid4())
    slot = writer_slot(settings, find(settings.prefect), tell, flow_run_id=asked.flow_run_id)
    with slot:
        with open_mill(settings, run_id_of(identity), asked.flow_run_id, "quarantine") as mill:
            decided = _carried_out(mill, verb, choice)
            stages.close_books(mill)
            record(mill.connection, _decision(decided, asked))
        publish(settings.warehouse, settings.articles)
    return decided


def _carried_out(mill: Mill, verb: Verb, choice: Choice) -> Decided:
    match verb:
        case "waive":
            return _answered(mill, verb, choice, waive(mill.connection, choice))
        case "release":
            met = chosen(mill.connection, choice, "rejected", ("open", "waived"))
            return _let_in(mill, verb, choice, met)
        case "replay":
            return _let_in(mill, verb, choice, chosen(mill.connection, choice, "rejected"))
        case "release batch":
            return _let_in(mill, verb, choice, chosen(mill.connection, choice, "held"))
        case "refuse batch":
            return _refused(mill, verb, choice, chosen(mill.connection, choice, "held"))


def _let_in(mill: Mill, verb: Verb, choice: Choice, met: Sequence[Delivery]) -> Decided:
    reading = Reading(mill.settings, mill.templates)
    decided = _delivered(mill, verb, choice, met, lambda part: read_again(reading, part))
    return decided.model_copy(update={"damaged": tuple(reading.damaged)})


def _refused(mill: Mill, verb: Verb, choice: Choice, met: Sequence[Delivery]) -> Decided:
    """Turn the documents of a held batch into refusals, waived at once: a person has looked."""
    decided = _delivered(
        mill, verb, choice, met, lambda part: [(each, _refusal(each)) for each in part]
    )
    waive(mill.connection, Choice(run_id=mill.run_id))
    return decided


def _delivered(
    mill: Mill,
    verb: Verb,
    choice: Choice,
    met: Sequence[Delivery],
    results: Callable[[Sequence[Delivery]], list[tuple[Delivery, Result]]],
) -> Decided:
    reports = []
    for number, part in enumerate(_parts(met, mill.settings.batch_documents), 1):
        batch_id = f"{mill.run_id}-{number:03d}"
        tables = BatchTables.of(results(part))
        report = redeliver(
            mill.connection,
            batch_id,
            tables,
            run_id=mill.run_id,
            loaded_at=now(),
            judge=judge(mill, batch_id),
        )
        mill.seen += tables.documents.num_rows
        reports.append(report)
    return _answered(mill, verb, choice, len(met), reports)


def _answered(
    mill: Mill, verb: Verb, choice: Choice, documents: int, reports: Sequence[LoadReport] = ()
) -> Decided:
    if not documents and verb != "replay":
        raise NothingChosen(
            f"nothing to {verb} answers to {choice}; `newsmill quarantine list` shows what there is"
        )
    return Decided(
        run_id=mill.run_id,
        decision=verb,
        subject=str(choice),
        documents=documents,
        loaded=sum(report.loaded for report in reports),
        duplicate=sum(report.duplicate for report in reports),
        rejected=sum(report.rejected for report in reports),
    )


def _parts(met: Sequence[Delivery], most: int) -> list[list[Delivery]]:
    """Cut deliveries into batches; the places of a document stay together."""
    by_document: dict[str, list[Delivery]] = {}
    for each in met:
        by_document.setdefault(each.document_id, []).append(each)
    parts: list[list[Delivery]] = [[]]
    for places in by_document.values():
        if parts[-1] and len(parts[-1]) + len(places) > most:
            parts.append([])
        parts[-1] += places
    return parts if met else []


def _refusal(delivery: Delivery) -> Rejection:
    return Rejection(
        document_id=delivery.document_id,
        origin=delivery.origin,
        member=delivery.member,
        line=delivery.line,
        stage=Stage.AUDIT,
        reason=Reason.BAD_FIELD,
        rule="batch_refused",
        detail="its batch was not like news, and a person refused it",
    )


def _decision(decided: Decided, asked: Asked) -> Decision:
    return Decision(
        run_id=decided.run_id,
        decision=decided.decision,
        subject=decided.subject,
        documents=decided.documents,
        loaded=decided.loaded,
        decided_by=asked.by,
        because=asked.because,
        decided_at=now(),
    )
