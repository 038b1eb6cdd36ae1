"""What can be told of a block from the page's text alone, in any language?

No language has a word list here: the page's own most frequent prose words stand in for stop
words, and the words of boilerplate come from the word table, which is learned.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articles.extraction.tokens import (
    BRACKET,
    COLON,
    COMMA,
    DASH,
    DIGIT,
    IDEOGRAPH,
    LOWER,
    QUOTE,
    SENTENCE,
    SEPARATOR,
    SPACE,
    UPPER,
    WEB,
    WORD,
    Bools,
    Floats,
    Ints,
    Tokens,
)

Matrix = NDArray[np.float32]
"""One row for each block, one column for each feature."""

OWN = (
    "words", "word_length", "ends_sentence", "ends_colon", "ends_quote", "starts_lower",
    "starts_digit", "starts_sign", "commas", "sentences", "has_quote", "digits", "capitals",
    "upper", "short_words", "frequent_words", "shared_words", "has_year", "has_time", "web",
    "separators", "copies", "signs", "very_long", "brackets", "sentence_length", "ideographs",
)  # fmt: skip
CONTEXT = (
    "words_2", "prose_2", "words_5", "prose_5", "words_12", "prose_12", "gap_before", "gap_after",
    "in_run", "from_run_start", "to_run_end", "place", "words_before", "blocks", "page_prose",
    "words_since_run", "prose_before", "prose_after",
)  # fmt: skip
SHIFTED = (
    "words", "ends_sentence", "ends_colon", "starts_digit", "sentences", "digits", "capitals",
    "upper", "short_words", "frequent_words", "shared_words", "has_year", "has_time", "web",
    "separators", "copies", "sentence_length", "commas",
)  # fmt: skip
SHIFTS = (1, -1, 2, -2)
_SHIFTED_COLUMNS = [OWN.index(name) for name in SHIFTED]
FREQUENT = 30  # words of the page that stand in for stop words
PROSE_WORDS = 15  # a block of so many words is surely prose, for counting frequent words
YEAR_DIGITS = 4
RUN_COST = 10.0  # words a block must have to lengthen the run of prose
FAR = 30  # blocks; gaps beyond count as one
SPAN = 40


@dataclass(slots=True, eq=False)
class TextFeatures:
    """The text columns of a page and what later features are computed from."""

    own: Matrix
    context: Matrix
    shifted: Matrix
    tokens: Tokens
    content: Bools
    """Of each word of the vocabulary: whether it is long and not among the page's frequent."""
    keys: list[str]
    """Of each block: its text in lower case."""


def text_features(tokens: Tokens) -> TextFeatures:
    """Return the columns of `OWN`, `CONTEXT` and of the neighbours for every block of a page."""
    vocabulary = tokens.vocabulary
    long = np.fromiter(map(len, vocabulary), np.int64, len(vocabulary))
    prose = tokens.weights >= PROSE_WORDS
    frequent = _frequent(tokens, prose)
    content = long > 3
    if max(vocabulary, default="") > "\u2e00":
        content |= np.fromiter((word[0] > "\u2e00" for word in vocabulary), bool, len(vocabulary))
    content &= ~frequent
    keys = [text.lower() for text in tokens.texts]
    own = matrix(
        [
            *_lengths_and_ends(tokens),
            *_shares(tokens),
            *_word_shares(tokens, long, frequent, content, prose),
            *_marks(tokens, keys),
        ]
    )
    context = _context(own, tokens.weights)
    return TextFeatures(own, context, shifted(own[:, _SHIFTED_COLUMNS]), tokens, content, keys)


def matrix(columns: Sequence[NDArray[np.generic]]) -> Matrix:
    """Return the columns side by side; `np.stack` and a cast cost three times as much."""
    rows = np.empty((len(columns), len(columns[0])), np.float32)
    for row, column in zip(rows, columns, strict=True):
        row[:] = column
    return np.ascontiguousarray(rows.T)


def clipped(values: NDArray[np.generic], low: float, high: float) -> NDArray[np.generic]:
    """Return the values between the bounds; `np.clip` costs three times as much on a page."""
    bounded: NDArray[np.generic] = np.minimum(np.maximum(values, low), high)
    return bounded


def _frequent(tokens: Tokens, prose: Bools) -> Bools:
    """Flag the page's most frequent prose words, its stand-in for stop words."""
    size = len(tokens.vocabulary)
    frequent = np.zeros(size, bool)
    if size:
        counts = np.bincount(tokens.ids[prose[tokens.blocks]], minlength=size)
        most = min(FREQUENT, size)
        frequent[np.argpartition(-counts, most - 1)[:most]] = True
        frequent &= counts > 1
    return frequent


def _lengths_and_ends(tokens: Tokens) -> list[NDArray[np.generic]]:
    kinds, starts = tokens.kinds, tokens.starts
    ends = starts + tokens.lengths
    first = kinds[starts]
    last = kinds[np.maximum(ends - 1, starts)]
    last_but_one = kinds[np.maximum(ends - 2, starts)]
    quoted = ((last & QUOTE) > 0) & ((last_but_one & SENTENCE) > 0)
    return [
        np.log1p(tokens.weights),
        tokens.lengths / np.maximum(tokens.counts, 1),
        ((last & SENTENCE) > 0) | quoted,
        (last & COLON) > 0,
        (last & QUOTE) > 0,
        (first & LOWER) > 0,
        (first & DIGIT) > 0,
        (first & (QUOTE | DASH)) > 0,
    ]


