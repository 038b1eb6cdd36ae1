import pytest

from articles.extraction.authors import authors
from articles.extraction.credit_lines import read_credit, read_inline
from tests.extraction.fields.pages import OTHER_PARAGRAPH, PARAGRAPH, dump, roles

HEADLINE = "Council of Harrow raises ferry fares"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        pytest.param("Ann Lee  5 min read", ("Ann Lee",), id="reading-time"),
        pytest.param("Ann Lee 2 hours ago", ("Ann Lee",), id="how-long-ago"),
        pytest.param("By Ann Lee and Bo Ek of the Harrow Echo", ("Ann Lee", "Bo Ek"), id="of-the"),
        pytest.param("A cura di Ann Lee", ("Ann Lee",), id="it"),
        pytest.param("Geschreven door Ann Lee", ("Ann Lee",), id="nl"),
        pytest.param("Propos recueillis par Ann Lee", ("Ann Lee",), id="fr"),
        pytest.param("Napisała Ann Lee", ("Ann Lee",), id="pl"),
        pytest.param("Kirjoittanut Ann Lee", ("Ann Lee",), id="fi"),
        pytest.param("Escribe Ann Lee", ("Ann Lee",), id="es"),
        pytest.param("Írta: Ann Lee", ("Ann Lee",), id="hu"),
        pytest.param("Haber: Ann Lee", ("Ann Lee",), id="tr"),
        pytest.param("記者李曉梅／台北報導", ("李曉梅",), id="zh-place"),
        pytest.param("撰文｜李曉梅", ("李曉梅",), id="zh-bar"),
        pytest.param("【記者 李曉梅】", ("李曉梅",), id="zh-brackets"),
        pytest.param("[한성일보 김민수 기자]", ("김민수",), id="ko-paper"),
        pytest.param("(김민수 기자)", ("김민수",), id="ko-brackets"),
        pytest.param("取材・文／佐藤 健", ("佐藤 健",), id="ja"),
        pytest.param("Na Asha Juma | 3 Mei 2024", ("Asha Juma",), id="sw"),
        pytest.param("Ann Lee3 hours ago", ("Ann Lee",), id="glued-time"),
        pytest.param("Ann Lee July 13, 2025 — 7 minutes read", ("Ann Lee",), id="month-behind"),
        pytest.param("Ann Lee,   26.04.2024 10:00 Uhr", ("Ann Lee",), id="comma-and-date"),
        pytest.param("9. September 2025 / Ann Lee", ("Ann Lee",), id="date-before"),
        pytest.param("3 May 2024 by Ann Lee", ("Ann Lee",), id="date-and-by"),
        pytest.param("Ann Lee alee@harrowecho.example", ("Ann Lee",), id="address"),
        pytest.param("Ann Lee@annlee", ("Ann Lee",), id="handle"),
        pytest.param("Ann LeeLifestyle Writer", ("Ann Lee",), id="glued-role"),
        pytest.param("Ann Lee Redakteurin", ("Ann Lee",), id="role-behind"),
        pytest.param("Ann Lee and Bo Ek | Guest Columnists", ("Ann Lee", "Bo Ek"), id="two"),
        pytest.param("Ann McCarthy | 3 May 2024", ("Ann McCarthy",), id="capital-inside"),
        pytest.param("Eine Analyse von Ann Lee", ("Ann Lee",), id="genre"),
        pytest.param("Von Ann Lee und Bo Ek, Nairobi", ("Ann Lee", "Bo Ek"), id="place-behind"),
        pytest.param("By  Ann Lee      Follow", ("Ann Lee",), id="button-behind"),
        pytest.param("byAnn Lee", ("Ann Lee",), id="glued-by"),
        pytest.param("* Von Ann Lee", ("Ann Lee",), id="bullet"),
        pytest.param("2024年11月18日 10:25　来源：江城晚报　记者：李晓梅", ("李晓梅",), id="zh"),
    ],
)
def test_line_that_says_who_wrote(line: str, names: tuple[str, ...]) -> None:
    credit = read_credit(line)

    assert credit is not None
    assert credit.names == names
    assert credit.led or credit.told


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Ann Lee/Harrow Echo", id="picture-of-a-paper"),
        pytest.param("Ann Lee | Reuters", id="picture-of-an-agency"),
        pytest.param("Photo by Ann Lee", id="photographer"),
        pytest.param("Ann Lee says fares will rise in May", id="sentence"),
        pytest.param("Published Friday, 3 May 2024", id="stamp"),
        pytest.param("Ann Lee, Bo Ek and the 12 ferries of Harrow", id="headline"),
    ],
)
def test_line_that_credits_nobody_with_the_text(line: str) -> None:
    assert read_credit(line) is None


