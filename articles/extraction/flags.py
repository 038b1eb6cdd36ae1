"""What should a reader know about the page before trusting its text?

Each flag is a word of `FLAGS`; it is raised by what the page says, never by what is missing.
"""

import re
from collections.abc import Mapping, Sequence

from articles.extraction.page import Head, Page
from articles.extraction.title_claims import articles_of, types_of
from articles.model import BODY_ROLES, Role

FLAGS = (
    "bot_wall", "consent_wall", "injected_spam", "live_blog", "login_wall", "opinion",
    "out_of_service", "paywall", "several_articles", "soft_404", "truncated",
)  # fmt: skip
WALL_WORDS = 120
"""A page with more words of body than this is no wall, whatever it says."""
BANNER_WORDS = 40
"""A page with more words of body asks for consent in a banner, unless the body itself does."""
LINE_CHARS = 400
PAYWALL = re.compile(
    r"for subscribers only|subscribe (?:now )?to (?:continue|read|unlock)|(?:continue|keep) reading"
    r" with a|already a subscriber|this (?:article|story|content) is (?:for|reserved|exclusive)"
    r"|to read (?:the full|this) (?:story|article)|subscriber[- ]only|unlock this article"
    r"|(?:nur|exklusiv) für abonnenten|weiterlesen mit|jetzt weiterlesen|mit .{1,20}\+ weiterlesen"
    r"|réservé aux abonnés|il vous reste .{1,12} à (?:lire|découvrir)|contenido exclusivo para"
    r"|solo para suscriptores|exclusivo para assinantes|riservato agli abbonati"
    r"|alleen voor abonnees|for abonnenter|endast för prenumeranter|vain tilaajille"
    r"|tylko dla prenumeratorów|только для подписчиков|会員限定|有料会員|有料記事|残り\s?\d+文字"
    r"|付费阅读|구독자 전용",
    re.IGNORECASE,
)
PAYWALL_SIGNS = (
    "subscri", "continue", "keep reading", "reserved", "exclusive", "to read", "unlock", "abonn",
    "weiterlesen", "il vous reste", "suscriptor", "exclusivo", "assinant", "prenumer", "tilaajille",
    "подписчик", "会員", "有料", "残り", "付费", "구독자",
)  # fmt: skip
CONSENT = re.compile(
    r"before you continue to|we (?:and our (?:\d+ )?partners )?(?:use|store).{0,60}cookies"
    r"|accept (?:all )?cookies|manage (?:your )?(?:consent|preferences|privacy)|consent to"
    r"|mit werbung (?:und tracking )?(?:weiterlesen|lesen)|cookies (?:akzeptieren|zustimmen)"
    r"|einwilligung|accepter (?:les cookies|et continuer)|aceptar (?:las )?cookies|aceitar cookies"
    r"|accetta (?:i )?cookie|accepteer cookies",
    re.IGNORECASE,
)
BOT = re.compile(
    r"checking (?:if the site connection is secure|your browser)|verify(?:ing)? (?:that )?you are"
    r" (?:a )?human|are you a robot|enable javascript and cookies to continue|access denied"
    r"|unusual traffic from|ray id:|complete the captcha|ddos protection by|just a moment\.\.\."
    r"|请完成(?:安全)?验证|security check to access|pardon our interruption"
    r"|enable js and disable any ad ?blocker",
    re.IGNORECASE,
)
NOT_FOUND = re.compile(
    r"(?:page|article|story|content) (?:was |could )?not (?:be )?found|\berror 404\b"
    r"|page can(?:['’]t|not) be found|nothing was found at this location"
    r"|(?:could not|couldn['’]t) find (?:the|that|this) page"
    r"|\b404\b.{0,20}not found|no longer (?:exists|available)|seite (?:wurde )?nicht"
    r" gefunden|page (?:introuvable|non trouvée)|página no encontrada"
    r"|página não encontrada|pagina non trovata|страница не найдена"
    r"|ページが見つかりません|页面不存在|페이지를 찾을 수 없습니다|الصفحة غير موجودة",
    re.IGNORECASE,
)
LOGIN = re.compile(
    r"(?:log|sign) ?in to (?:your|continue|access|view|read)|forgot(?:ten)? (?:your )?password"
    r"|passwort vergessen|mot de passe oublié|olvid(?:aste|ó) (?:tu|su|la) contraseña"
    r"|esque(?:ci|ceu) (?:a )?(?:minha |sua )?senha|password dimenticata|wachtwoord vergeten"
    r"|glömt (?:ditt )?lösenord|zapomniałeś hasła|забыли пароль|パスワードをお忘れ"
    r"|忘记密码|비밀번호 찾기",
    re.IGNORECASE,
)
OUT_OF_SERVICE = re.compile(
    r"\b(?:web)?site\b[^.\n]{0,40}\bmaintenance\b|\bundergoing (?:\w+ )?maintenance\b"
    r"|^(?:(?:web)?site |down for |under |scheduled )?maintenance(?: mode)?$"
    r"|^we(?:['’]ll| will) be (?:right )?back\b|\bback online (?:soon|shortly)\b"
    r"|^(?:service )?(?:temporarily )?unavailable$|\bwartungsarbeiten an (?:der|unserer) (?:web)?s"
    r"|\bsite (?:est )?en maintenance|\bsitio (?:está )?en mantenimiento|\bsite em manutenção"
    r"|\bsito (?:è )?in manutenzione|сайт[^.\n]{0,30}технические работы|ただいまメンテナンス"
    r"|系统维护|사이트 점검",
    re.IGNORECASE | re.MULTILINE,
)
LIVE = re.compile(
    r"^live\s?[:–—|-]|\blive[- ]?(?:blog|ticker)\b|\blive updates\b"
    r"|\bas it happened\b|\bminute by minute\b|\ben direct\b|\ben vivo\b|\bao vivo\b|\bin diretta\b"
    r"|онлайн-трансляция|\bnewsblog\b|\bminuto a minuto\b|速報まとめ",
    re.IGNORECASE,
)
LIVELY = re.compile(r"\blive\b", re.IGNORECASE)
ENTRY_TIME = re.compile(r"\s*\d{1,2}[:.h]\d\d\b")
ENTRIES = 3  # paragraphs under or after a time of day that make "Storm live: ..." a live blog
OPINION = re.compile(
    r"opinions?|op-?eds?|columns?|columnists?|editorials?|comment(?:ary|aries)?|comment is free"
    r"|viewpoints?|letters?(?: to the editor)?|perspectives?|meinung|kommentare?|kolumnen?"
    r"|leitartikel|gastbeitrag|opinión|columnas?|tribunas?|éditos?|éditorial|débats|opinião|editoriale?"
    r"|opinioni|commenti|opinie|columns|leder|ledare|debatt|mening|kronikk|felietony?|мнени[ея]"
    r"|колонк[аи]|думк[аи]|رأي|آراء|مقالات|社説|コラム|オピニオン|评论|社评"
    r"|사설|칼럼|오피니언|köşe yazı\w+",
    re.IGNORECASE,
)
VIEWS = re.compile(
    r"(?:views|opinions)[^.]{0,60} (?:expressed|stated) (?:in|by|here)[^.]{0,80}(?:author|writer)"
    r"|gibt die meinung de[sr] autor|las opiniones expresadas|as opiniões expressas"
    r"|les opinions exprimées|le opinioni espresse",
    re.IGNORECASE,
)
VIEWS_SIGNS = (
    "expressed",
    "stated",
    "meinung de",
    "expresadas",
    "expressas",
    "exprimées",
    "espresse",
)
KEPT_ONLY = frozenset({"login_wall", "out_of_service"})
"""Walls that the headline or the text itself must name; many a page has a form to log in."""
CUT_SHORT = re.compile(
    r"(?:\[…\]|\[\.\.\.\]|\(more\)|\[\+\d+ chars\]|continue reading|read more)\s*$", re.IGNORECASE
)
LIVE_TYPES = frozenset({"LiveBlogPosting"})
OPINION_TYPES = frozenset({"OpinionNewsArticle", "AnalysisNewsArticle"})


