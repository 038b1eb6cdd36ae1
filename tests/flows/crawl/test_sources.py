"""Facts about `newsmill sources`: what a person sees of sources without a crawl."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Newsmill
from tests.flows.crawl.sites import publish, settings_of
from tests.spiders.site import Answer, Site, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

FRONT = '<html><link rel="alternate" type="application/rss+xml" href="/feed"><p>News</p></html>'


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as found:
        yield found


def test_check_shows_what_a_crawl_would_fetch_and_fetches_no_page(
    site: Site, newsmill: Newsmill, tmp_path: Path
) -> None:
    urls = publish(site, 2)

    told = newsmill("sources", "check", "gazette", **settings_of(site, tmp_path))

    assert told.returncode == 0, told.stderr
    assert "rss: 2 pages, 2 new" in told.stdout
    assert all(url in told.stdout for url in urls)
    assert site.paths() == ["/robots.txt", "/feed"]


def test_new_drafts_a_file_that_is_switched_off_and_names_the_feeds(
    site: Site, newsmill: Newsmill, tmp_path: Path
) -> None:
    publish(site, 2)
    site.pages["/"] = Answer(FRONT)
    settings = settings_of(site, tmp_path)

    told = newsmill("sources", "new", site.origin, "--write", **settings)

    assert told.returncode == 0, told.stderr
    draft = tomllib.loads((tmp_path / "sources/news-test.toml").read_text("utf-8"))
    assert (draft["enabled"], draft["feeds"]) == (False, [f"{site.origin}/feed"])
    again = newsmill("sources", "new", site.origin, "--write", **settings)
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_list_shows_sources_that_were_never_crawled(
    site: Site, newsmill: Newsmill, tmp_path: Path
) -> None:
    told = newsmill("sources", "list", **settings_of(site, tmp_path, 'schedule = "*/30 * * * *"'))

    assert told.returncode == 0, told.stderr
    assert "gazette" in told.stdout
    assert "*/30 * * * *" in told.stdout


def test_list_shows_what_is_sound_and_names_what_is_wrong(
    site: Site, newsmill: Newsmill, tmp_path: Path
) -> None:
    settings = settings_of(site, tmp_path)
    (tmp_path / "sources/a.toml").write_text('id = "a"\nhomee = "https://a.example/"\n')

    told = newsmill("sources", "list", **settings)

    assert told.returncode == 1
    assert "gazette" in told.stdout
    assert "a.toml:2: unknown key 'homee'; did you mean 'home'?" in told.stderr
