"""What was refused, why and how much of it, and who decided what about it?"""

from datetime import UTC, datetime
from typing import Any, Literal

import duckdb

from articles.model import Frozen, MediaType
from warehouse.batch import Delivery, utc
from warehouse.query import Row, ask
from warehouse.sql import statement


class ReasonCount(Frozen):
    """One line of the quarantine by reason."""

    stage: str
    reason: str
    inputs: int
    example: str
    """Origin of the latest one."""
    detail: str
    """What was met there."""


class Refusal(Frozen):
    """One refused input, as `rejects` has it."""

    document_id: str | None
    origin: str
    member: str | None
    line: int | None
    byte: int | None
    stage: str
    reason: str
    rule: str
    detail: str
    status: str
    run_id: str
    seen_at: datetime
    archive_file: str | None
    archive_offset: int | None


Verb = Literal["release", "waive", "replay", "release batch", "refuse batch"]
"""What a person can do: release and replay read again, waive leaves out for good."""


class Choice(Frozen):
    """Which refusals or held batches are meant; all that is given must be true of them."""

    reason: str | None = None
    source: str | None = None
    run_id: str | None = None
    batch_id: str | None = None
    sought: str | None = None
    """An origin, or the first 8 or more digits of a document_id."""

    def __str__(self) -> str:
        """Return the choice in words, for the record."""
        told = {"sought": "input"}
        parts = [f"{told.get(n, n)} {v}" for n, v in self.model_dump().items() if v is not None]
        return ", ".join(parts) or "everything"


class HeldBatch(Frozen):
    """A batch that waits for a person."""

    batch_id: str
    run_id: str
    loaded_at: datetime
    """UTC, without a zone."""
    held: int
    """Documents that still wait."""
    reasons: tuple[str, ...]
    example: str
    """Origin of one of them."""


class Decision(Frozen):
    """What a person decided about refusals or a held batch."""

    run_id: str
    decision: Verb
    subject: str
    documents: int
    """How many it was about."""
    loaded: int
    """How many of them are in the warehouse now."""
    decided_by: str
    because: str
    decided_at: datetime


def chosen(
    connection: duckdb.DuckDBPyConnection,
    choice: Choice,
    outcome: Literal["rejected", "held"],
    statuses: tuple[str, ...] = ("open",),
) -> list[Delivery]:
    """Return every place of the documents of `choice` whose bytes are archived, as first met.

    Refused ones must have a refusal with one of `statuses`.
    """
    values = {**choice.model_dump(), "outcome": outcome, "statuses": list(statuses)}
    return [
        delivery_of(row) for row in ask(connection, statement("chosen_documents"), values).rows()
    ]


def waive(connection: duckdb.DuckDBPyConnection, choice: Choice) -> int:
    """Leave the open refusals of `choice` out for good; return how many they were."""
    values = choice.model_dump(exclude={"batch_id"})
    [(waived,)] = connection.execute(statement("waive"), values).fetchall()
    return int(waived)


def held_batches(connection: duckdb.DuckDBPyConnection) -> list[HeldBatch]:
    """Return the batches that wait for a decision, oldest first."""
    rows = ask(connection, statement("held_batches")).rows()
    return [HeldBatch.model_validate(row | {"reasons": _texts(row["reasons"])}) for row in rows]


def record(connection: duckdb.DuckDBPyConnection, decision: Decision) -> None:
    """Keep who decided what, when and why."""
    values = decision.model_dump() | {"decided_at": utc(decision.decided_at)}
    connection.execute(statement("insert_decision"), values)


def by_reason(
    connection: duckdb.DuckDBPyConnection, run_id: str | None = None, status: str | None = "open"
) -> list[ReasonCount]:
    """Return the refusals counted by stage and reason, most first; None for any run or status."""
    answer = ask(connection, statement("quarantine"), {"run_id": run_id, "status": status})
    return [ReasonCount.model_validate(row) for row in answer.rows()]


def refusals(
    connection: duckdb.DuckDBPyConnection,
    choice: Choice,
    status: str | None = None,
    limit: int | None = None,
) -> list[Refusal]:
    """Return the refusals of `choice`, latest first; None for any status, and for all of them."""
    values = choice.model_dump(exclude={"batch_id"}) | {"status": status, "inputs": limit}
    answer = ask(connection, statement("refusals"), values)
    return [Refusal.model_validate(row) for row in answer.rows()]


def decisions_about(connection: duckdb.DuckDBPyConnection, key: str) -> list[tuple[object, ...]]:
    """Return who decided when, what, about what and why, where a document or batch was in it."""
    return list(ask(connection, statement("decisions_about"), {"sought": key}).tuples)


def delivery_of(row: Row) -> Delivery:
    """Return the facts of a place of a document, a row of `store.document`, as its delivery."""
    met = row["seen_at"]
    media_type = row["media_type"]
    facts: dict[str, Any] = row | {
        "seen_at": met.replace(tzinfo=UTC) if isinstance(met, datetime) else met,
        "media_type": None if media_type is None else MediaType(str(media_type)),
    }
    return Delivery(**facts)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
