"""What does a page look like once its scripts have run?

Chromium draws it, and has no network: what the page asks for is handed to a callback, which
answers through the crawl's own door or refuses. What asks by another way (sockets, WebRTC,
prefetches) meets a proxy whose name nobody can look up (docs/adr/0125-rendered-pages.md).
Importing this needs the extra `render`; `spiders.rendering` does it when a source wants a browser.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Error, async_playwright

from spiders.faults import Fault, FetchFailed

LAUNCH_SECONDS = 30.0
QUIET_SECONDS = 1.0
"""Without a request or a long-running script, after which a page is taken as it is."""
SETTLE_SECONDS = 20.0
"""For which a page may go on asking once it is read; one that polls is taken as it is then."""
FLAGS = (
    "--proxy-server=socks5://no-network.invalid:1",
    "--proxy-bypass-list=<-loopback>",  # else loopback is reached without the proxy
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--no-default-browser-check",
    "--disable-gpu",
    "--mute-audio",
    "--renderer-process-limit=1",
    "--js-flags=--max-old-space-size=512",
    "--blink-settings=imagesEnabled=false",
)
OUTER = """(() => {
    const html = '<!DOCTYPE html>' + document.documentElement.outerHTML;
    return html.length > MOST ? null : html;
})()"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asks for."""

    url: str
    method: str
    kind: str
    """In the browser's words: `document`, `script`, `fetch`, `image` and so on."""
    navigates: bool
    """The page, or a frame in it, would go there."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a page gets."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Answers = Callable[[Asked], Awaitable[Given | None]]
"""Answers what a page asks for; None refuses."""


class Browser:
    """Draws one page at a time; started when the first is asked for, and again after a failure."""

    def __init__(self, program: Path) -> None:
        self._program = program
        self._driver: Any = None
        self._chromium: Any = None
        self._one = asyncio.Lock()
        self._asking: set[asyncio.Future[Given | None]] = set()

    @property
    def name(self) -> str:
        """Say which browser it is, as `Chromium 140.0`; empty until it was started."""
        return f"Chromium {self._chromium.version}" if self._chromium is not None else ""

    async def html(
        self, url: str, agent: str, answers: Answers, most: int, seconds: float
    ) -> tuple[str, str]:
        """Return the page at `url` as its scripts leave it, and who drew it.

        `answers` gives the page itself too. Raises `FetchFailed` after `seconds`, for a page of
        more than `most` characters, and when the browser fails; the browser is ended then.
        """
        async with self._one:
            try:
                await self._launch()
                async with asyncio.timeout(seconds):
                    return await self._drawn(url, agent, answers, most), self.name
            except TimeoutError as error:
                told = f"its scripts had not ended after {seconds:.0f} s"
                raise await self._failed(told) from error
            except Error as error:
                raise await self._failed(f"the browser failed: {error.message[:200]}") from error
            finally:
                for asking in self._asking:  # of a page that is gone: nobody waits for the answer
                    asking.cancel()

    async def close(self) -> None:
        """End the browser."""
        driver, self._driver, self._chromium = self._driver, None, None
        if driver is not None:
            await driver.stop()

    async def _failed(self, told: str) -> FetchFailed:
        """End the browser: a script that does not end would keep what comes next waiting."""
        await self.close()
        return FetchFailed(Fault.RENDER, told)

    async def _launch(self) -> None:
        if self._chromium is not None:
            return
        self._driver = await async_playwright().start()
        self._chromium = await self._driver.chromium.launch(
            executable_path=self._program,
            args=list(FLAGS),
            chromium_sandbox=os.geteuid() != 0,  # Chromium refuses its sandbox to root
            timeout=1000 * LAUNCH_SECONDS,
        )

    async def _drawn(self, url: str, agent: str, answers: Answers, most: int) -> str:
        context = await self._chromium.new_context(
            user_agent=agent, accept_downloads=False, service_workers="block"
        )
        await context.route_web_socket("**/*", lambda socket: socket.close())
        await context.route("**/*", lambda route: self._answer(route, answers))
        page = await context.new_page()
        context.on("page", lambda opened: opened.close())
        await page.goto(url, wait_until="commit", timeout=0)  # later a script may navigate, in vain
        world = await _World.of(await context.new_cdp_session(page))
        await self._settled(world)
        html = await world.value(OUTER.replace("MOST", str(most)))
        await context.close()
        if not isinstance(html, str):
            raise FetchFailed(Fault.TOO_LARGE, f"over {most} characters when its scripts had run")
        return html

    async def _settled(self, world: "_World") -> None:
        """Wait until the page is read and asks for nothing more, but not for ever.

        The browser's own events do not tell: a navigation refused keeps them from coming.
        """
        ends = quiet_since = time.monotonic()
        ends += SETTLE_SECONDS
        while (now := time.monotonic()) < ends and now - quiet_since < QUIET_SECONDS:
            await asyncio.sleep(QUIET_SECONDS / 10)
            began = time.monotonic()
            reading = await world.value("document.readyState") == "loading"
            busy = time.monotonic() - began > QUIET_SECONDS / 10
            if self._asking or reading or busy:
                quiet_since = time.monotonic()

    async def _answer(self, route: Any, answers: Answers) -> None:
        request = route.request
        navigates = request.is_navigation_request()
        asked = Asked(request.url, request.method, request.resource_type, navigates)
        asking = asyncio.ensure_future(answers(asked))
        self._asking.add(asking)
        await asyncio.wait([asking])
        self._asking.discard(asking)
        if asking.cancelled():
            return
        given = asking.result()
        with suppress(Error):  # the page was closed meanwhile
            if given is not None:
                headers = dict(given.headers)
                await route.fulfill(status=given.status, headers=headers, body=given.body)
            else:
                # a page whose navigation is "aborted" stays; else an error page would come
                await route.abort("aborted" if navigates else "blockedbyclient")


class _World:
    """Looks at a page from where its scripts have changed nothing."""

    def __init__(self, session: Any, context: int) -> None:
        self._session, self._context = session, context

    @classmethod
    async def of(cls, session: Any) -> "_World":
        """Return the world beside a page's own."""
        tree = await session.send("Page.getFrameTree")
        frame = tree["frameTree"]["frame"]["id"]
        world = await session.send("Page.createIsolatedWorld", {"frameId": frame})
        return cls(session, world["executionContextId"])

    async def value(self, expression: str) -> object:
        """Return what an expression gives there."""
        asked = {"expression": expression, "contextId": self._context, "returnByValue": True}
        answer = await self._session.send("Runtime.evaluate", asked)
        value: object = answer["result"].get("value")
        return value
