"""How HTML becomes blocks."""

import time

import pytest

from articles.extraction.dom import html_page

ID = "0" * 64


def texts(html: str) -> list[str]:
    return [block.text for block in html_page(ID, html).blocks]


def test_blocks_end_at_block_tags_and_breaks() -> None:
    assert texts("<p>One <b>bold</b> word.</p>Two<br>Three<div>Four</div>") == [
        "One bold word.",
        "Two",
        "Three",
        "Four",
    ]


def test_scripts_styles_and_templates_are_not_text() -> None:
    html = "<script>x()</script><style>p{}</style><template>t</template><p>Text</p><!-- c -->"

    assert texts(html) == ["Text"]


def test_readings_beside_characters_are_not_text() -> None:
    assert texts("<p><ruby>丸島<rp>(</rp><rt>まるしま</rt><rp>)</rp></ruby>へ渡る。</p>") == [
        "丸島へ渡る。"
    ]


def test_paragraphs_of_preformatted_text_are_blocks() -> None:
    assert texts("<pre>One\nline.\n \nTwo.\n\n\nThree.</pre>") == ["One line.", "Two.", "Three."]


def test_shadow_tree_that_the_page_declares_is_shown() -> None:
    html = "<x-y><template shadowrootmode='open'><p>Text</p></template></x-y><p>More</p>"

    assert texts(html) == ["Text", "More"]


def test_text_under_a_thousand_nested_divs_is_found() -> None:
    assert texts("<div>" * 1000 + "<p>Deep text.</p>") == ["Deep text."]


def test_hostile_depth_costs_no_more_than_it_should() -> None:
    start = time.process_time()

    assert texts("<div>" * 100_000 + "<p>Deep text.</p>" + "</div>" * 100_000) == ["Deep text."]
    assert time.process_time() - start < 5


@pytest.mark.slow  # 150,000 paragraphs
def test_paragraphs_by_the_hundred_thousand_are_all_kept() -> None:
    assert len(texts("<p>word\n" * 150_000)) == 150_000


@pytest.mark.slow  # 30,000 tables
def test_tables_side_by_side_are_kept() -> None:
    assert len(texts("<table><tr><td>cell</td></tr></table>" * 30_000)) == 30_000


def test_attribute_of_eight_megabytes_is_no_obstacle() -> None:
    assert texts(f"<p title='{'x' * 8_000_000}'>Text</p>") == ["Text"]


def test_text_after_a_plaintext_tag_is_kept() -> None:
    assert texts("<p>Before<plaintext>After <p>all") == ["Before", "After <p>all"]


def test_layout_has_a_row_for_every_block() -> None:
    layout = html_page(ID, "<div><p>One <a href=x>link</a></p><p>Two</p></div>").layout

    assert layout is not None
    assert layout.link_chars.tolist() == [4, 0]
    assert layout.parent.tolist() == [-1, 0, 1, 1]
    assert layout.element.tolist() == [2, 3]


def test_json_ld_of_a_graph_is_flattened() -> None:
    head = html_page(
        ID,
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"H"},]}'
        "</script><title> A  title </title><h1>H</h1>",
    ).head

    assert head is not None
    assert head.title_tag == "A title"
    assert head.json_ld[-1] == {"@type": "NewsArticle", "headline": "H"}
    assert [(mark.kind, mark.text, mark.block) for mark in head.marks] == [("h1", "H", 0)]
