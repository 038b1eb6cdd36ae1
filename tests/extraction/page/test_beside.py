"""Which lines read like the article and stand beside it; which doubtful ones open it."""

import numpy as np
import pytest

from articles.extraction.dom import html_page
from articles.extraction.dump import dump_page
from articles.extraction.lines import read_lines
from articles.extraction.page import Page
from articles.extraction.roles import assign_roles
from articles.model import Role

TITLE = "Ferry to sail all winter"
BODY = "The ferry will run through the winter, the mayor of Marl told the islanders on Tuesday."
MORE = "Islanders collected the price of four tonnes of diesel, and the school baked cakes for it."
LEAD = "The last boat was to leave in October, but the islanders would not hear of it."
JAR = "bcookie, 2 years: this cookie tells the site which of its pages a reader has seen."


def roles(page: Page, scores: list[float], title: int | None = None) -> list[Role]:
    return list(assign_roles(page, read_lines(page, np.array(scores)), title))


def dump(*lines: str) -> Page:
    return dump_page("0" * 64, "\n".join(lines))


def test_list_of_cookies_is_a_notice() -> None:
    text = [BODY, MORE, BODY + " Again.", MORE + " Again.", LEAD]
    page = dump(*text, JAR, "PHPSESSID, session", f"{JAR} 1", f"{JAR} 2", f"{JAR} 3")

    assert roles(page, [0.9] * 5 + [0.8] * 5)[5:] == [Role.DISCLAIMER] * 5


def test_article_on_cookies_is_none() -> None:
    page = dump(*(f"{JAR} The court of Marl heard witness {n}." for n in range(5)))

    assert roles(page, [0.9] * 5) == [Role.BODY] * 5


def test_teasers_that_break_off_are_of_other_articles() -> None:
    teasers = [f"Keeper {n} of the light retires after forty years on the..." for n in range(3)]

    assert roles(dump(BODY, MORE, *teasers), [0.9, 0.9, 0.7, 0.7, 0.7])[2:] == [Role.RELATED] * 3


def test_paragraphs_that_trail_off_inside_the_text_are_body() -> None:
    page = dump(BODY, MORE + "..", BODY + " So.", MORE + " Or…", BODY + " Yes.", "And…", MORE)

    assert roles(page, [0.9] * 7)[:5] == [Role.BODY] * 5


@pytest.mark.parametrize(
    ("line", "role"),
    [
        pytest.param(f"Read more: {MORE}", Role.RELATED, id="pointer"),
        pytest.param(f"The mayor: {MORE}", Role.BODY, id="quotation"),
    ],
)
def test_what_read_more_points_to_is_no_body(line: str, role: Role) -> None:
    assert roles(dump(BODY, line, MORE), [0.9, 0.7, 0.9])[1] is role


def test_lines_that_begin_alike_before_a_bar_point_elsewhere() -> None:
    page = dump(BODY, f"SOMA HAPA | {MORE}", MORE, f"SOMA HAPA | {LEAD}")

    assert roles(page, [0.9, 0.8, 0.9, 0.8]) == [
        Role.BODY, Role.RELATED, Role.BODY, Role.RELATED,
    ]  # fmt: skip


def test_line_that_stands_between_paragraphs_again_and_again_heads_none() -> None:
    page = dump(BODY, "Marl content", MORE, "Marl content", LEAD, "Marl content", BODY + " Again.")

    assert roles(page, [0.9, 0.2, 0.9, 0.2, 0.9, 0.2, 0.9])[1:6:2] == [Role.OTHER] * 3


def test_headline_in_capitals_that_is_a_link_is_of_another_article() -> None:
    html = f"<p>{BODY}<p><a href=/x>MAYOR OF MARL TO SELL BOAT</a><p>MAYOR TO KEEP HIS BOAT NOW"

    assert roles(html_page("0" * 64, f"{html}<p>{MORE}"), [0.9] * 4) == [
        Role.BODY, Role.RELATED, Role.SUBHEADING, Role.BODY,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "score", "role"),
    [
        pytest.param(LEAD, 0.3, Role.BODY, id="a sentence"),
        pytest.param(LEAD, 0.1, Role.STANDFIRST, id="surely none"),
        pytest.param(f"{LEAD} FOTO", 0.3, Role.STANDFIRST, id="a caption with its credit"),
    ],
)
def test_doubtful_sentence_between_headline_and_text_opens_the_article(
    line: str, score: float, role: Role
) -> None:
    assert roles(dump(TITLE, line, BODY, MORE), [0.1, score, 0.9, 0.9], title=0)[1] is role


def test_doubtful_sentence_of_html_is_left_to_the_model() -> None:
    page = html_page("0" * 64, f"<h1>{TITLE}</h1><p>{LEAD}<p>{BODY}<p>{MORE}")

    assert roles(page, [0.1, 0.3, 0.9, 0.9], title=0)[1] is Role.STANDFIRST


@pytest.mark.parametrize(
    ("around", "role"),
    [
        pytest.param("<p>{0}<p>{1}<footer><p>{2}</footer>", Role.OTHER, id="of-the-page"),
        pytest.param("<article><p>{0}<p>{1}<footer><p>{2}</footer>", Role.BODY, id="of-a-story"),
    ],
)
def test_footer_of_the_page_is_no_body(around: str, role: Role) -> None:
    page = html_page("0" * 64, around.format(BODY, MORE, LEAD))

    assert roles(page, [0.9, 0.9, 0.9]) == [Role.BODY, Role.BODY, role]


def test_what_readers_wrote_below_the_text_is_no_body() -> None:
    page = html_page(
        "0" * 64,
        f'<h1>{TITLE}</h1><p>{BODY}</p><p>{MORE}</p><div id="comments"><ul><li>{LEAD}</ul></div>',
    )

    assert roles(page, [0.2, 0.9, 0.9, 0.9], 0)[3] is Role.COMMENT


def test_text_is_kept_where_the_whole_page_passes_for_comments() -> None:
    page = html_page("0" * 64, f'<h1>{TITLE}</h1><div class="comment"><p>{BODY}</p><p>{MORE}</p>')

    assert roles(page, [0.2, 0.9, 0.9], 0)[1:] == [Role.BODY] * 2


def test_next_article_in_an_element_of_its_own_is_no_body() -> None:
    text = "".join(f"<p>{BODY} Again, {n}.</p>" for n in range(7))
    page = html_page(
        "0" * 64,
        f"<article><h1>{TITLE}</h1>{text}</article><article><h2>Port</h2><p>{LEAD}</p></article>",
    )

    assert roles(page, [0.2, *[0.9] * 7, 0.2, 0.9], 0)[-1] is Role.RELATED


def test_text_that_goes_on_in_the_next_article_element_is_body() -> None:
    page = html_page(
        "0" * 64,
        f"<article><h1>{TITLE}</h1><p>{BODY}</article><article><p>{MORE}<p>{LEAD}</article>",
    )

    assert roles(page, [0.2, 0.9, 0.9, 0.9], 0)[1:] == [Role.BODY] * 3
