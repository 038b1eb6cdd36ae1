"""Pages that show no article of their own, and pages that show several."""

import numpy as np
import pytest

from articles.extraction import extract
from articles.extraction.dump import dump_page
from articles.extraction.lines import read_lines
from articles.extraction.listing import teasers
from articles.model import Article, MediaType, Rejection, Role
from tests.extraction.page.test_extract import document

STORIES = {
    "Ferry to run all winter after islanders pay": [
        "The ferry between Marl and the mainland will run through the winter for the first time.",
        "Islanders collected the price of four tonnes of diesel in nine days, the mayor said on"
        " Tuesday, and the school added what its cake sale had brought.",
        "“We had planned for nine weeks,” she said, and thanked everybody who had given something.",
    ],
    "Lighthouse keeper retires at ninety": [
        "The keeper of the lighthouse at Harrow climbed its two hundred steps for the last time.",
        "He had tended the lamp since he was twenty, through two storms that took the pier with"
        " them and one strike that he never quite forgave.",
        "His daughter, who repairs clocks in the town, will look after the lamp until the spring.",
    ],
    "Bakers of Öland win the right to open early": [
        "Bakers on the island may open their doors at four in the morning, a court ruled today.",
        "Neighbours had complained of the smell of bread, which the judge in her ruling called"
        " the least of all the nuisances that she had heard of in that room.",
        "The first loaves under the new hours will be sold on Friday, the bakers’ guild announced.",
    ],
    "Council sells its last horse": [
        "The council of Harrow sold its last horse on Monday, to a farmer who had raised it.",
        "It had pulled the cart of the park keepers for eleven years and was known to open gates.",
        "A tractor will take its place, although the keepers say that it cannot open any.",
    ],
}
MENU = "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"


def page(body: str) -> str:
    return f"<html><head><title>Harrow Echo</title></head><body>{MENU}<main>{body}</main></body>"


def teaser(at: int, title: str, text: str) -> str:
    return f"<div><h3><a href='/{at}'>{title}</a></h3><p>{text}</p><a href='/{at}'>More</a></div>"


def whole(tag: str, title: str, paragraphs: list[str], stamp: str) -> str:
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    return f"<{tag} class='post'><h2>{title}</h2><p>{stamp}</p>{text}</{tag}>"


def test_front_page_holds_no_article() -> None:
    listed = [teaser(at, title, text[1]) for at, (title, text) in enumerate(STORIES.items())]

    [found] = extract([document(page("".join(listed)), MediaType.HTML)])

    assert isinstance(found, Rejection)
    assert (found.reason, found.rule) == ("no_article", "teasers")
    assert "4 of its" in found.detail


@pytest.mark.parametrize(
    ("score", "told"),
    [(0.7, "4 of its 4 paragraphs stand each under a headline"), (0.9, None)],
)
def test_dump_is_a_list_of_teasers_where_the_model_is_not_sure(
    score: float, told: str | None
) -> None:
    listed = [line for title, text in STORIES.items() for line in (title, text[0], "3 hours ago")]
    shown = dump_page("0" * 64, "\n".join(listed))
    lines = read_lines(shown, np.array([0.1, score, 0.1] * len(STORIES)))
    for line in lines[1::3]:
        line.role = Role.BODY

    assert teasers(shown, lines) == told


def test_sentences_cut_at_their_links_are_no_teasers() -> None:
    cut = [
        piece
        for title, text in STORIES.items()
        for piece in (f"The council of {title}", f"which {text[0]}")
    ]
    shown = dump_page("0" * 64, "\n".join(cut))
    lines = read_lines(shown, np.array([0.6, 0.6] * len(STORIES)))
    for line in lines:
        line.role = Role.BODY

    assert teasers(shown, lines) is None


def test_article_above_teasers_is_one() -> None:
    title, text = next(iter(STORIES.items()))
    listed = [teaser(at, one, told[0]) for at, (one, told) in enumerate(STORIES.items())]
    story = f"<h1>{title}</h1>" + "".join(f"<p>{line}</p>" for line in text * 2)

    [found] = extract([document(page(story + "".join(listed)), MediaType.HTML)])

    assert isinstance(found, Article)
    assert found.title == title


@pytest.mark.parametrize("tag", ["article", "div", "section"])
@pytest.mark.parametrize("stamp", ["By Ann Lee", "12 March 2024"])
def test_of_several_articles_the_first_is_the_main_one(tag: str, stamp: str) -> None:
    posts = [whole(tag, title, text, stamp) for title, text in STORIES.items()]

    [found] = extract([document(page("".join(posts)), MediaType.HTML)])

    title, text = next(iter(STORIES.items()))
    assert isinstance(found, Article)
    assert found.title == title
    assert found.body.split("\n") == text
    assert "several_articles" in found.flags


def test_of_several_articles_the_main_one_holds_the_headline_of_the_page() -> None:
    posts = [whole("article", title, text, "12 March 2024") for title, text in STORIES.items()]
    title, text = list(STORIES.items())[2]
    html = page("".join(posts)).replace("<title>Harrow Echo", f"<title>{title}")

    [found] = extract([document(html, MediaType.HTML)])

    assert isinstance(found, Article)
    assert (found.title, found.body.split("\n")) == (title, text)


def test_sections_of_one_article_are_not_several() -> None:
    parts = [whole("section", title, text, "") for title, text in STORIES.items()]
    html = page("<h1>Four stories of the winter</h1>" + "".join(parts))

    [found] = extract([document(html, MediaType.HTML)])

    assert isinstance(found, Article)
    assert "several_articles" not in found.flags
    assert STORIES["Council sells its last horse"][0] in found.body


def printed(signed: str, *, others: str) -> str:
    """Return a dump of all stories, each with what stands under its headline."""
    (first, text), *rest = STORIES.items()
    lines = ["Harrow Echo", "News | Sport | Weather", first, signed, *text]
    for title, story in rest:
        lines += [title, others, *story]
    return "\n".join(lines)


def test_of_several_articles_on_a_dump_the_first_is_taken() -> None:
    stamp = "By Ann Lee | 12 March 2024"

    [found] = extract([document(printed(stamp, others=stamp), MediaType.TEXT)])

    title, text = next(iter(STORIES.items()))
    assert isinstance(found, Article)
    assert (found.title, found.body.split("\n")) == (title, text)
    assert "several_articles" in found.flags


def test_subheadings_of_a_dump_that_nobody_signs_head_no_articles() -> None:
    [found] = extract([document(printed("By Ann Lee | 12 March 2024", others=""), MediaType.TEXT)])

    assert isinstance(found, Article)
    assert STORIES["Council sells its last horse"][0] in found.body
