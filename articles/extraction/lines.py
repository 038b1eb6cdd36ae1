"""What do the rules need to know of a page's lines?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.extraction import cues
from articles.extraction.page import Page
from articles.extraction.tokens import Floats, words_by_text
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
    def ends_sentence(self) -> bool:
        """Say whether a sentence ends with it, or with the quotation or name behind one."""
        return SENTENCE_END.search(self.text[-10:]) is not None

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
    lowered = [block.text[:READ_CHARS].lower() for block in page.blocks]
    read = zip(page.blocks, scores.tolist(), lowered, words_by_text(lowered), strict=True)
    return [
        _line(block.index, block.text, score, lower, words)
        for block, score, lower, words in read
        if words
    ]


def whole_lines(lines: Sequence[Line], run_ons: frozenset[int]) -> Sequence[Line]:
    """Return the lines with those that were only broken for room joined again.

    `run_ons` are the blocks that go on in the next; a joined line stands at the first of its own.
    """
    if not run_ons:
        return lines
    whole: list[Line] = []
    end = -1
    for line in lines:
        above = whole[-1] if line.block == end else None
        end = line.block + 1 if line.block in run_ons else -1
        if above:
            text = f"{above.text} {line.text}"
            lower = text[:READ_CHARS].lower()
            words = cues.WORDS.findall(lower)
            whole[-1] = _line(above.block, text, above.score, lower, words)
        else:
            whole.append(line)
    return whole


def _line(block: int, text: str, score: float, lower: str, words: list[str]) -> Line:
    key, weight = " ".join(words), float(len(words))
    if not text.isascii():
        weight = max(weight, _ideographs(text, len(words)) / 2)
    return Line(block, text.strip(), lower, words, key, weight, score)


def _ideographs(text: str, words: int) -> int:
    """Characters of a text that has far fewer word breaks than words, else 0."""
    return len(text) if len(text) > 12 * words and text[len(text) // 2] > "\u0e00" else 0
