"""Where does another whole article begin below the one of a dump?

Pages of a day, and converters that print the next story below: a headline, who wrote it and when,
as the page's own headline has them under it.
"""

from collections.abc import Sequence

from articles.extraction.dates import read_stamps
from articles.extraction.headlines import is_byline
from articles.extraction.lines import KEPT, Line
from articles.model import Role

LEAST_WORDS, MOST_WORDS = 3, 30  # of a headline
STAMP_WORDS = 14  # of a line that names the author or gives the date
STAMPS = 2  # such lines right under a headline
ARTICLE_WORDS = 40  # kept above it, or the first article is none


def main_of_dump(lines: Sequence[Line], title: int | None) -> int | None:
    """Return `title`, the headline's block, where another whole article follows, else None.

    The other one's lines get their role here.
    """
    top = next((at for at, line in enumerate(lines) if line.block == title), None)
    if top is None or not _is_signed(lines, top):
        return None
    words = 0.0
    for at, line in enumerate(lines[top + 1 :], top + 1):
        if words >= ARTICLE_WORDS and _is_headline(line) and _is_signed(lines, at):
            for other in lines[at:]:
                other.role = Role.RELATED
            return title
        words += line.weight if line.score >= KEPT else 0.0
    return None


def _is_headline(line: Line) -> bool:
    return LEAST_WORDS <= line.weight <= MOST_WORDS and not line.ends_sentence


def _is_signed(lines: Sequence[Line], at: int) -> bool:
    """Tell a line right above a byline and a date, on one line or on two."""
    under = [line for line in lines[at + 1 : at + 1 + STAMPS] if line.weight <= STAMP_WORDS]
    if not under or not is_byline(under[0].text):
        return False
    return any(read_stamps(line.text) for line in under)
