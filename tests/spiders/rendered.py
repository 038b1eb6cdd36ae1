"""A site whose pages are empty until their scripts have run, and what becomes of them."""

import json

import pytest

from articles.extraction.extract import extract
from articles.model import Article, RawDocument, Rejection
from articles.reading.read import read
from spiders.order import BROWSER
from spiders.rendering import missing
from tests.spiders.crawling import Crawled
from tests.spiders.site import Answer, Site, rss

needs_browser = pytest.mark.skipif(
    (why := missing(BROWSER)) is not None, reason=f"no page can be rendered: {why}"
)
LIMITS = "[politeness]\ndelay = 0.0\n[limits]\nseconds = 5.0\nrender_seconds = 20.0\n"
RENDERED = f"render = true\n{LIMITS}"
TOLD = [
    "The harbour committee met for the ninth time on Monday and voted to repair the northern wall.",
    "Its chair said that the wall had cost the town 12,400 crowns so far, and that nobody could "
    "say when the work would be done or who would pay for it in the end.",
    "Neighbours of the harbour asked for a public hearing, which the mayor promised to hold within "
    "three weeks, in the hall behind the old town library.",
]
TITLE = "Town votes to repair the harbour wall"
SHELL = """<html><head><title>{title}</title></head><body><div id="story"></div>
<script src="/story.js"></script></body></html>"""
SCRIPT = """fetch('/story.json').then(answer => answer.json()).then(story => {
  const place = document.getElementById('story');
  const add = (tag, text) => {
    place.appendChild(document.createElement(tag)).textContent = text;
  };
  add('h1', story.title);
  story.paragraphs.forEach(text => add('p', text));
});"""


def publish(site: Site, *more: str) -> None:
    """Put pages on the site that are empty until their script has fetched the story."""
    data = json.dumps({"title": TITLE, "paragraphs": TOLD})
    paths = ["/story", *more]
    site.pages |= {
        "/feed": rss(site.origin, *paths),
        "/story.js": Answer(SCRIPT, headers={"Content-Type": "text/javascript"}),
        "/story.json": Answer(data, headers={"Content-Type": "application/json"}),
        **{path: Answer(SHELL.format(title=f"News {path}")) for path in paths},
    }


def outcomes(done: Crawled) -> list[Article | Rejection]:
    """Return what reading and extraction make of the segments."""
    documents = []
    for path in sorted(done.out.glob("*.warc.gz")):
        with path.open("rb") as stream:
            documents += list(read(path.name, stream))
    pages = [document for document in documents if isinstance(document, RawDocument)]
    assert pages == documents
    return extract(pages)