def flags(
    page: Page, roles: Sequence[Role], title: str | None, section: str | None
) -> tuple[str, ...]:
    """Return the flags of the page in alphabetical order.

    `title` and `section` are the ones chosen for the article; walls and soft 404s are only
    raised on pages whose body is short.
    """
    raised = {flag for flag, raise_it in _head_flags(page.head).items() if raise_it}
    others = [b.text[:LINE_CHARS] for b in page.blocks if roles[b.index] not in BODY_ROLES]
    whole = "\n".join(others).casefold()
    body = [b.text for b in page.blocks if roles[b.index] in BODY_ROLES]
    shown = title or ""
    if Role.SPAM in roles and any(
        _is_planted(page, at) for at, role in enumerate(roles) if role is Role.SPAM
    ):
        raised.add("injected_spam")
    if LIVE.search(shown[:LINE_CHARS]) or (
        LIVELY.search(shown[:LINE_CHARS]) and sum(map(_is_entry, body)) >= ENTRIES
    ):
        raised.add("live_blog")
    if _is_opinion(shown, section, others if _holds(whole, VIEWS_SIGNS) else ()):
        raised.add("opinion")
    ends = [text[-LINE_CHARS:] for text in body[-2:]]
    selling = _holding(others, whole, PAYWALL_SIGNS)
    selling += _holding(ends, "\n".join(ends).casefold(), PAYWALL_SIGNS)
    if any(PAYWALL.search(text) for text in selling):
        raised.add("paywall")
    if body and CUT_SHORT.search(body[-1][-60:]):
        raised.add("truncated")
    words = sum(len(text.split()) for text in body)
    if words <= WALL_WORDS:
        kept = [shown, *(text[:LINE_CHARS] for text in body)]
        own, walls = _walls(kept), _walls([*kept, *others])
        beside = KEPT_ONLY | ({"consent_wall"} if words > BANNER_WORDS else set())
        raised |= walls - (beside - own)  # a banner, a form beside a short story
    return tuple(sorted(raised))


