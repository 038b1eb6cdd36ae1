"""Run one tool over pages; runs in the peers' own environment, and imports nothing of newsmill.

`python peers.py TOOL PAGES.jsonl` reads objects with id, html, url and writes to stdout one object
a page: id, text, title, date, authors, cpu (seconds of process time).
"""

import json
import logging
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

Tool = Callable[[str, str], dict[str, Any]]
FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError)
"""What tools raise on a page, with TypeError and ValueError; anything else ends the run."""


def trafilatura() -> Tool:
    """Return trafilatura with metadata, comments off."""
    from trafilatura import bare_extraction

    def run(html: str, url: str) -> dict[str, Any]:
        found = bare_extraction(html, url=url, include_comments=False, with_metadata=True)
        if found is None:
            return {}
        authors = [a.strip() for a in (found.author or "").split(";") if a.strip()]
        return {"text": found.text, "title": found.title, "date": found.date, "authors": authors}

    return run


def newspaper4k() -> Tool:
    """Return newspaper4k on the given HTML, no images."""
    import newspaper

    config = newspaper.Config()
    config.fetch_images = False

    def run(html: str, url: str) -> dict[str, Any]:
        found = newspaper.Article(url=url or "http://example.org/x", config=config)
        found.download(input_html=html)
        found.parse()
        date = str(found.publish_date) if found.publish_date else None
        return {"text": found.text, "title": found.title, "date": date, "authors": found.authors}

    return run


def readability() -> Tool:
    """Return readability-lxml, its summary turned into text by resiliparse."""
    from readability import Document
    from resiliparse.extract.html2text import extract_plain_text

    def run(html: str, _url: str) -> dict[str, Any]:
        found = Document(html)
        return {"text": extract_plain_text(found.summary()), "title": found.short_title()}

    return run


def resiliparse() -> Tool:
    """Return resiliparse's main content; it gives no fields."""
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html, _url: {"text": extract_plain_text(html, main_content=True, alt_texts=False)}


def goose3() -> Tool:
    """Return goose3, no images."""
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})

    def run(html: str, _url: str) -> dict[str, Any]:
        found = goose.extract(raw_html=html)
        date = found.publish_datetime_utc or found.publish_date
        return {
            "text": found.cleaned_text,
            "title": found.title,
            "date": str(date) if date else None,
            "authors": found.authors,
        }

    return run


def boilerpy3() -> Tool:
    """Return boilerpy3's article extractor."""
    from boilerpy3 import extractors

    extractor = extractors.ArticleExtractor(raise_on_failure=False)

    def run(html: str, _url: str) -> dict[str, Any]:
        found = extractor.get_doc(html)
        return {"text": found.content, "title": found.title}

    return run


def justext() -> Tool:
    """Return jusText with the stop words of the language resiliparse detects."""
    import justext as peer
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.lang import detect_fast

    names = {
        "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian",
        "pt": "Portuguese", "ru": "Russian", "pl": "Polish", "cs": "Czech", "nl": "Dutch",
        "sv": "Swedish", "tr": "Turkish", "da": "Danish", "fi": "Finnish", "uk": "Ukrainian",
    }  # fmt: skip

    def run(html: str, _url: str) -> dict[str, Any]:
        language = detect_fast(extract_plain_text(html)[:4000], cutoff=2000)[0]
        stops = peer.get_stoplist(names.get(language, "English"))
        found = peer.justext(html.encode("utf-8"), stops, encoding="utf-8")
        return {"text": "\n".join(p.text for p in found if not p.is_boilerplate)}

    return run


TOOLS = (trafilatura, newspaper4k, readability, resiliparse, goose3, boilerpy3, justext)


def main() -> None:
    """Run the named tool over the file."""
    logging.disable(logging.CRITICAL)
    warnings.filterwarnings("ignore")
    run = next(tool for tool in TOOLS if tool.__name__ == sys.argv[1])()
    with open(sys.argv[2], encoding="utf-8") as lines:  # noqa: PTH123 - no newsmill style here
        pages = [json.loads(line) for line in lines]
    for page in [pages[0], *pages]:  # the first one twice: it warms the tool up
        start = time.process_time()
        try:
            found = run(page["html"], page.get("url") or "")
        except (*FAILURES, TypeError, ValueError) as error:  # it scores 0 there
            found = {"error": f"{type(error).__name__}: {error}"[:200]}
        found |= {"id": page["id"], "cpu": time.process_time() - start}
        print(json.dumps(found, default=str))


if __name__ == "__main__":
    main()
