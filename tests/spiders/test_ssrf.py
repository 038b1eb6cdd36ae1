"""No way that a site's own words lead to an address inside."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from spiders.guard import Guard
from tests.spiders.crawling import NAMES, crawled, source
from tests.spiders.site import Answer, Site, running

pytestmark = pytest.mark.slow  # whole crawls

HOSTS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "0.0.0.0",  # noqa: S104  asked for, not bound to
    "localhost",
    "localhost.",
    "inside.test",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "127.0.0.1.",
    "①②⑦.0.0.1",
    "user:secret@127.0.0.1",
]
"""Spellings of loopback."""


def test_hundred_probes_reach_nothing_inside(site: Site, tmp_path: Path) -> None:
    with running("127.0.0.1") as canary:
        inside = [f"http://{host}:{canary.port}" for host in HOSTS]
        listed, maps, front = [], [], []
        for number, target in enumerate(inside):
            listed += [f"{target}/listed", f"{site.origin}/r/{number}", f"{site.origin}/m/{number}"]
            maps.append(f"{target}/map.xml")
            front.append(f"<a href='{target}/story-with-a-long-slug'>A headline that is long</a>")
            front.append(f"<link rel='alternate' type='application/rss+xml' href='{target}/feed'>")
            site.pages[f"/r/{number}"] = Answer(status=302, headers={"Location": _ascii(target)})
            refresh = f'<meta http-equiv="refresh" content="0; url={target}/meta">'
            site.pages[f"/m/{number}"] = Answer(
                f'<html><link rel="canonical" href="{target}/canonical">{refresh}'
            )
        site.pages |= {
            "/robots.txt": Answer(
                "\n".join([f"Sitemap: {site.origin}/index", *(f"Sitemap: {url}" for url in maps)])
            ),
            "/index": Answer(
                "<sitemapindex>"
                + "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in maps)
                + f"<sitemap><loc>{site.origin}/pages</loc></sitemap></sitemapindex>"
            ),
            "/pages": Answer(
                "<urlset>" + "".join(f"<url><loc>{u}</loc></url>" for u in listed) + "</urlset>"
            ),
            "/": Answer("<html><body>" + "".join(front)),
        }
        own = ", ".join(f'"{name}"' for name in _names())

        file = source(site, f"front = true\ndomains = [{own}]\n")
        done = crawled(site, tmp_path, file)

        assert done.reason == "finished"
        assert canary.asked == []
        assert done.records() == []
        assert {f"/r/{n}" for n in range(len(HOSTS))} <= set(site.paths())
        crawled(site, tmp_path / "open", file, guard=Guard((ip_network("127.0.0.0/8"),), NAMES))
        assert canary.asked, "the probes would reach it, were it not for the guard"


def test_robots_that_redirect_inside_are_not_followed(site: Site, tmp_path: Path) -> None:
    with running("127.0.0.1") as canary:
        target = f"http://inside.test:{canary.port}/robots.txt"
        site.pages |= {"/robots.txt": Answer(status=301, headers={"Location": target})}

        crawled(site, tmp_path)

        assert canary.asked == []


def _names() -> list[str]:
    """Return the hosts as a source would call its own, so that only the guard stands between."""
    return [host.rpartition("@")[2].strip("[]").removesuffix(".") for host in HOSTS]


def _ascii(url: str) -> str:
    return url.encode("ascii", "ignore").decode()
