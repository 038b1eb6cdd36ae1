"""What is the headline of the page?

On HTML a ranker weighs what h1, metas, JSON-LD and the title tag claim; on a text dump another one
looks for the line. Both give every candidate, best first.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from articles.extraction import title_claims, title_lines
from articles.extraction.lines import Line, whole_lines
from articles.extraction.page import Head, Page
from articles.extraction.rankers import ranker
from articles.extraction.title_lines import CRUMB, LONGEST_CHARS, Lines, around_body
from articles.extraction.units import run_ons
from articles.model import Block, Found

MOST = 8
"""Candidates that are worth keeping as evidence."""
SECOND_VOTE = 0.5
"""What a copy of the headline, or a breadcrumb that ends in it, adds of its own chance."""
GLUED_CHARS = 25
START_CHARS, NEAR_BLOCKS = 32, 12
KICKER_ENDS = (":", "：", "-", "–", "—", "|", ",")
"""Behind these stands the headline's second half, which may have a line of its own as well."""
DOMINANT, FAINT = 3.0, 0.002
"""A line so many times likelier than the next is the headline, however unlike the pages known."""
_CRUMBS = re.compile(r"\s[/>›»]\s|\s?[›»]\s?")
_GLUED_QUOTE = re.compile(
    r"[\"“”„»«][^\"“”„»«]{8,60}[\"”“«»]"
    r"(?P<headline>[^\W\d_a-zß-ÿ]\S{0,30}\s\S{1,40}\s\S.{8,200})$"
)
"""A kicker that quotes and has no blank behind: "“We sang”Council raises ferry fares"."""
_START = re.compile(r"\W?[^\W\d_]+[^\d/>›»|?!.…]*\s[^\W\d_A-Z][^\d/>›»|?!.…]*")
"""The first words of a headline, one of them in small letters: no sections, no number."""
_COLON = ": "


def titles(page: Page, lines: Sequence[Line]) -> list[Found[str]]:
    """Return the page's headlines, best first, as printed with white space folded.

    `lines` are its blocks that hold a word, with their scores. A candidate is stated when the
    ranker holds it likelier than its `least`; the block is the one that shows it, where one does.
    """
    claimed = _claimed_titles(page.head, page.blocks) if page.head is not None else []
    return claimed or _shown_titles(around_body(whole_lines(lines, run_ons(page))))


def _claimed_titles(head: Head, blocks: Sequence[Block]) -> list[Found[str]]:
    found = title_claims.candidates(head)
    if not found:
        return []
    judge = ranker("title_claims", title_claims.FEATURES)
    chances = judge.chances(title_claims.claim_rows(head, found))
    best = sorted(zip(chances, found, strict=True), key=lambda pair: -pair[0])[:MOST]
    return [
        Found(
            value=candidate.text,
            rule="+".join(sorted(candidate.kinds)),
            block=_block_showing(candidate.text, blocks),
            stated=chance >= judge.least,
            confidence=round(chance, 4),
        )
        for chance, candidate in best
    ]


def _block_showing(text: str, blocks: Sequence[Block]) -> int | None:
    """Return the first block that shows the headline, alone or with its kicker."""
    for block in blocks:
        if text in block.text and len(block.text) < 2 * len(text) + 80:
            return block.index
    return None


def _shown_titles(lines: Lines) -> list[Found[str]]:
    places = title_lines.candidates(lines)
    if not places:
        return []
    judge = ranker("title_lines", title_lines.FEATURES)
    chances = judge.chances(title_lines.features(lines, places))
    merged = _merged([lines.all[place] for place in places], chances)
    best = sorted(merged, key=lambda one: (-one[0], -one[1].block))[:MOST]
    runner_up = best[1][0] if len(best) > 1 else 0.0
    least = min(judge.least, DOMINANT * runner_up + FAINT)
    return [
        Found(
            value=_continued(_uncrumbed(line.folded), line, lines.all),
            rule="headline_line",
            block=line.block,
            stated=chance >= least,
            confidence=round(chance, 4),
        )
        for chance, line in best
    ]


