"""What do other crawlers make of a list of addresses, and what does it cost them?

peers.py TOOL URLS: fetches each line of URLS with TOOL (`newspaper4k`, `news-please`, `fundus`) as
its own documentation does, and prints pages, pages with an article of 200 characters or more, and
the CPU seconds of the whole process. Pictures are left out: their hosts are not there. Runs in an
environment of its own: requirements.txt.
"""

import json
import resource
import socket
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

ARTICLE_CHARS = 200
Texts = Iterator[str | None]


def newspaper4k(urls: list[str]) -> Texts:
    """Download and parse one address after the other."""
    from newspaper import Article, ArticleException

    for url in urls:
        article = Article(url, language="en", fetch_images=False)
        try:
            article.download()
            article.parse()
        except ArticleException:
            yield None
        else:
            yield article.text


def news_please(urls: list[str]) -> Texts:
    """Ask for each address."""
    from newsplease import NewsPlease

    for url in urls:
        try:
            article = NewsPlease.from_url(url, fetch_images=False)
        except LookupError:  # data of a language that nltk would download: that page is not read
            yield None
        else:
            yield getattr(article, "maintext", None)


def fundus(urls: list[str]) -> Texts:
    """Crawl one made-up publisher a host with a parser that keeps the length only: fetch only."""
    from datetime import date

    from fundus import Crawler
    from fundus.parser import BaseParser, ParserProxy, attribute
    from fundus.publishers.base_objects import Publisher, PublisherGroup
    from fundus.scraping.url import Sitemap

    class Bare(ParserProxy):
        class V1(BaseParser):
            @attribute
            def title(self) -> str:
                return "x" * ARTICLE_CHARS

            VALID_UNTIL = date.max

    hosts = defaultdict(list)
    for url in urls:
        parts = urlsplit(url)
        hosts[f"{parts.scheme}://{parts.netloc}"].append(url)
    publishers = {
        f"P{number}": Publisher(
            name=f"P{number}",
            domain=origin + "/",
            parser=Bare,
            sources=[Sitemap(origin + "/sitemap_index.xml")],
        )
        for number, origin in enumerate(hosts)
    }
    group = PublisherGroup("Bench", (), {"default_language": "en", **publishers})
    for article in Crawler(group, delay=0.0, ignore_robots=True).crawl(only_complete=False):
        yield article.title


TOOLS: dict[str, Callable[[list[str]], Texts]] = {
    "newspaper4k": newspaper4k,
    "news-please": news_please,
    "fundus": fundus,
}


def stay_on_loopback() -> None:
    """Refuse every name at once, so that no tool waits for hosts that are not there."""
    asked = socket.getaddrinfo

    def answer(host: str, *rest: object, **named: object) -> object:
        if not host.startswith("127."):
            raise socket.gaierror(socket.EAI_NONAME, f"{host} is not on loopback")
        return asked(host, *rest, **named)

    socket.getaddrinfo = answer


def main() -> None:
    """Run one tool and print its figures."""
    stay_on_loopback()
    urls = Path(sys.argv[2]).read_text("utf-8").split()
    texts = list(TOOLS[sys.argv[1]](urls))
    cpu = sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )
    articles = sum(len(text or "") >= ARTICLE_CHARS for text in texts)
    print(json.dumps({"pages": len(texts), "articles": articles, "cpu_s": round(cpu, 2)}))


if __name__ == "__main__":
    main()
