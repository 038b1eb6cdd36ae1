"""Whose article is it: the site or paper, as it calls itself?

An HTML page says so in its head. On a text dump the masthead, the copyright line, an imprint or a
disclaimer name a paper; a credit or an id string only points to a name, and needs one to agree.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from articles.extraction.credits import agency_named
from articles.extraction.mastheads import is_press_name, same_name
from articles.extraction.page import Head, Page
from articles.extraction.title_claims import articles_of, folded, meta_text, types_of
from articles.identity.urls import registered_domain
from articles.model import BODY_ROLES, Block, Found, Role

LONGEST = 80
METAS = ("og:site_name", "application-name", "publisher", "dc.publisher", "article:publisher_name")
SITE_TYPES = frozenset({"WebSite", "NewsMediaOrganization", "Newspaper"})
LINE_CHARS = 300
AT_TOP = 4
"""Lines with text at the top of a page among which the masthead is sought."""
CREDIT = re.compile(r"^\s*\((?P<name>[A-Z][A-Za-z0-9&. ]{2,24})\)\s")
CODE = re.compile(r"^\s*(?P<name>[A-Z]{2,5})-[A-Z]{3,}:\s")
ID_STRING = re.compile(r"^\s*(?P<name>[A-Z]{4,12})\d{8,40}\w{0,40}\s*$")
_NAME = r"(?P<name>[^\W\d_][\w.&'’ -]{2,44}?)"
_RIGHTS = (
    r"all|alle|tous|todos|tutti|rights|reserved|droits|derechos|direitos|diritti|rechte|haki"
    r"|все|всі|права|wszelkie|tüm|hak cipta|無断|禁|版权|版權|保留|무단|جميع|كل"
)
DISCLAIMER = re.compile(
    r"(?:^\s*|[.:!]\s)(?P<name>[A-Z][\w&'’ -]{2,40}?) (?:provides (?:the|this|all)"
    r" (?:information|report|content)|(?:is|are) not (?:responsible|liable)"
    r"|does not (?:take|accept|assume)|accepts no (?:liability|responsibility)"
    r"|übernimmt keine|no se hace responsable"
    r"|décline toute)"
    r"|(?:permission|consent|genehmigung|zustimmung|autorización(?: expresa)?|autorização"
    r"|autorizzazione|autorisation|разрешения)"
    r" (?:(?:of|from|von|der|des|de|da|di) )?(?P<owner>[^\W\d_][\w&'’ -]{2,40}?)\s*(?:[.,]|$)"
)
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s:]{0,3}(?:copyright\s|©\s?)?"
    r"(?P<year>(?:19|20)\d\d(?:\s?[-–—]\s?(?:(?:19|20)?\d\d|present))?,?\s)?(?:by\s)?"
    rf"{_NAME}(?:,?\s(?P<ended>(?:19|20)\d\d(?:\s?[-–—]\s?(?:19|20)?\d\d)?))?"
    rf"(?=[.,|。،](?!\w)|\s(?:{_RIGHTS})|\s*$)",
    re.IGNORECASE,
)
IMPRINT = re.compile(
    r"^\W*(?:published by|publisher|herausgegeben von|herausgeber(?:in)?|publié par|éditeur"
    r"|publicado por|editado por|edito da|editore|uitgegeven door|utgiver|издатель|видавець|yayıncı"
    rf"|الناشر|発行|发行|출판|발행)\s*[:：]?\s+{_NAME}\s*(?:[.,|(]|\son\s|$)",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:gmbh|kg|ag|inc|llc|ltd|limited|plc|corp|corporation|company|co|s\.?a|s\.?r\.?l|s\.?p\.?a|b\.?v"
    r"|n\.?v|a/?s|oy|ab|pty|group|\w*gruppe|holdings?|verlag\w*|publishers?|publishing|network"
    r"|networks|medien|partners|compan\w+|affiliat\w+|subsidiary|agency|photos?|images?|getty)\b\.?",
    re.IGNORECASE,
)
"""What calls an owner rather than the paper: "© 2024 Kestrel Media Group Ltd"."""
_COMPANY_END = re.compile(
    r"(?:,?\s(?:gmbh|ag|inc|llc|ltd|limited|plc|co|kg|oy|ab|as|&)\b\.?){1,3}$", re.IGNORECASE
)
_CRUMBS = re.compile(r"\s?[›»>]\s?|\s::\s")
WITNESSES = {
    "masthead": None, "copyright": COPYRIGHT, "imprint": IMPRINT, "credit": CREDIT, "code": CODE,
    "id_string": ID_STRING, "disclaimer": DISCLAIMER,
}  # fmt: skip
"""The kinds of witness, those first whose spelling of the name is taken."""
AGREEING = 2
"""Kinds of witnesses that must agree before a dump states a publisher of no telling name."""


@dataclass(frozen=True, slots=True)
class _Witness:
    """One line that names the publisher."""

    kind: str
    name: str
    block: int
    alone: bool
    """Whether it states the publisher without another line that agrees."""


def publishers(page: Page, roles: Sequence[Role]) -> list[Found[str]]:
    """Return the names of the publisher, best first; those of single hints are not stated."""
    claimed = list(_claimed(page.head)) if page.head is not None else []
    if claimed:  # its lines could only repeat what the page says of itself
        return _once(claimed)
    return _once(_hinted(page, roles))


def _once(found: Iterable[Found[str]]) -> list[Found[str]]:
    once: dict[str, Found[str]] = {}
    for one in found:
        once.setdefault(one.value.casefold(), one)
    return sorted(once.values(), key=lambda one: not one.stated)


def publisher_domains(page: Page) -> list[Found[str]]:
    """Return the registered domain of the page's address, then of the address it claims."""
    claims = [("address", page.url)]
    if page.head is not None:
        claims += [("canonical", page.head.canonical), ("og_url", meta_text(page.head, "og:url"))]
    domains = [(rule, registered_domain(url)) for rule, url in claims if url]
    return [Found(domain, rule) for rule, domain in domains if domain]


