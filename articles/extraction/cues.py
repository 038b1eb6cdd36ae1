"""By which words do pages announce a part that is not the article?

Short lines only: "Related News" above a list, "Follow us on WhatsApp" between paragraphs. The
learned model knows which blocks are body; these words say what the others are there for, and
where the page turns to something else. The phrases stand in announcements.txt.
"""

import re
from collections.abc import Callable, Sequence
from importlib.resources import files
from operator import itemgetter

from articles.model import Role

LONGEST = 12  # words; a longer line is a sentence, not an announcement
WORDS = re.compile(r"\w+")


def _read_phrases() -> dict[str, dict[str, Role]]:
    table: dict[str, dict[str, Role]] = {"whole": {}, "starts": {}}
    kind, role = "whole", Role.OTHER
    text = files("articles.extraction").joinpath("announcements.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            kind, _, name = line.strip("[]").partition(" ")
            role = Role(name)
        elif line and not line.startswith("#"):
            phrases = (" ".join(WORDS.findall(phrase)) for phrase in line.split("|"))
            table[kind].update(dict.fromkeys(phrases, role))
    return table


_PHRASES = _read_phrases()
_WHOLE, _STARTS = _PHRASES["whole"], _PHRASES["starts"]
_LONGEST_START = max(len(phrase.split()) for phrase in _STARTS)
_FIRST_WORDS = frozenset(phrase.split()[0] for table in _PHRASES.values() for phrase in table)


def announced(words: list[str]) -> Role | None:
    """Return what a line announces, given its words in lower case, or None.

    >>> announced(["related", "news"])
    <Role.RELATED: 'related'>
    >>> announced(["related", "parties", "sold", "the", "bank"]) is None
    False
    """
    if len(words) > 1 and words[0].isdigit():  # "3 comments"
        words = words[1:]
    if not words or len(words) > LONGEST or words[0] not in _FIRST_WORDS:
        return None
    role = _WHOLE.get(" ".join(words))
    for length in range(1, min(_LONGEST_START, len(words) - 1) + 1):
        if role is not None:
            break
        role = _STARTS.get(" ".join(words[:length]))
    return role


def announced_by(text: str) -> Role | None:
    """Return what a line in lower case announces, or None."""
    first = WORDS.search(text)
    if first is None or not (first[0] in _FIRST_WORDS or first[0].isdigit()):
        return None
    return announced(WORDS.findall(text))


_STEM = 5
"""Letters of a word that `stems_of` looks at; enough to tell the families of words below."""
NOTICE_STEMS = frozenset((
    "cooki", "partn", "views", "opini", "meinu", "advic", "posit", "polic",
    "neces", "warra", "solel", "respo", "liabi", "infor", "right", "repro", "publi",
    "repub", "finan", "unbed", "notwe", "haftu", "gewäh", "recht", "engag", "reflè",
    "droit", "refle", "refl", "derec", "direi", "dirit", "rispe", "rifle", "права", "совпа",
    "ответ", "відпо", "بالضر", "محفوظ", "saklı", "yansı", "prawa", "cipta", "retti",
    "rätti", "무단전재", "무단",
))  # fmt: skip
PITCH_STEMS = frozenset((
    "newsl", "subsc", "inbox", "sign", "click", "whats", "teleg", "follo", "downl", "membe",
    "promo", "perso", "priva", "abonn", "koste", "mail", "boîte", "inscr", "suscr", "bolet",
    "corre", "assin", "iscri", "abbon", "nieuw", "nyhet", "nyhed", "uutis", "подпи",
    "рассы", "téléc", "desca", "descá", "baixe", "scari", "uygul", "скача", "app",
    "النشر", "اشترك", "بريدك", "bülte", "zapis", "odběr", "langg", "bulet", "뉴스레터",
    "구독", "exter", "einve", "ester", "obsah", "einge", "welco", "valid", "signi",
))  # fmt: skip
CREDIT_STEMS = frozenset((
    "photo", "image", "pictu", "foto", "fotos", "bild", "fotog", "credi", "crédi", "zdjęc",
    "фото", "kuva", "hando", "file", "getty", "via", "reute", "ap", "afp", "dpa", "epa",
    "ansa", "efe", "shutt", "사진", "images", "min",
))  # fmt: skip
_ALL_STEMS = NOTICE_STEMS | PITCH_STEMS | CREDIT_STEMS
_beginning: Callable[[str], str] = itemgetter(slice(_STEM))
MATCHED_WORDS = 200  # of a line that patterns look at


def stems_of(words: Sequence[str], text: str) -> frozenset[str]:
    """Return the stems that a line's words begin with: no pattern below matches without one.

    A copyright sign, or text without blanks between its words, may match any pattern.
    """
    if "©" in text or text[len(text) // 2 : len(text) // 2 + 1] > "\u2e80":
        return _ALL_STEMS
    return _ALL_STEMS.intersection(map(_beginning, words[:MATCHED_WORDS]))


NOTICE = re.compile(
    r"(?:we|wir|nous) (?:and|und|et) (?:our|unsere|nos) [\d,.' ]{0,9}(?:partner|partenaire)"
    r"|access information on a device|accept (?:all )?cookies|(?:verwenden|utilisons des) cookies|"
    r"not necessarily (?:reflect|represent|those|shared|the)|without (?:any )?warranty"
    r"|solely those of the|do(?:es)? not reflect the (?:\w+ ){0,3}(?:position|polic)"
    r"|(?:views|opinions)[^.]{0,60} (?:expressed|stated)[^.]{0,60} (?:are|is) (?:those|that) of"
    r"|(?:views|opinions) (?:expressed|stated) (?:in|by|here)[^.]{0,80}(?:authors?|writers?)\b"
    r"|gibt die meinung de[sr] autor|(?:geben|gibt|entsprechen|entspricht|spiegeln?t?) [^.]{0,20}"
    r"nicht (?:unbedingt |immer )?die meinung|las opiniones expresadas|as opiniões expressas"
    r"|les opinions exprimées|le opinioni espresse"
    r"|(?:does not constitute|not intended as|nothing (?:here|[oi]n this \w+) is)[^.]{0,60}\badvice"
    r"|accept (?:any|no) (?:responsibility|liability)|for informational purposes only"
    r"|all rights reserved|(?:reproduction|publication|republishing) .{0,40}prohibited"
    r"|(?:is|are) not (?:responsible|liable) for|financial, investment or"
    r"|geben nicht (?:unbedingt|notwendigerweise)|keine (?:haftung|gewähr)|ohne gewähr"
    r"|alle rechte vorbehalten|n'engagent? que|ne reflètent? pas|tous droits réservés"
    r"|no se hace responsable|no reflejan necesariamente|todos los derechos reservados"
    r"|não (?:reflete|representa)m? necessariamente|todos os direitos reservados"
    r"|tutti i diritti riservati|non (?:riflett|rispecchi)\w+ necessariamente"
    r"|все права защищены|может не совпадать с|не несёт ответственности|не несет ответственности"
    r"|жодної відповідальності|لا (?:تعبر|يعبر|تعكس|يعكس) بالضرورة|جميع الحقوق محفوظة"
    r"|tüm hakları saklıdır|yansıtmayabilir|wszelkie prawa zastrzeżone|版权所有|版權所有|不代表本"
    r"|無断転載|無断複写|무단 ?전재|hak cipta dilindungi|alle rettigheder|alla rättigheter",
)
"""A disclaimer or rights notice, in a line of any length."""

PITCH = re.compile(
    r"newsletter|subscrib|your inbox|sign up (?:for|to)|by clicking|whatsapp|telegram channel"
    r"|follow (?:us|\w+) on|^follow (?:\w+ ){1,5}(?:for|on) |become a (?:member|subscriber)"
    r"|download (?:the|our) .{0,20}\bapp\b|(?:unsere|die) .{0,20}\bapp (?:herunter)?laden"
    r"|téléchargez .{0,20}\bapp|desc[aá]rgate? .{0,20}\bapp|baixe .{0,20}\bapp|scarica .{0,20}\bapp"
    r"|uygulama(?:mız)?[ıy]ı? (?:indir|yükle)|скачайте .{0,20}приложение"
    r"|promotional offers|personal data|privacy policy|abonnieren|kostenlos anmelden|e-mail-adresse"
    r"|abonnez-vous|votre boîte|inscrivez-vous|suscríbe|suscripción|boletín|tu correo|inscreva-se"
    r"|assine|seu e-mail|iscriviti|tua email|abonneer|nieuwsbrief|nyhetsbrev|nyhedsbrev|uutiskirje"
    r"|подпис(?:ыв|ат|ка)|рассылк|النشرة البريدية|اشترك|بريدك|bülten"
    r"|メルマガ|会員登録|订阅|訂閱|뉴스레터|구독"
    r"|zapisz się|newslettera|odběr|langganan|buletin"
    r"|welcome e-?mail|valid e-?mail|signing (?:you )?up|\bapp\b.{0,80}\bladen",
)
"""A pitch for a newsletter, an app, a channel, a subscription."""

CONSENT = re.compile(
    r"external content|extern\w{1,4} inhalt|mit einverstanden, dass mir|contenus? externe"
    r"|contenido externo|contenuti esterni|externe inhoud|obsah vložený z jiného"
    r"|eingebettete\w? inhalt",
)
"""Asks for consent to show what another site sends; on 884 labelled pages 0 of 32 such are body."""

CREDIT = re.compile(
    r"\b(?:photo|image|picture|foto|fotos|bild|fotografía|credit|crédit|zdjęcie|фото|kuva)s?\s?[:/©(]"
    r"|handout (?:photo|picture|image)|file (?:photo|picture)|©|\bgetty images\b"
    r"|\bvia (?:reuters|ap|afp|getty)\b"
    r"|/(?:reuters|ap|afp|dpa|epa|ansa|efe|getty)\b|\((?:reuters|ap|afp|dpa|epa|getty images)\)$"
    r"|\d:\d\d min$|\bphoto by\b|\bshutterstock\b|写真[:=／]|照片|사진[ =]",
)
"""The credit that ends a picture's caption."""

GAMBLING = re.compile(
    r"\b(?:slot gacor|slot online|togel|judi|bandar (?:bola|togel|judi)"
    r"|agen (?:bola|judi|bandar|slot)|casino online"
    r"|online casino|situs slot|sbobet|poker online|toto macau|rtp live|viagra|cialis|buy cheap"
    r"|essay writing service|payday loans?|mostbet|1xbet|pin ?up casino)\b",
)
"""Words that sell what hijacked news sites are made to link to."""
GAMBLING_SIGNS = (
    "gacor", "slot", "togel", "judi", "bandar", "agen ", "casino", "sbobet", "poker", "toto macau",
    "rtp live", "viagra", "cialis", "buy cheap", "essay writing", "payday", "mostbet", "1xbet",
)  # fmt: skip
"""What a page holds where `GAMBLING` matches a line of it: cheaper to look for."""

ADDRESS = re.compile(r"https?://[^\s/]{1,100}")
