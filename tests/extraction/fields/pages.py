"""Small made-up pages, for stating facts about fields."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from articles.extraction.dom import html_page
from articles.extraction.dump import dump_page
from articles.extraction.page import Page
from articles.model import Role

PARAGRAPH = (
    "The council of Harrow raised the fares of its ferries on Monday, after a debate of nine hours"
    " in which every member spoke at least twice and one of them sang."
)
OTHER_PARAGRAPH = (
    "Ferries carry four thousand people a day across the sound, and the council says that the"
    " engines of three of them are older than the pier at which they land."
)
LETTERS = {
    "T": Role.TITLE, "B": Role.BODY, "D": Role.DATE, "Y": Role.BYLINE, "N": Role.NAV,
    "R": Role.RELATED, "C": Role.CAPTION, "O": Role.OTHER, "S": Role.SPAM, "X": Role.DISCLAIMER,
}  # fmt: skip


def dump(*lines: str) -> Page:
    return dump_page("0" * 64, "\n".join(lines))


def html(head: str, body: str = "", url: str | None = None) -> Page:
    return html_page("0" * 64, f"<html><head>{head}</head><body>{body}</body></html>", url)


def roles(letters: str) -> list[Role]:
    """Return a role for each letter: Title, Body, Date, bYline, Nav, Related, Caption, Other."""
    return [LETTERS[letter] for letter in letters]


def scores(given: Sequence[Role]) -> NDArray[np.float64]:
    return np.array([0.95 if role is Role.BODY else 0.05 for role in given])
