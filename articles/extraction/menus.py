"""Is a line of a dump a section bar, and does one stand under the paper's name?"""

import re

MENU = re.compile(r"\s?[>›»|·•]\s|\s/\s|\s{2,}")
MENU_SIGN = re.compile(r"[>›»|·•/]|\s\s")
MENU_WORDS = 3
BAR_PARTS = 3
DIGIT = re.compile(r"\d")
MASTHEAD_WORDS = 6


def is_menu(text: str) -> bool:
    """Tell "Home | News | Sport" and "Home > News", whose parts are all a few words long."""
    if not MENU_SIGN.search(text):
        return False
    parts = MENU.split(text)
    return len(parts) > 1 and all(
        len(part.split()) <= MENU_WORDS and len(part) < 25 for part in parts
    )


def is_masthead(words: int, below: str) -> bool:
    """Tell whether a first line of so many words is the paper's name: short, above a section bar.

    `below` is the next line, as it stands. A byline with a date is no bar.
    """
    bar = below.strip()
    if words > MASTHEAD_WORDS or len(MENU.split(bar)) < BAR_PARTS or DIGIT.search(bar):
        return False
    return is_menu(bar)