def test_bare_name_is_read_and_says_nothing_itself() -> None:
    credit = read_credit("Ann Lee Ann Lee")

    assert credit is not None
    assert (credit.names, credit.led, credit.told) == (("Ann Lee",), False, False)


def test_reporters_that_a_chinese_lead_names_in_brackets() -> None:
    assert read_inline("江城晚报讯（本报记者 李晓梅 王强）开幕。") == ("李晓梅", "王强")
    assert read_inline("江城晚报讯（记者会）开幕。") == ()


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        pytest.param(["Ann Lee", "Bo Ek", "3 May 2024"], ("Ann Lee", "Bo Ek"), id="line-by-line"),
        pytest.param(["Ann Lee", "Correspondent in Athens"], ("Ann Lee",), id="role-below"),
        pytest.param(["Ann Lee", "Harrow", "3 May 2024"], ("Ann Lee",), id="place-between"),
        pytest.param(["Author of the article:", "Ann Lee"], ("Ann Lee",), id="label-above"),
        pytest.param(["Product Reviews", "3 May 2024", "All product reviews"], None, id="words"),
    ],
)
def test_names_under_the_headline(lines: list[str], names: tuple[str, ...] | None) -> None:
    page = dump(HEADLINE, *lines, PARAGRAPH, OTHER_PARAGRAPH)

    found = authors(page, roles("T" + "O" * len(lines) + "BB"), 0)

    assert next((one.value for one in found if one.stated), None) == names


@pytest.mark.parametrize(
    "section",
    ["Middle East", "Premier League", "New York", "Estados Unidos", "Ближний Восток", "Key Points"],
)
def test_section_or_place_beside_the_date_is_nobody(section: str) -> None:
    for line in (section, f"{section} | 3 May 2024", f"{section} 2 hours ago"):
        page = dump(HEADLINE, line, "3 May 2024", PARAGRAPH, OTHER_PARAGRAPH)

        assert [one for one in authors(page, roles("TODBB"), 0) if one.stated] == []


@pytest.mark.parametrize("above", ["Ann Lee", "Home > Columns > Ann Lee", "Fares · Ann Lee · Ice"])
def test_bare_name_that_the_page_is_filed_under_is_a_topic(above: str) -> None:
    page = dump(above, HEADLINE, "Ann Lee", "3 May 2024", PARAGRAPH, OTHER_PARAGRAPH)

    assert [one for one in authors(page, roles("NTODBB"), 1) if one.stated] == []


def test_line_about_the_author_makes_no_subject_of_her() -> None:
    about = "Ann Lee is a former ferry captain and columnist."
    page = dump(HEADLINE, "Ann Lee", "3 May 2024", about, PARAGRAPH, OTHER_PARAGRAPH)

    assert authors(page, roles("TODBBB"), 0)[0].value == ("Ann Lee",)
    assert authors(page, roles("TODBBB"), 0)[0].stated


@pytest.mark.parametrize("far", [3, 10])
def test_by_counts_above_the_headline_and_far_below_it(far: int) -> None:
    buttons = [f"Button {at}" for at in range(far)]
    below = dump(HEADLINE, *buttons, "By Ann Lee", PARAGRAPH, OTHER_PARAGRAPH)
    above = dump("By Ann Lee", "Share", HEADLINE, PARAGRAPH, OTHER_PARAGRAPH)

    assert authors(below, roles("T" + "O" * (far + 1) + "BB"), 0)[0].value == ("Ann Lee",)
    assert authors(above, roles("OOTBB"), 2)[0].value == ("Ann Lee",)
