"""What can be wrong with an answer, before anyone reads the page?"""

from enum import StrEnum


class Fault(StrEnum):
    """Why a fetch gave no page; the words of `crawl_log.outcome` and `crawl_urls.outcome`."""

    GUARD = "guard"
    """The address is not one to connect to."""
    ROBOTS = "robots"
    """robots.txt disallows it."""
    ROBOTS_UNREACHABLE = "robots_unreachable"
    """robots.txt answers 5xx, 429 or not at all: the host is left alone until it does."""
    PAUSED = "paused"
    """The host asked to be left alone for longer than this crawl waits."""
    OFF_SITE = "off_site"
    """A redirect leads to a host that is none of the source's."""
    OPTED_OUT = "opted_out"
    """The page says `noai` or reserves text and data mining, and the source is for training."""
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    RESET = "reset"
    """The connection ended before the answer did."""
    TIMEOUT = "timeout"
    TRUNCATED = "truncated"
    """The body is shorter than its length or its packing says."""
    MALFORMED = "malformed"
    """No HTTP, or a body that does not unpack."""
    HEADERS_TOO_LARGE = "headers_too_large"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    EMPTY = "empty"
    UNSUPPORTED_TYPE = "unsupported_type"
    """PDF, image, sound: nothing that holds an article's text as a page does."""
    REDIRECT_LOOP = "redirect_loop"
    REDIRECT_CHAIN = "redirect_chain"
    """More redirects than are followed."""
    SLOW_DOWN = "slow_down"
    """429 or 503."""
    SERVER_ERROR = "server_error"
    FORBIDDEN = "forbidden"
    """401, 402, 403, 407, 451: a wall for robots, payers or regions."""
    GONE = "gone"
    """404 or 410."""
    HTTP_STATUS = "http_status"
    """Another status that carries no page."""

    NO_BROWSER = "no_browser"
    """The source wants a browser, and none is installed: the source is left out."""
    RENDER = "render"
    """The browser gave no page: a script that does not end, or the browser broke."""
    RENDER_CAP = "render_cap"
    """As many pages as the source may have rendered in a crawl were; the rest waits."""
    NOT_NEEDED = "not_needed"
    """A rendered page asked for a picture, a frame or the like, or sent something."""
    TOO_MANY = "too_many"
    """A rendered page asked for more than a page may."""

    OURS = "ours"
    """newsmill failed on it: a bug; the log on stderr has the trace."""


PASSING = frozenset(
    {
        Fault.DNS,
        Fault.CONNECT,
        Fault.RESET,
        Fault.TIMEOUT,
        Fault.TRUNCATED,
        Fault.SLOW_DOWN,
        Fault.SERVER_ERROR,
    }
)
"""Faults that another try may not meet."""


REDIRECTS = frozenset({301, 302, 303, 307, 308})


class FetchFailed(Exception):
    """A fetch gave no page, for a reason out of the fixed vocabulary."""

    def __init__(self, fault: Fault, detail: str) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail


def fault_of_status(status: int) -> Fault | None:
    """Return what an HTTP status says is wrong; None for one that carries a page or redirects.

    >>> fault_of_status(410), fault_of_status(200)
    (<Fault.GONE: 'gone'>, None)
    """
    if status in (404, 410):
        return Fault.GONE
    if status in (429, 503):
        return Fault.SLOW_DOWN
    if status >= 500:
        return Fault.SERVER_ERROR
    if status in (401, 402, 403, 407, 451):
        return Fault.FORBIDDEN
    return None if status in (200, 304) or status in REDIRECTS else Fault.HTTP_STATUS
