"""What the rules above the model decide."""

import numpy as np
import pytest

from articles.extraction.dump import dump_page
from articles.extraction.lines import read_lines
from articles.extraction.roles import assign_roles, holds_another
from articles.model import Role

BODY = "The ferry will run through the winter, the mayor of Marl told the islanders on Tuesday."
MORE = "Islanders collected the price of four tonnes of diesel, and the school baked cakes for it."


def roles(lines: list[tuple[str, float]], title: int | None = None) -> list[Role]:
    page = dump_page("0" * 64, "\n".join(text for text, _ in lines))
    scores = np.array([score for _, score in lines])
    return list(assign_roles(page, read_lines(page, scores), title))


def test_ticker_above_the_headline_is_no_body() -> None:
    ticker = "- " + " ".join(f"Council {n} votes on the harbour budget again" for n in range(6))

    assert roles([(ticker, 0.9), ("Ferry sails", 0.1), (BODY, 0.9)], title=1) == [
        Role.TICKER,
        Role.TITLE,
        Role.BODY,
    ]


def test_paragraphs_above_a_subheading_that_passes_for_the_headline_are_body() -> None:
    text = [(f"{BODY} {MORE} {n}", 0.9) for n in range(9)]
    lines = [(BODY, 0.9), (MORE, 0.9), ("What islanders expect", 0.5), *text]

    assert roles(lines, title=2)[:3] == [Role.BODY, Role.BODY, Role.TITLE]


def test_headline_that_stands_twice_is_a_title_both_times() -> None:
    lines = [("Ferry sails on", 0.2), ("", 0), ("Ferry sails on", 0.6), (BODY, 0.9)]

    assert roles(lines, title=0) == [Role.TITLE, Role.OTHER, Role.TITLE, Role.BODY]


def test_time_of_publication_that_stands_twice_in_a_row_is_no_caption() -> None:
    stamp = "Published 5 August 2024 at 13:05, updated 13:52"
    lines = [("Ferry sails on", 0.2), (stamp, 0.2), (stamp, 0.2), (BODY, 0.9)]

    assert roles(lines, title=0) == [Role.TITLE, Role.DATE, Role.DATE, Role.BODY]


def test_caption_that_stands_twice_in_a_row_is_no_body() -> None:
    caption = "The ferry Marl Star at the quay of Low Harbour on a day in the early spring"

    assert roles([("T", 0), (caption, 0.7), (caption, 0.7), (BODY, 0.9)], title=0)[1:] == [
        Role.CAPTION,
        Role.CAPTION,
        Role.BODY,
    ]


def test_standfirst_that_the_text_repeats_is_kept_once() -> None:
    lines = [("Ferry sails", 0.1), (BODY, 0.6), ("Share", 0.1), (BODY, 0.9), (MORE, 0.9)]

    assert [role for role in roles(lines, title=0) if role is not Role.CALL_TO_ACTION] == [
        Role.TITLE,
        Role.STANDFIRST,
        Role.BODY,
        Role.BODY,
    ]


def test_heading_of_related_news_ends_the_article() -> None:
    lines = [(BODY, 0.9), (MORE, 0.9), ("Related news", 0.1), ("Lighthouse keeper retires", 0.6)]

    assert roles(lines)[2:] == [Role.RELATED, Role.RELATED]


def test_related_box_inside_the_article_does_not_end_it() -> None:
    lines = [
        (BODY, 0.9),
        ("Read also", 0.1),
        ("Keeper retires", 0.1),
        (MORE, 0.9),
        (BODY + "!", 0.9),
    ]

    assert roles(lines)[3:] == [Role.BODY, Role.BODY]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        pytest.param(
            "The opinions expressed here do not necessarily reflect those of the Herald.",
            Role.DISCLAIMER,
            id="disclaimer",
        ),
        pytest.param(
            "Sign up for our newsletter and get the news in your inbox.",
            Role.CALL_TO_ACTION,
            id="pitch",
        ),
        pytest.param(
            "Leserbriefe geben nicht die Meinung der Redaktion wieder.",
            Role.DISCLAIMER,
            id="letters of readers",
        ),
        pytest.param(
            "Best offers … https://a.example.ac.id/ https://b.example.sch.id/", Role.SPAM, id="spam"
        ),
    ],
)
def test_what_trails_the_article_is_named(line: str, role: Role) -> None:
    assert roles([(BODY, 0.9), (MORE, 0.9), (line, 0.8)])[2] is role


def test_consent_to_what_another_site_sends_is_no_paragraph_however_long() -> None:
    asked = "Um eingebettete Inhalte anzuzeigen, ist Ihre Einwilligung nötig."
    consent = " ".join([asked, BODY, MORE, BODY])

    assert roles([(BODY, 0.9), (consent, 0.8), (MORE, 0.9)])[1] is Role.CALL_TO_ACTION


def test_second_article_below_the_first_is_noticed() -> None:
    page = dump_page("0" * 64, "\n".join([BODY, MORE, "Keeper retires", *[MORE + BODY] * 4]))
    lines = read_lines(page, np.array([0.9, 0.9, 0.1, 0.3, 0.2, 0.2, 0.2]))
    for line, role in zip(lines, [Role.BODY] * 2 + [Role.RELATED] * 5, strict=True):
        line.role = role

    assert holds_another(lines)
    assert not holds_another(lines[:4])


def test_opening_that_stands_again_in_the_furniture_is_kept() -> None:
    lines = [("Ferry sails", 0.1), (BODY, 0.6), (MORE, 0.9), ("Share", 0.1), (BODY, 0.2)]

    assert roles(lines, title=0)[:3] == [Role.TITLE, Role.BODY, Role.BODY]


def test_paragraph_above_the_headline_is_kept_where_the_models_are_sure() -> None:
    text = [(f"{BODY} {MORE} {n}", 0.9) for n in range(9)]
    lines = [("News", 0.1), (BODY, 0.7), ("Ferry sails", 0.1), *text]

    assert roles(lines, title=2)[:3] == [Role.NAV, Role.BODY, Role.TITLE]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        pytest.param("Also read: Falk to leave Nordhaven", Role.BODY, id="teaser"),
        pytest.param("Also read:", Role.RELATED, id="heading"),
    ],
)
def test_line_that_names_the_other_story_ends_no_article(line: str, role: Role) -> None:
    text = [(f"{BODY} {MORE} {n}", 0.9) for n in range(9)]
    lines = [("Ferry sails", 0.1), *text, (line, 0.3), ("The bakery will give out buns.", 0.6)]

    assert roles(lines, title=0)[-1] is role
