from html import escape

import pytest
from markdown_it import MarkdownIt

from flows.markup import escaped, pasted, table

HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param("<img src=x onerror=alert(1)>", id="event-handler"),
    pytest.param("[click](javascript:alert(1))", id="javascript-link"),
    pytest.param("![x](http://evil.example/x.png)", id="tracking-image"),
    pytest.param("[ref]: http://evil.example", id="link-definition"),
    pytest.param("<https://evil.example>", id="autolink"),
    pytest.param("https://evil.example/a?b=c&d=e", id="bare-address"),
    pytest.param("www.evil.example", id="bare-host"),
    pytest.param("mail a@evil.example", id="mail-address"),
    pytest.param("**bold** _it_ ~~gone~~ `code`", id="emphasis"),
    pytest.param("# heading", id="heading"),
    pytest.param("- item", id="list"),
    pytest.param("1. item", id="numbered-list"),
    pytest.param("> quote", id="quote"),
    pytest.param("---", id="rule"),
    pytest.param("| a | b |", id="pipes"),
    pytest.param("```mermaid graph```", id="fence"),
    pytest.param("&lt;b&gt; &#60;", id="entities"),
    pytest.param("\\[x](y)", id="backslash"),
    pytest.param("$x^2$ {{ 7*7 }}", id="templates"),
    pytest.param("عاجل: خبر <b>", id="arabic"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_itself(text: str) -> None:
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

    shown = pasted(html.render(escaped(text)))

    assert shown == f"<p>{escape(text, quote=False).replace(chr(34), '&quot;')}</p>\n"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param(
            "/srv/newsmill/drops/weekend.zip!corrections.txt",
            ["/", "srv/", "newsmill/", "drops/", "weekend.zip!", "corrections.txt"],
            id="path",
        ),
        pytest.param("a" * 60, ["a" * 25, "a" * 25, "a" * 10], id="one-word"),
        pytest.param("drops/short.txt", ["drops/short.txt"], id="short"),
        pytest.param("many words / of a headline", ["many words / of a headline"], id="words"),
    ],
)
def test_long_path_may_break_and_is_itself_when_pasted(text: str, parts: list[str]) -> None:
    shown = MarkdownIt("commonmark").render(escaped(text)).strip()[3:-4]

    assert shown.split("\N{ZERO WIDTH SPACE}") == parts
    assert pasted(shown) == text


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        pytest.param("http://a.b", "http\N{WORD JOINER}://a.b", id="scheme"),
        pytest.param("WWW.a.b", "WWW\N{WORD JOINER}.a.b", id="host"),
        pytest.param("c@a.b", "c\N{WORD JOINER}@a.b", id="mail"),
    ],
)
def test_address_is_cut_for_renderers_that_link_after_decoding(text: str, cut: str) -> None:
    assert MarkdownIt("commonmark").render(escaped(text)) == f"<p>{cut}</p>\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\r\nb\tc\u2028d", "a  b c d", id="one-line"),
        pytest.param("evil\u202egpj.exe", "evil[U+202E]gpj.exe", id="bidi-override"),
        pytest.param("a\x00\x1b[31mb", "a[U+0000][U+001B][31mb", id="control"),
        pytest.param("می‌شود", "می‌شود", id="persian-joiner"),
        pytest.param("x" * 400, "x" * 299 + "…", id="long"),
    ],
)
def test_what_cannot_be_seen_is_made_visible(text: str, shown: str) -> None:
    assert pasted(MarkdownIt("commonmark").render(escaped(text))) == f"<p>{shown}</p>\n"


def test_numbers_stand_right_and_words_left() -> None:
    assert table(["name", "count", "share"], [["a", "1,204", "3.1%"]]) == (
        "| name | count | share |\n| :--- | ---: | ---: |\n| a | 1,204 | 3.1% |"
    )
