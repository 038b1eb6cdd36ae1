"""Which text bytes spell, and when nobody can tell."""

import pytest

from articles.reading import Decoded, Undecodable, decode

FRENCH = "Le ministère des Finances a dit que le budget de l’été sera voté à la rentrée. " * 3
GERMAN = "Die Städte können für das Öl nicht mehr zahlen, und der Preis ist höher als je. " * 3
POLISH = "Rząd nie chce się zgodzić na to, że podatek jest większy niż w ubiegłym roku. " * 3
RUSSIAN = "Министерство финансов сообщило, что новый закон о бюджете принят. Я видел это. " * 3
ARABIC = "قالت وزارة المالية في بيان إن الميزانية الجديدة سوف تعرض على البرلمان. " * 3
JAPANESE = "財務省は来週、新しい予算案を国会に提出すると発表した。" * 3
CHINESE = "财政部表示新的预算将在下周提交议会审议，这是中国政府的一个重要工作。" * 3
TAIWANESE = "財政部表示新的預算將在下週提交議會審議，這是我們政府的一個重要工作。" * 3
KOREAN = "재무부는 다음 주에 새로운 예산안을 국회에 제출할 것이라고 밝혔다." * 3


def text_of(payload: bytes, declared: str | None = None, *, html: bool = False) -> str | None:
    read = decode(payload, declared, html=html)
    return read.text if isinstance(read, Decoded) else None


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (FRENCH, "cp1252"),
        (FRENCH.replace("’", "'"), "iso-8859-15"),
        (GERMAN, "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso-8859-2"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "iso-8859-5"),
        (RUSSIAN, "cp866"),
        (ARABIC, "cp1256"),
        (ARABIC, "iso-8859-6"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb18030"),
        (TAIWANESE, "big5"),
        (KOREAN, "cp949"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "utf-32"),
    ],
)
def test_charset_is_told_from_the_letters(text: str, charset: str) -> None:
    assert text_of(text.encode(charset)) == text


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(b"caf\xe9 \x81\x8d", id="too-little-to-tell"),
        pytest.param(RUSSIAN.encode("utf-7"), id="utf-7"),
        pytest.param(b"The fair in Lund \xe0\x80\xaf closed", id="overlong"),
        pytest.param(b"The fair in Lund \xf8\x88\x80\x80\x80 closed", id="five-bytes"),
    ],
)
def test_undecidable_bytes_are_refused(payload: bytes) -> None:
    assert isinstance(decode(payload, None, html=False), Undecodable)


def test_utf8_wins_over_what_is_declared() -> None:
    assert text_of("été".encode(), "iso-8859-1") == "été"


def test_label_is_read_as_browsers_read_it() -> None:
    assert text_of("“été”".encode("cp1252"), "ISO-8859-1") == "“été”"
    assert text_of(b"<meta charset=windows-1256>\xe1\xc7", html=True) is not None
    assert text_of(GERMAN.encode("cp1252"), "x-unheard-of") == GERMAN


def test_surrogate_pairs_written_as_utf8_are_joined() -> None:
    assert text_of(b"Rain \xed\xa0\xbd\xed\xb8\x80") == "Rain 😀"


def test_what_never_prints_is_taken_out_and_the_rest_stays() -> None:
    text = "a\x00\x07b\ufeffc\U000e0041d\ufdd0e“f”ｇ\u00ad\r\nh\ri\u2028j"

    assert text_of(text.encode()) == "abcde“f”ｇ\u00ad\nh\ni\u2028j"


def test_mojibake_is_repaired_where_it_is_certain() -> None:
    assert text_of("Le cafÃ© de lâ€™Ã©tÃ©\nÅre".encode()) == "Le café de l’été\nÅre"


def test_mojibake_is_repaired_on_a_page_that_is_one_long_line() -> None:
    page = "".join(f"<p>Le café de l’été, numéro {number}.</p>" for number in range(5_000))

    assert text_of(page.encode().decode("cp1252").encode(), html=True) == page


def test_letter_lost_in_double_encoding_stays_lost_and_the_rest_is_repaired() -> None:
    twice = "“Zaäb liegt am Fluß”, sagte sie".encode().decode("cp1252", "replace")

    assert text_of(twice.encode()) == "“Zaäb liegt am Fluß\ufffd, sagte sie"


def test_charset_of_a_page_is_told_from_its_text_and_not_from_its_scripts() -> None:
    """A page whose first letter beyond ASCII comes after 40 kB of head, in camel case."""
    story = "<p>The fair that was held in Lund is over, said the mayor of the naïve “café”.</p>"
    head = "<script>var pageTypeName = siteName;</script>" * 900
    page = f"<html><head>{head}</head><body><h1>The fair is over</h1>{story}</body></html>"

    assert text_of(page.encode("cp1252"), html=True) == page


@pytest.mark.parametrize(
    ("text", "charset"), [(GERMAN, "cp1252"), (JAPANESE, "shift_jis"), (RUSSIAN, "cp1251")]
)
def test_page_in_one_line_is_read_from_its_words_and_not_from_its_drawings(
    text: str, charset: str
) -> None:
    drawing = "M8.6 2.1" * 9_000
    page = f"<title>für</title><svg><path d='{drawing}'/></svg><p>{text * 40}</p>"
    if charset != "cp1252":
        page = page.replace("für", "")

    assert text_of(page.encode(charset), html=True) == page


CZECH = "Příšerně žluťoučký kůň úpěl ďábelské ódy, řekl ministr a dodal, že se na to ptal. " * 3
SWAHILI = "Polisi mkoani Shinyanga wamefanikiwa kukamata watu kumi kwa makosa mbalimbali. " * 3


@pytest.mark.parametrize("text", [CZECH, POLISH, RUSSIAN, KOREAN, JAPANESE, SWAHILI])
def test_what_a_page_writes_as_references_its_charset_lacks(text: str) -> None:
    """As a server sends it that keeps everything in cp1252."""
    page = f"<p>{text}</p><p>“A naïve café” – €42, said Łukasz Żółć.</p>"
    sent = page.encode("cp1252", "xmlcharrefreplace")

    assert text_of(sent, html=True) == sent.decode("cp1252")


@pytest.mark.parametrize(("text", "charset"), [(POLISH, "cp1250"), (CZECH, "iso-8859-2")])
def test_reference_to_a_letter_that_stands_there_too_says_nothing(text: str, charset: str) -> None:
    page = f"<p>{text * 3}</p>".encode(charset) + b"<p>&#345;ekl W&#322;adys&#322;aw</p>"

    assert text_of(page, html=True) == page.decode(charset)


def test_dashes_and_quotes_are_no_text_of_another_script() -> None:
    assert text_of("“– ‘’ – “” ‘’ – “” naïve café".encode("cp1252")) is None


@pytest.mark.parametrize("different", [3, 60])
def test_characters_that_never_print_go_few_or_many(different: int) -> None:
    unprinted = "".join(map(chr, range(0xFDD0, 0xFDD0 + min(different, 32))))
    unprinted += "".join(map(chr, range(0xE0000, 0xE0000 + different)))

    assert text_of(f"Rates\r\nri{unprinted}se\r".encode()) == "Rates\nrise\n"
