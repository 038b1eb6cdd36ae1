"""Which people does a credit such as "By Ann Lee and Bo Ek, Reuters" name?

Names are taken as printed. Agencies, desks and account names ("admin", "Staff") are no people.
"""

import html
import re
from collections.abc import Collection

from articles.extraction.months import months_named

LONGEST = 60
"""Characters of a name at most."""
MOST_WORDS = 6
CREDIT_CHARS = 300
LEAD = re.compile(
    r"^\W*(?:(?:written|report(?:ed|ing)|published|posted|words?|story|article|texte?|interview|analysis"
    r"|opinion|exclusive|geschrieben|verfasst|publié|escrito|redactado|scritto|skrevet|skriven"
    r"|skrivet|geschreven|rédigé|propos recueillis|a cura)\s+)?"
    r"(?:(?:by|von|vom|par|por|di|door|av|af|od|przez|oleh)\s*:?\s+"
    r"|(?:tekst|text|texto|texte|testo|napsal|autor(?:in|es)?|authors?|auteur|autore|forfatter|reporter"
    r"|автор|авторы|текст|yazan|haber|penulis|autora|kirjoittaja|kirjoittanut|napisała?|escriben?"
    r"|scris de|írta|szerző|redacción)\s*(?::\s*|\s))",
    re.IGNORECASE,
)
LEAD_JOINED = re.compile(
    r"^[\s【\[（(]*(?:(?:取材・)?文\s?[/／:：]|(?:撰文|作者|記者|记者|编辑|責任編輯)\s?[:：｜|/／]?|글\s?[:：]"
    r"|(?:بقلم|كتبت?|كتبه|تقرير|إعداد|حوار|כתבה?|מאת|लेखक|लेखन|tác giả)(?!\w)\s?[:：–-]?)\s*",
    re.IGNORECASE,
)
TRAIL = re.compile(r"\s*(?:기자|記者|记者)$")
CUT = re.compile(
    r"\s+[|•·–—]\s+|\s+-\s+|\s{2,}|\bupdated\b|\bpublished\b|\bposted\b|\blast modified\b|\bstand:"
    r"|\b(?:for|of) the\b|\bfor\s+[A-Z]|\d|https?:|www\.|\S+@\S+|@\w|\bmin\.? read"
    r"|\b(?:edit(?:ing|ed)|translat(?:ion|ed)|additional reporting) by\b|\s(?:in|aus)\s(?=[A-Z])",
    re.IGNORECASE,
)
SPLIT = re.compile(
    r"\s*[;/／、，،&]\s*|,\s+|\s+(?:and|und|og|och|et|y|i|e|en|ja|ve|with|mit|avec|con|dan|và|и|та|و|ও)\s+"
)
NOT_NAMES = re.compile(
    r"^(?:admin(?:istrator)?|editors?|editorial(?: board| team| staff| desk)?|staff(?: writers?"
    r"| reporters?)?|(?:the )?newsroom|(?:news |web )?desk|\w*redak\w+|redac\w+|redazione"
    r"|(?:la )?r[ée]daction|reda[cç][aã]o|toimitus|редакц\w+|guest(?: author)?|contributors?"
    r"|correspondents?|reporters?|journalists?|(?:news )?agenc(?:y|ies)|agencias?|agenturen?"
    r"|agences?|wire(?: services?)?|press release|sponsored|online|newsletter|team|webmaster|user"
    r"|unknown|anonymous|author|autor|by|null|none|undefined|n/?a|home|news|sport|politik|politics"
    r"|world|share|follow|comments?|subscribe|read more|more|about|contact|videos?|photos?"
    r"|getty(?: images)?|shutterstock|istock(?:photo)?|unsplash|imago|picture alliance|msn|yahoo"
    r"|facebook|twitter|instagram|مراسل|وكالات|وكالة|编辑|本报讯|综合|編輯部|posted|published"
    r"|follow us|veröffentlicht|aktualisiert|erstellt|publiée?|publicad[oa]|pubblicato|opublikowano"
    r"|gepubliceerd|publiser[et]t?|publicera[td]|julkaistu|publikováno|опубликовано|yayınlanma)$",
    re.IGNORECASE,
)
AGENCY = re.compile(
    r"^(?:(?:thomson )?reuters|(?:the )?associated press|a\.?p\.?|afp|agence france[- ]presse"
    r"|dpa[\w-]*|deutsche presse-agentur|apa|sda|keystone-sda|ats|ansa|adnkronos|agi|efe|lusa|anp"
    r"|europa press|belga|ntb|tt|ritzau|stt|pap|čtk|ctk|mti|tass|тасс|риа новости|ria novosti"
    r"|interfax|интерфакс|xinhua|新华社|新華社|kyodo(?: news)?|共同|jiji(?: press)?|yonhap|연합뉴스"
    r"|ani|ians|pti|antara|bernama|anadolu(?: agency| ajansı)?|aa|iha|dha|upi|bloomberg(?: news)?"
    r"|cp|(?:the )?canadian press|aap|pa(?: media)?|press association|sid|kna|epd|rnd|wam|spa|afx"
    r"|spot on news|globe newswire|pr newswire)(?:\s?[/,+&-].*)?$",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"new|south(?:ern)?|north(?:ern)?|eastern|western|middle|central|latin|united|saudi|hong|los"
    r"|las|san|santa|puerto|costa|abu|sri|saint|real|human|supreme|white|wall|silicon|premier"
    r"|climate|public|social|global|royal|east|asia|africa|afrika|áfrica|afrique|europe|european"
    r"|americas?|américa|amérique|amerika|arabia|korea|kong|zealand|league|ligue|liga|bundesliga"
    r"|champions|cup|estate|rights|crisis|court|council|senate|congress|parliament|ministry|house"
    r"|street|market(?:s|place)?|finance|industry|environment|justice|warfare|conflict|city|county"
    r"|state|states|naher|nahost|osten|westen|vereinigte|staaten|ausland|inland|stadt|land|kreis"
    r"|oriente|oriental|medio|médio|meio|ambiente|estados|unidos|reino|unido|nuev[ao]|nova|novo"
    r"|proche|moyen|orient|états|unis|royaume|côte|ville|faits|divers|stati|uniti|regno|unito"
    r"|восток|ближний|южный|северный|новая|кавказ|orta|doğu|güney|kuzey|dünya|wielka|bliski"
    r"|wschód|stany|zjednoczone|midden|oosten|verenigde|staten|mellanöstern|mellemøsten|lähi"
    r"|top|key|live|daily|weekly|evening|press|team|staff|desk|center|centre|group|foundation"
    r"|university|college|school|institute|club|party|union|bank|company|agency|association",
    re.IGNORECASE,
)
"""Words of places, sections and bodies: "Middle East", "Premier League" wrote nothing."""
_INNER_LEAD = re.compile(r"^.{0,40}?\b(?:written|posted|authored)\s+by:?\s+", re.IGNORECASE)
_OTHER_HANDS = re.compile(
    r"[\s,，;；]+(?:责任编辑|責任編輯|编辑|編輯|责编|校对|摄影|攝影|图片?|編集|撮影|写真)\s?[/／:：]"
)
"""What a Chinese or Japanese credit tells of editors and photographers, behind the author."""
_TAG = re.compile(r"<[^<>]{0,200}>")
_PARENS = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]")
_MARKS = re.compile(r"[:=<>{}\[\]|#_?!%]")
"""Signs that no name holds: a part with one is left over from something else."""
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|redakteur|korrespondent|director|producer"
    r"|bureau|chief|desk|journalist|analyst|professor|redaktion|agency|news|media|times|magazine"
    r"|group|team|press|institute|university|staff|redacción|zeitung|tv|radio|\.com|\.de|\.net)\b",
    re.IGNORECASE,
)


