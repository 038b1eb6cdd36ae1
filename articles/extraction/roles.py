"""What is each block of a page there for?

Whether a block belongs to the body comes as a score (`scores.py`). The rules here add what no
labelled page can teach: copies, announced sections, notices, spam, and a role for everything else.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from articles.extraction import cues
from articles.extraction.beside import leave_out_beside
from articles.extraction.dom import STRUCTURE
from articles.extraction.headlines import DATE_LIKE, is_byline
from articles.extraction.lines import KEPT, SENTENCE_END, Line
from articles.extraction.missed import SELF_CONTAINED, keep_missed
from articles.extraction.page import Page
from articles.extraction.stamp_places import PUBLISHED
from articles.model import BODY_ROLES, Role

DATE_WORDS = 14
SHORT_FORM = re.compile(r"(?:\b[ap]\.m|\bUhr|\s[гнч]|\s?น)\.$")
"""What a time or a year ends with and no sentence: "5:00 p.m.", "10:15 น."."""
LINES_UNDER_TITLE = 5
UNDER_TITLE, STANDFIRST_WORDS = (1, 2), 6
TELLING = 0.08
"""The score from which such a line is a standfirst: so were 33 of 36 on 306 labelled pages, and
none below."""
SHORT = 12  # words: under so many, a line without a full stop is a heading or a label
TICKER_WORDS = 30
FIGCAPTION = 1 << STRUCTURE.index("figcaption")
HIDDEN = 1 << STRUCTURE.index("hidden")
HIDDEN_SHARE = 0.3  # of the kept words; a page that hides more shows its text by a script
ARTICLE_SHARE = 0.8  # of the kept words that must lie above a heading that ends the article
COUNTED_SHARE = 0.6  # above "3 comments"; readers' prose is held for the article's
SURE = 0.65
"""The score from which a block is body although it stands under a heading that ends the article."""
SURE_COMMENT = 0.9
"""The same under a heading of comments, which are prose as the article is."""
DOUBTFUL = 0.25
ABOVE_SHARE = 0.25  # of the kept words that may stand above a headline; more, and it is none
ABOVE_WORDS = 15  # of a paragraph of body above the headline, whatever the share
CAPTION_WORDS = 70
CONSENT_WORDS = 120  # of a text that asks whether to show what stands elsewhere
PARAGRAPH_WORDS, ANOTHER_PARAGRAPHS = 25, 4  # what makes a second article
MATCHED_CHARS = 2_000  # of a line that patterns look at


def assign_roles(page: Page, lines: list[Line], title: int | None) -> tuple[Role, ...]:
    """Return one role for every block of `page`, empty blocks being `OTHER`.

    `lines` are its blocks with words and their scores, which get their roles here; `title` is the
    index of the block that shows the headline, or None when no block does.
    """
    top = next((at for at, line in enumerate(lines) if line.block == title), None)
    _figure_captions(lines, page)
    for rule in (_sections, _notices, _spam, _copies, _head_lines, _captions, _pitches):
        rule(lines, top)
    _above_title(lines, top)
    leave_out_beside(lines, page, title)
    keep_missed(lines, top, dump=page.layout is None)
    _hidden(lines, page)
    body = [at for at, line in enumerate(lines) if line.role is None and line.score >= KEPT]
    end = body[-1] if body else 0
    for at, line in enumerate(lines):
        if line.role is None and line.score >= KEPT:
            line.role = _body_role(line, last=at == len(lines) - 1)
        elif line.role is None:
            line.role = _other_role(line, None if top is None else at - top, below=at > end)
    roles = [Role.OTHER] * len(page.blocks)
    for line in lines:
        roles[line.block] = line.role or Role.OTHER
    return tuple(roles)


def _copies(lines: list[Line], top: int | None) -> None:
    """Settle lines that stand twice: headline, caption, standfirst."""
    places = defaultdict(list)
    for at, line in enumerate(lines):
        places[line.key].append(at)
    if top is not None:
        for at in places[lines[top].key]:
            lines[at].role = lines[at].role or Role.TITLE
    body = (at for at, line in enumerate(lines) if line.score >= KEPT and line.role is None)
    opening = next((at for at in body if top is None or at > top), 0)
    for copies in places.values():
        if not 2 <= len(copies) <= 3 or lines[copies[0]].weight < 8 or lines[copies[0]].role:
            continue
        for first, second in pairwise(copies):
            _settle(lines, first, second, opening)


def _settle(lines: list[Line], first: int, second: int, opening: int) -> None:
    """Give two copies of a line their roles; `opening` is where the text starts."""
    one, other = lines[first], lines[second]
    opens = second + 1 == opening and other.score >= DOUBTFUL
    if second == first + 1:
        one.role = other.role = Role.DATE if _is_stamp(one) else Role.CAPTION
    elif first > opening:
        other.role = Role.CAPTION
    elif opens or not one.score >= KEPT > other.score:  # the standfirst, which the text repeats
        one.role = Role.STANDFIRST if _tells(one) else Role.OTHER
        if opens:
            other.role = Role.BODY  # scored low for standing twice


def _is_stamp(line: Line) -> bool:
    """Tell "Published 4 July 2024, 9:28 PM": one copy for readers, one for what reads aloud."""
    short = line.weight <= DATE_WORDS and DATE_LIKE.search(line.text) is not None
    return short and PUBLISHED.search(line.text) is not None


def _sections(lines: list[Line], _top: int | None) -> None:
    """Cut the page where a heading announces something that is not the article."""
    kept = np.cumsum([line.weight if line.score >= KEPT else 0.0 for line in lines])
    ending = {Role.RELATED, Role.COMMENT, Role.DISCLAIMER, Role.BYLINE}
    for at, line in enumerate(lines):
        role = None if line.role else cues.announced(line.words)
        if role is None or (line.score >= 0.8 and role is not Role.RELATED):
            continue
        line.role = role
        counted = role is Role.COMMENT and line.words[0].isdigit()
        share = COUNTED_SHARE if counted else ARTICLE_SHARE
        ends = role in ending and not SELF_CONTAINED.search(line.text[:MATCHED_CHARS])
        if ends and kept[at] >= share * kept[-1] > 0:
            _close(lines[at + 1 :], role)
            return


def _close(rest: list[Line], heading: Role) -> None:
    """Give the lines below the article the role of the heading they stand under."""
    role = heading
    for line in rest:
        announced = cues.announced(line.words)
        if announced is not None:
            role = announced if announced is not Role.NAV else role
            line.role = announced
        elif line.role is None and line.score < (SURE_COMMENT if role is Role.COMMENT else SURE):
            line.role = Role.OTHER if role is Role.BYLINE else role


def _notices(lines: list[Line], _top: int | None) -> None:
    """Take disclaimers off both ends of the article, wherever they stand outside it."""
    kept = [line for line in lines if line.score >= KEPT and line.role is None]
    edge = {id(line) for line in kept[:3] + kept[-3:]}
    for line in lines:
        outside = line.score < KEPT or id(line) in edge
        if line.role is None and outside and line.weight >= 4:
            line.role = _matched(line, cues.NOTICE, cues.NOTICE_STEMS, Role.DISCLAIMER)


def _spam(lines: list[Line], _top: int | None) -> None:
    """Mark lines that hold a bundle of addresses or sell gambling, and what trails them."""
    trailing = False
    heads = [line.lower[:4_000] for line in lines]
    page = "\n".join(heads)
    selling = any(sign in page for sign in cues.GAMBLING_SIGNS)
    if not selling and "http" not in page:
        return
    for line, head in zip(lines, heads, strict=True):
        if "http" in head and len(cues.ADDRESS.findall(head)) >= 2:
            trailing = True
        elif not (selling and line.weight < 40 and cues.GAMBLING.search(head)):
            trailing = trailing and line.score < 0.9 and line.weight < 15
        else:
            trailing = True
        if trailing:
            line.role = Role.SPAM


def _head_lines(lines: list[Line], top: int | None) -> None:
    """Mark the short lines under the headline that print a date or name who wrote."""
    for line in lines[top + 1 : top + 1 + LINES_UNDER_TITLE] if top is not None else ():
        ends = line.text.endswith((".", "。", "?", "!")) and not SHORT_FORM.search(line.text)
        short = line.weight <= DATE_WORDS and not ends
        if line.role is None and short and DATE_LIKE.search(line.text):
            line.role = _matched(line, cues.CREDIT, cues.CREDIT_STEMS, Role.CAPTION) or Role.DATE
        elif line.role is None and short and is_byline(line.text):
            line.role = Role.BYLINE


def _figure_captions(lines: list[Line], page: Page) -> None:
    """Mark what the page says is a caption, dates in it too, if no model is sure of it."""
    if page.layout is None:
        return
    structure = page.layout.structure[page.layout.element].tolist()
    for line in lines:
        if (
            structure[line.block] & FIGCAPTION
            and line.weight <= CAPTION_WORDS
            and line.score < SURE
        ):
            line.role = Role.CAPTION


def _captions(lines: list[Line], _top: int | None) -> None:
    for line in lines:
        if line.role is None and line.weight <= CAPTION_WORDS and line.score < 0.95:
            line.role = _matched(line, cues.CREDIT, cues.CREDIT_STEMS, Role.CAPTION)


def _pitches(lines: list[Line], _top: int | None) -> None:
    for line in lines:
        if line.role is None and line.weight <= CONSENT_WORDS and line.score < 0.95:
            line.role = _matched(line, cues.CONSENT, cues.PITCH_STEMS, Role.CALL_TO_ACTION)
        if line.role is None and line.weight <= 40 and line.score < 0.95:
            line.role = _matched(line, cues.PITCH, cues.PITCH_STEMS, Role.CALL_TO_ACTION)


def _matched(
    line: Line, pattern: re.Pattern[str], stems: frozenset[str], role: Role
) -> Role | None:
    if stems.isdisjoint(line.stems):
        return None
    return role if pattern.search(line.lower[:MATCHED_CHARS]) else None


def _above_title(lines: list[Line], top: int | None) -> None:
    """Nothing above the headline is body: menus, clocks, and tickers of other headlines."""
    above = lines[: top or 0]
    kept = sum(line.weight for line in lines if line.score >= KEPT)
    if sum(line.weight for line in above if line.score >= KEPT) > ABOVE_SHARE * kept:
        above = [line for line in above if line.score < SURE or not _has_sentence(line)]
    else:
        above = [line for line in above if not _is_paragraph(line)]
    for line in above:
        if line.role in (None, *BODY_ROLES):
            line.role = Role.TICKER if line.weight >= TICKER_WORDS else Role.NAV


def _is_paragraph(line: Line) -> bool:
    """Say whether a line is prose beyond doubt, as above a subheading that passes for the title."""
    sure = line.role is None and line.score >= SURE
    return sure and line.weight >= ABOVE_WORDS and _has_sentence(line)


def _has_sentence(line: Line) -> bool:
    """Say whether a sentence ends in a line; in a ticker headline runs into headline."""
    return SENTENCE_END.search(line.text[:MATCHED_CHARS]) is not None


def _hidden(lines: list[Line], page: Page) -> None:
    """Leave out what the page does not show, unless that is most of the article."""
    if page.layout is None:
        return
    hidden = page.layout.structure[page.layout.element] & HIDDEN > 0
    kept = [line for line in lines if line.role in (None, *BODY_ROLES) and line.score >= KEPT]
    unseen = [line for line in kept if hidden[line.block]]
    if sum(line.weight for line in unseen) < HIDDEN_SHARE * sum(line.weight for line in kept):
        for line in unseen:
            line.role = Role.OTHER


def _body_role(line: Line, *, last: bool) -> Role:
    if line.weight < SHORT and not SENTENCE_END.search(line.text) and not last:
        return Role.SUBHEADING
    return Role.BODY


def _other_role(line: Line, under_title: int | None, *, below: bool) -> Role:
    """Name a block that is neither body nor announced, by where it stands and how it looks."""
    if line.weight <= DATE_WORDS and DATE_LIKE.search(line.text):
        return Role.RELATED if below else Role.DATE
    if below:
        return Role.RELATED if line.weight >= 4 else Role.NAV
    if under_title in UNDER_TITLE and line.weight >= STANDFIRST_WORDS and _tells(line):
        return Role.STANDFIRST
    return Role.OTHER


def _tells(line: Line) -> bool:
    """Say whether a line under the headline tells of the story, not of who wrote it or when."""
    if line.score < TELLING or is_byline(line.text) or PUBLISHED.match(line.text):
        return False
    return DATE_LIKE.search(line.text) is None or line.ends_sentence


def holds_another(lines: Sequence[Line]) -> bool:
    """Say whether prose as of a second article stands below the body, which was not taken."""
    last = max((at for at, line in enumerate(lines) if line.role in BODY_ROLES), default=len(lines))
    paragraphs = [
        line
        for line in lines[last + 1 :]
        if line.role in (Role.RELATED, Role.OTHER)
        and line.weight >= PARAGRAPH_WORDS
        and line.ends_sentence
    ]
    return len(paragraphs) >= ANOTHER_PARAGRAPHS


def body_text(page: Page, roles: Sequence[Role]) -> str:
    """Return the body: the kept blocks as they stand on the page, one a line."""
    pairs = zip(page.blocks, roles, strict=True)
    return "\n".join(block.text for block, role in pairs if role in BODY_ROLES)
