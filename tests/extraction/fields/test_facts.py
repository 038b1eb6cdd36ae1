import pytest

from articles.extraction.credits import agencies, datelines
from articles.extraction.fields import read_fields
from articles.extraction.flags import flags
from articles.extraction.lines import read_lines
from articles.extraction.publisher import publisher_domains, publishers
from articles.extraction.section import sections
from articles.extraction.title import titles
from tests.extraction.fields.pages import (
    OTHER_PARAGRAPH,
    PARAGRAPH,
    dump,
    html,
    roles,
    scores,
)


@pytest.mark.parametrize(
    ("start", "agency", "place"),
    [
        pytest.param("LOW HARBOUR, May 6 (Reuters) - ", "Reuters", "LOW HARBOUR", id="all"),
        pytest.param("LOW HARBOUR — ", None, "LOW HARBOUR", id="place-only"),
        pytest.param("Low Harbour (dpa) – ", "dpa", "Low Harbour", id="small-letters"),
        pytest.param("HE-HARROW: ", None, "HARROW", id="code-before"),
        pytest.param("(AFP) ", "AFP", None, id="agency-only"),
        pytest.param("BREAKING — ", None, None, id="label"),
        pytest.param("Harrow — ", None, None, id="plain-word"),
    ],
)
def test_start_of_the_text_tells_agency_and_place(
    start: str, agency: str | None, place: str | None
) -> None:
    page = dump(start + PARAGRAPH, OTHER_PARAGRAPH)

    assert [one.value for one in agencies(page, roles("BB"))] == ([agency] if agency else [])
    assert [one.value for one in datelines(page, roles("BB"))] == ([place] if place else [])


@pytest.mark.parametrize(
    ("end", "agency"),
    [
        pytest.param(" (Xinhua)", ["Xinhua"], id="paren"),
        pytest.param(" — AFP", ["AFP"], id="dash"),
        pytest.param(" (agencies)", [], id="unnamed"),
        pytest.param(" AGENCIES", [], id="unnamed-capitals"),
    ],
)
def test_end_of_the_text_may_credit_an_agency(end: str, agency: list[str]) -> None:
    page = dump(PARAGRAPH, OTHER_PARAGRAPH + end)

    assert [one.value for one in agencies(page, roles("BB"))] == agency


def test_single_hint_at_the_publisher_of_a_dump_is_not_stated_and_two_are() -> None:
    one = dump(f"(HARROWNET) {PARAGRAPH}")
    two = dump(f"(HARROWNET) {PARAGRAPH}", "HARROWNET25082025000045ID11")

    assert [(f.value, f.stated) for f in publishers(one, roles("B"))] == [("HARROWNET", False)]
    assert [(f.value, f.stated) for f in publishers(two, roles("BO"))] == [("HARROWNET", True)]


def test_page_names_its_publisher_and_its_domain() -> None:
    page = html(
        "<meta property='og:site_name' content='The Harrow Echo'>",
        url="https://news.harrow-echo.co.uk/a",
    )

    assert [one.value for one in publishers(page, [])] == ["The Harrow Echo"]
    assert [one.value for one in publisher_domains(page)] == ["harrow-echo.co.uk"]


@pytest.mark.parametrize(
    ("lines", "title_at", "section"),
    [
        pytest.param(["Ferries dearer", "World| 4 July, 2024 - 9:28 PM"], 0, "World", id="date"),
        pytest.param(["Home / Coast / Ferries dearer", "Ferries dearer"], 1, "Coast", id="crumb"),
        pytest.param(["Opinion", "Ferries dearer"], 1, "Opinion", id="name-above"),
        pytest.param(["in Columns", "Ferries dearer"], 1, "Columns", id="filed-in"),
        pytest.param(["in ,", "Ferries dearer"], 1, None, id="empty-label"),
        pytest.param(["Ullen Post › Week › Sea", "Ferries dearer"], 1, "Sea", id="trail"),
        pytest.param(["Ferries dearer", "By Ann Lee | 4 July 2024"], 0, None, id="byline"),
    ],
)
def test_section_printed_on_a_dump(lines: list[str], title_at: int, section: str | None) -> None:
    found = sections(dump(*lines), title_at)

    assert next((one.value for one in found if one.stated), None) == section


def test_section_of_the_address_is_only_inferred() -> None:
    page = html("", url="https://example.com/sport/ferry-race")

    assert [(one.value, one.stated) for one in sections(page, None)] == [("sport", False)]