_NO_REPORTER = ("報導", "报道", "報道", "攝影", "摄影", "撮影")
"""What closes the part of a credit that tells from where, or whose pictures."""


def people(credit: str, sites: Collection[str] = ()) -> tuple[str, ...]:
    """Return the people a credit names, in the order printed, each once.

    `sites` are names of the page's own site, case folded, which are no people.

    >>> people("By Ann Lee and Bo Ek, Reuters")
    ('Ann Lee', 'Bo Ek')
    """
    found: dict[str, str] = {}
    for part in parts(credit):
        if is_name(part) and part.casefold() not in sites:
            found.setdefault(part.casefold(), part)
    return tuple(found.values())


def parts(credit: str) -> list[str]:
    """Return what a credit lists, its "By" and what follows the names cut off."""
    text = html.unescape(credit[:CREDIT_CHARS]) if "&" in credit else credit[:CREDIT_CHARS]
    text = _TAG.sub(" ", text).strip()
    text = text[1:-1] if text[:1] == "(" and text[-1:] == ")" else _PARENS.sub("", text).strip()
    text = _OTHER_HANDS.split(LEAD_JOINED.sub("", LEAD.sub("", _INNER_LEAD.sub("", text))))[0]
    pieces = [CUT.split(piece)[0] for piece in SPLIT.split(text)]
    return [name for piece in pieces if (name := _trimmed(piece))]


def _trimmed(piece: str) -> str:
    """Return a name without the marks around it and without the month that followed it."""
    words = TRAIL.sub("", " ".join(piece.split()).strip(_EDGE)).split()
    if len(words) > 2 and months_named(words[-1]):  # "Ann Lee June"; Inés Paz keeps her October
        words.pop()
    while len(words) > 1 and words[-1].casefold() in _AFTERWORDS:
        words.pop()
    return " ".join(words)


_AFTERWORDS = frozenset({"on", "am", "le", "el", "at", "says", "writes", "wrote"})
_EDGE = " ,.;:|｜–—-\u00a0\"'“”*•】）]"


def is_name(text: str) -> bool:
    """Tell whether a part of a credit may be a person's name."""
    words = text.split()
    return (
        1 < len(text) <= LONGEST
        and len(words) <= MOST_WORDS
        and any(sign.isalpha() for sign in text)
        and not _MARKS.search(text)
        and not NOT_NAMES.match(text)
        and not AGENCY.match(text)
        and not text.endswith(_NO_REPORTER)
        and not (len(words) > 1 and _ROLE.search(text))
    )
