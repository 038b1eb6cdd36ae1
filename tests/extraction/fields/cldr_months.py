"""Which words name which month, in CLDR's data and in a few spellings that it lacks?

`python -m tests.extraction.fields.cldr_months` prints `articles/extraction/months.txt`, and a test
holds the two together. The product reads the file: asking babel for 70 locales costs half a second.
"""

import sys
import unicodedata
from collections import defaultdict

from babel.dates import get_month_names

from articles.extraction.months import folded

LOCALES = (
    "en de de_AT fr es es_PE it pt pt_PT nl pl ru uk be bg sr mk ar ar_SY ar_IQ ar_MA ar_DZ ar_TN "
    "ar_AE fa ur tr az kk id ms vi el he sv da nb nn fi et lv lt cs sk sl hr bs sr_Latn hu ro sq "
    "is ca gl eu af ga cy hi mr ne bn ta te gu kn ml pa si th sw so ha zu xh hy ka am ti my lo ky "
    "km uz tg ps fil"
)
EXTRA: dict[str, dict[int, tuple[str, ...]]] = {
    "en": {9: ("sept",)},
    "de": {1: ("jänner", "jaenner"), 2: ("feber",), 3: ("mrz", "maerz")},
    "fr": {2: ("fev",), 7: ("juil",), 8: ("aou",), 12: ("dec",)},
    "es": {9: ("set", "setiembre")},
    "it": {1: ("genn",), 2: ("febbr",), 6: ("giu",), 7: ("lugl",), 9: ("sett",)},
    "nl": {3: ("mrt",)},
    "pl": {9: ("wrz", "wrzesnia"), 10: ("paz", "pazdziernika")},
    "ru": {3: ("мар",), 5: ("май",), 6: ("июн",), 7: ("июл",), 9: ("сен",), 11: ("ноя",)},
    "el": {3: ("μαρ",), 5: ("μαι",), 6: ("ιουν",), 7: ("ιουλ",), 8: ("αυγ",), 11: ("νοε",)},
    "bn": {1: ("জানুয়ারি",), 2: ("ফেব্রুয়ারি",), 8: ("আগষ্ট",)},
    "pa": {2: ("ਫਰਵਰੀ",)},
    "fa": {4: ("آپریل",), 5: ("می",), 7: ("جولای",), 8: ("آگوست",), 10: ("اکتوبر",)},
    "ml": {5: ("മെയ്",), 10: ("ഒക്ടോബർ",)},
    "sr": {
        1: ("јануара", "januara"), 2: ("фебруара", "februara"), 3: ("марта", "marta"),
        4: ("априла", "aprila"), 5: ("маја", "maja"), 6: ("јуна", "juna"), 7: ("јула", "jula"),
        8: ("августа", "avgusta"), 9: ("септембра", "septembra"), 10: ("октобра", "oktobra"),
        11: ("новембра", "novembra"), 12: ("децембра", "decembra"),
    },
    "sl": {
        1: ("januarja",), 2: ("februarja",), 6: ("junija",), 7: ("julija",), 8: ("avgusta",),
        12: ("decembra",),
    },
    "hr": {11: ("studenog",)},
    "hi": {
        2: ("फरवरी",), 4: ("अप्रेल",), 9: ("सितम्बर",), 10: ("अक्तूबर",), 11: ("नवम्बर",),
        12: ("दिसम्बर",),
    },
    "ar": {
        4: ("أبريل",), 8: ("أغسطس",), 9: ("أيلول",), 5: ("أيار",), 6: ("يونيه",), 7: ("يوليه",),
    },
    "id": {2: ("pebruari",), 8: ("agust", "ags"), 11: ("nop", "nopember")},
    "no": {12: ("desember",)},
}  # fmt: skip
STRIPPED = ("LATIN", "GREEK")
SHORTEST = {"LATIN": 3}


def table() -> list[str]:
    """Return the lines of the file: a name, a tab, `8` or `8 hr sl;9 cs`."""
    months: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for language, month, word in _names():
        for name in _spellings(word):
            months[name][month].add(language)
    return [f"{name}\t{_reading(months[name])}" for name in sorted(months)]


def _names() -> list[tuple[str, int, str]]:
    names = [
        (locale.split("_")[0], month, word)
        for locale in LOCALES.split()
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for month, word in _named(locale, width, context)
    ]
    more = [
        (code, n, word) for code, by in EXTRA.items() for n, words in by.items() for word in words
    ]
    return names + more


def _named(locale: str, width: str, context: str) -> list[tuple[int, str]]:
    names = get_month_names(width, context, locale)  # type: ignore[arg-type]  # any locale
    return [(month, names[month]) for month in range(1, 13)]


def _spellings(word: str) -> set[str]:
    name = folded(word).replace("’", "'").removeprefix("de ").removeprefix("d'")
    if not name or any(sign.isdigit() or (sign.isspace() and name.isascii()) for sign in name):
        return set()
    script = unicodedata.name(name[0]).split()[0]
    if len(name) < SHORTEST.get(script, 2):
        return set()
    bare = "".join(s for s in unicodedata.normalize("NFD", name) if not unicodedata.combining(s))
    return {name, bare} if script in STRIPPED else {name}


def _reading(months: dict[int, set[str]]) -> str:
    if len(months) == 1:
        return str(next(iter(months)))
    return ";".join(f"{month} {' '.join(sorted(months[month]))}" for month in sorted(months))


if __name__ == "__main__":
    sys.stdout.write("\n".join(table()) + "\n")
