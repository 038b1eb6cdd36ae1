"""A news site on loopback for tests: real HTTP, answers as data."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

SITE_ADDRESS = "127.0.0.2"
"""Allowed by the tests' guard; everything else on loopback is not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site says to one request."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    """Sent instead of a well-formed answer; then the connection is closed."""
    seconds: float = 0.0
    """Before a word is said."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that the site got."""

    path: str
    at: float
    headers: dict[str, str]


Script = Callable[[int], Answer]
"""Gives the answer to the nth request (from 1) for a path."""


class Site:
    """A running site; `pages` may be changed while it runs."""

    def __init__(self, address: str = SITE_ADDRESS) -> None:
        self.pages: dict[str, Answer | Script] = {"/robots.txt": Answer(status=404)}
        self.asked: list[Asked] = []
        self.connections = 0
        """Opened to the site, also those on which nothing was asked."""
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.answer(self)

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                site.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def verify_request(self, *_: object) -> bool:
                site.connections += 1
                return True

        self._server = Server((address, 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.02])
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def origin(self) -> str:
        return f"http://news.test:{self.port}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(Asked(handler.path, time.time(), dict(handler.headers)))
        page = self.pages.get(handler.path, Answer("<p>There is no such page", 404))
        said = page if isinstance(page, Answer) else page(self.paths().count(handler.path))
        time.sleep(said.seconds)
        try:
            self._send(handler, said)
        except OSError:
            handler.close_connection = True

    def _send(self, handler: BaseHTTPRequestHandler, said: Answer) -> None:
        if said.raw is not None:
            handler.wfile.write(said.raw)
            handler.close_connection = True
            return
        body = said.body.encode() if isinstance(said.body, str) else said.body
        handler.send_response(said.status)
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | said.headers).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def running(address: str = SITE_ADDRESS) -> Iterator[Site]:
    with Site(address) as site:
        yield site


def article(title: str, *paragraphs: str, head: str = "") -> str:
    told = "".join(f"<p>{text}</p>" for text in paragraphs or (f"{title}, told at length. " * 20,))
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{told}</body>"


def rss(origin: str, *paths: str, stated: str = "Sun, 01 Nov 2026 09:00:00 GMT") -> Answer:
    items = "".join(
        f"<item><link>{origin}{path}</link><pubDate>{stated}</pubDate></item>" for path in paths
    )
    return Answer(f'<rss version="2.0"><channel>{items}</channel></rss>')


def sitemap(origin: str, *entries: tuple[str, str]) -> Answer:
    urls = "".join(
        f"<url><loc>{origin}{path}</loc><lastmod>{at}</lastmod></url>" for path, at in entries
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return Answer(f'<urlset xmlns="{space}">{urls}</urlset>', headers={"Content-Type": "text/xml"})
