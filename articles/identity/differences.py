"""What did two versions of a text keep, and what changed, word by word?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORD = re.compile(r"\S+\s*|\s+")
MOST_WORDS = 20_000  # compared word by word; of longer texts whole lines are
WORDS = 5  # a shared passage: shorter ones are phrases that anybody uses


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stands in both versions or in one."""

    kind: Literal["kept", "gone", "new"]
    text: str


def word_diff(before: str, after: str) -> list[Piece]:
    """Return the two texts as one sequence of pieces, in reading order.

    The pieces that are not `new` make up `before`, those not `gone` make up `after`.

    >>> [(piece.kind, piece.text) for piece in word_diff("It rained.", "It poured.")]
    [('kept', 'It '), ('gone', 'rained.'), ('new', 'poured.')]
    """
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return list(_pieces(old, new))


def shared_passages(text: str, other: str) -> list[Piece]:
    """Return `text` in pieces: `kept` where runs of five words stand in `other` too, else `gone`.

    Where they stand there makes no difference, nor do case and punctuation.
    """
    words = WORD.findall(text)
    plain = [_plain(word) for word in words]
    theirs = [_plain(word) for word in WORD.findall(other)]
    runs = {tuple(theirs[at : at + WORDS]) for at in range(len(theirs) - WORDS + 1)}
    shared = [False] * len(words)
    for at in range(len(words) - WORDS + 1):
        if tuple(plain[at : at + WORDS]) in runs:
            shared[at : at + WORDS] = [True] * WORDS
    pieces: list[Piece] = []
    start = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or shared[at] != shared[start]:
            kind: Literal["kept", "gone"] = "kept" if shared[start] else "gone"
            pieces.append(Piece(kind, "".join(words[start:at])))
            start = at
    return pieces if words else []


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > MOST_WORDS // 10)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("kept", "".join(new[c:d]))
            continue
        if a < b:
            yield Piece("gone", "".join(old[a:b]))
        if c < d:
            yield Piece("new", "".join(new[c:d]))


def _plain(word: str) -> str:
    return re.sub(r"\W", "", word).casefold()
