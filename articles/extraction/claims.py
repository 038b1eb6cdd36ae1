"""Which body, description and title does the head of an HTML page claim?"""

import html
import re
from collections.abc import Mapping

from articles.extraction.page import Head

LONGEST_BODY = 400_000  # characters of a claimed body that are read
_BREAK = re.compile(r"<br\s{0,5}/?>|</p>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")


def article_body(head: Head) -> str:
    """Return the longest articleBody of the page's JSON-LD as plain text, or ""."""
    best = ""
    for claim in head.json_ld:
        body = _body(claim)
        if len(body) > len(best):
            best = body
    best = best[:LONGEST_BODY]
    if "&" in best:
        best = html.unescape(best)
    if "<" in best:
        best = _TAG.sub(" ", _BREAK.sub("\n", best))
    return best


def _body(claim: Mapping[str, object]) -> str:
    body = claim.get("articleBody")
    if isinstance(body, list):
        return "\n".join(part for part in body if isinstance(part, str))
    return body if isinstance(body, str) else ""


def meta_text(head: Head, *names: str) -> str:
    """Return the content of the first meta with one of the names, earlier names first, or ""."""
    for name in names:
        for key, content in head.metas:
            if key == name and content:
                return content
    return ""
