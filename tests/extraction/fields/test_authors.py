import pytest

from articles.extraction.authors import authors
from articles.extraction.names import people
from tests.extraction.fields.pages import OTHER_PARAGRAPH, PARAGRAPH, dump, html, roles

HEADLINE = "Council of Harrow raises ferry fares"


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        pytest.param("By Ann Lee and Bo Ek, Reuters", ("Ann Lee", "Bo Ek"), id="agency-apart"),
        pytest.param("Von Mara Öhl und Eva Kern", ("Mara Öhl", "Eva Kern"), id="de"),
        pytest.param("Par Jean Dorn avec AFP", ("Jean Dorn",), id="fr"),
        pytest.param("Por Inés Paz y Luis Gil", ("Inés Paz", "Luis Gil"), id="es"),
        pytest.param("BY ANN LEE | Harrow Echo", ("ANN LEE",), id="site-behind-bar"),
        pytest.param("by Ann Lee June 19, 2023", ("Ann Lee",), id="date-behind"),
        pytest.param("Written by Ann Lee, Staff Writer", ("Ann Lee",), id="role-behind"),
        pytest.param("文/王小明", ("王小明",), id="zh"),
        pytest.param("بقلم أحمد علي", ("أحمد علي",), id="ar"),
        pytest.param("كتبت: سلمى ناصر", ("سلمى ناصر",), id="ar-she-wrote"),
        pytest.param("ت: سلمى ناصر", (), id="leftover"),
        pytest.param("By Ann Lee in Harrow", ("Ann Lee",), id="place-behind"),
        pytest.param("(Reporting by Bo Ek; Editing by Ann Lee)", ("Bo Ek",), id="reporting-by"),
        pytest.param("김서하 기자", ("김서하",), id="ko"),
        pytest.param("文/王小明 编辑/李四", ("王小明",), id="zh-editor-behind"),
        pytest.param("admin", (), id="admin"),
        pytest.param("Posted by Admin on March 5, 2024", (), id="admin-and-date"),
        pytest.param("Veröffentlicht", (), id="a-label"),
        pytest.param("Mira Oldham, iStockphoto", ("Mira Oldham",), id="picture-archive"),
        pytest.param("By Staff Writers", (), id="staff"),
        pytest.param("Redaktion", (), id="desk"),
        pytest.param("dpa", (), id="agency"),
        pytest.param("ann@example.com", (), id="address"),
    ],
)
def test_a_credit_names_people_only(credit: str, names: tuple[str, ...]) -> None:
    assert people(credit) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        pytest.param("By Ann Lee", ("Ann Lee",), id="by"),
        pytest.param("Ann Lee | March 30, 2021", ("Ann Lee",), id="name-and-date"),
        pytest.param("윤서하 기자", ("윤서하",), id="korean-reporter"),
        pytest.param("by admin", None, id="admin"),
        pytest.param("Politics | March 30, 2021", None, id="section-and-date"),
        pytest.param("Photo by Ann Lee", None, id="photographer"),
        pytest.param("Interview: Ann Lee", ("Ann Lee",), id="interview"),
        pytest.param("Interview: the man who counts geese", None, id="interview-headline"),
        pytest.param("Ann Lee, harbour correspondent", ("Ann Lee",), id="role-behind-comma"),
    ],
)
def test_byline_under_the_headline_of_a_dump(line: str, names: tuple[str, ...] | None) -> None:
    page = dump(HEADLINE, line, PARAGRAPH, OTHER_PARAGRAPH)

    found = authors(page, roles("TYBB"), 0)

    assert next((one.value for one in found if one.stated), None) == names


def test_lone_by_has_its_names_on_the_next_line() -> None:
    page = dump(HEADLINE, "By", "Ann Lee, Bo Ek", PARAGRAPH)

    assert authors(page, roles("TYYB"), 0)[0].value == ("Ann Lee", "Bo Ek")


def test_persons_of_json_ld_are_the_authors() -> None:
    page = html(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x", "author":'
        '[{"@type": "Person", "name": "Søren Kj&aelig;r"},'
        '{"@type": "Organization", "name": "AFP"}]}'
        "</script><meta name='author' content='Harrow Echo'>"
        "<meta property='og:site_name' content='Harrow Echo'>"
    )

    found = authors(page, [], None)

    assert [(one.value, one.rule) for one in found] == [(("Søren Kjær",), "ld_author")]


def test_organisation_is_the_author_only_where_the_head_says_so_and_names_no_person() -> None:
    page = html(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x",'
        '"author": {"@type": "Organization", "name": "Harrow Echo"}}</script>'
    )

    assert [(one.value, one.rule) for one in authors(page, [], None)] == [
        (("Harrow Echo",), "ld_organisation")
    ]


@pytest.mark.parametrize(
    ("lines", "letters", "names"),
    [
        pytest.param(["Inés de la Paz", "3 May 2024"], "ODB", ("Inés de la Paz",), id="above-date"),
        pytest.param(["3 May 2024", "Ann Lee"], "DOB", ("Ann Lee",), id="below-date"),
        pytest.param(["Ann Lee", "Share"], "OOB", None, id="no-date"),
        pytest.param(["World News", "3 May 2024"], "ODB", None, id="label"),
        pytest.param(["Harrow Ferries", "3 May 2024"], "ODB", None, id="what-the-story-tells-of"),
    ],
)
def test_bare_name_beside_the_date_is_the_author(
    lines: list[str], letters: str, names: tuple[str, ...] | None
) -> None:
    found = authors(dump(HEADLINE, *lines, PARAGRAPH), roles("T" + letters), 0)

    assert next((one.value for one in found if one.stated), None) == names


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        pytest.param(["— Ann Lee"], ("Ann Lee",), id="dash"),
        pytest.param(["Ann Lee"], ("Ann Lee",), id="last-line"),
        pytest.param(["Ann Lee", "Related News", "Geese"], ("Ann Lee",), id="above-related"),
        pytest.param(["Text: Ann Lee", "Terms"], ("Ann Lee",), id="text"),
        pytest.param(["Your Feedback", "Terms"], None, id="menu"),
    ],
)
def test_name_that_signs_the_text(lines: list[str], names: tuple[str, ...] | None) -> None:
    page = dump(HEADLINE, PARAGRAPH, OTHER_PARAGRAPH, *lines)

    found = authors(page, roles("TBB" + "O" * len(lines)), 0)

    assert next((one.value for one in found if one.stated), None) == names
