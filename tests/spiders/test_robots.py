"""Facts about robots.txt (RFC 9309)."""

import pytest

from spiders.faults import Fault
from spiders.robots import Robots

SITE = "https://example.org"


def robots(text: str) -> Robots:
    return Robots.of(200, text.encode())


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        pytest.param("User-agent: *\nDisallow: /a", "/a/b", False, id="prefix"),
        pytest.param("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True, id="longest-wins"),
        pytest.param("User-agent: *\nDisallow: /*?*sort=", "/x?y&sort=1", False, id="wildcard"),
        pytest.param("User-agent: *\nDisallow: /*.php$", "/a.php?x", True, id="dollar"),
        pytest.param("User-agent: *\nDisallow:", "/a", True, id="empty-rule"),
        pytest.param(
            "User-agent: *\nDisallow: /\n\nUser-agent: newsmill\nAllow: /",
            "/a",
            True,
            id="own-group",
        ),
        pytest.param("USER-AGENT :  *\r\nDISALLOW:/a\r\n", "/a", False, id="spelling"),
        pytest.param("\ufeffUser-agent: *\nDisallow: /a", "/a", False, id="byte-order-mark"),
        pytest.param("<html>no such page</html>", "/a", True, id="error-page"),
        pytest.param("Disallow: /", "/a", True, id="rule-of-nobody"),
    ],
)
def test_rules(text: str, path: str, allowed: bool) -> None:  # noqa: FBT001  a case's value
    assert robots(text).allow(SITE + path) is allowed


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_file_means_no_rules(status: int) -> None:
    assert Robots.of(status, b"User-agent: *\nDisallow: /").allow(SITE + "/a")


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_broken_server_means_stay_out(status: int) -> None:
    found = Robots.of(status, b"")

    assert not found.allow(SITE + "/a")
    assert found.unreachable == f"robots.txt answers {status}"


def test_server_out_of_reach_means_stay_out_and_endless_redirects_do_not() -> None:
    assert not Robots.failed(Fault.TIMEOUT, "30 s").allow(SITE)
    assert Robots.failed(Fault.REDIRECT_CHAIN, "6").allow(SITE)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        pytest.param("User-agent: *\nCrawl-delay: 2.5", 2.5, id="delay"),
        pytest.param("User-agent: *\nRequest-rate: 1/10", 10.0, id="rate"),
        pytest.param("User-agent: *\nCrawl-delay: 86400", 300.0, id="a-day"),
        pytest.param("User-agent: *\nCrawl-delay: soon", None, id="no-number"),
        pytest.param("User-agent: *\nCrawl-delay: -3", None, id="negative"),
        pytest.param("User-agent: other\nCrawl-delay: 9", None, id="for-another"),
    ],
)
def test_crawl_delay(text: str, seconds: float | None) -> None:
    assert robots(text).crawl_delay() == seconds


def test_sitemaps_are_named_once_whoever_the_group_is_for() -> None:
    text = "Sitemap: /a.xml\nUser-agent: x\nDisallow: /\nSitemap: /b.xml\nSitemap: /a.xml"

    assert robots(text).sitemaps() == ["/a.xml", "/b.xml"]


def test_site_that_shuts_out_gptbot_opts_out_of_training_and_still_lets_us_read() -> None:
    found = robots("User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nAllow: /")

    assert (found.allow(SITE + "/a"), found.ai_opt_out(SITE + "/a")) == (True, True)


@pytest.mark.parametrize(
    ("line", "opts_out"),
    [
        pytest.param("Content-Signal: search=yes, ai-train=no", True, id="content-signal"),
        pytest.param("content-signal: /news/ ai-train = no, ai-input=no", True, id="for-a-path"),
        pytest.param("Content-Usage: train-ai=n", True, id="ietf-draft"),
        pytest.param("Content-Signal: search=yes, ai-train=yes", False, id="allowed"),
        pytest.param("# Content-Signal: ai-train=no", False, id="remark"),
        pytest.param("Content-Signal: search=yes # ai-train=no", False, id="behind-a-remark"),
    ],
)
def test_wish_in_a_line_of_its_own_is_an_opt_out(line: str, *, opts_out: bool) -> None:
    found = robots(f"User-agent: *\n{line}\nAllow: /\n")

    assert (found.allow(SITE + "/a"), found.ai_opt_out(SITE + "/a")) == (True, opts_out)


def test_hostile_rules_take_no_time() -> None:
    text = "User-agent: *\n" + "Disallow: /" + "*a" * 2_000 + "$\n"

    assert robots(text).allow(SITE + "/" + "a" * 3_000 + "b")
