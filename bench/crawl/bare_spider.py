"""A bare Scrapy spider that fetches a list of addresses and counts: the peer of fetch_only.py.

bare_spider.py URLS [CONCURRENCY]: fetches each line of URLS, prints pages, bytes, CPU seconds.
"""

import json
import resource
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response


class Bare(scrapy.Spider):
    """Asks for each address and keeps nothing."""

    name = "bare"
    pages = size = 0

    async def start(self) -> AsyncIterator[Any]:
        """Yield a request a line."""
        for url in Path(sys.argv[1]).read_text("utf-8").split():
            yield scrapy.Request(url, callback=self.parse)

    def parse(self, response: Response, **_: Any) -> None:
        """Count a page."""
        Bare.pages += 1
        Bare.size += len(response.body)


if __name__ == "__main__":
    concurrency = int(sys.argv[2]) if len(sys.argv) > 2 else 32
    process = CrawlerProcess(
        {
            "CONCURRENT_REQUESTS": concurrency,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
            "LOG_LEVEL": "WARNING",
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(Bare)
    process.start()
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "pages": Bare.pages,
                "bytes": Bare.size,
                "cpu_s": round(used.ru_utime + used.ru_stime, 2),
            }
        )
    )
