import pytest

from articles.extraction.title import titles
from articles.extraction.title_claims import candidates
from tests.extraction.fields.pages import OTHER_PARAGRAPH, PARAGRAPH, dump, html, roles, scores

HEADLINE = "Council of Harrow raises ferry fares after a debate of nine hours"


def first(*lines: str, letters: str) -> str | None:
    page = dump(*lines)
    found = titles(page, scores(roles(letters)))
    return next((one.value for one in found if one.stated), None)


def test_headline_above_the_text_is_the_title_of_a_dump() -> None:
    title = first(
        "Home", "News", "Sport", HEADLINE, "4 July 2024", PARAGRAPH, OTHER_PARAGRAPH, PARAGRAPH,
        "Related news", "Pier closed for repairs", letters="NNNTDBBBRR",
    )  # fmt: skip

    assert title == HEADLINE


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

    shown = [one.value for one in titles(page, scores(roles("TNTNBB")))]

    assert ("Ferry fares rise" not in shown) == is_name
    assert HEADLINE in shown


def test_of_two_copies_the_one_nearer_to_the_text_is_shown() -> None:
    page = dump(HEADLINE, "", "", HEADLINE, "", "", "2025-08-25 03:06:00", PARAGRAPH, PARAGRAPH)

    found = titles(page, scores(roles("TNNTNNDBB")))

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

    assert [one.value for one in titles(page, scores(roles("NBB")))][:1] != [
        "Home | News | Sport | Contact"
    ]


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

    found = titles(page, scores(roles("TB")))

    assert (found[0].value, found[0].block, found[0].stated) == (HEADLINE, 0, True)


def test_quotes_and_entities_of_a_title_are_kept_as_printed() -> None:
    page = html(
        "<title>Mayor: &quot;We sang&quot;</title>"
        "<meta property='og:title' content='Mayor: “We &amp; they sang”'>",
        "<h1>Mayor: “We &amp; they  sang”</h1>",
    )

    assert titles(page, scores(roles("T")))[0].value == "Mayor: “We & they sang”"


def test_site_name_in_an_h1_is_no_candidate() -> None:
    page = html(
        f"<title>{HEADLINE} | The Harrow Echo</title>"
        "<meta property='og:site_name' content='The Harrow Echo'>",
        f"<h1>The Harrow Echo</h1><h2>{HEADLINE}</h2>",
    )

    assert page.head is not None
    assert "The Harrow Echo" not in [one.text for one in candidates(page.head)]


def test_page_without_a_word_has_no_title() -> None:
    assert titles(dump("", "—"), scores(roles("NN"))) == []
