"""The images of an article and their captions."""

from articles.extraction.images import images
from articles.extraction.page import Page
from articles.model import Image
from tests.extraction.fields.pages import OTHER_PARAGRAPH, PARAGRAPH, dump, html, roles

AT = "https://harrow.example/news/ferry"
FERRY = "<figure><img src=/media/640/ferry.jpg><figcaption>The ferry. Photo: Eva Kern</figure>"
PIER = "<figure><img data-src=https://cdn.example/pier.jpg src=data:x><figcaption>The pier</figure>"


def shown(page: Page, letters: str) -> list[tuple[str, str, str | None]]:
    found = images(page, roles(letters), title_at=0)
    return [(one.rule, one.value.url, one.value.caption) for one in found]


def test_figures_between_headline_and_last_paragraph_are_the_articles() -> None:
    page = html("", f"<h1>Fares</h1>{FERRY}<p>{PARAGRAPH}</p>{PIER}<p>{OTHER_PARAGRAPH}</p>", AT)

    assert shown(page, "TCBCB") == [
        ("figure", "https://harrow.example/media/640/ferry.jpg", "The ferry. Photo: Eva Kern"),
        ("figure", "https://cdn.example/pier.jpg", "The pier"),
    ]


def test_image_that_the_head_names_takes_the_caption_of_its_figure() -> None:
    head = "<meta property=og:image content=https://harrow.example/media/1200/ferry.jpg?w=1>"
    page = html(head, f"<h1>Fares</h1>{FERRY}<p>{PARAGRAPH}</p>", AT)
    [lead] = images(page, roles("TCB"), title_at=0)

    assert lead.rule == "og_image"
    assert lead.value == Image(
        url="https://harrow.example/media/1200/ferry.jpg?w=1", caption="The ferry. Photo: Eva Kern"
    )
    assert lead.block == 1


def test_two_images_drawn_by_one_program_are_two() -> None:
    head = "<meta property=og:image content='https://harrow.example/image?id=1'>"
    figure = "<figure><img src='/image?id=2'><figcaption>The pier</figure>"
    page = html(head, f"<h1>Fares</h1><p>{PARAGRAPH}</p>{figure}<p>{OTHER_PARAGRAPH}</p>", AT)

    assert [url for _, url, _ in shown(page, "TBCB")] == [
        "https://harrow.example/image?id=1",
        "https://harrow.example/image?id=2",
    ]


def test_json_ld_names_image_and_caption() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "image": [{"@type":'
        ' "ImageObject", "url": "https://harrow.example/f.jpg", "caption": " The\\nferry "}]}'
        "</script>"
    )

    assert shown(html(head, f"<h1>Fares</h1><p>{PARAGRAPH}</p>", AT), "TB") == [
        ("ld_image", "https://harrow.example/f.jpg", "The ferry")
    ]


def test_images_of_other_stories_are_none_of_the_articles() -> None:
    teaser = "<figure><img src=/teaser.jpg></figure>"
    below = f"<p>More</p><p>News</p><aside>{FERRY}</aside>{PIER}"
    page = html("", f"<h1>Fares</h1><p>{PARAGRAPH}</p>{teaser}<p>{OTHER_PARAGRAPH}</p>{below}", AT)

    assert shown(page, "TBBRRRR") == []


def test_an_address_that_leads_nowhere_is_none() -> None:
    broken = "<figure><img src=http://[image]><figcaption>The ferry</figure>"
    local = "<figure><img src=file:///ferry.jpg><figcaption>The ferry</figure>"
    page = html("", f"<h1>Fares</h1>{broken}{local}<p>{PARAGRAPH}</p>", AT)

    assert shown(page, "TCCB") == []


def test_a_dump_shows_no_image() -> None:
    assert shown(dump("Fares", "Photo: the ferry", PARAGRAPH), "TCB") == []
