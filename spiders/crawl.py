"""How does Scrapy run a crawl?

Scrapy gives the engine, the downloader and its life cycle. What decides, the frontier, robots.txt,
pace, redirects and retries, is the `Crew`'s, in plain coroutines, so Scrapy's middlewares for
these are off (docs/adr/0080-crew.md), and so are its doors: telnet and remote control.
"""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response

from spiders.crew import Crew, Tell
from spiders.faults import Fault
from spiders.frontier import Frontier
from spiders.order import Order
from spiders.rendering import renderable

HANDLER = "spiders.fetcher.GuardedHandler"
MIDDLEWARES = (
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware",
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware",
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware",
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware",
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware",
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware",
    "scrapy.downloadermiddlewares.retry.RetryMiddleware",
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware",
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware",
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware",
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware",
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware",
    "scrapy.downloadermiddlewares.stats.DownloaderStats",
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware",
)


def settings(order: Order) -> dict[str, Any]:
    """Return Scrapy's settings for a crawl."""
    return {
        "NEWSMILL_GUARD": order.guard,
        "NEWSMILL_PROXY": order.proxy,
        "DOWNLOAD_HANDLERS": {
            "http": HANDLER,
            "https": HANDLER,
            "file": None,
            "data": None,
            "ftp": None,
            "s3": None,
        },
        "DOWNLOADER_MIDDLEWARES": dict.fromkeys(MIDDLEWARES),
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "CONCURRENT_REQUESTS": order.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": order.concurrency,  # the crew keeps each host's own
        "DOWNLOAD_DELAY": 0,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "TWISTED_REACTOR_ENABLED": False,
    }


class NewsSpider(Spider):
    """Visits what the frontier holds; its pages go to segments, not to item pipelines."""

    name = "news"

    def __init__(self, order: Order, frontier: Frontier, tell: Tell) -> None:
        super().__init__()
        self._order, self._frontier, self._tell = order, frontier, tell
        self._items: tuple[object, ...] = ()
        """What Scrapy wants of a spider; a crawl's pages go to its segments."""
        self.reason = "failed"
        """How the crawl ended; `failed` until it ended well."""

    async def start(self) -> AsyncIterator[Any]:
        """Run the crawl; there are no requests for Scrapy to schedule."""
        crew = Crew(self._order, self._frontier, self._download, self._tell)
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(number, crew.stop, "stopped")
        await crew.run()
        left = self._frontier.left(file.source.id for file in self._order.sources)
        ended = {"event": "finished", "reason": crew.reason, "waiting": left}
        ended["scrapy"] = self._scrapy_stats()
        self._tell(crew.progress() | ended)
        self.reason = crew.reason
        for item in self._items:
            yield item

    def _scrapy_stats(self) -> dict[str, object]:
        stats = self.crawler.stats.get_stats()
        return {
            name: value if isinstance(value, int) else str(value) for name, value in stats.items()
        }

    async def _download(self, request: Request) -> Response:
        engine = self.crawler.engine
        if engine is None:
            raise RuntimeError("Scrapy's engine is not running")
        return await engine.download_async(request)


async def crawl(order: Order, tell: Tell) -> str:
    """Run a crawl in this event loop; return how it ended, a word of `spiders.run.EXITS`.

    `failed` is none of them. Raises `FrontierBusy` and `FrontierDamaged`.
    """
    with Frontier(order.frontier) as frontier:
        order = renderable(order, frontier)
        if not order.sources:
            tell({"event": "finished", "reason": Fault.NO_BROWSER, "requests": 0, "pages": 0})
            return Fault.NO_BROWSER
        crawler = AsyncCrawlerRunner(settings(order)).create_crawler(NewsSpider)
        await crawler.crawl_async(order=order, frontier=frontier, tell=tell)
    spider = crawler.spider
    return spider.reason if isinstance(spider, NewsSpider) else "failed"