@pytest.mark.parametrize(
    ("title", "section", "line", "flag"),
    [
        pytest.param("Fares rise", "Opinion", "x", ("opinion",), id="opinion-section"),
        pytest.param("Kommentar: Zu teuer", None, "x", ("opinion",), id="opinion-title"),
        pytest.param("LIVE: Cup final", None, "x", ("live_blog",), id="live"),
        pytest.param(
            "Fares rise", None, "Subscribe to continue reading", ("paywall",), id="paywall"
        ),
        pytest.param(
            "Fares", None, "この記事は有料記事です。残り420文字", ("paywall",), id="paid-ja"
        ),
        pytest.param("Live music returns to Harrow", None, "x", (), id="live-music"),
        pytest.param("Fares rise", "World", "x", (), id="none"),
    ],
)
def test_flags_say_what_the_page_says(
    title: str, section: str | None, line: str, flag: tuple[str, ...]
) -> None:
    page = dump(title, *[PARAGRAPH] * 6, line)

    assert flags(page, roles("TBBBBBBO"), title, section) == flag


@pytest.mark.parametrize(
    ("entry", "raised"),
    [pytest.param("14:30", ("live_blog",), id="times"), pytest.param("x", (), id="none")],
)
def test_live_in_the_headline_and_times_in_the_text_make_a_live_blog(
    entry: str, raised: tuple[str, ...]
) -> None:
    page = dump("Ice in Marl live: ferry stuck", *[entry, PARAGRAPH] * 3)

    assert flags(page, roles("TBBBBBB"), "Ice in Marl live: ferry stuck", None) == raised


@pytest.mark.parametrize(
    ("line", "flag"),
    [
        pytest.param("Checking your browser before accessing", "bot_wall", id="bot"),
        pytest.param("Page not found", "soft_404", id="404"),
        pytest.param("Oops! That page can’t be found.", "soft_404", id="404-of-a-weblog"),
        pytest.param("We couldn’t find the page you asked for", "soft_404", id="404-not-numbered"),
        pytest.param("Please enable JS and disable any ad blocker", "bot_wall", id="ad-blocker"),
        pytest.param("Accept all cookies", "consent_wall", id="consent"),
    ],
)
def test_walls_are_raised_on_pages_without_a_text_only(line: str, flag: str) -> None:
    short, long = dump(line), dump(line, *[PARAGRAPH] * 6)

    assert flags(short, roles("O"), None, None) == (flag,)
    assert flags(long, roles("OBBBBBB"), None, None) == ()


@pytest.mark.parametrize(
    ("line", "flag"),
    [
        pytest.param("Forgot your password? Reset it here.", "login_wall", id="login"),
        pytest.param("Passwort vergessen?", "login_wall", id="login-de"),
        pytest.param("Our website is down for maintenance.", "out_of_service", id="maintenance"),
        pytest.param("We’ll be back soon!", "out_of_service", id="back-soon"),
    ],
)
def test_walls_that_stand_beside_many_a_story_must_be_its_text(line: str, flag: str) -> None:
    alone, beside = dump(line), dump(PARAGRAPH, line)

    assert flags(alone, roles("B"), None, None) == (flag,)
    assert flags(beside, roles("BO"), None, None) == ()


def test_story_of_a_bridge_under_maintenance_is_one() -> None:
    page = dump("The bridge will close for scheduled maintenance on Monday, the town said.")

    assert flags(page, roles("B"), "Bridge to close for maintenance", None) == ()


def test_short_story_above_a_cookie_banner_is_no_wall() -> None:
    page = dump(*[PARAGRAPH] * 3, "Accept all cookies")

    assert flags(page, roles("BBBO"), None, None) == ()


def test_text_that_asks_for_consent_is_a_wall() -> None:
    page = dump(*[PARAGRAPH] * 3, "We and our 812 partners use cookies to know you")

    assert flags(page, roles("BBBB"), None, None) == ("consent_wall",)


def test_one_call_reads_all_fields() -> None:
    page = dump(
        "Council of Harrow raises ferry fares", "By Ann Lee", "World| 4 July, 2024 - 9:28 PM",
        f"HARROW (Reuters) - {PARAGRAPH}", OTHER_PARAGRAPH,
    )  # fmt: skip
    given = roles("TYDBB")
    headlines = titles(page, read_lines(page, scores(given)))

    found = read_fields(page, given, headlines, f"{PARAGRAPH} {OTHER_PARAGRAPH}")

    assert [one.value for one in found.language] == ["en"]
    assert [one.value for one in found.authors] == [("Ann Lee",)]
    assert [one.value for one in found.agency] == ["Reuters"]
    assert [one.value for one in found.dateline] == ["HARROW"]
    assert [one.value for one in found.section] == ["World"]
    assert found.flags == ()


