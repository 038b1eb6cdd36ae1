"""How labelled pages become what the body models learn from."""

from random import Random

import pytest

from articles.extraction.dom import html_page
from articles.extraction.page import Page
from bench.training.labels import label
from bench.training.looks import LOOKS
from bench.training.traps import spoil

FIRST = "The ferry will run through the winter, the mayor of Marl told the islanders on Tuesday."
SECOND = "Islanders collected the price of four tonnes of diesel in nine days this spring."
HEADLINES = [f"Headline number {n} about the harbour of Marl" for n in range(9)]


def page() -> Page:
    html = (
        f"<ul><li>Home<li>Sport</ul><h1>Ferry</h1><p>{FIRST}</p><h2>Nine days</h2><p>{SECOND}</p>"
    )
    return html_page("0" * 64, html)


def test_teaser_that_repeats_a_sentence_is_no_body() -> None:
    texts = [SECOND, "Menu", FIRST, "Nine days", SECOND]

    assert label(texts, f"{FIRST}\nNine days\n{SECOND}") == [False, False, True, True, True]


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_every_look_keeps_the_words_and_their_labels(look: str) -> None:
    labels = [False, False, False, True, True, True]
    lines = LOOKS[look](page(), labels, Random(1))
    body = " ".join(text.strip() for text, is_body in lines if is_body)

    assert " ".join(body.replace("*", "").split()) == f"{FIRST} Nine days {SECOND}"


def test_look_in_pieces_cuts_paragraphs_at_their_links() -> None:
    text = "The pier was <a href=1>closed</a> on <b>Monday</b> after the storm."
    cut = html_page("0" * 64, f"<body><p>{text}</p><p><a href=2>More from the pier</a></p></body>")

    lines = LOOKS["pieces"](cut, [True, False], Random(1))

    assert lines[-1] == ("More from the pier", False)
    assert len(lines) > 2
    assert " ".join(words for words, body in lines if body) == (
        "The pier was closed on Monday after the storm."
    )


def test_spoiling_adds_lines_and_takes_none() -> None:
    lines = LOOKS["tight"](page(), [False, False, False, True, True, True], Random(1))
    spoiled = spoil(lines, "Ferry", HEADLINES, "en", 0, Random(2))

    assert [line for line in spoiled if line in lines] == lines or len(spoiled) > len(lines)
    assert [text for text, is_body in spoiled if is_body] == [FIRST, "Nine days", SECOND]


def test_the_two_halves_of_the_wordings_share_no_disclaimer() -> None:
    lines = LOOKS["tight"](page(), [False, False, False, True, True, True], Random(1))
    halves = [
        {
            text
            for seed in range(30)
            for text, is_body in spoil(lines, "Ferry", HEADLINES, "en", half, Random(seed))
            if not is_body and len(text) > 100 and "Headline" not in text
        }
        for half in (0, 1)
    ]

    assert halves[0]
    assert halves[1]
    assert not halves[0] & halves[1]
