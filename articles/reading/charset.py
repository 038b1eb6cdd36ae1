"""In which charset from before UTF-8 are these bytes, if that can be told for certain?

A reading is right when its letters are those of one language, cased and mixed as that language
mixes them. Two readings that both look right but differ make the bytes undecidable: a letter
is never guessed (docs/adr/0010-legacy-charsets.md has the table of right, wrong and refused).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from articles.reading.alphabets import ALPHABETS, PUNCTUATION, WIDE_PUNCTUATION, Alphabet

SAMPLE = 1 << 14  # bytes; more text does not make it surer
ENOUGH = 0.85  # share of characters outside ASCII that must suit the language
CLEARLY = 0.015  # by which the best share must beat another reading's; else letters decide
COMMONER = 0.04  # by which the best reading's letters must be the commoner ones, then
SPOKEN = 0.03  # share of words that are a language's commonest; running text has 0.05 to 0.45
NATIVE = 0.3  # share of high bytes among the letters, above which the script is not Latin
WIDE_ENOUGH = 0.25  # share of East Asian characters among the commonest; chance gives 0.05
UNUSUAL = frozenset({"mac-roman", "mac-cyrillic", "iso-8859-16"})
"""Charsets that the web hardly saw: they win only by suiting better."""
MOSTLY = 0.5  # of the characters outside ASCII are letters, where the script is not Latin
FEW = 5  # bytes beyond ASCII that say nothing for an unusual charset
ANY_WESTERN = Alphabet(
    "western", "".join(a.letters for a in ALPHABETS if "cp1252" in a.charsets), ("cp1252",), " "
)
"""The letters of all languages that cp1252 was made for."""
LATIN = frozenset(alphabet.language for alphabet in ALPHABETS if alphabet.words)
HIGH = bytes(range(0x80, 0x100))
LETTERS = HIGH + b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
WORD = re.compile(r"[^\W\d_]+")
ODD = re.compile(
    r"[a-zß-öø-ÿа-яё][A-ZÀ-ÖØ-ÞА-ЯЁŠŽČĆŁŚŻŘĚ]"  # a capital inside a word
    r"|[^\W\d_][¢£¤¥¦§¨©ª¬®¯°±²³´¶¸¹º»¼½¾¿¡€‚„†‡‰‹›«•][^\W\d_]"  # a sign inside a word
    r"|[A-Za-z][α-ωа-яё\u05d0-\u05ea\u0621-\u064a]|[α-ωа-яё\u05d0-\u05ea\u0621-\u064a][A-Za-z]"
)
"""What wrong readings are full of: capitals and signs inside words, words in two scripts. In plain
ASCII, as `iPhone`, they say nothing."""
REFERENCE = re.compile(rb"&#(\d{3,5});")
SELDOM = 0.25  # of as many references; bytes that are those letters only when read wrong are fewer
TAG = re.compile(rb"<[^<>]*>")
"""No byte of a character in an East Asian charset is `<` or `>`."""
C1 = re.compile("[\x80-\x84\x86-\x9f]")
ALONE = re.compile(r"(?<![^\s\"'(«“])[^\x00-\x7f](?![^\s\"',.)»”])")


@dataclass(frozen=True, slots=True)
class Fit:
    """The bytes read in one charset, and how well that suits one language."""

    charset: str
    language: str
    text: str
    share: float
    """Of the characters outside ASCII, how many suit the language."""
    common: float
    """How common these are in it, 0 to 1."""


def detected(payload: bytes, *, html: bool = False) -> Fit | None:
    """Return the one convincing reading of bytes that are no UTF-8, or None.

    With `html`, scripts, styles and tags are left out of what is judged.

    >>> found = detected("Öl und Gas sind für die Städte in der Not".encode("cp1252"))
    >>> found and found.text
    'Öl und Gas sind für die Städte in der Not'
    """
    sample = _sample(payload, html=html)
    fits = list(_fits(sample))
    if html and (lacking := _referred(sample)):
        fits = _without_those_that_hold(lacking, fits, sample)
    fits.sort(key=lambda fit: (-fit.share, -fit.common))
    if not fits:
        return None
    close_fits = [fit for fit in fits if fit.share > fits[0].share - CLEARLY]
    best = max(close_fits, key=lambda fit: (fit.charset not in UNUSUAL, fit.common))
    for rival in fits:
        if rival.charset in UNUSUAL and rival.share <= best.share:
            continue
        close = rival.share > best.share - CLEARLY and rival.common > best.common - COMMONER
        if close and rival.text != best.text:
            return None
    return _over_all(payload, best)


def _sample(payload: bytes, *, html: bool) -> bytes:
    """Return the bytes to judge: of a long text, first the lines that say something.

    The head of a page holds 50 kB of ASCII before its first letter from beyond.
    """
    if len(payload) <= SAMPLE:
        return payload
    text = _without_markup(payload) if html else payload
    telling = b"\n".join(line for line in text.split(b"\n") if not line.isascii())[:SAMPLE]
    return telling + b"\n" + text[: SAMPLE - len(telling)] if len(telling) < SAMPLE else telling


def _without_markup(payload: bytes) -> bytes:
    for name in (b"script", b"style"):
        lower, pieces, at = payload.lower(), [], 0
        while (start := lower.find(b"<" + name, at)) >= 0:
            end = lower.find(b"</" + name, start)
            if end < 0:
                break
            pieces.append(payload[at:start])
            at = end
        payload = b"".join([*pieces, payload[at:]])
    return TAG.sub(b"\n", payload)  # a page in one line has lines that say something, too


def _referred(sample: bytes) -> Counter[str]:
    """Return the letters that a page writes as references, but for those of cp1252."""
    letters = (chr(int(number)) for number in REFERENCE.findall(sample) if int(number) < 0xD800)
    return Counter(c for c in letters if c.isalpha() and not _holds("cp1252", c))


def _without_those_that_hold(lacking: Counter[str], fits: list[Fit], sample: bytes) -> list[Fit]:
    """Leave out charsets that hold the letters which the page writes as references.

    What is written so the charset lacks, unless the letters stand there as bytes, too; and a text
    in another script has more letters as bytes than as references. When no charset is left, it is
    the one that browsers take, if its letters are those of western languages.
    """
    kept = []
    for fit in fits:
        held = {letter: n for letter, n in lacking.items() if _holds(fit.charset, letter)}
        there = sum(map(fit.text.count, held)) >= SELDOM * sum(held.values())
        foreign = sum(c > "\x7f" and c.isalpha() for c in fit.text)
        if there and (fit.language in LATIN or foreign >= lacking.total()):
            kept.append(fit)
    text = _strict(sample, "cp1252")
    suits = None if text is None or kept else _fit(text, ANY_WESTERN)
    if text is None or suits is None or suits[0] < ENOUGH:
        return kept or fits
    return [Fit("cp1252", ANY_WESTERN.language, text, *suits)]


def _holds(charset: str, letter: str) -> bool:
    try:
        letter.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _fits(sample: bytes) -> Iterator[Fit]:
    high = len(sample) - len(sample.translate(None, HIGH))
    letters = len(sample) - len(sample.translate(None, LETTERS))
    latin = high < NATIVE * letters
    spoken = _language(sample) if latin else None
    for alphabet in ALPHABETS:
        if bool(alphabet.words) is not latin or (latin and alphabet.language != spoken):
            continue
        for charset in alphabet.charsets:
            text = _strict(sample, charset)
            fit = None if text is None else _fit(text, alphabet)
            if charset in UNUSUAL and high < FEW:
                continue
            if text is not None and fit is not None and fit[0] >= ENOUGH:
                yield Fit(charset, alphabet.language, text, *fit)


def _language(sample: bytes) -> str | None:
    """Return the language of Latin letters whose commonest words are met most often.

    Met by many of them: `to` and `by` are as common in English as in Czech. Words of one letter
    are initials as often.
    """
    words = Counter(WORD.findall(sample.decode("cp1252", "replace").lower()))
    total = sum(words.values())
    spoken = []
    for alphabet in ALPHABETS:
        common = {word for word in alphabet.words.split() if len(word) > 1}
        met = [words[word] for word in common if words[word]]
        if common and sum(met) > SPOKEN * total:
            spoken.append((sum(met) * len(met) / len(common), alphabet.language))
    return max(spoken)[1] if spoken else None


def _strict(sample: bytes, charset: str) -> str | None:
    for cut in range(4 if len(sample) >= SAMPLE else 1):  # a character may be cut at the end
        try:
            text = sample[: len(sample) - cut].decode(charset)
        except UnicodeDecodeError:
            continue
        return None if C1.search(text) else text
    return None


def _fit(text: str, alphabet: Alphabet) -> tuple[float, float] | None:
    """Return the share of characters that suit the language, and how common they are in it."""
    if alphabet.wide:
        return _wide_fit(text, alphabet)
    ranks = _ranks(alphabet)
    foreign = Counter(c for c in text if c > "\x7f")
    total = max(1, foreign.total())
    letters = {c: n for c, n in foreign.items() if c.lower() in ranks}
    right = sum(letters.values()) + sum(foreign[c] for c in PUNCTUATION if c not in letters)
    odd = sum(not found.isascii() for found in ODD.findall(text))
    odd += sum(c in letters and c not in alphabet.alone for c in ALONE.findall(text))
    common = sum(n * (1 - ranks[c.lower()]) for c, n in letters.items())
    read = sum(letters.values())
    if not alphabet.words and read < MOSTLY * total:
        return None  # a text in another script is not its quotes and dashes
    return (right - odd) / total, common / max(1, read)


def _wide_fit(text: str, alphabet: Alphabet) -> tuple[float, float] | None:
    ranks = _ranks(alphabet)
    foreign = Counter(
        c for c in text if c > "\x7f" and c not in WIDE_PUNCTUATION and c not in PUNCTUATION
    )
    if any("\ue000" <= c <= "\uf8ff" or "\uff61" <= c <= "\uff9f" for c in foreign):
        return None  # private use and half-width kana: what wrong readings are full of
    common = sum(n for c, n in foreign.items() if c in ranks) / max(1, foreign.total())
    return None if common < WIDE_ENOUGH else (1.0, common)


@lru_cache(maxsize=64)
def _ranks(alphabet: Alphabet) -> dict[str, float]:
    """Return each letter's rank, 0 for the commonest to almost 1."""
    return {letter: i / len(alphabet.letters) for i, letter in enumerate(alphabet.letters)}


def _over_all(payload: bytes, best: Fit) -> Fit | None:
    if len(payload) <= SAMPLE:
        return best
    try:
        text = payload.decode(best.charset)
    except UnicodeDecodeError:
        return None
    return Fit(best.charset, best.language, text, best.share, best.common)