@pytest.mark.parametrize(
    ("lines", "letters", "name"),
    [
        pytest.param(["Ullen Courier", PARAGRAPH], "OB", "Ullen Courier", id="masthead"),
        pytest.param(["鳴門野新報", PARAGRAPH], "OB", "鳴門野新報", id="masthead-ja"),
        pytest.param(["Ульский вестник", PARAGRAPH], "OB", "Ульский вестник", id="masthead-ru"),
        pytest.param(["صحيفة الوادي", PARAGRAPH], "OB", "صحيفة الوادي", id="masthead-ar"),
        pytest.param(["Ullen Courier › Sea", PARAGRAPH], "OB", "Ullen Courier", id="crumb"),
        pytest.param(["Latest News", PARAGRAPH], "OB", None, id="label"),
        pytest.param(["Ullen Post", "Harrow Mail", PARAGRAPH], "OOB", None, id="house-menu"),
        pytest.param([PARAGRAPH, "© 2019–2025 Northsound"], "BO", "Northsound", id="copyright"),
        pytest.param([PARAGRAPH, "© Northsound 2024"], "BO", "Northsound", id="year-behind"),
        pytest.param([PARAGRAPH, "© 2025 Northsound Ltd"], "BO", None, id="owner"),
        pytest.param([PARAGRAPH, "© 2025 Ullen Post AG"], "BO", "Ullen Post", id="legal-form"),
        pytest.param(["© 2025 Mia Ström", PARAGRAPH], "CB", None, id="photographer"),
        pytest.param([PARAGRAPH, "Published by Kim Lund"], "BO", None, id="imprint-unsure"),
        pytest.param([PARAGRAPH, "Published by Ullen Post"], "BO", "Ullen Post", id="imprint"),
        pytest.param(
            [PARAGRAPH, "The Ullen Post is not responsible for errors in"],
            "BX",
            "The Ullen Post",
            id="disclaimer",
        ),
        pytest.param(
            ["ULLEN POST", PARAGRAPH, "© 2025 Ullen Post"], "OBO", "Ullen Post", id="both-spellings"
        ),
    ],
)
def test_lines_of_a_dump_that_state_its_publisher(
    lines: list[str], letters: str, name: str | None
) -> None:
    found = publishers(dump(*lines), roles(letters))

    assert next((one.value for one in found if one.stated), None) == name


def test_part_of_a_section_counts_where_the_story_tells_of_it() -> None:
    menu = ["News", "Sport", "Rowing", "Weather", "Ullen win by a length"]
    rowers = dump(*menu, "The eight of Ullen won, said its rowing coach.", "Rowing")
    runners = dump(*menu, "The runners of Ullen won, said their coach.", "Rowing")

    assert sections(rowers, 4)[0].value == "Rowing"
    assert sections(runners, 4)[0].value == "Sport"


def test_author_between_section_and_date_is_no_part_of_the_section() -> None:
    page = dump("Sport", "Ann Lee", "3 May 2024", "Ullen win", "Ann Lee has rowed for Ullen since.")

    assert sections(page, 3)[0].value == "Sport"


def test_several_known_sections_above_the_headline_are_a_menu() -> None:
    page = dump("World", "Business", "Sport", "Ullen win by a length", PARAGRAPH)

    assert [one.stated for one in sections(page, 3)] == [False, False, False]


def test_author_beside_the_date_is_no_section() -> None:
    page = dump("Ferries dearer", "Ann Lee | March 30, 2021", PARAGRAPH)

    assert sections(page, 0, ("Ann Lee",)) == []


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        pytest.param("Par Jean Dorn avec AFP", "AFP", id="with"),
        pytest.param("Par Jean Dorn (avec AFP)", "AFP", id="with-in-parentheses"),
        pytest.param("By Reuters Staff", "Reuters", id="its-staff"),
        pytest.param("By Bo Ek and Annabel Lindström, Associated Press", "AP", id="long"),
    ],
)
def test_byline_shared_with_an_agency_credits_it(line: str, agency: str) -> None:
    page = dump("Ferries dearer", line, PARAGRAPH)

    assert [one.value for one in agencies(page, roles("TYB"))] == [agency]


def test_spam_of_a_page_is_flagged_only_where_it_links() -> None:
    spam = "situs slot gacor"
    linked = html("", f"<p>{PARAGRAPH}</p><p><a href='https://s.example'>{spam}</a></p>")
    plain = html("", f"<p>{PARAGRAPH}</p><p>{spam}</p>")

    assert flags(linked, roles("BS"), None, None) == ("injected_spam",)
    assert flags(plain, roles("BS"), None, None) == ()
