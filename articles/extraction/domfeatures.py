"""What do the markup around a block and the claims of the head tell about it?

How much text, and how much of it linked, stands in the elements around a block matters most.
Class and id words only tell here which elements repeat; `classwords.py` reads what they say.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articles.extraction.claims import article_body, meta_text
from articles.extraction.dom import STRUCTURE, TAGS
from articles.extraction.page import Column, Head, Layout
from articles.extraction.textfeatures import (
    OWN,
    SHIFTED,
    Matrix,
    TextFeatures,
    clipped,
    matrix,
    shifted,
)
from articles.extraction.tokens import Bools, Floats, read_tokens, words_in

DOM = (
    "links_log", "links_chars", "linked_share", "links", "bold_share", "after_break", "tag",
    "parent_tag", "grandparent_tag", "depth", "siblings", "sibling_place", "path_blocks",
    "path_words", "path_share", "path_mean", "path_linked", "tag_path_blocks", "tag_path_share",
    "parent_words", "parent_share", "parent_linked", "grandparent_words", "grandparent_share",
    "grandparent_blocks", "in_best", "in_best_parent", "in_best_grandparent", "is_best",
    "parent_prose", "grandparent_prose", "in_ld_body", "ld_body_share", "in_description",
    "in_title", "from_h1", "below_h1",
)  # fmt: skip
LINKED_PROSE = 0.5  # share of linked characters above which a block is no prose
LONG_BODY = 200  # characters of a JSON-LD articleBody worth comparing with
HEADINGS = TAGS.index("h1")
_SHIFTED_COLUMNS = [OWN.index(name) for name in SHIFTED]


@dataclass(slots=True, eq=False)
class DomFeatures:
    """The markup columns of a page, and what the second look groups blocks by."""

    own: Matrix
    shifted: Matrix
    path: Column
    parent: Column
    grandparent: Column
    tag: Column


@dataclass(slots=True, eq=False)
class _Around:
    """Where each block stands, and sums of words over reading order."""

    layout: Layout
    weights: Floats
    linked: Floats
    """Of each block: share of its characters inside links."""
    prose: Floats
    """Of each block: its words if it is prose, else 0."""
    parent: Column
    grandparent: Column

    def inside(self, element: int) -> Bools:
        places = np.arange(len(self.weights))
        first, last = int(self.layout.first[element]), int(self.layout.last[element])
        return (places >= first) & (places < last)


def dom_features(text: TextFeatures, layout: Layout, head: Head) -> DomFeatures:
    """Return the columns of `DOM` and `STRUCTURE` for every block of a page that has one."""
    tokens = text.tokens
    lengths = np.maximum(tokens.lengths, 1)
    linked = np.minimum(layout.link_chars / lengths, 1.0)
    weights = tokens.weights
    ends = text.own[:, OWN.index("ends_sentence")] > 0
    prose = (weights >= 12) & (ends | (weights >= 25)) & (linked < LINKED_PROSE)
    parent = np.maximum(layout.parent[layout.element], 0)
    grandparent = np.maximum(layout.parent[parent], 0)
    around = _Around(layout, weights, linked, weights * prose, parent, grandparent)
    columns = [
        *_markup(around, lengths),
        *_repeats(around),
        *_containers(around),
        *_claims(text, head, layout),
    ]
    bits = layout.structure[layout.element][:, None] >> np.arange(len(STRUCTURE)) & 1
    own = np.concatenate([matrix(columns), bits.astype(np.float32)], 1)
    path, tag = layout.path[layout.element], layout.tag[layout.element]
    moved = np.concatenate([text.own[:, _SHIFTED_COLUMNS], matrix([linked, tag])], 1)
    same = [_same_neighbour(path), _same_neighbour(parent)]
    return DomFeatures(
        own, np.concatenate([shifted(moved), *same], 1), path, parent, grandparent, tag
    )


def _markup(around: _Around, lengths: Column) -> list[NDArray[np.generic]]:
    layout = around.layout
    tag = layout.tag
    return [
        np.log1p(layout.link_chars),
        layout.link_chars,
        around.linked,
        layout.links,
        np.minimum(layout.bold_chars / lengths, 1),
        layout.after_break,
        tag[layout.element],
        tag[around.parent],
        tag[around.grandparent],
        layout.depth[layout.element],
        np.bincount(around.parent, minlength=len(tag))[around.parent],
        _place_among_siblings(around.parent),
    ]


def _place_among_siblings(parent: Column) -> Column:
    places = np.arange(len(parent))
    order = np.lexsort((places, parent))
    grouped = parent[order]
    first = np.r_[True, grouped[1:] != grouped[:-1]]
    since = places - np.maximum.accumulate(np.where(first, places, 0))
    place = np.empty(len(parent), np.int64)
    place[order] = since
    return place


def _repeats(around: _Around) -> list[NDArray[np.generic]]:
    layout, weights = around.layout, around.weights
    total = max(1.0, float(weights.sum()))
    path, tag_path = layout.path[layout.element], layout.tag_path[layout.element]
    blocks, words = np.bincount(path), np.bincount(path, weights)
    linked = np.bincount(path, weights * around.linked)
    tag_blocks, tag_words = np.bincount(tag_path), np.bincount(tag_path, weights)
    return [
        blocks[path],
        np.log1p(words[path]),
        words[path] / total,
        words[path] / blocks[path],
        linked[path] / np.maximum(words[path], 1),
        tag_blocks[tag_path],
        tag_words[tag_path] / total,
    ]


def _containers(around: _Around) -> list[NDArray[np.generic]]:
    layout, weights = around.layout, around.weights
    parent, grandparent, size = around.parent, around.grandparent, len(layout.tag)
    total = max(1.0, float(weights.sum()))
    words = np.bincount(parent, weights, size)
    linked = np.bincount(parent, weights * around.linked, size)
    prose = np.bincount(parent, around.prose, size)
    words_upto = np.concatenate([[0.0], np.cumsum(weights)])
    prose_upto = np.concatenate([[0.0], np.cumsum(around.prose)])
    first, last = layout.first[grandparent], layout.last[grandparent]
    wide = words_upto[last] - words_upto[first]
    # the element with the most prose of its own, a child's counting half, holds the article
    score = prose.copy()
    np.add.at(score, np.maximum(layout.parent, 0), 0.5 * prose)
    best = int(score.argmax())
    best_parent = max(0, int(layout.parent[best]))
    best_grandparent = max(0, int(layout.parent[best_parent]))
    return [
        np.log1p(words[parent]),
        words[parent] / total,
        linked[parent] / np.maximum(words[parent], 1),
        np.log1p(wide),
        wide / total,
        last - first,
        around.inside(best),
        around.inside(best_parent),
        around.inside(best_grandparent),
        parent == best,
        prose[parent] / max(1.0, float(prose.max())),
        (prose_upto[last] - prose_upto[first]) / max(1.0, float(prose_upto[-1])),
    ]


def _claims(text: TextFeatures, head: Head, layout: Layout) -> list[NDArray[np.generic]]:
    size = len(text.keys)
    total = max(1.0, float(text.tokens.weights.sum()))
    body, body_words = _in_claimed_body(text, article_body(head))
    headings = np.flatnonzero(layout.tag[layout.element] == HEADINGS)
    since = np.arange(size) - headings[0] if len(headings) else np.full(size, -99)
    return [
        body,
        np.full(size, body_words / total),
        _overlap(text, meta_text(head, "og:description", "description")),
        _overlap(text, meta_text(head, "og:title", "twitter:title")),
        clipped(since, -40, 60) if len(headings) else since,
        since > 0 if len(headings) else np.full(size, -1),
    ]


def _in_claimed_body(text: TextFeatures, claimed: str) -> tuple[Floats, float]:
    """Return the share of each block's word triples that JSON-LD's articleBody has, or -1."""
    size = len(text.keys)
    if len(claimed) <= LONG_BODY:
        return np.full(size, -1.0), 0.0
    tokens = text.tokens
    other = read_tokens([claimed])
    triples = set(_triples(other.words))
    hit = np.fromiter(map(triples.__contains__, _triples(tokens.words)), bool)
    at = tokens.blocks[: len(hit)]
    whole = at == tokens.blocks[len(tokens.blocks) - len(hit) :]
    hits = np.bincount(at[whole & hit], minlength=size)
    of = np.bincount(at[whole], minlength=size)
    share = hits / np.maximum(of, 1)
    lowered = claimed.lower()
    for short in np.flatnonzero(of == 0):
        share[short] = 0.5 * (text.keys[short] in lowered)
    return share, float(other.weights[0])


def _triples(words: list[str]) -> Iterable[tuple[str, str, str]]:
    return zip(words, words[1:], words[2:], strict=False)


def _overlap(text: TextFeatures, claim: str) -> Floats:
    """Return the share of each block's content words that a claim has, or -1 without a claim."""
    words = {word for word in words_in(claim) if len(word) > 3 or word[0] > "\u2e00"}
    tokens = text.tokens
    if not words:
        return np.full(len(text.keys), -1.0)
    known = np.fromiter((w in words for w in tokens.vocabulary), bool, len(tokens.vocabulary))
    hits = tokens.sums((known & text.content)[tokens.ids])
    return hits / np.maximum(tokens.sums(text.content[tokens.ids]), 1)


def _same_neighbour(group: Column) -> Matrix:
    """Say for the neighbours one and two away whether they are in the same group, -1 past ends."""
    same = np.full((len(group), 4), -1.0, np.float32)
    for column, shift in enumerate((1, 2)):
        if len(group) > shift:
            equal = group[shift:] == group[:-shift]
            same[shift:, 2 * column] = equal
            same[:-shift, 2 * column + 1] = equal
    return same
