"""Which agency is credited with the text, and which place does its dateline name?

Both stand at the start of the first paragraph, "PARIS, May 6 (Reuters) -"; an agency may also
stand alone as a byline or close the last paragraph.
"""

import re
from collections.abc import Iterator, Sequence

from articles.extraction.page import Page
from articles.model import BODY_ROLES, Block, Found, Role

AGENCIES = {
    "Reuters": r"(?:thomson )?reuters(?: staff)?", "AP": r"ap|(?:the )?associated press",
    "AFP": r"afp|agence france[- ]presse", "dpa": r"dpa(?:-afx|-infocom)?|deutsche presse-agentur",
    "APA": r"apa", "Keystone-SDA": r"(?:keystone-)?sda|keystone-ats", "ANSA": r"ansa",
    "EFE": r"(?:agencia )?efe", "Europa Press": r"europa press", "Lusa": r"lusa", "ANP": r"anp",
    "Belga": r"belga", "NTB": r"ntb", "TT": r"tt", "Ritzau": r"/?ritzau/?", "STT": r"stt",
    "PAP": r"pap", "ČTK": r"[čc]tk", "MTI": r"mti", "TASS": r"tass|тасс", "Interfax":
    r"interfax|интерфакс", "RIA Novosti": r"ria novosti|риа новости", "Ukrinform": r"ukrinform",
    "Xinhua": r"xinhua|新华社|新華社", "Kyodo": r"kyodo(?: news)?|共同",
    "Jiji": r"jiji(?: press)?|時事",
    "Yonhap": r"yonhap(?: news)?|연합뉴스", "ANI": r"ani", "IANS": r"ians", "PTI": r"pti",
    "Antara": r"antara", "Bernama": r"bernama", "Anadolu": r"aa|anadolu(?: agency| ajans[ıi])?",
    "UPI": r"upi", "Bloomberg": r"bloomberg(?: news)?", "AAP": r"aap", "WAM": r"wam",
    "PA": r"pa(?: media)?|press association", "CP": r"(?:the )?canadian press", "KNA": r"kna",
    "epd": r"epd", "SID": r"sid", "IRNA": r"irna", "MENA": r"mena", "SPA": r"spa", "NNA": r"nna",
}  # fmt: skip
"""Name as we store it, and the spellings in credits."""
UNNAMED = frozenset({"agencies", "agency", "agencias", "agenturen", "agences", "وكالات", "agenzie"})
PARAGRAPHS = 2
"""Paragraphs at the start, and at the end, that are looked at."""
CREDIT_CHARS = 100
"""A line that credits a source has fewer characters."""
NO_PLACES = frozenset(
    {"breaking", "update", "updated", "exclusive", "opinion", "watch", "live", "correction"}
    | {"analysis", "video", "photos", "explainer", "editor", "note", "summary", "highlights"}
    | {"interview", "news", "brief", "briefing", "read", "more"}
)
"""Capitals before a dash that are labels, not places."""
_SPELLING = re.compile(
    "|".join(f"(?P<a{at}>{form})" for at, form in enumerate(AGENCIES.values())), re.IGNORECASE
)
_NAMES = tuple(AGENCIES)
_SHARED = re.compile(
    r"[/,+&]|\s(?:and|und|et|y|e|og|och|en|with|mit|avec|con|com|med|met)\s"
    r"|\((?:with|mit|avec|con|com|med|met)\s"
)
"""What stands between the names of a shared credit: "Ann Lee with AFP"."""
_DATE = r"(?:,?\s(?:[^\W\d_]{3,10}\.?\s\d{1,2}|\d{1,2}\.?\s[^\W\d_]{3,10})(?:,?\s\d{4})?\.?,?)?"
_DATELINE = re.compile(
    rf"^\s*(?P<place>[^\W\d_a-z][^\d()\n:–—]{{1,60}}?){_DATE}\s?"
    r"(?:[(\[/](?P<credit>[^()\[\]\n]{1,40})[)\]/])?(?:\s--?\s|\s?[–—]\s?|:\s)(?=\S)"
)
_PREFIX = re.compile(r"^[A-Z]{2,4}-(?=[A-Z]{3})")
_END = re.compile(
    r"[(\[—–-]\s?(?P<paren>[^()\[\]—–\n]{2,40})[)\]]?\.?\s*$|\b(?P<caps>[A-Z]{2,8})\.?\s*$"
)
_START = re.compile(r"^\s*[(\[](?P<credit>[^()\[\]\n]{1,40})[)\]]")
_SOURCE = re.compile(
    r"^\W*(?:source|quelle|fuente|fonte|kaynak|источник|来源|來源|المصدر|by|von|par|por|da)\s?[:：]?\s?"
    r"(?P<credit>[^\n]{2,90})$",
    re.IGNORECASE,
)


def agencies(page: Page, roles: Sequence[Role]) -> list[Found[str]]:
    """Return the news agencies credited with the text, best first, under one name each."""
    body = _body(page, roles)
    found = [
        *_credited(body[:PARAGRAPHS], (_DATELINE, _START), "dateline_credit", 0.95),
        *_credited(reversed(body[-PARAGRAPHS:]), (_END,), "closing_credit", 0.85),
        *_credited(_short(page, roles), (_SOURCE,), "byline_credit", 0.8),
    ]
    once = {one.value: one for one in reversed(found)}
    return sorted(once.values(), key=lambda one: -one.confidence)


def datelines(page: Page, roles: Sequence[Role]) -> list[Found[str]]:
    """Return the place that the text is datelined from, in capitals as printed.

    A place in small letters counts only beside an agency: "Berlin (dpa) -".
    """
    places = []
    for block in _body(page, roles)[:PARAGRAPHS]:
        found = _DATELINE.match(block.text[:160])
        place = _PREFIX.sub("", found["place"]).strip(" ,.") if found else ""
        if found and _is_place(place, credited=agency_named(found["credit"]) is not None):
            places.append(Found(place, "dateline", block.index, confidence=0.9))
    return places


def _is_place(place: str, *, credited: bool) -> bool:
    words = place.casefold().split()
    if not words or len(words) > 5 or NO_PLACES & set(words):
        return False
    return credited or (place.isupper() and len(place) > 2)


def agency_named(credit: str | None) -> str | None:
    """Return the agency that a credit names, alone or before others: "Reuters/AP"."""
    for part in _SHARED.split((credit or "").strip()):
        known = _SPELLING.fullmatch(part.strip(" .()"))
        if known and known.lastgroup:
            return _NAMES[int(known.lastgroup[1:])]
    return None


def _credited(
    blocks: Sequence[Block] | Iterator[Block],
    patterns: Sequence[re.Pattern[str]],
    rule: str,
    confidence: float,
) -> Iterator[Found[str]]:
    for block in blocks:
        text = block.text[-160:] if rule == "closing_credit" else block.text[:160]
        for pattern in patterns:
            if found := pattern.search(text):
                groups = found.groupdict()
                credit = groups.get("credit") or groups.get("paren") or groups.get("caps")
                if agency := agency_named(credit):
                    yield Found(agency, rule, block.index, confidence=confidence)


def _body(page: Page, roles: Sequence[Role]) -> list[Block]:
    return [block for block in page.blocks if roles[block.index] in BODY_ROLES]


def _short(page: Page, roles: Sequence[Role]) -> Iterator[Block]:
    """Yield the short blocks that may credit a source: bylines, datelines, others."""
    for block in page.blocks:
        if roles[block.index] in _CREDITING and len(block.text) < CREDIT_CHARS:
            yield block


_CREDITING = frozenset({Role.BYLINE, Role.DATELINE, Role.DATE})