def _is_planted(page: Page, at: int) -> bool:
    """Tell whether spam leads anywhere: on an HTML page what is sold without a link is not sold."""
    if page.layout is None:
        return True
    return bool(page.layout.links[at]) or "http" in page.blocks[at].text


def _is_entry(text: str) -> bool:
    return ENTRY_TIME.match(text) is not None


def _holding(texts: Sequence[str], whole: str, signs: Sequence[str]) -> list[str]:
    """Return the texts that hold one of the signs; `whole` are all of them, folded, one a line."""
    present = [sign for sign in signs if sign in whole]
    if not present:
        return []
    folded = zip(texts, whole.split("\n"), strict=True)
    return [text for text, line in folded if _holds(line, present)]


def _holds(text: str, signs: Sequence[str]) -> bool:
    """Tell whether a costly pattern is worth a search."""
    return any(sign in text for sign in signs)


def _head_flags(head: Head | None) -> Mapping[str, bool]:
    if head is None:
        return {}
    things = articles_of(head)
    types = {kind for thing in things for kind in types_of(thing)}
    free = {str(thing.get("isAccessibleForFree")).strip().lower() for thing in things}
    return {
        "live_blog": bool(types & LIVE_TYPES),
        "opinion": "OpinionNewsArticle" in types,
        "paywall": "false" in free,
    }


def _is_opinion(title: str, section: str | None, others: Sequence[str]) -> bool:
    named = OPINION.fullmatch((section or "").strip()) is not None
    prefixed = OPINION.fullmatch(title.split(":")[0].split("|")[0].strip()) is not None
    return named or (prefixed and ":" in title) or any(VIEWS.search(text) for text in others)


def _walls(texts: Sequence[str]) -> set[str]:
    whole = "\n".join(texts).casefold()
    return {
        flag
        for flag, (words, signs) in _WALLS.items()
        if any(words.search(text) for text in _holding(texts, whole, signs))
    }


_WALLS = {
    "bot_wall": (BOT, (
        "checking", "verify", "robot", "enable javascript", "access denied", "unusual traffic",
        "ray id:", "captcha", "ddos protection", "just a moment", "验证", "security check",
        "pardon our", "disable any ad",
    )),
    "login_wall": (LOGIN, (
        "log in", "login", "sign in", "signin", "passwor", "mot de passe", "contraseña", "senha",
        "wachtwoord", "lösenord", "hasła", "пароль", "パスワード", "忘记密码", "비밀번호",
    )),
    "out_of_service": (OUT_OF_SERVICE, (
        "maintenance", "be back", "be right back", "back online", "unavailable", "wartungsarbeiten",
        "mantenimiento", "manuten", "технические", "メンテナンス", "系统维护", "점검",
    )),
    "soft_404": (NOT_FOUND, (
        "not found", "be found", "nothing was found", "find th", "404", "no longer",
        "gefunden", "introuvable", "non trouv", "no encontrad", "não encontrad", "non trovat",
        "не найдена", "見つかりません", "不存在", "찾을 수 없", "غير موجودة",
    )),
    "consent_wall": (CONSENT, (
        "before you continue", "cookie", "manage", "consent", "mit werbung", "einwilligung",
        "accepter", "aceptar", "aceitar",
    )),
}  # fmt: skip
"""Each wall's words, and in lower case the signs without which none of them matches."""
