"""Facts about what a page says to crawlers."""

import pytest
from scrapy.http import Response

from spiders.page import opt_out, page_of

STORY = "<h1>Rates rise</h1>" + "<p>Told at length, with figures.</p>" * 20


def response(body: str, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response("https://example.org/a", headers=named, body=body.encode())


def said(body: str, **headers: str) -> str | None:
    answer = response(body, **headers)
    return opt_out(answer, page_of(answer, 1 << 20).metas)


@pytest.mark.parametrize(
    ("meta", "target"),
    [
        pytest.param('<meta http-equiv="refresh" content="0; url=/b?go=1">', "/b?go=1", id="plain"),
        pytest.param("<META content='0;URL=\"/b\"' http-equiv=Refresh>", "/b", id="spelling"),
        pytest.param('<meta http-equiv="refresh" content="0; url=/b?a=1&amp;b=2">', "/b?a=1&b=2",
            id="entity"),
        pytest.param('<meta http-equiv="refresh" content="300; url=/b">', None, id="renews-itself"),
        pytest.param('<meta http-equiv="refresh" content="0">', None, id="no-address"),
        pytest.param('<meta name="robots" content="noindex">', None, id="other-meta"),
        pytest.param('<noscript><meta http-equiv="refresh" content="0; url=/b"></noscript>', None,
            id="without-scripts"),
        pytest.param('<!-- <meta http-equiv="refresh" content="0; url=/b"> -->', None, id="remark"),
        pytest.param('<!-- x --><meta http-equiv="refresh" content="0; url=/b">', "/b",
            id="below-a-remark"),
    ],
)  # fmt: skip
def test_meta_refresh(meta: str, target: str | None) -> None:
    assert page_of(response(f"<head>{meta}</head>{STORY}"), 1 << 20).refresh() == target


@pytest.mark.parametrize(
    ("body", "headers", "words"),
    [
        pytest.param("", {"X_Robots_Tag": "noai, x"}, "X-Robots-Tag: noai, x", id="tag"),
        pytest.param("", {"TDM_Reservation": "1"}, "TDM-Reservation: 1", id="tdm-header"),
        pytest.param('<meta name="robots" content="index"><meta name="Robots" content="noai">', {},
            "meta robots: index, noai", id="second-robots-meta"),
        pytest.param('<meta name="tdm-reservation" content="1">', {}, "meta tdm-reservation: 1",
            id="tdm-meta"),
        pytest.param('<meta name="tdm-reservation" content="0">', {}, None, id="tdm-open"),
        pytest.param('<meta name="robots" content="noindex, noarchive">', {}, None, id="noindex"),
    ],
)  # fmt: skip
def test_opt_out(body: str, headers: dict[str, str], words: str | None) -> None:
    assert said(f"<head>{body}</head>{STORY}", **headers) == words


def text_hash(body: str) -> bytes | None:
    return page_of(response(body), 1 << 20).text_hash


def test_text_hash_sees_the_story_and_not_what_is_around_it() -> None:
    plain = text_hash(STORY)

    assert plain is not None
    assert text_hash(f"<nav>Links of today</nav>{STORY}<!-- 12:07 -->") == plain
    assert text_hash(STORY.replace("<p>", '<p class="big">')) == plain
    assert text_hash(STORY + "<p>Update: figures revised.</p>") != plain
    assert text_hash("<div>No paragraphs here</div>") is None


@pytest.mark.parametrize("tag", ["div", "li", "td", "blockquote"])
def test_text_hash_sees_a_story_outside_paragraphs(tag: str) -> None:
    footer = "<p>All rights reserved by the paper, its owners and its heirs for ever.</p>" * 5
    first = f"<{tag}>The council met on Monday, as it does each month, and cut the budget by "
    last = f" million crowns.<br>Nobody was pleased.</{tag}>"
    noise = "<script>const seen = {now: 1207}; " + "x" * 200 + "</script>"

    plain = text_hash(f"{first}40{last}{footer}")

    assert text_hash(f"{first}45{last}{footer}") != plain
    assert text_hash(f"{first}40{last}{noise}<nav>Links</nav>{footer}") == plain


def test_hostile_markup_takes_no_time() -> None:
    for piece in ("<!--", "<script ", "<p", "<meta ", "<h1><", "</p", "<p>", '<meta content="'):
        page_of(response(piece * 200_000), 4 << 20)
