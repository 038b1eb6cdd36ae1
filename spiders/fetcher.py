"""What did the server answer, within bounds of size, time and address?

A Scrapy download handler on aiohttp. Bodies stay packed as they came, for the archive; headers
are kept byte by byte. Nothing is followed, guessed or repeated here.
"""

import time
from dataclasses import dataclass
from typing import cast

import aiohttp
import yarl
from aiohttp.connector import Connection
from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from spiders.faults import Fault, FetchFailed
from spiders.guard import AddressRefused, Guard, GuardedResolver

CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 15.0
"""Without a byte. The whole answer has `download_timeout`."""
HEADER_BYTES = 16_384
"""A line; nginx and Apache take 8 kB, and some consent cookies need more."""
HEADERS = 200
WIRE = "newsmill_wire"
"""Key of `request.meta` under which the answer's `Wire` is found."""


@dataclass(frozen=True, slots=True)
class Wire:
    """An answer as it came over the wire, for the archive."""

    started_at: float
    """Seconds of the epoch."""
    elapsed: float
    """Seconds until the last byte."""
    ip: str
    status_line: str
    headers: tuple[tuple[bytes, bytes], ...]
    """As sent, in order, names in their own spelling."""
    sent: tuple[tuple[str, str], ...]
    """The request's headers."""


class GuardedHandler(BaseDownloadHandler):
    """Fetches one address: no redirects, no cookies of its own, no proxy of the environment.

    Settings: `NEWSMILL_GUARD` (a `Guard`), `NEWSMILL_PROXY` (address or None). The request's meta
    gives `download_timeout` and `download_maxsize`. Raises `FetchFailed`.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        guard = cast("Guard", crawler.settings["NEWSMILL_GUARD"])
        self._guard = guard
        self._proxy: str | None = crawler.settings.get("NEWSMILL_PROXY")
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=crawler.settings.getint("CONCURRENT_REQUESTS"),
                resolver=GuardedResolver(guard),
                socket_factory=None if self._proxy else guard.socket,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=_Response,
            trust_env=False,
            max_line_size=HEADER_BYTES,
            max_field_size=HEADER_BYTES,
            max_headers=HEADERS,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        )
        # aiohttp asks again by itself when a kept connection ends, without the host's turn; it has
        # no public switch for that
        self._session._retry_connection = False

    async def download_request(self, request: Request) -> Response:
        """Return the answer, its `Wire` in the request's meta; raises `FetchFailed`."""
        if (why := self._guard.refuses_url(request.url)) is not None:
            raise FetchFailed(Fault.GUARD, why)
        seconds = float(request.meta["download_timeout"])
        timeout = aiohttp.ClientTimeout(
            total=seconds, sock_connect=CONNECT_SECONDS, sock_read=min(SILENCE_SECONDS, seconds)
        )
        try:
            return await self._fetch(request, timeout)
        except TimeoutError as error:
            raise FetchFailed(Fault.TIMEOUT, f"no whole answer in {seconds:.0f} s") from error
        except aiohttp.ClientError as error:
            raise _failure(error) from error
        except ValueError as error:  # aiohttp.InvalidURL among them; a Location with a newline
            raise FetchFailed(Fault.MALFORMED, str(error)[:200]) from error

    async def _fetch(self, request: Request, timeout: aiohttp.ClientTimeout) -> Response:
        started_at, clock = time.time(), time.monotonic()
        sent = _text_headers(request)
        async with self._session.request(
            request.method,
            yarl.URL(request.url, encoded=True),
            headers=sent,
            timeout=timeout,
            allow_redirects=False,
            proxy=self._proxy,
        ) as answer:
            body = await _body(answer, int(request.meta["download_maxsize"]))
            request.meta[WIRE] = Wire(
                started_at=started_at,
                elapsed=time.monotonic() - clock,
                ip=cast("_Response", answer).peer,
                status_line=f"{answer.status} {answer.reason or ''}".rstrip(),
                headers=tuple(answer.raw_headers),
                sent=(*sent, ("Host", yarl.URL(request.url).raw_authority)),
            )
            return Response(
                request.url, answer.status, Headers(answer.raw_headers), body, request=request
            )

    async def close(self) -> None:
        """Close every connection."""
        await self._session.close()


class _Response(aiohttp.ClientResponse):
    """Keeps the server's address, which aiohttp forgets with the connection (its issue 2205)."""

    peer = ""

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        transport = connection.transport
        name = transport.get_extra_info("peername") if transport is not None else None
        self.peer = str(name[0]) if name else ""
        return await super().start(connection)


async def _body(answer: aiohttp.ClientResponse, most: int) -> bytes:
    stated = answer.content_length
    if stated is not None and stated > most:
        answer.close()
        raise FetchFailed(Fault.TOO_LARGE, f"states {stated} bytes, more than {most}")
    pieces, size = [], 0
    async for piece in answer.content.iter_any():
        pieces.append(piece)
        size += len(piece)
        if size > most:
            answer.close()
            raise FetchFailed(Fault.TOO_LARGE, f"over {most} bytes")
    return b"".join(pieces)


def _failure(error: aiohttp.ClientError) -> FetchFailed:
    detail = str(error)[:200]
    match error:
        case aiohttp.ClientConnectorError() if isinstance(error.os_error, AddressRefused):
            return FetchFailed(Fault.GUARD, str(error.os_error))
        case aiohttp.ClientConnectorDNSError():
            return FetchFailed(Fault.DNS, detail)
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return FetchFailed(Fault.TLS, detail)
        case aiohttp.ClientConnectorError():
            return FetchFailed(Fault.CONNECT, detail)
        case aiohttp.ClientPayloadError():
            return FetchFailed(_payload_fault(error), detail)
        case aiohttp.ClientResponseError():
            large = "more than" in detail or "Too many" in detail
            return FetchFailed(Fault.HEADERS_TOO_LARGE if large else Fault.MALFORMED, detail)
        case _:
            return FetchFailed(Fault.RESET, detail or type(error).__name__)


def _payload_fault(error: aiohttp.ClientPayloadError) -> Fault:
    """Tell chunks that are none from a body whose last chunk never came."""
    chunks = isinstance(error.__cause__, aiohttp.http_exceptions.TransferEncodingError)
    cut = "Not enough data" in str(error.__cause__)
    return Fault.MALFORMED if chunks and not cut else Fault.TRUNCATED


def _text_headers(request: Request) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in request.headers.items()
        for value in values
    ]