def _shares(tokens: Tokens) -> list[NDArray[np.generic]]:
    words = np.maximum(tokens.counts, 1)
    length = np.maximum(tokens.lengths, 1)
    capitals = tokens.per_block(((tokens.kinds & UPPER) > 0) & tokens.word_starts)
    return [
        tokens.chars(COMMA) / words,
        tokens.chars(SENTENCE) / words,
        tokens.chars(QUOTE) > 0,
        tokens.chars(DIGIT) / length,
        capitals / words,
        tokens.chars(UPPER) / length,
    ]


def _word_shares(
    tokens: Tokens, long: Ints, frequent: Bools, content: Bools, prose: Bools
) -> list[NDArray[np.generic]]:
    ids, blocks, size = tokens.ids, tokens.blocks, len(tokens.vocabulary)
    words = np.maximum(tokens.counts, 1)
    in_prose = prose[blocks]
    # in how many prose blocks, its own left out, does a content word stand
    words_met, places_met = tokens.pairs
    spread = np.bincount(words_met[prose[places_met]], minlength=size)
    is_content = content[ids]
    contents = tokens.sums(is_content)
    shared = tokens.sums(is_content & (spread[ids] > in_prose))
    years = np.zeros(size, bool)
    for at in np.flatnonzero(long == YEAR_DIGITS).tolist():
        word = tokens.vocabulary[at]
        years[at] = word[0] in "12" and word[:2] in {"19", "20"} and word.isdigit()
    return [
        tokens.sums((long <= 3)[ids]) / words,
        tokens.sums(frequent[ids]) / words,
        np.where(contents > 0, shared / np.maximum(contents, 1), 0.5),
        tokens.sums(years[ids]) > 0,
    ]


def _marks(tokens: Tokens, keys: list[str]) -> list[NDArray[np.generic]]:
    kinds = tokens.kinds
    length, words = np.maximum(tokens.lengths, 1), np.maximum(tokens.counts, 1)
    digit = (kinds & DIGIT) > 0
    time = np.zeros(len(kinds), bool)
    time[1:-1] = ((kinds[1:-1] & (COLON | SENTENCE)) > 0) & digit[:-2] & digit[2:]
    seen: dict[str, int] = {}
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
    return [
        tokens.per_block(time) > 0,
        tokens.chars(WEB) > 0,
        np.minimum(tokens.chars(SEPARATOR), 5),
        np.minimum(np.fromiter((seen[key] for key in keys), np.int64, len(keys)), 4),
        tokens.per_block((kinds & (WORD | SPACE)) == 0) / length,
        tokens.weights > 200,
        tokens.chars(BRACKET) / words,
        tokens.weights / np.maximum(tokens.chars(SENTENCE), 1),
        tokens.chars(IDEOGRAPH) / length,
    ]


def _context(own: Matrix, weights: Floats) -> Matrix:
    ends = own[:, OWN.index("ends_sentence")] > 0
    fluent = own[:, OWN.index("frequent_words")] > 0.25
    prose = (weights >= 12) & (ends | fluent | (weights >= 25))
    size, places = len(weights), np.arange(len(weights))
    words = np.concatenate([[0.0], np.cumsum(weights)])
    proses = np.concatenate([[0.0], np.cumsum(prose)])
    columns: list[NDArray[np.generic]] = []
    for reach in (2, 5, 12):
        low, high = np.maximum(0, places - reach), np.minimum(size, places + reach + 1)
        columns.append(np.log1p((words[high] - words[low]) / (high - low)))
        columns.append((proses[high] - proses[low]) / (high - low))
    start, end = heaviest_run(np.minimum(weights, 60) - RUN_COST)
    columns += [
        gap(prose),
        gap(prose[::-1])[::-1],
        (places >= start) & (places < end),
        clipped(places - start, -SPAN, SPAN),
        clipped(end - 1 - places, -SPAN, SPAN),
        places / size,
        words[:-1] / max(1.0, words[-1]),
        np.full(size, np.log1p(size)),
        np.full(size, prose.mean()),
        np.log1p(np.maximum(words[:-1] - words[start], 0)),
        np.minimum(proses[:-1], 20),
        np.minimum(proses[-1] - proses[1:], 20),
    ]
    return matrix(columns)


def gap(flags: Bools) -> Floats:
    """Return for each block how many blocks back the last flagged one is, at most `FAR`."""
    places = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, places, -100))
    gaps = np.full(len(flags), float(FAR))
    gaps[1:] = np.minimum(places[1:] - last[:-1], FAR)
    return gaps


def heaviest_run(values: NDArray[np.floating]) -> tuple[int, int]:
    """Return start and end of the run with the greatest sum; (0, 0) when none is positive."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    end = int((sums - np.minimum.accumulate(sums)).argmax())
    return (int(sums[: end + 1].argmin()) if end else 0), end


def shifted(columns: Matrix) -> Matrix:
    """Return the columns of the neighbours one and two blocks away, -1 past the page's ends."""
    copies = []
    for shift in SHIFTS:
        copy = np.full_like(columns, -1.0)
        if len(columns) > abs(shift):
            if shift > 0:
                copy[shift:] = columns[:-shift]
            else:
                copy[:shift] = columns[-shift:]
        copies.append(copy)
    return np.concatenate(copies, 1)
