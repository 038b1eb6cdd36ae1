import textwrap

import pytest

from articles.extraction.headlines import settled
from articles.extraction.lines import read_lines
from articles.extraction.page import Page
from articles.extraction.title import titles
from articles.extraction.title_claims import candidates
from articles.model import Found
from tests.extraction.fields.pages import OTHER_PARAGRAPH, PARAGRAPH, dump, html, roles, scores

HEADLINE = "Council of Harrow raises ferry fares after a debate of nine hours"


def shown_titles(page: Page, letters: str) -> list[Found[str]]:
    return titles(page, read_lines(page, scores(roles(letters))))


def first(*lines: str, letters: str) -> str | None:
    page = dump(*lines)
    found = shown_titles(page, letters)
    return next((one.value for one in found if one.stated), None)


def test_headline_above_the_text_is_the_title_of_a_dump() -> None:
    title = first(
        "Home", "News", "Sport", HEADLINE, "4 July 2024", PARAGRAPH, OTHER_PARAGRAPH, PARAGRAPH,
        "Related news", "Pier closed for repairs", letters="NNNTDBBBRR",
    )  # fmt: skip

    assert title == HEADLINE


def test_headline_broken_for_room_is_put_together() -> None:
    broken = [
        line
        for text in (HEADLINE, PARAGRAPH, OTHER_PARAGRAPH, PARAGRAPH, OTHER_PARAGRAPH)
        for line in (*textwrap.wrap(text, 40), "")
    ]
    letters = "TTN" + "".join("B" if line else "N" for line in broken[3:-1])

    assert first(*broken[:-1], letters=letters) == HEADLINE


@pytest.mark.parametrize(
    ("crumbs", "letters"),
    [
        pytest.param("Home / Latest / ", "NNTNBNB", id="parted"),
        pytest.param("HomeNews", "TNNNBNB", id="run-together"),
    ],
)
def test_breadcrumb_that_ends_in_the_title_is_not_the_title(crumbs: str, letters: str) -> None:
    title = first(
        f"{crumbs}{HEADLINE}", "", HEADLINE, "", PARAGRAPH, "", OTHER_PARAGRAPH, letters=letters
    )

    assert title == HEADLINE


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        pytest.param(
            ["Harrow Sound is an expensive place for ferries", "An expensive place for ferries"],
            "Harrow Sound is an expensive place for ferries",
            id="the-whole-one-of-two-that-end-alike",
        ),
        pytest.param(
            [f"“We sang all night”{HEADLINE}"], HEADLINE, id="a-quotation-run-into-it-is-cut"
        ),
        pytest.param(
            ["Council raises ferry fares", ": Nine hours of debate"],
            "Council raises ferry fares: Nine hours of debate",
            id="a-line-that-begins-with-a-colon-goes-on",
        ),
        pytest.param(
            ["“We sang” director of Harrow raises ferry fares"],
            "“We sang” director of Harrow raises ferry fares",
            id="a-quotation-that-is-part-of-it-stays",
        ),
        pytest.param(
            ["Ferry fares: what the council of Harrow has decided – and why", "And why"],
            "Ferry fares: what the council of Harrow has decided – and why",
            id="a-sentence-is-no-breadcrumb",
        ),
    ],
)
def test_headline_is_shown_whole_and_alone(lines: list[str], title: str) -> None:
    letters = "N" + "T" * len(lines) + "DBBB"

    assert (
        first(
            "Harrow Echo", *lines, "4 July 2024", PARAGRAPH, OTHER_PARAGRAPH, PARAGRAPH,
            letters=letters,
        )
        == title
    )  # fmt: skip


@pytest.mark.parametrize("label", ["Lesezeit: 2 min", "5 min read", "Artikel anhören (03:15 min)"])
def test_time_it_takes_to_read_is_no_headline(label: str) -> None:
    page = dump("Home", label, HEADLINE, label, PARAGRAPH, OTHER_PARAGRAPH)

    assert label not in [one.value for one in shown_titles(page, "NNTNBB")]


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        pytest.param("Esta funcionalidad es sólo para registrados", False, id="members"),
        pytest.param("Jetzt in der App anhören", False, id="audio"),
        pytest.param("Ferry to run only for islanders this winter", True, id="headline"),
        pytest.param("Ferry fares 2025: what changes", True, id="names-a-year"),
        pytest.param("Updated 4 July 2024, 21:28", False, id="gives-a-day"),
        pytest.param("News code: 8412335", False, id="a-number"),
        pytest.param("کد خبر: ۸۴۱۲۳۳۵", False, id="a-number-in-persian"),
    ],
)
def test_labels_and_offers_to_readers_are_no_headline(line: str, *, stated: bool) -> None:
    page = dump(line, PARAGRAPH)
    ranked = [Found(line, "headline_line", 0)]

    found = settled(page, read_lines(page, scores(roles("TB"))), ranked)

    assert [one.stated for one in found] == [stated]


