"""What does a run leave for those who search logs? One JSON object a line, a file a day.

All that is not plain ASCII is escaped: a title with a line break makes no second line, and one
with escape sequences takes over no terminal.
"""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

JOURNAL = logging.getLogger("newsmill")
"""For what belongs into the file alone, such as a line for each refused document."""
HEARD = ("newsmill", "prefect.flow_runs", "prefect.task_runs")
FACTS = ("task_run_name", "batch", "document", "origin", "stage", "reason", "rule")
"""Attributes of a record that become keys when they are there."""
MOST_CHARACTERS = 2_000  # of one value: a message may quote a document


@contextmanager
def journal(folder: Path, run_id: str, flow_run_id: str | None) -> Iterator[None]:
    """Write what is logged while the block runs to the file of today below `folder`.

    Every line bears the run; a block that ends by an exception leaves a last line that says so.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{datetime.now(UTC):%Y-%m-%d}.jsonl"
    handler = logging.FileHandler(file, encoding="ascii", delay=True)
    handler.setFormatter(JsonLine(run_id, flow_run_id))
    JOURNAL.setLevel(logging.INFO)
    JOURNAL.propagate = False
    for name in HEARD:
        logging.getLogger(name).addHandler(handler)
    try:
        yield
    finally:
        if (error := sys.exception()) is not None:
            JOURNAL.error("the run failed: %s: %s", type(error).__name__, error)
        for name in HEARD:
            logging.getLogger(name).removeHandler(handler)
        handler.close()


class JsonLine(logging.Formatter):
    """Formats a record as one line of JSON in plain ASCII."""

    def __init__(self, run_id: str, flow_run_id: str | None) -> None:
        super().__init__()
        self._run = {"run": run_id} | ({"flow_run": flow_run_id} if flow_run_id else {})

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        facts = {name: value for name in FACTS if (value := getattr(record, name, None))}
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            **self._run,
            **{name: str(value)[:MOST_CHARACTERS] for name, value in facts.items()},
            "message": record.getMessage()[:MOST_CHARACTERS],
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)[-MOST_CHARACTERS:]
        return json.dumps(line, ensure_ascii=True)
