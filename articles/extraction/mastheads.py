"""Is this the name of a paper or a station?

A dump shows no logo, but its first lines often hold the name that stood beside it. What tells such
a name from a menu item is a word that names papers: a Courier, a Tageblatt, a 日報.
"""

import re

SHORTEST, LONGEST = 3, 45
"""Characters of a name; menus run together are longer."""
MOST_WORDS = 6
_WORDS = re.compile(
    r"(?:advertiser|argus|broadcasting|bugle|bulletin|chronicle|citizen|clarion|courier|daily"
    r"|dispatch|echo|enquirer|evening|examiner|gazette|globe|guardian|herald|independent|inquirer"
    r"|intelligencer|journal|ledger|mail|mercury|messenger|mirror|monitor|news|newspaper|observer"
    r"|planet|post|press|record|register|reporter|review|sentinel|standard|star"
    r"|sun|telegraph|times|tribune|voice|weekly"
    # German, Dutch and the North write one word: Morgenpost, Nieuwsblad, Aftenposten
    r"|\w*(?:zeitung|tagblatt|tageblatt|blatt|anzeiger|nachrichten|rundschau|kurier|bote|volksstimme"
    r"|morgenpost|abendpost|presse|dagblad|nieuwsblad|krant|courant|tidning(?:en)?|dagblad(?:et)?"
    r"|avis(?:en)?|posten|tidende|bladet|nyheter|sanomat|lehti|uutiset)|allgemeine"
    r"|courrier|gazette|dépêche|voix|journal|quotidien|écho|républicain|matin|nouvelles|télégramme"
    r"|diario|voz|periódico|gaceta|correo|heraldo|noticiero|prensa|noticias|crónica|jornada"
    r"|diário|jornal|gazeta|folha|correio|tribuna|notícias"
    r"|corriere|gazzetta|gazzettino|giornale|messaggero|quotidiano|stampa|mattino"
    r"|dziennik|głos|tygodnik|noviny|deník|listy|novine|vesti|glasnik|hírlap|ziarul"
    r"|вестник|вісник|газета|известия|ведомости|правда|курьер|вести|вісті|труд|голос"
    r"|gazetesi|postası|gazete|haber|harian|koran|berita|báo"
    r"|صحيفة|جريدة|صدى|صوت|روزنامه|עיתון|दैनिक|समाचार|टाइम्स)",
    re.IGNORECASE,
)
"""A word that names papers, in the languages that put blanks between words."""
_ENDING = re.compile(
    r"[^\W\d_]{2,12}(?:新聞|新报|新報|日報|日报|晚報|晚报|時報|时报|早報|早报|新聞網|新闻网|通信社|タイム[スズ]"
    r"|일보|신문)"
)
"""What names of papers end with where no blanks part the words."""
_PLAIN = re.compile(r"[^\W\d_][\w.&'’\-]*(?:\s[\w.&'’\-]+)*")
_GLUED = re.compile(r"[a-zß-ÿ]{3}[A-Z]")
"""Menu items that a converter ran together: "US EditionUK Edition"."""
_CAPITAL = re.compile(r"[^\W\d_a-z]")
COMMON = re.compile(
    r"the|a|an|and|of|in|for|to|by|der|die|das|le|la|les|el|los|las|il|lo|de|del|da|do|et|und"
    r"|latest|breaking|top|more|all|our|your|most|read|live|watch|listen|world|local|national"
    r"|international|business|sports?|politics|opinion|health|science|tech|technology|culture"
    r"|entertainment|photo|video|film|book|music|food|travel|money|weather|featured|related|recent"
    r"|subscribe|share|follow|contact|about|blog|newsletter|archive|home|back|cover|letters?|trending"
    r"|últimas|dernières|aktuelle|letzte|ultime|laatste|siste|senaste|newest|good|morning|release"
    r"|releases|digital\w*|e-?paper|conference|free|guest|story|stories|on|this|jobs|новые|последние",
    re.IGNORECASE,
)
"""Words that make no name of a paper: "Latest News", "Press Releases", "Film Review"."""
_ARTICLE = re.compile(r"(?:the|der|die|das)\s+", re.IGNORECASE)


def is_press_name(text: str) -> bool:
    """Tell whether a short text can only be the name of a paper or station.

    >>> is_press_name("Harrowmere Courier"), is_press_name("Latest News"), is_press_name("Sport")
    (True, False, False)
    """
    if not SHORTEST <= len(text) <= LONGEST:
        return False
    if _ENDING.fullmatch(text):
        return True
    words = text.split()
    if not 2 <= len(words) <= MOST_WORDS or not _PLAIN.fullmatch(text) or _GLUED.search(text):
        return False
    named = [word for word in words if _WORDS.fullmatch(word)]
    own = [word for word in words if word not in named and not COMMON.fullmatch(word)]
    return bool(named and own) and all(_CAPITAL.match(word) for word in [*named, *own[:1]])


def same_name(name: str) -> str:
    """Return what two spellings of a paper's name share: "The Post" and "POST" are one.

    >>> same_name("The Vellmark Post") == same_name("VELLMARK POST")
    True
    """
    return _ARTICLE.sub("", " ".join(name.casefold().split()), count=1)
