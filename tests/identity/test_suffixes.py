import pytest
import tldextract

from articles.identity.suffixes import registrable

HOSTS = (
    "post.co.uk", "co.uk", "uk", "www.post.co.uk", "a.b.post.com", "com", "localhost", "192.0.2.7",
    "news.example", "city.kawasaki.jp", "a.city.kawasaki.jp", "b.kawasaki.jp", "a.b.kawasaki.jp",
    "kawasaki.jp", "x.ck", "www.ck", "a.www.ck", "xn--e1afmkfd.xn--p1ai", "xn--p1ai", "xn--.com",
    "xn--zz.xn--zz", "blog.github.io", "256.1.1.1", "a_b.com", "xn--55qx5d.cn", "a.xn--55qx5d.cn",
)  # fmt: skip


@pytest.fixture(scope="module")
def other() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@pytest.mark.parametrize("host", HOSTS)
def test_domain_is_what_tldextract_takes_for_it(host: str, other: tldextract.TLDExtract) -> None:
    expected = other(host)

    found = registrable(host)

    if expected.suffix:
        assert found == (expected.top_domain_under_public_suffix or None)
    else:
        assert found in {None, "news.example", "xn--zz.xn--zz"}