def _claimed(head: Head) -> Iterator[Found[str]]:
    site = meta_text(head, "og:site_name")
    if _is_name(site):
        yield Found(folded(site), "og_site_name", confidence=0.95)
    for thing in articles_of(head):
        publisher = thing.get("publisher")
        for one in publisher if isinstance(publisher, list) else [publisher]:
            name = one.get("name") if isinstance(one, Mapping) else one
            if isinstance(name, str) and _is_name(name):
                yield Found(folded(name), "ld_publisher", confidence=0.9)
    for thing in head.json_ld:
        name = thing.get("name")
        if SITE_TYPES & set(types_of(thing)) and isinstance(name, str) and _is_name(name):
            yield Found(folded(name), "ld_site", confidence=0.8)
    for meta in METAS[1:]:
        if _is_name(name := meta_text(head, meta)):
            yield Found(folded(name), "meta", confidence=0.7)


def _is_name(text: str) -> bool:
    plain = text.strip()
    return 1 < len(plain) <= LONGEST and "://" not in plain and any(s.isalpha() for s in plain)


def _hinted(page: Page, roles: Sequence[Role]) -> Iterator[Found[str]]:
    """Yield the names that lines point to, those first which are stated.

    A line states the publisher where it names a paper, or in the page's copyright line; other
    names are stated where two kinds of line agree (docs/adr/0035).
    """
    said: dict[str, list[_Witness]] = defaultdict(list)
    for one in _witnesses(page, roles):
        said[same_name(one.name)].append(one)
    order = list(WITNESSES)
    found = []
    for ones in said.values():
        ones.sort(key=lambda one: (_is_shouted(one.name), order.index(one.kind)))
        kinds = sorted({one.kind for one in ones})
        stated = len(kinds) >= AGREEING or any(one.alone for one in ones)
        confidence = min(0.95, (0.6 if stated else 0.2) + 0.15 * len(kinds))
        found.append(Found(ones[0].name, "+".join(kinds), ones[0].block, stated, confidence))
    yield from sorted(found, key=lambda one: -one.confidence)


