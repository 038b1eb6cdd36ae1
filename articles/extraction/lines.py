"""What do the rules need to know of a page's lines?"""

import re
from dataclasses import dataclass

from articles.extraction import cues
from articles.extraction.page import Page
from articles.extraction.tokens import Floats
from articles.model import Role

KEPT = 0.5
"""The score from which a block is held to be body."""
READ_CHARS = 20_000  # of a line; no rule looks further
FOLDED_CHARS = 1_000
LEAD = re.compile(r"^(?:\s*(?:[-*+•·>#|]|\d{1,2}[.)]\s)){1,3}\s*")
SENTENCE_END = re.compile(r"[^.\s](?:[.!?…؟।۔][\"'”’»)\]」』]{0,3}(?=\s|$)|[。！？])")


@dataclass(slots=True)
class Line:
    """What the rules need to know about one block that holds a word."""

    block: int
    text: str
    lower: str
    """Its first characters in lower case, for the patterns."""
    words: list[str]
    key: str
    """Its words joined by blanks: what makes two lines copies of each other."""
    weight: float
    """Words; half the characters where a script puts no blanks between words."""
    score: float
    role: Role | None = None
    _stems: frozenset[str] | None = None
    _folded: str | None = None

    @property
    def stems(self) -> frozenset[str]:
        """What tells which patterns are worth a search."""
        if self._stems is None:
            self._stems = cues.stems_of(self.words, self.lower)
        return self._stems

    @property
    def folded(self) -> str:
        """Its first characters with white space folded, a list mark in front dropped."""
        if self._folded is None:
            folded = " ".join(self.text[:FOLDED_CHARS].split())
            self._folded = folded if folded[:1].isalpha() else LEAD.sub("", folded)
        return self._folded


def read_lines(page: Page, scores: Floats) -> list[Line]:
    """Return the blocks of a page that hold a word, with the score of each."""
    lines = []
    for block, score in zip(page.blocks, scores.tolist(), strict=True):
        if not block.text:
            continue
        lower = block.text[:READ_CHARS].lower()
        words = cues.WORDS.findall(lower)
        if words:
            text, key = block.text.strip(), " ".join(words)
            weight = float(len(words))
            if not text.isascii():
                weight = max(weight, _ideographs(block.text, len(words)) / 2)
            lines.append(Line(block.index, text, lower, words, key, weight, score))
    return lines


def _ideographs(text: str, words: int) -> int:
    """Characters of a text that has far fewer word breaks than words, else 0."""
    return len(text) if len(text) > 12 * words and text[len(text) // 2] > "\u0e00" else 0
