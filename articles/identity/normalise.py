"""When are two texts the same, although their bytes differ?

Copies of an article differ in quotes, dashes, case, spaces, line breaks and characters that
nobody sees. The normal form takes all of these away, and nothing that a reader would notice.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from hashlib import sha256

CONTENT_HASH_VERSION = "1"
"""Goes into every hash: a changed normal form must not meet the old one by chance."""
SAME = {
    **dict.fromkeys("‘’‚‛′‵´`ʼʹ＇«»“”„‟″‶〝〞〟＂‹›「」『』", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－⸺⸻‾", "-"),
    '"': "'",
    "…": "...",
    "ß": "ss",
}
"""Quotes, primes and dashes that printers exchange freely."""
INVISIBLE = (
    *range(0x09),
    *range(0x0E, 0x1C),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    0xAD,  # soft hyphen
    0x034F,
    0x061C,
    0x115F,
    0x1160,
    0x17B4,
    0x17B5,
    *range(0x180B, 0x1810),
    *range(0x200B, 0x2010),  # zero-width space, non-joiner, joiner, marks
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0x3164,
    *range(0xFE00, 0xFE10),  # variation selectors
    0xFEFF,
    0xFFA0,
    *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE01F0),  # tags and more variation selectors
)
"""Code points that take no space on the page."""
UNIFIED = {**dict.fromkeys(map(chr, INVISIBLE), ""), **SAME}
ASCII_SAME = bytes.maketrans(b'"', b"'")
ASCII_INVISIBLE = bytes(code for code in INVISIBLE if code < 0x80)
DASHES = re.compile("--+")


def content_hash(title: str | None, body: str) -> str:
    """Return the sha256, in hex, of the normalised title and body.

    A missing title and an empty one are the same. The two are hashed apart, so that words which
    move from the title into the body make another text.

    >>> content_hash("Rain", "It said “no”.") == content_hash("RAIN", 'It said "no" .'[:-2] + ".")
    True
    """
    text = f"{CONTENT_HASH_VERSION}\x00{normalised(title or '')}\x00{normalised(body)}"
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def normalised(text: str) -> str:
    """Return the form in which copies of a text agree: NFKC, caseless, one kind of quote and dash.

    >>> normalised("Caf\u00e9\u00a0–\u00a0The  “End”")
    "café - the 'end'"
    """
    folded = _lowered(text) if text.isascii() else _folded(text)
    return " ".join(DASHES.sub("-", folded).split())


def _lowered(text: str) -> str:
    """Return what `_folded` does, of a text in ASCII."""
    return text.encode().lower().translate(ASCII_SAME, ASCII_INVISIBLE).decode()


def _folded(text: str) -> str:
    """Return the text in NFKC, caseless, its invisible characters gone.

    Invisible characters go first: they part a letter from its accent. Folding case can undo the
    normal form and the normal form can undo folding, hence both twice (Unicode 3.13, D146).
    """
    composed = unicodedata.normalize("NFKC", _replaced(text, _form))
    folded = _unified(composed.casefold())
    again = unicodedata.normalize("NFKC", folded)
    return folded if again == folded else _unified(again)


def _unified(text: str) -> str:
    """Return the text with invisible characters gone and one kind of quote and dash."""
    return _replaced(text, lambda character: UNIFIED.get(character, character))


@cache
def _form(character: str) -> str:
    """Return what replaces a character wherever it stands: NFKC of what is left is then quick."""
    return UNIFIED.get(character, unicodedata.normalize("NFKC", character))


def _replaced(text: str, form: Callable[[str], str]) -> str:
    for character in set(text):  # few differ: far faster than str.translate
        if (other := form(character)) != character:
            text = text.replace(character, other)
    return text
