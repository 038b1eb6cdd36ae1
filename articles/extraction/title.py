"""What is the headline of the page?

On HTML a ranker weighs what h1, metas, JSON-LD and the title tag claim; on a text dump another one
looks for the line. Both give every candidate, best first.
"""

import re
from collections.abc import Sequence

from articles.extraction import title_claims, title_lines
from articles.extraction.page import Head, Page
from articles.extraction.rankers import ranker
from articles.extraction.title_lines import Floats, Line
from articles.model import Block, Found

MOST = 8
"""Candidates that are worth keeping as evidence."""
SECOND_VOTE = 0.5
"""What a copy of the headline, or a breadcrumb that ends in it, adds of its own chance."""
GLUED_CHARS = 25
KICKER_ENDS = (":", "：", "-", "–", "—", "|", ",")
"""Behind these stands the headline's second half, which may have a line of its own as well."""
DOMINANT, FAINT = 3.0, 0.002
"""A line so many times likelier than the next is the headline, however unlike the pages known."""
_CRUMBS = re.compile(r"\s[/>›»]\s|\s?[›»]\s?")


def titles(page: Page, scores: Floats) -> list[Found[str]]:
    """Return the page's headlines, best first, as printed with white space folded.

    `scores` holds for each block the chance to be body. A candidate is stated when the ranker
    holds it likelier than its `least`; the block is the one that shows it, where one does.
    """
    claimed = _claimed_titles(page.head, page.blocks) if page.head is not None else []
    return claimed or _shown_titles(page.blocks, scores)


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


def _shown_titles(blocks: Sequence[Block], scores: Floats) -> list[Found[str]]:
    texts = [block.text for block in blocks]
    lines = title_lines.read_lines(texts, scores)
    places = title_lines.candidates(lines, texts)
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
            value=_uncrumbed(line.text),
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
    for line in lines:
        if (whole := votes.get(line.key)) is None:
            continue
        for key, (voted, held) in list(votes.items()):
            if key != line.key and len(held.words) > 2 and _leads_to(line, held):
                vote = max(voted, whole[0]) + SECOND_VOTE * whole[0]
                votes[key] = (min(1.0, vote), held)
                votes.pop(line.key, None)
    return list(votes.values())


def _vote(chances: Sequence[float]) -> float:
    """Return what copies of a line say together; a notice that stands ten times is no headline."""
    best, second = sorted([0.0, *chances], reverse=True)[:2]
    return min(1.0, best + SECOND_VOTE * second)


def _leads_to(line: Line, headline: Line) -> bool:
    """Tell a breadcrumb that ends in the headline, also one run together: "HomeNewsRates rise"."""
    if title_lines.CRUMB.search(line.text) and line.key.endswith(" " + headline.key):
        return True
    crumbs = line.text.removesuffix(headline.text)
    glued = 0 < len(crumbs) <= GLUED_CHARS and len(crumbs) < len(line.text)
    return glued and not crumbs.rstrip().endswith(KICKER_ENDS)


def _uncrumbed(text: str) -> str:
    """Return the last part of a breadcrumb such as "Home / World / Rates rise"."""
    parts = _CRUMBS.split(text)
    return parts[-1] if len(parts) > 2 and len(parts[-1]) > max(map(len, parts[:-1])) else text