def _is_shouted(name: str) -> bool:
    """Tell a name set in capitals, which another line may spell; BBC is how it is spelled."""
    return name.isupper() and " " in name


def _witnesses(page: Page, roles: Sequence[Role]) -> Iterator[_Witness]:
    kept = [block.index for block in page.blocks if roles[block.index] in BODY_ROLES]
    first, last = (kept[0], kept[-1]) if kept else (-1, len(page.blocks))
    filled = [block for block in page.blocks if block.text and not block.text.isspace()]
    yield from _mastheads([block for block in filled[:AT_TOP] if not 0 <= first <= block.index])
    texts = [block.text[:LINE_CHARS].strip() for block in filled]
    lead = next((at for at, block in enumerate(filled) if block.index == first), -1)
    for at, kind in sorted(_kinds(texts, lead)):
        index = filled[at].index
        if (one := _named(kind, texts[at], index)) is not None:
            below = index > last and roles[index] is not Role.CAPTION
            yield replace(one, alone=one.alone and below) if kind == "copyright" else one


def _mastheads(blocks: Sequence[Block]) -> Iterator[_Witness]:
    """Yield the names of papers that have a line of their own, or begin a breadcrumb.

    Several of them are a publishing house's menu, of which none is the page's.
    """
    starts = [(_CRUMBS.split(b.text[:LINE_CHARS], maxsplit=1)[0].strip(), b.index) for b in blocks]
    names = {same_name(name): (name, at) for name, at in reversed(starts) if is_press_name(name)}
    for name, at in names.values():
        yield _Witness("masthead", name, at, alone=len(names) == 1)


def _named(kind: str, text: str, block: int) -> _Witness | None:
    """Return what a line of a kind witnesses; captions' agencies and owners state nothing."""
    pattern = WITNESSES[kind]
    found = pattern.search(text) if pattern is not None else None
    if found is None:
        return None
    groups = found.groupdict()
    name = (groups["name"] or groups.get("owner") or "").strip(" -–'’")
    if is_press_name(plain := _COMPANY_END.sub("", name)):
        name = plain  # "Fennmark Zeitung AG" publishes the Fennmark Zeitung
    if len(name) < 2 or agency_named(name) or _PRONOUN.match(name):
        return None
    dated = bool(groups.get("year") or groups.get("ended")) and not name[0].islower()
    alone = (dated or is_press_name(name)) and not _COMPANY.search(name)
    return _Witness(kind, name, block, alone)


_PRONOUN = re.compile(
    rf"(?:this|that|our|we|it|he|she|they|www|a|an|copyright)\b|(?:{_RIGHTS})\b",
    re.IGNORECASE,
)


def _kinds(texts: Sequence[str], first: int) -> set[tuple[int, str]]:
    """Return which texts may be a witness of which kind; `first` is the body's first, or -1.

    Most pages hold hardly any sign, so the page is asked before its lines are.
    """
    found = {(first, kind) for kind in ("credit", "code") if first >= 0}
    found |= {
        (at, "id_string")
        for at, text in enumerate(texts)
        if len(text) > 12 and text[0].isupper() and " " not in text
    }
    whole = "\n".join(texts).lower()
    lines = whole.split("\n")
    for kind, signs in _SIGNS.items():
        for sign in signs:
            if sign in whole:
                found |= {(at, kind) for at, line in enumerate(lines) if sign in line}
    return found


_SIGNS = {
    "copyright": ("©", "(c)", "copyright"),
    "disclaimer": (
        " provides ", " does not ", " not resp", " not liab", " accepts no", "übernimmt keine",
        "hace responsable", "décline toute", "permission", "consent of", "consent from",
        "genehmigung", "zustimmung", "autoriza", "autorizz", "autorisation", "разрешения",
    ),
    "imprint": (
        "publish", "herausge", "publié par", "éditeur", "publicado por", "editado por", "edito da",
        "editore", "uitgegeven door", "utgiver", "издатель", "видавець", "yayıncı", "الناشر",
        "発行", "发行", "출판", "발행",
    ),
}  # fmt: skip
"""What a line of a kind holds in lower case: cheaper to look for than the patterns."""
