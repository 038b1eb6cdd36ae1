"""Which characters does a language print, and in which charsets was it stored before UTF-8?

Letters are listed by how often they occur, the commonest first; only those outside ASCII count.
"""

from dataclasses import dataclass

PUNCTUATION = frozenset(
    "«»“”„‘’‚‹›–—…•·°§©®™€£¥¢±×½¼¾²³ªº¡¿\u00a0\u00ad\u200e\u200f\u200c\u200d№´¨¶†‡‰"
)
"""Signs that any language may print."""
WIDE_PUNCTUATION = frozenset(
    "　、。，．・：；？！「」『』（）〈〉《》【】〔〕〝〟“”‘’—–…‥～〜％＋－＝／＊＆＃＠￥＄→←↑↓"
    "○●◎◇◆□■△▲▽▼※☆★々〆ー①②③④⑤⑥⑦⑧⑨⑩㎡㎞℃ⅠⅡⅢⅣⅤ"
) | {chr(code) for code in range(0xFF10, 0xFF5B)}
"""The same in East Asia, with the full-width digits and letters."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The letters of a language and the charsets that hold them."""

    language: str
    letters: str
    """Lower-case letters outside ASCII, the commonest first."""
    charsets: tuple[str, ...]
    words: str = ""
    """Its commonest words, by which a language of Latin letters is told from the others."""
    alone: str = ""
    """Letters outside ASCII that are words by themselves."""
    wide: bool = False
    """True when text is mostly characters outside `letters`: the scripts of East Asia."""


WESTERN = ("cp1252", "iso-8859-15", "mac-roman")
CENTRAL = ("cp1250", "iso-8859-2")
CYRILLIC = ("cp1251", "koi8-r", "iso-8859-5", "cp866", "mac-cyrillic")
UKRAINIAN = ("cp1251", "koi8-u", "iso-8859-5")

