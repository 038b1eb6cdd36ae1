"""What is a page, whether it came as a text dump or as HTML?

One idea for both: a sequence of blocks in reading order. A dump's block is a line; a DOM's is a
run of text between block tags or `br`. HTML adds a head full of claims about the article.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from articles.model import Block, MediaType

Column = NDArray[np.int64]
"""One number for each block or element."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of the DOM that says what it is: a `time` element, a byline class, an itemprop."""

    kind: str
    """`time`, `author`, `h1` ...: the word that the field readers look for."""
    text: str
    """Its text, white space folded."""
    value: str | None = None
    """The machine-readable attribute (`datetime`, `content`, `href`), where there is one."""
    block: int | None = None
    """Index of the block it stands in, or None when it holds no text."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A `figure` element that shows an image, as the markup has it."""

    address: str
    """Of the image, as written."""
    caption: str
    """White space folded; "" where there is none."""
    element: int
    """Its place among the elements of the page's `Layout`."""


@dataclass(frozen=True, slots=True)
class Head:
    """What an HTML page claims about itself, nothing of it believed yet."""

    title_tag: str | None = None
    metas: tuple[tuple[str, str], ...] = ()
    """(name, property or itemprop in lower case, content), in document order."""
    json_ld: tuple[Mapping[str, object], ...] = ()
    """Every JSON-LD object, `@graph` and lists flattened; malformed ones are left out."""
    canonical: str | None = None
    """href of link rel=canonical as written."""
    lang: str | None = None
    """The lang attribute of the html element."""
    marks: tuple[Mark, ...] = ()
    figures: tuple[Figure, ...] = ()
    """In document order."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where the blocks of an HTML page stand in its tree of block elements.

    Elements are numbered in document order; element 0 is the body.
    """

    element: Column
    """Of each block: the innermost block element around it."""
    link_chars: Column
    """Of each block: characters inside links, white space not folded."""
    links: Column
    """Of each block: how many links it holds."""
    bold_chars: Column
    """Of each block: characters in bold, white space not folded."""
    after_break: Column
    """Of each block: 1 when a `br` ended it, else 0."""
    small: Column
    """Of each block: 1 when all of it is set in `small`, else 0."""
    parent: Column
    """Of each element: the element around it; -1 for the body."""
    tag: Column
    """Of each element: its place in `dom.TAGS`."""
    first: Column
    """Of each element: index of the first block inside."""
    last: Column
    """Of each element: index of the last block inside, plus one."""
    depth: Column
    """Of each element: how many block elements are around it."""
    structure: Column
    """Of each element: bits of `dom.STRUCTURE`, its own and those of the elements around it."""
    path: Column
    """Of each element: a number shared by all whose tags and classes agree up to the body."""
    tag_path: Column
    """Of each element: a number shared by all whose tags agree up to the body."""
    path_parent: tuple[int, ...]
    """Of each path: that of the element around it, a smaller number; -1 for the body."""
    path_words: tuple[str, ...]
    """Of each path: class and id of its element in lower case."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, ready for reading roles and fields."""

    document_id: str
    media_type: MediaType
    blocks: tuple[Block, ...]
    """Reading order. For a dump every line is a block, empty ones too."""
    head: Head | None = None
    """None for a text dump."""
    url: str | None = None
    fetched_at: datetime | None = None
    """UTC capture time, only for judging relative dates; never a publication time."""
    layout: Layout | None = None
    """Where the blocks stand in the DOM; None for a text dump."""
    runs_on: frozenset[int] = frozenset()
    """Places of the blocks whose paragraph goes on in the next one, where marks tell."""
