"""What belongs to the article though the models miss it, and what does not though kept."""

import numpy as np
import pytest

from articles.extraction.dom import html_page
from articles.extraction.dump import dump_page
from articles.extraction.headlines import settled
from articles.extraction.lines import read_lines
from articles.extraction.page import Page
from articles.extraction.roles import assign_roles
from articles.model import Found, Role

BODY = "The ferry will run through the winter, the mayor of Marl told the islanders on Tuesday."
MORE = "Islanders collected the price of four tonnes of diesel, and the school baked cakes for it."
LAST = "The harbour master, asked for a word, pointed at the ice and went on painting his boat."


def roles(page: Page, scores: list[float]) -> list[Role]:
    return list(assign_roles(page, read_lines(page, np.array(scores)), None))


def dump(*lines: str) -> Page:
    return dump_page("0" * 64, "\n".join(lines))


@pytest.mark.parametrize(
    ("line", "role"),
    [
        pytest.param("Ref 12/2024", Role.SUBHEADING, id="file number"),
        pytest.param("“We sail.”", Role.BODY, id="quotation"),
    ],
)
def test_short_line_between_two_paragraphs_is_kept(line: str, role: Role) -> None:
    assert roles(dump(BODY, line, MORE), [0.9, 0.12, 0.9])[1] is role


@pytest.mark.parametrize(
    ("line", "score"),
    [
        pytest.param("Ref 12/2024", 0.05, id="surely furniture"),
        pytest.param("Share | Print | Mail", 0.3, id="menu"),
        pytest.param("Read also", 0.3, id="announced"),
    ],
)
def test_furniture_between_two_paragraphs_is_left_out(line: str, score: float) -> None:
    assert roles(dump(BODY, line, MORE), [0.9, score, 0.9])[1] not in (Role.BODY, Role.SUBHEADING)


def test_every_entry_of_a_live_blog_is_kept() -> None:
    page = dump("14:30", BODY, "13:05", MORE, "11:40", LAST, "06:15", "Good morning. " + BODY)

    assert (
        roles(page, [0.2, 0.9, 0.1, 0.9, 0.3, 0.9, 0.1, 0.1])
        == [
            Role.SUBHEADING,
            Role.BODY,
        ]
        * 4
    )


def test_entries_of_a_live_blog_with_headlines_under_their_times_are_kept() -> None:
    page = dump("14:30", "Ferry stuck", BODY, "13:05", "Ice again", MORE, "11:40", "Quiet", LAST)

    found = roles(page, [0.2, 0.3, 0.9, 0.1, 0.3, 0.9, 0.1, 0.1, 0.1])

    assert found == [Role.SUBHEADING, Role.SUBHEADING, Role.BODY] * 3


def test_box_of_the_latest_news_below_the_text_is_no_live_blog() -> None:
    box = ["14:30", "Ferry stuck", MORE, "13:05", "Ice again", MORE, "11:40", "Quiet", LAST]

    found = roles(dump(BODY, MORE, *box), [0.9, 0.9, *[0.1] * 9])

    assert [role for role in found[2:] if role in (Role.BODY, Role.SUBHEADING)] == []


@pytest.mark.parametrize(
    ("pointer", "role"),
    [
        pytest.param("Also read: Falk to leave Marl", Role.BODY, id="says-what-it-points-to"),
        pytest.param("Sign up for our newsletter", Role.BODY, id="offer"),
        pytest.param("Scroll to continue", Role.BODY, id="advertisement"),
        pytest.param("Related news", Role.RELATED, id="heading-of-a-list"),
    ],
)
def test_sentence_below_a_pointer_goes_on_with_the_article(pointer: str, role: Role) -> None:
    assert roles(dump(BODY, MORE, pointer, LAST), [0.9, 0.9, 0.1, 0.3])[-1] is role


def test_numbered_headings_go_on_counting_below_an_offer() -> None:
    headings = ["1. Marl", "2. Sund", "3. Holm", "4. Vik"]
    page = dump(headings[0], BODY, headings[1], MORE, headings[2], LAST, headings[3], MORE + " Go.")

    found = roles(page, [0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.2, 0.2])

    assert found[-2:] == [Role.SUBHEADING, Role.BODY]


def test_numbers_that_begin_anew_are_another_list() -> None:
    headings = ["1. Marl", "2. Sund", "3. Holm", "1. Storm hits Vik"]
    page = dump(headings[0], BODY, headings[1], MORE, headings[2], LAST, headings[3])

    assert roles(page, [0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.2])[-1] is not Role.SUBHEADING


def test_short_question_between_two_answers_is_kept() -> None:
    page = dump(BODY, "And who pays?", "The islanders.", "Why?", "They need the ferry.")

    assert roles(page, [0.9, 0.3, 0.6, 0.3, 0.3]) == [Role.BODY] * 5


def test_headlines_under_times_are_no_entries() -> None:
    page = dump(BODY, "14:30", "Keeper of the light retires at last after forty", "13:05", LAST)

    assert roles(page, [0.9, 0.1, 0.2, 0.1, 0.2])[1:3] == [Role.RELATED, Role.RELATED]


