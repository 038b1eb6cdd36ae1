"""Does the process of a crawl live, what does it tell, and how did it end?

A crawl runs in a process and a group of its own, so that its bugs, its memory and its deadline are
not ours. A thread hears what it tells, another ends it when it is silent or overdue; its stdin is
a leash: it stops when this process is gone, however that died.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from articles.errors import NewsmillError

SILENT_SECONDS = 60.0
"""A child tells its progress every 2 seconds; a machine may be busy, but not for so long."""
OVERTIME_SECONDS = 60.0
"""Beyond the deadline that the child keeps itself."""
MERCY_SECONDS = 15.0
"""From SIGTERM to SIGKILL; a child delivers what it holds in 3."""
LOOK_SECONDS = 0.5
TAIL_LINES = 12

Event = dict[str, object]


class CrawlFailed(NewsmillError):
    """A crawl did not end well; what it delivered before is in the warehouse."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a crawl ended."""

    reason: str
    """`finished`, `deadline`, `stopped` or `failed` in the child's words; `silent` or `overdue`
    when it had to be ended; `died` when it said nothing."""
    code: int
    """Exit code; minus the signal that ended it."""
    figures: Event
    """The last that it told of itself: requests, pages, bytes, hosts."""
    said: str
    """The end of its error output."""

    @property
    def well(self) -> bool:
        """Whether everything it found is fetched, or waits for the next crawl by its own choice."""
        return (self.reason, self.code) in (("finished", 0), ("deadline", 4))


class Child:
    """The process of one crawl, from entering the block to its end."""

    def __init__(
        self,
        arguments: Sequence[str],
        log: Path,
        deadline: float,
        patience: float = SILENT_SECONDS,
        mercy: float = MERCY_SECONDS,
    ) -> None:
        self._arguments, self._log = arguments, log
        self._patience, self._mercy = patience, mercy
        self._overdue = time.monotonic() + deadline + OVERTIME_SECONDS
        self._heard = time.monotonic()
        self._told: queue.Queue[Event | None] = queue.Queue()
        self._figures: Event = {}
        self._verdict: str | None = None

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
                [sys.executable, "-m", "spiders.run", "--leash", *self._arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        self._listener = threading.Thread(target=self._listen, daemon=True, name="listener")
        self._listener.start()
        threading.Thread(target=self._watch, daemon=True, name="watch").start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._signal(signal.SIGKILL)  # whatever it left behind
        self._listener.join(MERCY_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def events(self) -> Iterator[Event | None]:
        """Yield what the child tells until it ends; None when it told nothing for a while."""
        while True:
            try:
                event = self._told.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                yield None
                continue
            if event is None:
                return
            if event.get("event") in ("progress", "finished"):
                self._figures = event
            yield event

    def stop(self) -> None:
        """End the child and its group: SIGTERM, then SIGKILL. Nothing happens after its end."""
        for mortal in (signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is not None:
                return
            self._signal(mortal)
            try:
                self._process.wait(self._mercy)
            except subprocess.TimeoutExpired:
                continue

    def ending(self) -> Ending:
        """Return how it ended; to be asked when `events` is at its end."""
        code = self._process.wait(MERCY_SECONDS)
        last = self._figures
        reason = last.get("reason") if last.get("event") == "finished" else None
        return Ending(self._verdict or str(reason or "died"), code, last, self._tail())

    def _listen(self) -> None:
        if self._process.stdout is None:
            raise AssertionError("the child's stdout is a pipe")
        for line in self._process.stdout:
            self._heard = time.monotonic()
            if line.endswith(b"\n"):  # a child that is killed leaves half a line
                self._told.put(json.loads(line))
        self._told.put(None)

    def _watch(self) -> None:
        while self._process.poll() is None:
            now = time.monotonic()
            if now - self._heard > self._patience:
                self._verdict = "silent"
            elif now > self._overdue:
                self._verdict = "overdue"
            if self._verdict:
                self.stop()
                return
            time.sleep(LOOK_SECONDS)

    def _signal(self, mortal: signal.Signals) -> None:
        try:
            os.killpg(self._process.pid, mortal)
        except ProcessLookupError:
            return  # it ended between two looks

    def _tail(self) -> str:
        lines = self._log.read_text("utf-8", "replace").splitlines()
        return "\n".join(lines[-TAIL_LINES:])
