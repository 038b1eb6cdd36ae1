"""What does a site's robots.txt allow us, and how fast?

RFC 9309: 4xx means there are no rules, 5xx and no answer mean stay out and come back. Parsing is
Protego's, as in Scrapy; what the standard says about answers is decided here.
"""

import re
from dataclasses import dataclass
from typing import Self

from protego import Protego

from spiders.faults import Fault

AGENT = "newsmill"
LARGEST = 512 * 1024
"""Bytes read; the standard asks for at least 500 KiB, and for no more to be parsed."""
LONGEST_DELAY = 300.0
"""Seconds. A Crawl-delay of a day is a mistake or a wish to be left alone; it counts as this."""
FRESH_SECONDS = 24 * 3600
"""How long rules hold; the standard's limit."""
AI_AGENTS = (
    "GPTBot", "CCBot", "Google-Extended", "ClaudeBot", "anthropic-ai", "Applebot-Extended",
    "Bytespider", "Meta-ExternalAgent", "PerplexityBot", "cohere-ai", "Amazonbot",
)  # fmt: skip
"""Robots that gather text for models; a site that shuts them out opts out of AI training."""
NO_TRAINING = re.compile(
    r"^[ \t]*content-(?:signal|usage)[ \t]*:[^\n#]*\b(?:ai-train|train-ai)[ \t]*=[ \t]*no?\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Content Signals (`ai-train=no`) and what the IETF drafts in their place (`train-ai=n`)."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one origin, or the fact that they could not be had."""

    rules: Protego | None
    """None when everything is allowed, or nothing is."""
    unreachable: str | None = None
    """Why nothing may be fetched now; None when rules are known."""
    ai_agents: tuple[str, ...] = ()
    """Those of `AI_AGENTS` that the file names."""
    no_training: bool = False
    """The file says so in a line of its own, for whichever paths: a wish counts as said for all."""

    @classmethod
    def of(cls, status: int, body: bytes) -> Self:
        """Return what an answer to /robots.txt means, its redirects followed."""
        if status == 429 or status >= 500:
            return cls(None, f"robots.txt answers {status}")
        if status != 200:
            return cls(None)
        text = body[:LARGEST].decode("utf-8-sig", "replace")
        named = tuple(agent for agent in AI_AGENTS if agent.lower() in text.lower())
        stated = NO_TRAINING.search(text) is not None
        return cls(Protego.parse(text), ai_agents=named, no_training=stated)

    @classmethod
    def failed(cls, fault: Fault, detail: str) -> Self:
        """Return what it means that robots.txt could not be fetched."""
        if fault in (Fault.REDIRECT_CHAIN, Fault.REDIRECT_LOOP):
            return cls(None)  # the standard: more than five redirects are an unavailable file
        return cls(None, f"robots.txt: {fault}, {detail}")

    def allow(self, url: str, agent: str = AGENT) -> bool:
        """Return whether `url` may be fetched by the robot of this name."""
        if self.unreachable is not None:
            return False
        return self.rules is None or self.rules.can_fetch(url, agent)

    def crawl_delay(self, agent: str = AGENT) -> float | None:
        """Return the seconds between two requests that the site asks for, None if it does not."""
        if self.rules is None:
            return None
        delays = [self.rules.crawl_delay(agent)]
        rate = self.rules.request_rate(agent)
        if rate is not None and rate.requests > 0:
            delays.append(rate.seconds / rate.requests)
        stated = [delay for delay in delays if delay is not None and delay > 0]
        return min(max(stated), LONGEST_DELAY) if stated else None

    def sitemaps(self) -> list[str]:
        """Return the sitemaps it names, as written, each once."""
        return [] if self.rules is None else list(dict.fromkeys(self.rules.sitemaps))

    def ai_opt_out(self, url: str) -> bool:
        """Return whether `url` is not for training: the file says so, or keeps such robots out."""
        rules = self.rules
        if self.no_training:
            return True
        return rules is not None and not all(rules.can_fetch(url, name) for name in self.ai_agents)
