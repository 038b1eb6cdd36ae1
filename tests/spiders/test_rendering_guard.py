"""No way out of a page that a browser draws leads to an address inside."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from articles.model import Article
from tests.spiders.crawling import FEED, crawled, source
from tests.spiders.rendered import RENDERED, TITLE, TOLD, needs_browser, outcomes, publish
from tests.spiders.site import Answer, Site, running

pytestmark = pytest.mark.slow  # starts a browser


@needs_browser
def test_nothing_inside_is_reached_by_any_way_out_of_a_page(site: Site, tmp_path: Path) -> None:
    with running("127.0.0.1") as canary, running() as other_port, udp_canary() as heard:
        inside = [f"http://127.0.0.1:{canary.port}", f"http://inside.test:{canary.port}"]
        inside += [f"http://news.test:{other_port.port}", f"http://127.0.0.2:{other_port.port}"]
        publish(site)
        site.pages["/story"] = Answer(escaping(inside, heard.port))
        site.pages["/hop.json"] = Answer(status=302, headers={"Location": inside[0] + "/hop"})
        site.pages["/worker.js"] = Answer(
            f"fetch('{inside[0]}/worker')", headers={"Content-Type": "text/javascript"}
        )

        done = crawled(site, tmp_path, source(site, FEED + RENDERED))

        assert (canary.asked, other_port.asked, heard.packets) == ([], [], 0)
        assert done.outcomes() == {"/story": "stored"}
        assert isinstance(outcomes(done)[0], Article)
        assert "/hop.json" in site.paths()
        assert "off_site" in {told for _, _, told in done.log()}


def escaping(inside: list[str], udp: int) -> str:
    """Return a page that tries every way to an address inside, and tells its story as well."""
    tries = ["fetch('/hop.json')"]
    for base in inside:
        host = base.removeprefix("http://")
        tries += [
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
            f"add('a', 'href', '{base}/download', 'download', 'x').click()",
            f"add('a', 'href', '/story', 'ping', '{base}/ping').click()",
            f"location.href = '{base}/location'",
        ]
    tries += [
        "new Worker('/worker.js')",
        "navigator.serviceWorker.register('/worker.js')",
        f"""const peer = new RTCPeerConnection({{iceServers: [
            {{urls: 'stun:127.0.0.1:{udp}'}},
            {{urls: 'turn:127.0.0.1:{udp}?transport=tcp', username: 'a', credential: 'b'}}]}});
        peer.createDataChannel('x');
        peer.createOffer().then(offer => peer.setLocalDescription(offer))""",
    ]
    attempts = "".join(f"try {{ {each}; }} catch (error) {{}}\n" for each in tries)
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