def _merged(lines: Sequence[Line], chances: Sequence[float]) -> list[tuple[float, Line]]:
    """Let lines that say the same vote together: the last copy speaks for all, crumbs too."""
    copies: dict[str, list[float]] = {}
    for line, chance in zip(lines, chances, strict=True):
        copies.setdefault(line.key, []).append(chance)
    votes = {line.key: (_vote(copies[line.key]), line) for line in lines}
    endings: dict[str, list[str]] = {}
    for key, (_, line) in votes.items():
        endings.setdefault(line.words[-1], []).append(key)
    for line in lines:
        for key in endings[line.words[-1]]:
            if line.key in votes and key in votes and key != line.key:
                _unite(votes, line, votes[key][1])
    return list(votes.values())


def _unite(votes: dict[str, tuple[float, Line]], line: Line, shorter: Line) -> None:
    """Let two lines of which one ends in the other vote together, if they mean one headline."""
    if _leads_to(line, shorter):
        headline, other = shorter, line
    elif _completes(line, shorter):
        headline, other = line, shorter
    else:
        return
    given = votes.pop(other.key)[0]
    vote = max(votes[headline.key][0], given) + SECOND_VOTE * given
    votes[headline.key] = (min(1.0, vote), headline)


def _vote(chances: Sequence[float]) -> float:
    """Return what copies of a line say together; a notice that stands ten times is no headline."""
    best, second = sorted([0.0, *chances], reverse=True)[:2]
    return min(1.0, best + SECOND_VOTE * second)


def _leads_to(line: Line, headline: Line) -> bool:
    """Tell a breadcrumb that ends in the headline, also one run together: "HomeNewsRates rise".

    What stands before it are names of sections: "A long way: what now – and why" leads nowhere.
    """
    if len(headline.words) < 3:
        return False
    text, shown = line.folded, headline.folded
    if CRUMB.search(text) and line.key.endswith(" " + headline.key):
        return max(map(len, CRUMB.split(text)[:-1])) <= len(shown)
    crumbs = text.removesuffix(shown)
    return 0 < len(crumbs) <= GLUED_CHARS and len(crumbs) < len(text) and _are_sections(crumbs)


def _completes(line: Line, shorter: Line) -> bool:
    """Tell a headline with the words that a shorter copy near by leaves out.

    "The island is a paradise for spies" beside "A paradise for spies".
    """
    start = line.folded[: len(line.folded) - len(shorter.folded)]
    near = abs(line.block - shorter.block) <= NEAR_BLOCKS
    whole = near and len(shorter.words) > 2 and line.key.endswith(" " + shorter.key)
    return whole and len(start) <= START_CHARS and _START.fullmatch(start) is not None


def _are_sections(crumbs: str) -> bool:
    """Tell the names of sections from a kicker with a colon, and from the start of a sentence."""
    words = crumbs.split()
    return not crumbs.rstrip().endswith(KICKER_ENDS) and not any(w[0].islower() for w in words)


def _uncrumbed(text: str) -> str:
    """Return the last part of a breadcrumb such as "Home / World / Rates rise".

    And of a line in which a converter ran a quotation into the headline below it.
    """
    parts = _CRUMBS.split(text)
    if len(parts) > 2 and len(parts[-1]) > max(map(len, parts[:-1])):
        return parts[-1]
    quoted = _GLUED_QUOTE.match(text)
    return quoted["headline"] if quoted else text


def _continued(text: str, line: Line, lines: Sequence[Line]) -> str:
    """Return the headline with the line below it, where that begins with a colon."""
    at = bisect_right(lines, line.block, key=lambda one: one.block)
    below = lines[at].folded if at < len(lines) else ""
    return f"{text}{below}" if below.startswith(_COLON) and len(below) < LONGEST_CHARS else text
