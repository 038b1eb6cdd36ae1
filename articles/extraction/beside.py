"""Which lines that read like the article stand beside it?

Titles in a box of related stories, the sentence about the author below his text, the small print:
prose to any model, told apart by what stands above them or elsewhere on the page.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from articles.extraction import cues
from articles.extraction.credit_lines import read_credit
from articles.extraction.dom import STRUCTURE, TAGS
from articles.extraction.headlines import is_byline
from articles.extraction.lines import KEPT, Line
from articles.extraction.page import Layout, Page
from articles.model import Role

LINK_WORDS = 30  # of a title in a box
LINKED = 0.8  # of its characters; a subheading below the box is no link
LAST_LINES, BELOW = 2, 3  # of the article and under it: the box about the author reads like text
AUTHOR_WORDS = 70
NAME_WORDS = 5
NEAR_TITLE = 12  # blocks under the headline that may name the author without "By"
LINKING = frozenset(
    ("is", "was", "has", "ist", "war", "est", "es", "é", "è", "är", "er", "jest", "je", "on",
     "writes", "covers", "works", "served", "lives", "can", "schreibt", "arbeitet")
)  # fmt: skip
"""What follows the name in a sentence about the author."""
COMMENTS = re.compile(
    r"(?:^|[^a-z])(?:comments?|comment-?list|kommentare?|comentarios?|commentaires?|commenti"
    r"|reacties|yorumlar|disqus|respond)(?:[^a-z]|$)"
)
"""Classes and ids of readers' comments; of 8,900 words below them on 94 pages none was body."""
COMMENT_SIGNS = (
    "comment", "kommentar", "comentario", "reacties", "yorumlar", "disqus", "respond",
)  # fmt: skip
"""What classes hold that the pattern matches: cheaper to look for."""
ARTICLE_WORDS = 20  # outside of them; on a page with fewer the readers are the authors
ARTICLE_TAG = TAGS.index("article")
TEXT_WORDS = 100  # of body in the headline's element; with fewer the text may go on in the next
COOKIE = "cookie"
COOKIE_LINES, COOKIE_GAP = 4, 3  # so many lines that name cookies, so far apart, make a list
MOST = 0.6  # of the kept words
CUT_SHORT = re.compile(r"(?:\.\.\.|…)[\])»”\"]?$")
TEASERS = 3
SURE = 0.95
POINTER_WORDS, POINTER_CHARS = 40, 30
POINTERS = 2  # lines that begin alike up to a bar
LOUD_WORDS = 4
FOOTER, ARTICLE, MAIN = (1 << STRUCTURE.index(name) for name in ("footer", "article", "main"))


def leave_out_beside(lines: Sequence[Line], page: Page, title: int | None = None) -> None:
    """Give the lines beside the article their roles, whatever the models hold of them.

    `title` is the block that shows the headline, where one does.
    """
    _author(lines, page, title)
    _cookies(lines)
    _cut_short(lines)
    _pointers(lines)
    if page.layout is not None:
        _comments(lines, page.layout)
        if title is not None:
            _further_articles(lines, page.layout, title)
        _boxes(lines, page.layout)
        _loud_links(lines, page.layout)
        _small_print(lines, page.layout)
        _page_footer(lines, page.layout)


def _boxes(lines: Sequence[Line], layout: Layout) -> None:
    """Leave out the links that stand right below a heading of related stories."""
    inside = False
    for line in lines:
        if line.role is Role.RELATED:
            inside = True
        elif inside and line.role is None and line.weight <= LINK_WORDS:
            inside = layout.link_chars[line.block] >= LINKED * len(line.text)
            line.role = Role.RELATED if inside else None
        else:
            inside = False


def _comments(lines: Sequence[Line], layout: Layout) -> None:
    """Leave out what stands in an element whose class or id says that readers wrote it."""
    if any(sign in "\n".join(layout.path_words) for sign in COMMENT_SIGNS):
        named = [COMMENTS.search(words) is not None for words in layout.path_words]
        for path, parent in enumerate(layout.path_parent):
            named[path] = named[path] or (parent >= 0 and named[parent])
        inside = [named[path] for path in layout.path[layout.element].tolist()]
        kept = [line for line in lines if _is_open(line)]
        if sum(line.weight for line in kept if not inside[line.block]) >= ARTICLE_WORDS:
            for line in lines:
                line.role = line.role or (Role.COMMENT if inside[line.block] else None)


def _further_articles(lines: Sequence[Line], layout: Layout, title: int) -> None:
    """Leave out the `article` elements below the one that holds the headline and a text."""
    own = _article_around(layout, title)
    if own is None:
        return
    first, last = int(layout.first[own]), int(layout.last[own])
    kept = sum(line.weight for line in lines if _is_open(line) and first <= line.block < last)
    if kept >= TEXT_WORDS:
        for line in lines:
            if line.block >= last and _is_open(line) and _article_around(layout, line.block):
                line.role = Role.RELATED


def _article_around(layout: Layout, block: int) -> int | None:
    """Return the outermost `article` element around a block; the body, 0, is never one."""
    element, found = int(layout.element[block]), None
    while element >= 0:
        found = element if layout.tag[element] == ARTICLE_TAG else found
        element = int(layout.parent[element])
    return found


def _cookies(lines: Sequence[Line]) -> None:
    """Leave out the list of the site's cookies, which a banner hides."""
    places = [at for at, line in enumerate(lines) if COOKIE in line.lower]
    listed: set[int] = set()
    for first, last in zip(places, places[COOKIE_LINES - 1 :], strict=False):
        if last - first <= COOKIE_LINES * COOKIE_GAP:
            listed.update(range(first, last + 1))
    _leave_out([lines[at] for at in sorted(listed)], lines, Role.DISCLAIMER)