ALPHABETS = (
    Alphabet(
        "en",
        "éèïñçöüáóíäêôâà",
        WESTERN,
        words="the of and to in is was for that on with said as it by",
    ),
    Alphabet(
        "fr",
        "éèàêçôîâûùëïœüæÿ",
        WESTERN,
        words="de la le et les des en un une du pour dans est que qui par sur",
        alone="àÀ",
    ),
    Alphabet(
        "de",
        "üäößéáèàç",
        WESTERN,
        words="der die das und in den von zu mit ist des auf sich dem nicht ein eine",
    ),
    Alphabet(
        "es",
        "óíáéñúüçè",
        WESTERN,
        words="de la el en que los del las por un una con se para su al es",
        alone="óé",
    ),
    Alphabet(
        "pt",
        "ãçéáíõóêúâôàü",
        WESTERN,
        words="de a o que e do da em um uma para com os no na por dos as",
        alone="éàÉÀ",
    ),
    Alphabet(
        "it",
        "èàùòéìîí",
        WESTERN,
        words="di che il la e in un del per una con della non sono i le si da",
        alone="èÈ",
    ),
    Alphabet(
        "nl",
        "ëéïüöèóáê",
        WESTERN,
        words="de van het een en in is dat op te voor met zijn aan niet die",
    ),
    Alphabet(
        "ca",
        "àéóèíòçúïü",
        WESTERN,
        words="de la i el que els en les per un una amb del al es va",
        alone="àé",
    ),
    Alphabet(
        "sv",
        "äåöéüàáè",
        WESTERN,
        words="och i att det som en av den med till om inte har de ett var",
        alone="åöÅÖ",
    ),
    Alphabet(
        "da",
        "åøæéüöäáó",
        WESTERN,
        words="og i at det er en til som av for med de den av ikke har et på på",
        alone="åøÅØ",
    ),
    Alphabet(
        "fi",
        "äöåéšžü",
        WESTERN,
        words="ja on ei se oli ovat kun mutta joka tai sen hän mukaan myös että",
    ),
    Alphabet(
        "is",
        "íáðéóúþýæö",
        WESTERN,
        words="og að í á er sem til um við ekki en með fyrir það var af",
        alone="íáÍÁ",
    ),
    Alphabet(
        "pl",
        "łąężśćóńźéüö",
        CENTRAL,
        words="w i na z do nie jest to w od po dla przez o jak co za ale oraz",
    ),
    Alphabet(
        "cs",
        "íáěéřýčšžůúťóňďüöäë",
        CENTRAL,
        words="a v na je se to s z do o ve že pro za by ale jako k po od",
    ),
    Alphabet(
        "sk",
        "áíýčéšžťľúôóňäďŕĺěřüö",
        CENTRAL,
        words="a v na je sa to s z do o vo pre za by ale ako k po od aj",
    ),
    Alphabet(
        "hu",
        "áéöóőíüúű",
        CENTRAL,
        words="a az hogy nem is egy meg volt csak de ha azt el van mint",
        alone="őŐ",
    ),
    Alphabet(
        "hr", "čšžćđéöü", CENTRAL, words="je i u na se da za su od s koji ne o bi iz kao što nije"
    ),
    Alphabet(
        "ro",
        "ăîâşţșțéöü",
        (*CENTRAL, "iso-8859-16"),
        words="de a la cu din pe care nu un o mai pentru ce sunt prin fost",
    ),
    Alphabet(
        "tr",
        "ıişüğçöâîûé",
        ("cp1254", "iso-8859-9"),
        words="ve bir bu da de ile olarak daha olan gibi ama kadar sonra her ne",
    ),
    Alphabet(
        "lt",
        "ėšįžųąūčęéóöü",
        ("cp1257", "iso-8859-13", "iso-8859-4"),
        words="ir kad su tai yra per bet buvo nuo iki dar kaip apie arba jis",
        alone="ąįĮ",
    ),
    Alphabet(
        "lv",
        "āīēšūņļžčķģéöü",
        ("cp1257", "iso-8859-13", "iso-8859-4"),
        words="un ir ka uz no ar par tas kas arī bet vai pie tika kopā gan",
    ),
    Alphabet(
        "et",
        "äõüöšžéå",
        ("cp1257", "iso-8859-13", "iso-8859-15"),
        words="ja on ei et oli see mis ka kui aga oma ning seda ta või",
    ),
    Alphabet("ru", "оеаинтсрвлкмдпуяызьбгчйхжшюцщэфъё", CYRILLIC),
    Alphabet("uk", "оаниівтерскдлупмязьйбгчхєїжшюцщґфё", UKRAINIAN),
    Alphabet("bg", "аиеонтрсвлдкпмъзузягбчщшцхйжюфьэы", CYRILLIC),
    Alphabet("sr", "аиоеунрсјвтдмкплзбгшчцљжхћњђфџѕ", ("cp1251", "iso-8859-5")),
    Alphabet("el", "αοιετσνηυρπκμλςόίάήέωγδύώχθφβξζψϊϋΐ", ("cp1253", "iso-8859-7")),
    Alphabet("ar", "اليمونرتبةدعسفهكقحأجشطصخىإذئزثضغءآظؤًٌٍَُِّْ،؟؛ـپچ", ("cp1256", "iso-8859-6")),
    Alphabet("fa", "اینردهومتبشسلکزفگعخقجآپحطصچضغثئذژظؤءأ‌،؟؛ًٔ", ("cp1256",)),
    Alphabet("he", "יוהלאתרבשמנםחדקעטפסכגןזצךץף", ("cp1255", "iso-8859-8")),
    Alphabet("th", "านรกอเงมยลวดทสตะปบคหจพชขใไแโผซธณศฐถภษญฟฉฎฏึีัี่้ิื็์ุูาำๆ", ("cp874", "tis-620")),
    Alphabet(
        "ja",
        "のにはをたがでてとしれさるいあっかなこらもすまりくうそきよけつみえせめだおわやちどほばぶべへろびゃじずねよふむげごぎひぐざゆしンスルトラリアイクレーロシタドカマメテニコ",
        ("shift_jis", "cp932", "euc_jp", "iso2022_jp"),
        wide=True,
    ),
    Alphabet(
        "zh",
        "的一国在人了有中是年和大业不为发会工经上地市要个产这出行作生家以成到日民来我部对进多全建他公开们场展时理新方主企资实学报制政济用同于法高长现本月定化加动合品重关机分力自外者区能设后就等体下万元社过前面",
        ("gb18030",),
        wide=True,
    ),
    Alphabet(
        "zh-hant",
        "的一是在不有人中了國會大為年個這來上我要以他時們說到地就出對也子得可自成那後和生能現於經發下之家工政業部長新方表示日行市台灣民開關過學報見主公司前當多無進間同將員並此產市場問題與高分事法度位總三者元理所作本動全資加",
        ("big5hkscs", "cp950"),
        wide=True,
    ),
    Alphabet(
        "ko",
        "이다는의가에을고를한하은로기지도서사정인대일시나해자리어라수부장제과만있그아으들보안게상스전주구원공국했조비성적여관방위경선면화말무할음등당려계",
        ("cp949", "euc_kr", "iso2022_kr", "johab"),
        wide=True,
    ),
)
