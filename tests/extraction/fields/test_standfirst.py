"""What stands between headline and text."""

import numpy as np
import pytest

from articles.extraction.lines import read_lines
from articles.extraction.roles import assign_roles
from articles.extraction.standfirst import standfirsts
from tests.extraction.fields.pages import OTHER_PARAGRAPH, PARAGRAPH, dump

HEADLINE = "Council of Harrow raises ferry fares"
STANDFIRST = "Islanders say that a day on the mainland now costs them a week of bread"


def told(*between: str, score: float = 0.3) -> list[str]:
    """Return the standfirst of a dump whose lines between headline and text score so."""
    page = dump(HEADLINE, *between, PARAGRAPH, OTHER_PARAGRAPH)
    lines = read_lines(page, np.array([0.1, *[score] * len(between), 0.95, 0.95]))
    return [one.value for one in standfirsts(page, assign_roles(page, lines, 0), 0)]


def test_sentence_under_the_headline_is_the_standfirst() -> None:
    assert told(STANDFIRST) == [STANDFIRST]


@pytest.mark.parametrize(
    "line",
    ["Published Tue, Nov 19 2019 7:05 AM", "By Ann Lee and Bo Ek of the Harrow Echo", "Ferries"],
)
def test_lines_about_the_story_are_no_standfirst(line: str) -> None:
    assert told(line) == []


def test_line_that_is_surely_furniture_is_no_standfirst() -> None:
    assert told("New to Versa? It helps you to grow your savings easily", score=0.01) == []


def test_standfirst_that_stands_twice_is_told_once() -> None:
    assert told(STANDFIRST, STANDFIRST) == []  # two in a row are a caption and its copy
    assert told(STANDFIRST, "By Ann Lee", STANDFIRST) == [STANDFIRST]