def _cut_short(lines: Sequence[Line]) -> None:
    """Leave out teasers of other articles, which break off with dots, where there are several."""
    cut = [_breaks_off(line.text[-5:]) for line in lines]
    if sum(cut) < TEASERS:
        return
    whole = [_is_open(line) and not short for line, short in zip(lines, cut, strict=True)]
    inside = [above and below for above, below in zip(whole, whole[2:], strict=False)]
    within = zip(lines, cut, [False, *inside, False], strict=False)
    teasers = [line for line, short, in_text in within if short and not in_text]
    _leave_out([line for line in teasers if line.score < SURE], lines, Role.RELATED)


def _breaks_off(end: str) -> bool:
    return ("…" in end or "..." in end) and CUT_SHORT.search(end) is not None


def _leave_out(some: Sequence[Line], lines: Sequence[Line], role: Role) -> None:
    """Give lines a role, unless most of the text is theirs: then they are the article."""
    kept = sum(line.weight for line in lines if _is_open(line))
    if sum(line.weight for line in some if _is_open(line)) <= MOST * kept:
        for line in some:
            line.role = line.role or role


def _pointers(lines: Sequence[Line]) -> None:
    """Leave out "Read more: " and what it points to, also where only its repeats tell: "X | "."""
    beginnings = Counter(_beginning(line) for line in lines)
    for line in lines:
        if line.role is None and line.weight <= POINTER_WORDS and line.score < SURE:
            head, colon, _ = line.lower[:POINTER_CHARS].partition(":")
            announced = colon and cues.announced(cues.WORDS.findall(head)) is Role.RELATED
            if announced or (_beginning(line) and beginnings[_beginning(line)] >= POINTERS):
                line.role = Role.RELATED


def _beginning(line: Line) -> str:
    """Return what stands before a bar, if it is a word or a few, else ""."""
    head, bar, _ = line.lower[:POINTER_CHARS].partition(" | ")
    return head if bar and any(map(str.isalpha, head)) else ""


def _is_open(line: Line) -> bool:
    return line.role is None and line.score >= KEPT


def _loud_links(lines: Sequence[Line], layout: Layout) -> None:
    """Leave out the headlines in capitals that are links to other articles from end to end."""
    for line in lines:
        loud = line.role is None and line.weight >= LOUD_WORDS and line.text.isupper()
        if loud and layout.link_chars[line.block] >= LINKED * len(line.text):
            line.role = Role.RELATED


def _author(lines: Sequence[Line], page: Page, title: int | None) -> None:
    """Leave out the sentence about the author, who is named at the head, below the text."""
    kept = [at for at, line in enumerate(lines) if _is_open(line)]
    if len(kept) <= LAST_LINES:
        return
    ends = [lines[kept[0]], *lines[kept[-LAST_LINES] : kept[-1] + 1 + BELOW]]
    end = [line for line in ends if line.role is None]
    about = [line for line in end if line.weight <= AUTHOR_WORDS and _may_be_about(line)]
    if not about:
        return
    names = {name for name in _names(lines, page, title) if 2 <= len(name) <= NAME_WORDS}
    for line in about:
        if any(_is_about(line.words, name) for name in names):
            line.role = Role.BYLINE


def _names(lines: Sequence[Line], page: Page, title: int | None) -> Iterator[tuple[str, ...]]:
    """Yield what may be the author's name, in words: bylines, and what the head claims."""
    for line in lines:
        if line.weight <= NAME_WORDS + 1 and is_byline(line.text):
            yield tuple(line.words[1:])
    under = range(title + 1, title + 1 + NEAR_TITLE) if title is not None else range(0)
    for line in lines:
        if line.block in under and (credit := read_credit(line.text)):
            yield from (tuple(cues.WORDS.findall(name.lower())) for name in credit.names)
    if page.head is not None:
        claims = [text for name, text in page.head.metas if name == "author"]
        claims += [mark.text for mark in page.head.marks if mark.kind == "author"]
        yield from (tuple(cues.WORDS.findall(claim.lower())) for claim in claims)


def _may_be_about(line: Line) -> bool:
    return not LINKING.isdisjoint(line.words[2 : NAME_WORDS + 1])


def _is_about(words: Sequence[str], name: tuple[str, ...]) -> bool:
    following = words[len(name) : len(name) + 1]
    return tuple(words[: len(name)]) == name and not LINKING.isdisjoint(following)


def is_about_author(text: str, name: str) -> bool:
    """Tell the sentence about the author: "Ann Lee is a writer in Harrow"."""
    words = cues.WORDS.findall(text.lower())
    return len(words) <= AUTHOR_WORDS and _is_about(words, tuple(cues.WORDS.findall(name.lower())))


def _small_print(lines: Sequence[Line], layout: Layout) -> None:
    """Leave out what is set in `small` below the text."""
    small = layout.small
    kept = [line for line in lines if line.role is None and line.score >= KEPT]
    while kept and small[kept[-1].block] and not small[kept[0].block]:
        kept.pop().role = Role.OTHER


def _page_footer(lines: Sequence[Line], layout: Layout) -> None:
    """Leave out the footer of the page itself: of 1,158 such blocks one was body, by labels."""
    structure = layout.structure[layout.element].tolist()
    for line in lines:
        inside = structure[line.block]
        if line.role is None and inside & FOOTER and not inside & (ARTICLE | MAIN):
            line.role = Role.OTHER
