"""What stands between headline and text: the standfirst, which is printed and no part of the body.

Papers put claims there that the text does not repeat. Labelled pages disagree whether it belongs to
the body: of 33 standfirsts on 306 pages Fundus has 17 of 18 in it, Scrapinghub 1 of 15.
"""

from collections.abc import Sequence

from articles.extraction.page import Page
from articles.model import BODY_ROLES, Found, Role

MOST = 3
"""Blocks of one; a list of key points has more, and is none."""
CONFIDENCE = 0.8


def standfirsts(page: Page, roles: Sequence[Role], title_at: int | None) -> list[Found[str]]:
    """Return the blocks of the standfirst in reading order, each once; none without a headline.

    They are no rivals: together they are the standfirst.
    """
    first = next((at for at, role in enumerate(roles) if role in BODY_ROLES), None)
    if title_at is None or first is None:
        return []
    shown = [
        block for block in page.blocks[title_at:first] if roles[block.index] is Role.STANDFIRST
    ]
    told = {" ".join(block.text.split()): block.index for block in reversed(shown)}
    found = [
        Found(text, "standfirst", at, confidence=CONFIDENCE)
        for text, at in reversed(list(told.items()))
    ]
    return found if len(found) <= MOST else []
