"""Which lines does a source repeat from story to story, and which does it only quote often?

Both stand in many stories. A template's line has nothing to do with the story around it; a
quotation and a background paragraph share their words with the stories that hold them. And where
repeated lines begin or end the text, few stories suffice; in its midst it takes many.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

from articles.extraction.site_templates import line_key

FEWEST_STORIES = 8
"""Stories of a source before a line of all of them is held to be its template."""
ENOUGH_STORIES = 24
"""The same for lines of some of them: of fewer stories half may be about one matter."""
FEWEST_HOLDERS = 4
"""Stories that hold a line before it may be one."""
EDGE_SHARE, INNER_SHARE = 0.05, 0.3
"""Share of the stories that must hold a line at the text's edge, and one in its midst."""
AT_EDGE = 0.8
"""Share of a line's places that make it one of the edge."""
EVERYWHERE = 0.9
"""Share of the stories from which a line is a template's whatever it says."""
TIED = 0.1
"""A quotation's words are so much likelier met in the other lines of its holders than elsewhere."""
COMMON = 0.5
"""Share of the stories that use a word from which it ties nothing to anything."""
TOGETHER = 0.8
"""Share of the holders, of either line, that two lines of one pitch have in common."""
_CONTENT = re.compile(r"[^\W\d_]{3,}|[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_QUOTED = re.compile(r"[“”„«»「」『』]|\"")


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A line that a source repeats."""

    key: str
    """As `line_key` gives it."""
    example: str
    """As one story prints it."""
    stories: int
    """Stories that hold it."""
    of_stories: int
    """Stories looked at."""


@dataclass(slots=True)
class _Stories:
    """The lines of the stories looked at, by their keys."""

    pages: list[list[str]]
    """Of each story: the keys of its lines."""
    prints: dict[str, set[str]]
    """Key -> the lines that have it."""
    holders: dict[str, set[int]]
    """Key of a line that is repeated -> the stories that hold it."""
    words: dict[str, frozenset[str]]
    """Key -> its words that may tell what it is about."""


def template_lines(bodies: Sequence[str]) -> list[TemplateLine]:
    """Return the lines that a source repeats, most often met first.

    `bodies` are texts of one source, a paragraph a line, one text a story: versions and copies of
    a story repeat what it says. Pure; the order of the bodies does not matter.
    """
    if len(bodies) < FEWEST_STORIES:
        return []
    stories = _stories(bodies)
    edges = Counter(key for page in stories.pages for key in _at_edges(page, stories.holders))
    found = []
    for key, at in sorted(stories.holders.items(), key=lambda item: (-len(item[1]), item[0])):
        least = EDGE_SHARE if edges[key] >= AT_EDGE * len(at) else INNER_SHARE
        if _is_template(key, len(at) / len(bodies), least, stories):
            example = " ".join(_printed(key, stories).split())
            found.append(TemplateLine(key, example, len(at), len(bodies)))
    return found


def _stories(bodies: Sequence[str]) -> _Stories:
    prints: dict[str, set[str]] = defaultdict(set)
    met: dict[str, set[int]] = defaultdict(set)
    pages: list[list[str]] = []
    for at, body in enumerate(bodies):
        lines = body.split("\n")
        pages.append([line_key(line) for line in lines])
        for key, line in zip(pages[at], lines, strict=True):
            prints[key].add(line)
            met[key].add(at)
    holders = {key: at for key, at in met.items() if key and len(at) >= FEWEST_HOLDERS}
    words = {key: frozenset(_CONTENT.findall(key)) for key in met}
    return _Stories(pages, prints, holders, words)


def _printed(key: str, stories: _Stories) -> str:
    """Return a line as printed: the first by the alphabet, so that no order decides."""
    return min(stories.prints[key])


def _is_template(key: str, share: float, least: float, stories: _Stories) -> bool:
    if share >= EVERYWHERE:
        return True
    if len(stories.pages) < ENOUGH_STORIES or share < least:
        return False
    return not _QUOTED.search(_printed(key, stories)) and not _is_tied(key, stories)


def _at_edges(page: Sequence[str], repeated: Collection[str]) -> set[str]:
    """Return the repeated lines that stand in one run with the text's beginning or its end."""
    found: set[str] = set()
    for order in (page, page[::-1]):
        for key in order:
            if key not in repeated:
                break
            found.add(key)
    return found


def _is_tied(key: str, stories: _Stories) -> bool:
    """Tell whether the stories that hold a line are about what it says.

    Lines that come and go with it are left out: a pitch of three lines speaks of itself.
    """
    pages, words, own = stories.pages, stories.words, stories.holders[key]
    one = {key} | {other for other, at in stories.holders.items() if _go_together(own, at)}
    said = [
        words[key].intersection(chain.from_iterable(words[k] for k in page if k not in one))
        for page in pages
    ]
    uses = Counter(word for met in said for word in met)
    telling = {word for word in words[key] if uses[word] < COMMON * len(pages)}
    shares: tuple[list[float], list[float]] = ([], [])
    for at, met in enumerate(said):
        shares[at in own].append(len(met & telling) / max(1, len(telling)))
    elsewhere, in_holders = (sum(each) / max(1, len(each)) for each in shares)
    return in_holders > elsewhere + TIED


def _go_together(one: set[int], other: set[int]) -> bool:
    return len(one & other) >= TOGETHER * max(len(one), len(other))
