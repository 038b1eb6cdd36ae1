"""How is a text from a page or a file name shown as itself, and never as live markup?

Prefect's older pages run the HTML in an artifact, its newer ones turn bare addresses into links.
"""

import re
import unicodedata

MAX_SHOWN = 300  # characters of a text in a report; the whole of it lies in the warehouse

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_NUMBER = re.compile(r"[\d,.]+( s|%| /s)?$")
_LINK_START = re.compile(r"(?i)(?<=[a-z])(?=:)|(?<=www)(?=\.)|(?=@)")
_WORD_JOINER = "\N{WORD JOINER}"  # invisible, and no break: an address stays readable on one line
_LONG = re.compile(r"\S{25,}")  # a path or an address; a column is some 30 characters wide
_BREAK = re.compile(r"[/!?&=]+(?=.)|[\w.%+-]{25}(?=[\w.%+-])")
_ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"  # invisible, and a break where one is needed


def escaped(text: str, limit: int = MAX_SHOWN) -> str:
    """Return Markdown that shows `text` literally, on one line, at most `limit` characters of it.

    Every ASCII punctuation becomes a character reference, which CommonMark never reads as
    structure. Control, format and bidirectional characters become visible codes, so that
    "gpj.exe" cannot be shown as "exe.jpg". An address is cut by an invisible joiner, because some
    renderers link bare addresses after they have resolved the references. Long paths may break at
    their slashes: a table as wide as a path runs under what stands beside it. `pasted` undoes both.

    >>> escaped("a *b* <c>")
    'a &#42;b&#42; &#60;c&#62;'
    """
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    visible = "".join(map(_visible, shown))
    breakable = _LONG.sub(_with_breaks, _LINK_START.sub(_WORD_JOINER, visible))
    return _PUNCTUATION.sub(_reference, breakable)


def pasted(text: str) -> str:
    """Return what a person copied from a report, without the invisible marks that stood in it.

    >>> pasted("http\N{WORD JOINER}://a.example/\N{ZERO WIDTH SPACE}b")
    'http://a.example/b'
    """
    return text.replace(_WORD_JOINER, "").replace(_ZERO_WIDTH_SPACE, "")


def table(header: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table of cells that are Markdown already; numbers are set right."""
    columns = zip(*rows, strict=True) if rows else [[""] for _ in header]
    ruler = ["---:" if all(map(_NUMBER.match, column)) else ":---" for column in columns]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [header, ruler, *rows])


def _visible(character: str) -> str:
    if character in "\n\r\t\x0b\x0c\u2028\u2029":
        return " "
    if character in "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}":
        return character  # Persian spelling and emoji need them
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return f"[U+{ord(character):04X}]"
    return character


def _with_breaks(match: re.Match[str]) -> str:
    return _BREAK.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", match[0])


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
