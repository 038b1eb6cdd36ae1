"""When may the next request go to this host?

Each host has one `Pace`. Its delay is the source's, or the robots.txt's where that is longer; it
doubles when the host says 429 or 503 and shrinks again, slowly, while it does not. What a host
says to requests that were under way when it first said so is the same complaint.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from email.utils import parsedate_to_datetime

JITTER = 0.3
"""Up to this share is added to a delay, never taken off."""
LONGEST_WAIT = 7 * 86_400.0
"""Seconds. A Retry-After of years is read as this."""
FIRST_PENALTY = 0.5
LARGEST_PENALTY = 60.0
GOOD_ANSWERS = 20
"""In a row, before the penalty shrinks."""
QUIET_SECONDS = 60.0
"""Without a complaint, after which it shrinks too: at 30 s a request, 20 answers take long."""
DEAD_AFTER = 5
"""Failures to connect in a row, after which a host is left alone for this crawl."""


class Pace:
    """The clock of one host."""

    def __init__(self, delay: float, concurrency: int, quiet: float = QUIET_SECONDS) -> None:
        self.delay, self.concurrency = delay, concurrency
        """Seconds between two requests, and how many may be under way at once."""
        self.paused_until = 0.0
        """On the clock of `time.monotonic`."""
        self.exclusive = False
        """The site states a delay itself: one request at a time, counted from its end."""
        self.penalty = 0.0
        self._next_at = 0.0
        self._quiet, self._changed_at = quiet, 0.0
        self._good = self._dead = self._under_way = 0
        self._changed = asyncio.Condition()

    def obey(self, crawl_delay: float | None) -> None:
        """Take over what robots.txt asks for."""
        if crawl_delay is not None:
            self.exclusive = True
            self.delay = max(self.delay, crawl_delay)

    @property
    def dead(self) -> bool:
        """Whether the host has not answered for so long that more tries are no use now."""
        return self._dead >= DEAD_AFTER

    @property
    def pause(self) -> float:
        """Seconds for which the host is still to be left alone."""
        return max(0.0, self.paused_until - time.monotonic())

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until a request may go out; it is under way until the block is left."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._under_way < self._most())
            self._under_way += 1
        try:
            await self._wait()
            yield
        finally:
            if self.exclusive:
                self._next_at = max(self._next_at, time.monotonic() + self._gap())
            async with self._changed:
                self._under_way -= 1
                self._changed.notify()

    def answered(self) -> None:
        """Note a sound answer."""
        self._dead = 0
        self._good += 1
        quiet = time.monotonic() - self._changed_at >= self._quiet
        if self.penalty and (self._good >= GOOD_ANSWERS or quiet):
            self._good, self._changed_at = 0, time.monotonic()
            self.penalty = self.penalty / 2 if self.penalty > FIRST_PENALTY / 4 else 0.0

    def failed(self) -> None:
        """Note that no connection came about."""
        self._dead += 1

    def slow_down(self, retry_after: float | None) -> float:
        """Note a 429 or 503; return the seconds for which the host is left alone."""
        self._good = 0
        self._dead = 0
        if not self.pause:  # else an answer to a request that was under way
            self.penalty = min(max(2 * self.penalty, FIRST_PENALTY), LARGEST_PENALTY)
            self._changed_at = time.monotonic()
        pause = self.penalty if retry_after is None else retry_after
        self.paused_until = max(self.paused_until, time.monotonic() + pause)
        return pause

    def _most(self) -> int:
        if self.exclusive:
            return 1
        return max(1, self.concurrency // 2) if self.penalty else self.concurrency

    def _gap(self) -> float:
        gap = max(self.delay, self.penalty)
        return gap * (1 + random.uniform(0, JITTER))  # noqa: S311  not for secrets

    async def _wait(self) -> None:
        while (left := max(self._next_at, self.paused_until) - time.monotonic()) > 0:
            await asyncio.sleep(left)
        self._next_at = time.monotonic() + self._gap()


def retry_after(value: str | None, now: float) -> float | None:
    """Return the seconds that a Retry-After header asks for; None when it is missing or no sense.

    `now` in seconds of the epoch, for the form with a date.

    >>> retry_after("Wed, 21 Oct 2015 07:28:00 GMT", 1445412450.0)
    30.0
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    stamp = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return min(max(stamp - now, 0.0), LONGEST_WAIT)
