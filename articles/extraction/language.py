"""Which language is the text written in?

Scripts that belong to one language decide alone; the rest is asked of py3langid's model. What the
page declares helps to choose between near relatives, but never wins against the text.
"""

import re
from collections import Counter

from articles.extraction.language_model import language_model
from articles.model import Found

SAMPLE_CHARS = 400
"""Characters shown to the model: of 883 labelled pages one more is left unsure than with 3,000."""
SHORTEST = 20
"""Letters below which the model guesses; the declared language is then all there is."""
SURE, AGREED = 0.8, 0.2
"""Probability that is enough alone, and beside a declaration of the same language."""
SCRIPT_SHARE = 0.25
"""Share of a text's letters in one language's own script that decides; Japanese mixes in kanji."""
KANA_SHARE = 0.12
"""Share of kana that tells Japanese from Chinese, where names may hold a few."""
_SCRIPTS = {
    "ko": "\uac00-\ud7af\u1100-\u11ff", "ja": "\u3041-\u30ff", "he": "\u0590-\u05ff",
    "el": "\u0370-\u03ff", "th": "\u0e01-\u0e5b", "hy": "\u0531-\u058f", "ka": "\u10a0-\u10ff",
    "ta": "\u0b80-\u0bff", "te": "\u0c00-\u0c7f", "kn": "\u0c80-\u0cff", "ml": "\u0d00-\u0d7f",
    "gu": "\u0a80-\u0aff", "pa": "\u0a00-\u0a7f", "or": "\u0b00-\u0b7f", "si": "\u0d80-\u0dff",
    "km": "\u1780-\u17ff", "lo": "\u0e81-\u0edf", "my": "\u1000-\u109f",
}  # fmt: skip
"""Scripts that, in the press, write one language."""
_FIRST_SCRIPT = "\u0370"
"""Letters before this one belong to scripts that many languages write."""
_HAN = "\u3400-\u9fff"
_ALIASES = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "tl": "fil", "mo": "ro", "ji": "yi"}
"""Codes that pages declare or the model gives, and the one we store."""
_CODE = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)")
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+")
_NUMBER = re.compile(r"[\W_]*\d[\d\W_]*")
_OWN_SCRIPT = re.compile(
    "|".join(f"(?P<{code}>[{signs}])" for code, signs in _SCRIPTS.items()) + f"|(?P<han>[{_HAN}])"
)


def language(text: str, declared: str | None = None) -> Found[str] | None:
    """Return the ISO 639-1 code (639-3 where there is none) of the text, or None when unsure.

    `declared` is what the page says of itself (`lang`, `og:locale`): a prior between near
    relatives, and the answer only for a text too short to judge, then not as stated.
    """
    prior = declared_code(declared)
    sample = _words_only(text[: 3 * SAMPLE_CHARS])[:SAMPLE_CHARS]
    letters = sum(map(str.isalpha, sample))
    if own := _own_script(sample, letters):
        return Found(own, rule="script")
    if letters < SHORTEST:
        return Found(prior, rule="declared", stated=False, confidence=0.5) if prior else None
    return _judged(sample, prior)


def declared_code(declared: str | None) -> str | None:
    """Return the code of a declaration such as `de-AT` or `en_US`, as we store it, or None.

    >>> declared_code("nb-NO"), declared_code("x-default")
    ('no', None)
    """
    found = _CODE.match(declared or "")
    if not found:
        return None
    code = found[1].lower()
    return _ALIASES.get(code, code)


def _words_only(text: str) -> str:
    """Return a text without the addresses and numbers that all languages share."""
    if "http" in text or "@" in text:
        text = _ADDRESS.sub(" ", text)
    return _NUMBER.sub(" ", text)


def _own_script(sample: str, letters: int) -> str | None:
    if max(sample, default="") < _FIRST_SCRIPT:
        return None
    counts = Counter(found.lastgroup for found in _OWN_SCRIPT.finditer(sample))
    han = counts.pop("han", 0)
    if not counts and not han:
        return None
    script, count = counts.most_common(1)[0] if counts else (None, 0)
    enough = SCRIPT_SHARE * (letters - han if script == "ja" else letters)
    if script and count >= max(enough, KANA_SHARE * letters):
        return script
    return "zh" if han > SCRIPT_SHARE * letters and count < KANA_SHARE * letters else None


def _judged(sample: str, prior: str | None) -> Found[str] | None:
    ranked = [
        (_ALIASES.get(code, code), float(share))
        for code, share in language_model().rank(sample)[:5]
    ]
    best, share = ranked[0]
    agreed = dict(reversed(ranked)).get(prior or "", 0.0)
    if prior and agreed >= AGREED:
        return Found(prior, rule="model_and_declared", confidence=agreed)
    if share >= SURE and best != "zxx":
        return Found(best, rule="model", confidence=share)
    return None
