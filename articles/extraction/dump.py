"""Which blocks does a text dump hold? Every line is one, empty lines too."""

from datetime import datetime
from itertools import count

from articles.extraction.page import Page
from articles.model import Block, MediaType


def dump_page(
    document_id: str, text: str, url: str | None = None, fetched_at: datetime | None = None
) -> Page:
    r"""Return the page of a decoded text dump, one block a line.

    Lines end at a newline only: form feeds and the Unicode separators stay inside a block, so
    that line numbers agree with every editor and with `grep -n`.

    >>> [block.text for block in dump_page("0" * 64, "Rates rise\n\nBody.").blocks]
    ['Rates rise', '', 'Body.']
    """
    lines = text.removesuffix("\n").split("\n")
    blocks = tuple(map(Block, lines, count(), count(1)))
    return Page(document_id, MediaType.TEXT, blocks, url=url, fetched_at=fetched_at)