def test_wide_blank_parts_the_halves_of_a_japanese_headline() -> None:
    page = dump(
        "ホーム\u3000社会\u3000政治\u3000経済",
        "宮崎で震度五弱の地震\u3000高知と宮崎に津波の注意報を発表",
    )
    lines = read_lines(page, scores(roles("NT")))
    ranked = [Found(line.folded, "headline_line", line.block) for line in lines]

    assert [one.stated for one in settled(page, lines, ranked)] == [False, True]


@pytest.mark.parametrize(
    ("below", "is_name"),
    [
        pytest.param("Menu  Search  Subscribe", True, id="wide-gaps"),
        pytest.param("Home | News | Sport", True, id="bars"),
        pytest.param("Ada Lind | March 30, 2021 | News", False, id="byline"),
        pytest.param("Home > News", False, id="breadcrumb"),
        pytest.param(PARAGRAPH, False, id="text"),
    ],
)
def test_first_line_above_a_section_bar_is_the_name_of_the_paper(
    below: str, *, is_name: bool
) -> None:
    page = dump("Ferry fares rise", below, HEADLINE, "", PARAGRAPH, OTHER_PARAGRAPH)

    shown = [one.value for one in shown_titles(page, "TNTNBB")]

    assert ("Ferry fares rise" not in shown) == is_name
    assert HEADLINE in shown


def test_of_two_copies_the_one_nearer_to_the_text_is_shown() -> None:
    page = dump(HEADLINE, "", "", HEADLINE, "", "", "2025-08-25 03:06:00", PARAGRAPH, PARAGRAPH)

    found = shown_titles(page, "TNNTNNDBB")

    assert (found[0].value, found[0].block) == (HEADLINE, 3)


def test_ticker_above_the_headline_is_not_the_title() -> None:
    ticker = "- " + " ".join(["Port signs contract for tugs Wheat price falls again today"] * 8)

    title = first(
        ticker, HEADLINE, "World| 4 July, 2024 - 9:28 PM", PARAGRAPH, OTHER_PARAGRAPH,
        letters="NTDBB",
    )  # fmt: skip

    assert title == HEADLINE


def test_menu_line_is_never_the_title() -> None:
    page = dump("Home | News | Sport | Contact", PARAGRAPH, OTHER_PARAGRAPH)

    assert [one.value for one in shown_titles(page, "NBB")][:1] != ["Home | News | Sport | Contact"]


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(" | The Harrow Echo", id="bar"),
        pytest.param(" - The Harrow Echo", id="hyphen"),
        pytest.param(" – The Harrow Echo", id="dash"),
    ],
)
def test_name_of_the_site_is_cut_from_the_title_of_a_page(tail: str) -> None:
    page = html(
        f"<title>{HEADLINE}{tail}</title>"
        f"<meta property='og:title' content='{HEADLINE}{tail}'>"
        "<meta property='og:site_name' content='The Harrow Echo'>",
        f"<h1>{HEADLINE}</h1><p>{PARAGRAPH}</p>",
    )

    found = shown_titles(page, "TB")

    assert (found[0].value, found[0].block, found[0].stated) == (HEADLINE, 0, True)


def test_quotes_and_entities_of_a_title_are_kept_as_printed() -> None:
    page = html(
        "<title>Mayor: &quot;We sang&quot;</title>"
        "<meta property='og:title' content='Mayor: “We &amp; they sang”'>",
        "<h1>Mayor: “We &amp; they  sang”</h1>",
    )

    assert shown_titles(page, "T")[0].value == "Mayor: “We & they sang”"


def test_site_name_in_an_h1_is_no_candidate() -> None:
    page = html(
        f"<title>{HEADLINE} | The Harrow Echo</title>"
        "<meta property='og:site_name' content='The Harrow Echo'>",
        f"<h1>The Harrow Echo</h1><h2>{HEADLINE}</h2>",
    )

    assert page.head is not None
    assert "The Harrow Echo" not in [one.text for one in candidates(page.head)]


def test_page_without_a_word_has_no_title() -> None:
    assert shown_titles(dump("", "—"), "NN") == []
