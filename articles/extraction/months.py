"""Which month does a word name, in any language of the press?

`months.txt` holds the names of CLDR and a few spellings that it lacks, made by
`python -m tests.extraction.fields.cldr_months`; babel itself is not asked, because loading 70
locales costs half a second.
"""

import unicodedata
from functools import cache
from importlib.resources import files

JALALI = {
    "فروردین": 1, "اردیبهشت": 2, "خرداد": 3, "تیر": 4, "مرداد": 5, "شهریور": 6,
    "مهر": 7, "ابان": 8, "اذر": 9, "دی": 10, "بهمن": 11, "اسفند": 12,
}  # fmt: skip
"""Months of the Iranian solar calendar, letters folded as in `folded`."""
NAMES = files("articles.extraction").joinpath("months.txt")
"""A line a name: the name, a tab, its month; or `7 hr;8 cs` where languages differ."""
_FOLD = str.maketrans("أإآيىك", "اااییک")


def months_named(word: str, language: str | None = None) -> tuple[int, ...]:
    """Return the months the word may name, 1 to 12; none, one, or several when languages differ.

    >>> months_named("Listopada"), months_named("listopada", "pl")
    ((10, 11), (11,))
    """
    readings = _table().get(folded(word), {})
    if len(readings) > 1 and language:
        return tuple(month for month, codes in readings.items() if language in codes) or tuple(
            readings
        )
    return tuple(readings)


def jalali_month(word: str) -> int | None:
    """Return the month of the Iranian calendar that the word names, 1 to 12, or None."""
    return JALALI.get(folded(word))


def folded(word: str) -> str:
    """Return a name in the table's spelling: NFC, case and Arabic letter variants folded."""
    return unicodedata.normalize("NFC", word).casefold().strip(" .,،’'-").translate(_FOLD)


@cache
def _table() -> dict[str, dict[int, frozenset[str]]]:
    text = NAMES.read_text(encoding="utf-8")
    return dict(_row(line) for line in text.splitlines())


def _row(line: str) -> tuple[str, dict[int, frozenset[str]]]:
    name, readings = line.split("\t")
    parsed = (reading.split() for reading in readings.split(";"))
    return name, {int(month): frozenset(codes) for month, *codes in parsed}
