"""What is an address to visit, and what can become of the visit?"""

from dataclasses import dataclass
from enum import IntEnum, IntFlag
from hashlib import sha256
from urllib.parse import urljoin, urlsplit


class Kind(IntEnum):
    """What an address is visited for."""

    PAGE = 0
    """It may hold an article."""
    FEED = 1
    SITEMAP = 2
    FRONT = 3
    """The home page: links to articles, sections and feeds."""
    SECTION = 4
    """A page of links to articles."""


class State(IntEnum):
    """Where an address stands."""

    WAITING = 0
    DONE = 1
    GONE = 2
    """404 or 410: visited, and not there."""
    REFUSED = 3
    """By robots, guard, limits or after too many tries; asked for again when listed anew."""


class How(IntFlag):
    """How an address came to be known."""

    LINKED = 0
    LISTED = 1
    """A feed or sitemap of the site lists it: it counts for completeness."""
    DATED = 2
    """Its rank is the time of its last change as the lister states it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An address as something lists it."""

    url: str
    """Canonical."""
    kind: Kind = Kind.PAGE
    at: int | None = None
    """When it last changed, as stated: seconds of the epoch."""
    how: How = How.LINKED
    depth: int = 0
    """How many listings led from the source to it."""


@dataclass(frozen=True, slots=True)
class Visit:
    """An address to visit, with what the last visit left."""

    url_id: int
    url: str
    source: str
    kind: Kind
    depth: int = 0
    tries: int = 0
    stated: int | None = None
    """When its lister says it last changed: seconds of the epoch."""
    etag: str | None = None
    modified: str | None = None
    body_hash: bytes | None = None
    text_hash: bytes | None = None
    changed_at: int | None = None
    revisit_every: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What reading a listing came to."""

    summary: str
    """Its form and how much it lists."""
    news: bool
    """Whether it lists a page never heard of, or changed since."""
    leads_on: bool
    """Whether it names other listings: these may have news when it has none."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a visit."""

    visit: Visit
    at: int
    """Seconds of the epoch."""
    state: State
    outcome: str
    """A word of `spiders.faults`, or `stored`, `unchanged`, `listed`, `alias`."""
    detail: str | None = None
    status: int | None = None
    etag: str | None = None
    modified: str | None = None
    body_hash: bytes | None = None
    text_hash: bytes | None = None
    changed_at: int | None = None
    revisit_every: int | None = None
    """Seconds until the next visit; None when there is to be none."""
    not_before: int | None = None
    """For a visit to be tried again: when, at the earliest."""
    final_url: str | None = None
    aliases: tuple[str, ...] = ()
    """Canonical addresses its redirects led over; they need no visit of their own."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request and its answer: a line of the crawl log."""

    at: float
    """Seconds of the epoch."""
    source: str
    url: str
    hop: int
    """0 for the address itself, 1 for where it redirects to, and so on."""
    outcome: str
    detail: str | None
    status: int | None
    bytes: int
    elapsed_ms: int
    ip: str | None
    segment: str | None = None


def url_key(url: str) -> int:
    """Return the key of a canonical address: 63 bits of its sha256."""
    return int.from_bytes(sha256(url.encode()).digest()[:8], "big") >> 1


def joined(base: str, href: str) -> str | None:
    """Complete a link as written; None when it is no address, such as `http://[`.

    Control characters, which some servers send in a Location, are taken out, and so are blanks
    around it; those inside are part of the address.
    """
    try:
        plain = "".join(char for char in href.strip() if char >= " " and char != "\x7f")
        target = urljoin(base, plain.replace(" ", "%20"))
        target.encode()
    except ValueError:
        return None
    return target.partition("#")[0]


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address, as `https://example.org`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
