"""Which words does a text consist of?

Words are runs of letters and digits of the normal form; scripts written without spaces count each
character as a word. Each word becomes one number, so that a whole batch is read as arrays.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from articles.identity.normalise import INVISIBLE, UNIFIED, normalised

Keys = npt.NDArray[np.uint64]
"""What a text is told by as numbers; of shingles and figures sorted, each once."""
Places = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]

LONGEST = 1_000_000  # characters of one text that are looked at: far more than any article has
CHUNK = 100_000  # characters hashed at once: the arrays of more fall out of the processor's cache
BASE = np.uint64(0x9E3779B97F4A7C15)
WORD_BYTES = 64  # of a word that are hashed eight at a time; hardly any word is longer
BETWEEN = 0  # stands for a character that belongs to no word
ALONE = 1 << 24  # marks a character that is a word by itself
BOUND = 1 << 25  # marks one that only its text can put in normal form: an accent, "ß"
UNKNOWN = 1 << 27  # stands for a character that was not met before
UNSPACED = (
    range(0x0E00, 0x0F00),  # Thai, Lao
    range(0x1000, 0x10A0),  # Burmese
    range(0x1780, 0x1800),  # Khmer
    range(0x3005, 0x3008),
    range(0x3040, 0x3130),  # kana, bopomofo
    range(0x31A0, 0x3200),
    range(0x3400, 0xA000),  # ideographs
    range(0x20000, 0x33480),
)
JAMO = range(0x1100, 0x1200)  # parts of Korean syllables
STRANGE = 1  # the byte that marks an invisible character of ASCII
_ASCII = bytes(
    STRANGE if code in INVISIBLE else ord(chr(code).lower()) if chr(code).isalnum() else BETWEEN
    for code in range(0x80)
) + bytes(range(0x80, 0x100))
"""What stands for each byte; those of other characters stay."""
_FOLDED = np.full(0x110000, UNKNOWN, np.int64)
"""What stands for each code point, filled in as they are met: folding all takes seconds."""
_FIRST_BYTES = np.array([(1 << 8 * size) - 1 for size in range(8)] + [(1 << 64) - 1], np.uint64)
"""What keeps so many bytes of eight."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some texts, one text after another."""

    hashes: Keys
    """A number for each word, the same wherever the word stands."""
    figures: Flags
    """Which of them begin with a digit."""
    ends: Places
    """Where those of each text end."""


def words(texts: Sequence[str]) -> Iterator[Words]:
    """Yield the words of the texts, those of as many at a time as are quickly worked on.

    >>> [each.figures.tolist() for each in words(["From 4 to 5.", "4th!"])]
    [[False, True, False, True, True]]
    """
    for chunk in _chunks(texts):
        folded, limits, alone = _folded(chunk)
        starts, ends = _words(folded, alone)
        first = folded[starts]
        yield Words(
            _word_hashes(folded, starts, ends - starts),
            (first >= ord("0")) & (first <= ord("9")),
            np.searchsorted(starts, limits),
        )


