"""A made-up site with a source file for it, and the settings of a crawl that may reach it."""

from pathlib import Path

from tests.spiders.site import SITE_ADDRESS, Answer, Site, article, rss

TALES = ("harbour", "bridge", "school", "ferry", "market", "theatre", "library", "tramway")


def story(number: int) -> str:
    """Return a page with a story of its own."""
    what = TALES[number % len(TALES)]
    told = [
        f"The {what} committee met for the {number + 2}th time and voted to repair the {what}.",
        f"Its chair said that the {what} had cost the town {number * 137 + 911} crowns so far, "
        "and that nobody could say when the work would be done or who would pay for it.",
        f"Neighbours of the {what} asked for a public hearing, which the mayor promised to hold "
        f"within {number + 3} weeks, in the hall behind the old town library.",
    ]
    return article(f"Town votes to repair the {what}, part {number}", *told)


def publish(site: Site, stories: int) -> list[str]:
    """Put stories and a feed of them on the site; return their addresses."""
    paths = [f"/2026/11/01/story-{number:03d}" for number in range(stories)]
    site.pages["/feed"] = rss(site.origin, *paths)
    site.pages |= {path: Answer(story(number)) for number, path in enumerate(paths)}
    return [site.origin + path for path in paths]


def settings_of(site: Site, folder: Path, more: str = "") -> dict[str, str]:
    """Write the source file `gazette`; return the environment of a crawl of it."""
    sources = folder / "sources"
    sources.mkdir()
    (sources / "gazette.toml").write_text(
        f'id = "gazette"\npublisher = "Gazette"\nhome = "{site.origin}/"\nfront = false\n'
        f'sitemaps = "none"\nfeeds = ["{site.origin}/feed"]\n{more}\n'
        "[politeness]\ndelay = 0.0\n"
    )
    (folder / "hosts").write_text(f"{SITE_ADDRESS} news.test\n")
    return {
        "NEWSMILL_SOURCES": str(sources),
        "NEWSMILL_CRAWL_HOSTS": str(folder / "hosts"),
        "NEWSMILL_CRAWL_NETWORKS": f'["{SITE_ADDRESS}/32"]',
    }
