"""What does the crawl know about one host: its pace, its rules, its cookies, its work?"""

import asyncio
import time
from collections import deque
from dataclasses import asdict, dataclass

from scrapy import Request
from scrapy.http import Response
from scrapy.http.cookies import CookieJar

from spiders.politeness import Pace
from spiders.robots import FRESH_SECONDS, Robots
from spiders.visits import Visit

PATIENCE_SECONDS = 120.0
"""A host that asks for a longer pause is left for another crawl."""


@dataclass(slots=True)
class Tally:
    """What a host gave in this crawl."""

    requests: int = 0
    pages: int = 0
    bytes: int = 0
    errors: int = 0
    waited_s: float = 0.0
    """Time that politeness cost."""


class Host:
    """One origin during one crawl."""

    def __init__(self, origin: str, pace: Pace) -> None:
        self.origin, self.pace = origin, pace
        self.queue: deque[Visit] = deque()
        self.workers: set[asyncio.Task[None]] = set()
        self.tally = Tally()
        self.robots: Robots | None = None
        self.lock = asyncio.Lock()
        """Held while robots.txt is fetched."""
        self._robots_at = 0.0
        self._jar: CookieJar | None = None

    @property
    def rules_known(self) -> bool:
        """Whether robots.txt was read, not longer ago than its rules hold."""
        return self.robots is not None and time.monotonic() - self._robots_at < FRESH_SECONDS

    def obey(self, robots: Robots) -> None:
        """Take over the rules of the host."""
        self.robots, self._robots_at = robots, time.monotonic()
        self.pace.obey(robots.crawl_delay())

    @property
    def closed(self) -> bool:
        """Whether nothing can be fetched from it now."""
        unreachable = self.robots is not None and self.robots.unreachable is not None
        return unreachable or self.pace.dead or self.pace.pause > PATIENCE_SECONDS

    def standing(self) -> dict[str, object]:
        """Return what the host gave, and the pace and rules that hold for it now."""
        robots = "not asked" if self.robots is None else self.robots.unreachable or "known"
        pace = self.pace
        rules = {"delay": pace.delay, "exclusive": pace.exclusive, "penalty": pace.penalty}
        return asdict(self.tally) | rules | {"robots": robots}

    def put_cookies(self, request: Request) -> None:
        """Add the cookies that this host set, to a request to this host."""
        if self._jar is not None:
            self._jar.add_cookie_header(request)

    def keep_cookies(self, response: Response, request: Request) -> bool:
        """Keep what an answer sets; return whether it set any. No other origin gets them."""
        if b"Set-Cookie" not in response.headers:
            return False
        if self._jar is None:
            self._jar = CookieJar()
        self._jar.extract_cookies(response, request)
        return True
