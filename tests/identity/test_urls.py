import pytest

from articles.identity.urls import canonical_url, registered_domain

GOLDEN = {
    "https://example.com/a": "https://example.com/a",
    "HTTP://EXAMPLE.com/News/A": "http://example.com/News/A",
    "https://example.com": "https://example.com/",
    "https://example.com:443/a": "https://example.com/a",
    "http://example.com:80/a": "http://example.com/a",
    "https://example.com:8443/a": "https://example.com:8443/a",
    "https://example.com./a": "https://example.com/a",
    "https://user:secret@example.com/a": "https://example.com/a",
    "https://example.com/a#comments": "https://example.com/a",
    "https://example.com/a?utm_source=feed&utm_medium=rss": "https://example.com/a",
    "https://example.com/a?id=7&fbclid=x&gclid=y&msclkid=z": "https://example.com/a?id=7",
    "https://example.com/a?b=2&a=1": "https://example.com/a?a=1&b=2",
    "https://example.com/a?q=": "https://example.com/a?q=",
    "https://example.com/a?12345": "https://example.com/a?12345",
    "https://example.com/a?q=%e9t%E9&utm_source": "https://example.com/a?q=%E9t%E9",
    "https://example.com/a?PHPSESSID=abc&id=7": "https://example.com/a?id=7",
    "https://example.com/a;jsessionid=1F2E?id=7": "https://example.com/a?id=7",
    "https://example.com/a/amp": "https://example.com/a",
    "https://example.com/a/amp/": "https://example.com/a/",
    "https://example.com/a.amp.html": "https://example.com/a.html",
    "https://example.com/a?outputType=amp": "https://example.com/a",
    "https://example.com/a?amp=1": "https://example.com/a",
    "https://example.com/amplifiers": "https://example.com/amplifiers",
    "https://www.google.com/amp/s/example.com/a": "https://example.com/a",
    "https://example-com.cdn.ampproject.org/c/s/example.com/a": "https://example.com/a",
    "https://bücher.example/straße": "https://xn--bcher-kva.example/stra%C3%9Fe",
    "https://пример.рф/новость": "https://xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C",
    "https://example.com/%c3%9f%2fa": "https://example.com/%C3%9F%2Fa",
    "https://example.com/a b": "https://example.com/a%20b",
    " https://example.com/a\n": "https://example.com/a",
    "https://example.com/x/../a/./b": "https://example.com/a/b",
    "http://[2001:db8::1]:8080/a": "http://[2001:db8::1]:8080/a",
    "http://192.0.2.7/a": "http://192.0.2.7/a",
}
REFUSED = (
    "",
    "/a",
    "mailto:desk@example.com",
    "javascript:alert(1)",
    "data:text/html,hi",
    "ftp://example.com/a",
    "file:///etc/hosts",
    "https://",
    "https:///a",
    "http://[::1",
    "https://example.com:99999/a",
    "https://exa mple.com/a",
    "https://-.com/a",
    "https://example.com/" + "a" * 5_000,
)


@pytest.mark.parametrize(("href", "address"), GOLDEN.items())
def test_one_story_has_one_address(href: str, address: str) -> None:
    assert canonical_url(href) == address


@pytest.mark.parametrize("href", GOLDEN)
def test_canonical_address_stays_as_it_is(href: str) -> None:
    once = canonical_url(href)

    assert once is not None
    assert canonical_url(once) == once


@pytest.mark.parametrize("href", REFUSED)
def test_what_is_no_web_address_is_none(href: str) -> None:
    assert canonical_url(href) is None


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/a", "https://example.com/a"),
        ("../b", "https://example.com/b"),
        ("//other.example/a", "https://other.example/a"),
        ("?page=2", "https://example.com/news/x?page=2"),
    ],
)
def test_relative_address_is_completed_from_the_page(href: str, address: str) -> None:
    assert canonical_url(href, "https://example.com/news/x") == address


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://news.example.co.uk/a", "example.co.uk"),
        ("https://www.example.com/", "example.com"),
        ("https://пример.рф/", "xn--e1afmkfd.xn--p1ai"),
        ("https://192.0.2.7/", None),
        ("https://localhost/", None),
        ("https://paper.intern/", "paper.intern"),
        ("https://192.0.2/", None),
        ("https://printer.7/", None),
        ("nonsense", None),
    ],
)
def test_registered_domain_is_read_from_the_bundled_list(url: str, domain: str | None) -> None:
    assert registered_domain(url) == domain