def test_last_sentence_that_an_ideographic_stop_ends_is_kept() -> None:
    body = "島の渡し船は冬も走ると町長が火曜日に島民へ告げた。油の代金は島民が集めた。"
    page = dump(body, "学校は菓子を焼いて売った。", "灯台守が四十年の勤めを終える")

    assert roles(page, [0.9, 0.1, 0.1]) == [Role.BODY, Role.BODY, Role.RELATED]


@pytest.mark.parametrize(
    "notice",
    [
        "The opinions expressed in this essay are those of the author alone.",
        "Nothing on this page is legal or financial advice.",
        "These lines do not reflect the position of the paper.",
    ],
)
def test_disclaimer_below_the_text_is_never_body(notice: str) -> None:
    assert roles(dump(BODY, MORE, notice), [0.9, 0.9, 0.9])[2] is Role.DISCLAIMER


def test_comments_that_are_counted_end_a_short_article() -> None:
    page = dump(BODY, MORE, "2 comments", "I sailed on her once, and was sick, and would again.")

    assert roles(page, [0.9, 0.9, 0.4, 0.7])[2:] == [Role.COMMENT, Role.COMMENT]


def test_sentence_about_the_author_below_the_text_is_no_body() -> None:
    page = dump("By Nell Arden", BODY, MORE, LAST, "Nell Arden is our harbour correspondent.")

    assert roles(page, [0.1, 0.9, 0.9, 0.9, 0.9])[4] is Role.BYLINE


def test_how_to_reach_the_author_named_under_the_headline_is_no_body() -> None:
    page = dump(
        "Ferry sails on", "Ann Lee", BODY, MORE, LAST, "Ann Lee can be reached at 555-0142."
    )
    lines = read_lines(page, np.array([0.1, 0.1, 0.9, 0.9, 0.9, 0.4]))

    assert assign_roles(page, lines, 0)[-1] is Role.BYLINE


def test_paragraph_about_somebody_else_is_body() -> None:
    page = dump("By Nell Arden", BODY, MORE, LAST, "Tove Lind is the mayor of Marl.")

    assert roles(page, [0.1, 0.9, 0.9, 0.9, 0.9])[4] is Role.BODY


def test_links_below_a_heading_of_related_stories_are_no_subheadings() -> None:
    page = html_page(
        "0" * 64,
        f"<p>{BODY}<div>More on this<br><a href=a>Keeper retires</a></div><h3>In the ice</h3>"
        f"<p>{MORE}<p>{LAST}",
    )

    assert roles(page, [0.9, 0.6, 0.6, 0.6, 0.9, 0.9]) == [
        Role.BODY,
        Role.RELATED,
        Role.RELATED,
        Role.SUBHEADING,
        Role.BODY,
        Role.BODY,
    ]


def test_small_print_below_the_text_is_no_body() -> None:
    page = html_page(
        "0" * 64, f"<p>{BODY}<p>{MORE}<p> <small>Printed by the <b>harbour</b></small>"
    )

    assert roles(page, [0.9, 0.9, 0.9]) == [Role.BODY, Role.BODY, Role.OTHER]


def test_page_that_is_small_print_throughout_keeps_its_text() -> None:
    page = html_page("0" * 64, f"<small><p>{BODY}<p>{MORE}</small>")

    assert roles(page, [0.9, 0.9]) == [Role.BODY, Role.BODY]


def test_heading_beats_a_title_tag_that_nobody_sees() -> None:
    page = html_page(
        "0" * 64, f"<title>Marl Newsletter</title><h2>Ferry sails on in ice</h2><p>{BODY}"
    )
    lines = read_lines(page, np.array([0.3, 0.9]))
    claimed = Found("Marl Newsletter", rule="tag", confidence=0.8)

    best = settled(page, lines, [claimed])[0]

    assert (best.value, best.rule, best.block) == ("Ferry sails on in ice", "heading_shown", 0)


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        pytest.param("Von Marl bis Harrow: im Netz der Fährleute des Nordens", True, id="headline"),
        pytest.param("Von Anna Oldham und Tarek Vessim", False, id="byline"),
    ],
)
def test_only_a_short_line_that_begins_with_by_names_an_author(line: str, *, stated: bool) -> None:
    page = dump(line, BODY, MORE)
    ranked = Found(line, rule="headline_line", block=0, confidence=0.9)

    [best] = settled(page, read_lines(page, np.array([0.1, 0.9, 0.9])), [ranked])

    assert best.stated is stated


def test_pieces_of_a_sentence_that_was_cut_at_its_links_are_kept() -> None:
    page = dump("World", BODY, "On Tuesday", "the mayor", "of Marl, asked by", "islanders,", MORE)

    found = roles(page, [0.1, 0.9, 0.1, 0.3, 0.8, 0.4, 0.9])

    assert found[2:4] == [Role.BODY, Role.BODY]
    assert found[0] is not Role.BODY


def test_label_above_a_paragraph_in_small_letters_is_no_piece_of_it() -> None:
    page = dump(BODY, "Advertisement.", "de Koning sails again, and the ice is thin.", MORE)

    assert Role.BODY is not roles(page, [0.9, 0.1, 0.9, 0.9])[1]
