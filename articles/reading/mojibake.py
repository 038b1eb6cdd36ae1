"""Was this UTF-8 once read in the wrong charset and stored like that?"""

import re
from collections.abc import Iterator

from ftfy import TextFixerConfig, fix_encoding_and_explain
from ftfy.badness import is_bad

SUSPECT = re.compile("[ÂÃÅÄÐÑØÙÎÏâãäåæçèéðŃÐРСГвЎ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€ЂѓЃ]")
"""A lead byte and a follower of UTF-8, read as cp1252 or cp1251."""
AS_PRINTED = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    restore_byte_a0=True,
    replace_lossy_sequences=True,
    decode_inconsistent_utf8=False,
    fix_c1_controls=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)
"""Only whole lines that decode without a rest are touched; quotes, widths, forms stay. A letter
that was lost on the way, as U+FFFD already, is one U+FFFD afterwards and is not guessed."""
LOST = "\ufffd"
_FOLLOWERS = rb"(?:[\xc2\xc5\xc6\xcb]|\xe2[\x80\x82\x84]|\xd0[\x82\x83]|\xd1\x93)"
_SUSPECT_BYTES = tuple(
    re.compile(lead + _FOLLOWERS)
    for lead in (rb"\xc3[\x82-\xb0]", rb"\xc5\x83", rb"\xd0[\x8e\x93\xa0\xa1\xb2]")
)
"""What text that `SUSPECT` matches holds in UTF-8, begun by literals that are found ten times as
fast as a class of characters."""
PRINTED_ASCII = bytes([*range(9, 14), *range(32, 127)])
LONGEST = 2_000
"""Characters of a line that are looked at as one; what is longer is cut before a tag or a word: a
page may be one line, and one odd character in it must not keep the others from being repaired."""


def beyond_ascii(raw: bytes) -> bytes:
    """Return what is left of a text in UTF-8 without its printed ASCII: little, mostly.

    Characters stay whole and in order, so a pattern of one character finds what it found before.
    """
    return raw.translate(None, PRINTED_ASCII)


def repaired(text: str, raw: bytes | None = None, beyond: bytes | None = None) -> str:
    """Return the text with mojibake undone, line by line, or the same object when there is none.

    `raw` is the text in UTF-8 and `beyond` what `beyond_ascii` leaves of it, where the caller
    has them.

    >>> repaired("CafÃ© du Nord")
    'Café du Nord'
    """
    if raw is None:
        raw = text.encode("utf-8", "surrogatepass")
    if beyond is None:
        beyond = beyond_ascii(raw)
    # without the ASCII between them "ä" and "“" stand together: much less to search, but then twice
    if not (_is_suspect(beyond) and _is_suspect(raw) and SUSPECT.search(text)):
        return text
    lines = text.split("\n")
    fixed = [_line(line) for line in lines]
    return text if fixed == lines else "\n".join(fixed)


def _is_suspect(raw: bytes) -> bool:
    return any(pattern.search(raw) for pattern in _SUSPECT_BYTES)


def _line(line: str) -> str:
    if SUSPECT.search(line) is None:
        return line
    if len(line) > LONGEST:
        return "".join(map(_line, _pieces(line)))
    if not is_bad(line):
        return line
    fixed, _ = fix_encoding_and_explain(line, AS_PRINTED)
    worse = is_bad(fixed.replace(LOST, "")) or fixed.count(LOST) > line.count(LOST)
    return line if worse or len(fixed) >= len(line) else fixed


def _pieces(line: str) -> Iterator[str]:
    at = 0
    while at < len(line):
        end = at + LONGEST
        if end < len(line):
            cut = max(line.rfind("<", at + 1, end), line.rfind(" ", at + 1, end))
            end = cut if cut > 0 else end
        yield line[at:end]
        at = end
