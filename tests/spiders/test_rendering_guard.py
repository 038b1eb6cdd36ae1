"""No way out of a page that a browser draws leads to an address inside."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from articles.model import Article
from spiders.order import BROWSER
from tests.spiders.crawling import FEED, NAMES, crawled, source
from tests.spiders.rendered import RENDERED, TITLE, TOLD, needs_browser, outcomes, publish
from tests.spiders.site import Answer, Site, running

pytestmark = pytest.mark.slow  # starts a browser
CALLS_LOOPBACK = "--allow-loopback-in-peer-connection"
"""Else no browser would call the port of these tests, whatever it was told."""


@needs_browser
def test_nothing_inside_is_reached_by_any_way_out_of_a_page(site: Site, tmp_path: Path) -> None:
    with running("127.0.0.1") as canary, running() as other_port, udp_canary() as heard:
        publish_escapes(site, canary, other_port, heard)

        browser = tmp_path / "browser"
        browser.write_text(f'#!/bin/sh\nexec {BROWSER} {CALLS_LOOPBACK} "$@"\n')
        browser.chmod(0o755)

        done = crawled(site, tmp_path, source(site, FEED + RENDERED), browser=browser)

        assert (canary.connections, other_port.connections, heard.packets) == (0, 0, 0)
        assert done.outcomes() == dict.fromkeys(PAGES, "stored")
        assert isinstance(outcomes(done)[0], Article)
        assert "/hop.json" in site.paths()
        assert "off_site" in {told for _, _, told in done.log()}


@needs_browser
def test_same_pages_reach_inside_from_a_browser_with_a_network(site: Site) -> None:
    """Else the fact above would say nothing."""
    from playwright.sync_api import sync_playwright  # of the extra `render`

    names = ", ".join(f"MAP {name} {address}" for name, address in NAMES.items())
    flags = [
        f"--host-resolver-rules={names}",
        "--no-sandbox",
        "--allow-loopback-in-peer-connection",
    ]
    with running("127.0.0.1") as canary, running() as other_port, udp_canary() as heard:
        publish_escapes(site, canary, other_port, heard)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=BROWSER, args=flags)
            for path in PAGES:
                browser.new_page().goto(f"{site.origin}{path}", wait_until="commit")
            awaited = time.monotonic() + 20.0
            while time.monotonic() < awaited and not (
                {*canary.paths()} >= REACHED and other_port.connections and heard.packets
            ):
                time.sleep(0.1)
            browser.close()

        assert {*canary.paths()} >= REACHED
        assert other_port.connections
        assert heard.packets


PAGES = ("/story", "/call", "/download", "/leave")
"""A page that leaves takes along what it has not yet asked for: each such way has its own page."""
REACHED = {"/fetch", "/post", "/beacon", "/socket", "/script", "/stylesheet", "/ping"}
REACHED |= {"/download", "/location"}
"""By which ways a browser with a network gets through whatever order it takes them in."""


def publish_escapes(site: Site, canary: Site, other_port: Site, heard: "Heard") -> None:
    """Put stories on the site that try to reach the other two, and the port of `heard`."""
    inside = [f"http://127.0.0.1:{canary.port}", f"http://inside.test:{canary.port}"]
    inside += [f"http://news.test:{other_port.port}", f"http://127.0.0.2:{other_port.port}"]
    publish(site, *PAGES[1:])
    site.pages |= {
        "/story": Answer(telling([try_ for base in inside for try_ in requests_to(base)])),
        "/call": Answer(telling([call(heard.port)])),
        "/download": Answer(telling([download(base) for base in inside[:1]])),
        "/leave": Answer(telling([f"location.href = '{base}/location'" for base in inside[:1]])),
        "/hop.json": Answer(status=302, headers={"Location": inside[0] + "/hop"}),
        "/worker.js": Answer(
            f"fetch('{inside[0]}/worker')", headers={"Content-Type": "text/javascript"}
        ),
    }


def requests_to(base: str) -> list[str]:
    """Return scripts that ask a host for something, each in another way."""
    host = base.removeprefix("http://")
    return [
        "fetch('/hop.json')",
        "new Worker('/worker.js')",
        "navigator.serviceWorker.register('/worker.js')",
        f"fetch('{base}/fetch', {{mode: 'no-cors'}}).catch(() => 0)",
        f"fetch('{base}/post', {{method: 'POST', body: 'x', mode: 'no-cors'}}).catch(() => 0)",
        f"new Image().src = '{base}/image'",
        f"navigator.sendBeacon('{base}/beacon', 'x')",
        f"new WebSocket('ws://{host}/socket')",
        f"new EventSource('{base}/events')",
        f"window.open('{base}/window')",
        f"new WebTransport('https://{host}/transport')",
        f"add('iframe', 'src', '{base}/frame')",
        f"add('script', 'src', '{base}/script')",
        f"add('object', 'data', '{base}/object')",
        *(
            f"add('link', 'href', '{base}/{rel}', 'rel', '{rel}')"
            for rel in ("stylesheet", "prefetch", "preconnect", "dns-prefetch", "prerender")
        ),
        f"add('a', 'href', '#here', 'ping', '{base}/ping').click()",
    ]


def download(base: str) -> str:
    return f"add('a', 'href', '{base}/download', 'download', 'x').click()"


def call(port: int) -> str:
    """Return a script that calls a peer by way of a UDP port."""
    return f"""const peer = new RTCPeerConnection({{iceServers: [
        {{urls: 'stun:127.0.0.1:{port}'}},
        {{urls: 'turn:127.0.0.1:{port}?transport=tcp', username: 'a', credential: 'b'}}]}});
    peer.createDataChannel('x');
    peer.createOffer().then(offer => peer.setLocalDescription(offer))"""


def telling(scripts: list[str]) -> str:
    """Return a page that runs scripts, none in the way of another, and tells its story as well."""
    attempts = "".join(f"try {{ {each}; }} catch (error) {{}}\n" for each in scripts)
    told = "".join(f"<p>{text}</p>" for text in TOLD)
    return f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{told}<script>
    const add = (tag, ...pairs) => {{
      const made = document.createElement(tag);
      for (let at = 0; at < pairs.length; at += 2) made.setAttribute(pairs[at], pairs[at + 1]);
      return document.body.appendChild(made);
    }};
    {attempts}</script></body></html>"""


class Heard:
    """Packets that came to a port of UDP."""

    def __init__(self) -> None:
        self.packets = 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self.port: int = self._socket.getsockname()[1]
        self.open = True

    def listen(self) -> None:
        while self.open:
            try:
                self._socket.recv(2_000)
                self.packets += 1
            except TimeoutError:
                continue
        self._socket.close()


@contextmanager
def udp_canary() -> Iterator[Heard]:
    heard = Heard()
    thread = threading.Thread(target=heard.listen)
    thread.start()
    try:
        yield heard
    finally:
        heard.open = False
        thread.join()
