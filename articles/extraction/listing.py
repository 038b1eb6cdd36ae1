"""Is the page a list of teasers, the front page of a site or a section, and no article?

What reads like a body there is the first sentence of twelve stories. The rules and their figures
are from docs/adr/0163.
"""

from collections.abc import Sequence

from articles.extraction.lines import Line
from articles.extraction.missed import NUMBER, goes_on
from articles.extraction.page import Head, Layout, Page
from articles.extraction.title_claims import articles_of
from articles.model import BODY_ROLES

LINKED = 0.8
"""Of a line's characters, and it is a link to another page."""
HEADING_WORDS, LABEL_WORDS, TEASER_WORDS = 3, 30, 6
LINKED_TEASERS, LINKED_SHARE = 3, 0.5
"""Of the kept words of an HTML page, under headings that are links: 0 of 300 articles have it."""
TEASERS, SHARE = 4, 0.5
"""Of the kept sentences of a dump, each under a line that ends none."""
UNSURE = 0.75
"""Mean score of a dump's kept words; of 300 articles two had less and none had such lines."""


def teasers(page: Page, lines: Sequence[Line]) -> str | None:
    """Return what tells that the page is a list of teasers; None when nothing does.

    `lines` have their roles. A page whose JSON-LD claims an article is none.
    """
    if _claims_article(page.head):
        return None
    kept = [at for at, line in enumerate(lines) if line.role in BODY_ROLES]
    if page.layout is not None:
        return _under_links(lines, kept, page.layout)
    return _under_labels(lines, kept)


def _claims_article(head: Head | None) -> bool:
    return head is not None and bool(articles_of(head))


def _under_links(lines: Sequence[Line], kept: Sequence[int], layout: Layout) -> str | None:
    under = [
        lines[at].weight
        for at in kept
        if lines[at].weight >= TEASER_WORDS and at and _leads_away(lines[at - 1], layout)
    ]
    words = sum(lines[at].weight for at in kept)
    if len(under) < LINKED_TEASERS or sum(under) < LINKED_SHARE * words:
        return None
    return f"{len(under)} of its {len(kept)} blocks stand each under a heading that is a link"


def _leads_away(line: Line, layout: Layout) -> bool:
    linked = layout.link_chars[line.block] >= LINKED * len(line.text)
    return bool(linked) and line.weight >= HEADING_WORDS


def _under_labels(lines: Sequence[Line], kept: Sequence[int]) -> str | None:
    words = sum(lines[at].weight for at in kept)
    if sum(lines[at].weight * lines[at].score for at in kept) >= UNSURE * words:
        return None
    sentences = [at for at in kept if lines[at].ends_sentence]
    under = [at for at in sentences if at and _is_teaser(lines[at - 1], lines[at])]
    told = sum(lines[at].weight for at in under)
    if len(under) < TEASERS or told < SHARE * sum(lines[at].weight for at in sentences):
        return None
    return f"{len(under)} of its {len(sentences)} paragraphs stand each under a headline"


def _is_teaser(above: Line, line: Line) -> bool:
    label = HEADING_WORDS <= above.weight <= LABEL_WORDS and not above.ends_sentence
    label = label and not NUMBER.match(above.text)  # "5. Aysgarth Falls" counts an article's parts
    return label and line.weight >= TEASER_WORDS and not goes_on(line)