def _chunks(texts: Sequence[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    size = 0
    for text in texts:
        chunk.append(text[:LONGEST])
        size += len(chunk[-1])
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _folded(texts: list[str]) -> tuple[Bytes, Places, Places | None]:
    """Return the letters of the texts in UTF-8, every other character BETWEEN.

    Beside it stands where each text ends, and which bytes begin characters that are ALONE.
    """
    coded = [text.encode("utf-8", "surrogatepass") for text in texts]
    limits = np.cumsum([len(text) + 1 for text in coded])
    joined = b"\n".join([*coded, b"\n" * WORD_BYTES]).translate(_ASCII)
    if STRANGE in joined[: int(limits[-1])]:
        return _folded([normalised(text) for text in texts])
    if joined.isascii():
        return np.frombuffer(joined, np.uint8), limits, None
    folded = np.frombuffer(bytearray(joined), np.uint8)
    leads = np.flatnonzero(folded >= 0xC0)
    codes, sizes = _code_points(folded, leads)
    forms = _FOLDED[codes]
    if forms.max() == UNKNOWN:
        for code in np.unique(codes[forms == UNKNOWN]).tolist():
            _FOLDED[code] = _fold(chr(code))
        forms = _FOLDED[codes]
    bound = forms >= BOUND
    if bound.any():
        unspelt = {chr(code): normalised(chr(code)) for code in np.unique(codes[bound]).tolist()}
        plain = list(texts)
        for at in np.unique(np.searchsorted(limits, leads[bound], side="right")).tolist():
            plain[at] = _spelt(texts[at], unspelt)
        if plain != texts:
            return _folded(plain)
    letters = forms & (ALONE - 1)
    changed = letters != codes
    _write(folded, leads[changed], letters[changed], sizes[changed])
    return folded, limits, leads[(forms & ALONE) != 0]


def _code_points(folded: Bytes, leads: Places) -> tuple[Places, Places]:
    """Return the characters that begin at `leads`, and how many bytes each has."""
    first, *others = (folded[leads + at].astype(np.int64) for at in range(4))
    second, third, fourth = (each & 0x3F for each in others)
    sizes = 2 + (first >= 0xE0).astype(np.int64) + (first >= 0xF0)
    two = (first & 0x1F) << 6 | second
    three = (first & 0x0F) << 12 | second << 6 | third
    four = (first & 0x07) << 18 | second << 12 | third << 6 | fourth
    return np.choose(sizes - 2, [two, three, four]), sizes


def _write(folded: Bytes, leads: Places, codes: Places, sizes: Places) -> None:
    """Put other characters of as many bytes in the place of those at `leads`."""
    marks = np.array([0, 0, 0xC0, 0xE0, 0xF0])
    for at in range(4):
        inside = sizes > at
        place, code, size = leads[inside] + at, codes[inside], sizes[inside]
        bits = code >> 6 * (size - 1 - at)
        byte = bits | marks[size] if at == 0 else bits & 0x3F | 0x80
        folded[place] = np.where(code == BETWEEN, BETWEEN, byte)


def _spelt(text: str, forms: dict[str, str]) -> str:
    """Return a text with "ß" and ligatures spelt out; one that has none in its normal form."""
    spelt = text
    for character, form in forms.items():
        if len(form) > 1 and form.isalpha():
            spelt = spelt.replace(character, form)
    return normalised(text) if spelt == text else spelt


def _fold(character: str) -> int:
    """Return what stands for a character wherever it stands."""
    form = normalised(character)
    letters = [each for each in form if each.isalnum() or unicodedata.category(each)[0] == "M"]
    code = ord(character)
    if not letters and UNIFIED.get(character) != "":
        return BETWEEN
    if [*form] != letters or len(form) != 1 or code in JAMO or not form.isalnum():
        return code | BOUND
    if len(form.encode("utf-8", "replace")) != len(character.encode("utf-8", "replace")):
        return code | BOUND
    code = ord(form)
    return code | ALONE if any(code in script for script in UNSPACED) else code


def _words(folded: Bytes, alone: Places | None) -> tuple[Places, Places]:
    """Return where words begin and where they end; `alone` are those of one character."""
    inside = folded != BETWEEN
    turns = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    if inside[0]:
        turns = np.append(0, turns)
    starts, ends = turns[0::2], turns[1::2]
    if alone is None or not len(alone):
        return starts, ends
    beyond = alone + 3 + (folded[alone] >= 0xF0)
    cuts = np.unique(np.concatenate([alone, beyond[inside[beyond]], starts]))
    after = ends[np.searchsorted(ends, cuts, side="right")]
    return cuts, np.minimum(np.append(cuts[1:], len(folded)), after)


def _word_hashes(folded: Bytes, starts: Places, sizes: Places) -> Keys:
    """Return a number for each word, the same wherever the word stands."""
    eights = np.ndarray(len(folded) - 7, "<u8", folded, strides=(1,))
    hashes = mixed(eights[starts] & _FIRST_BYTES[np.minimum(sizes, 8)])
    for at in range(8, WORD_BYTES, 8):
        longer = np.flatnonzero(sizes > at)
        if not len(longer):
            return hashes
        more = eights[starts[longer] + at] & _FIRST_BYTES[np.minimum(sizes[longer] - at, 8)]
        hashes[longer] = mixed(hashes[longer] * BASE + more)
    for word in np.flatnonzero(sizes > WORD_BYTES).tolist():
        whole = folded[starts[word] : starts[word] + sizes[word]].tobytes()
        hashes[word] = int.from_bytes(blake2b(whole, digest_size=8).digest(), "little")
    return hashes


def mixed(numbers: Keys) -> Keys:
    """Spread every bit over all others (finaliser of MurmurHash3)."""
    numbers = numbers ^ (numbers >> np.uint64(33))
    numbers *= np.uint64(0xFF51AFD7ED558CCD)
    numbers ^= numbers >> np.uint64(33)
    numbers *= np.uint64(0xC4CEB9FE1A85EC53)
    return numbers ^ (numbers >> np.uint64(33))
