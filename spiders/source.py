"""What is a source?

Where a publication lives, what lists its pages, how to behave there and what to expect of it.
"""

import re
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from articles.identity.urls import canonical_url
from articles.model import Frozen

RENDERED = "-rendered"
"""At the end of the name of a group whose process has a browser."""
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
SPAN = re.compile(r"([0-9]{1,6})\s?([smhdw])")


def _seconds(value: object) -> object:
    """Read a span such as `30m`; a number is seconds."""
    if isinstance(value, str) and (span := SPAN.fullmatch(value)):
        return int(span[1]) * UNITS[span[2]]
    return value


def _address(url: str) -> str:
    """Check for an address of the web; `{page}` and `{date}` may stand in it."""
    if canonical_url(re.sub(r"\{[^{}]*\}", "1", url)) is None:
        raise ValueError("no http or https address")
    return url


def _page_address(url: str) -> str:
    if wrong := re.findall(r"\{[^{}]*\}", url.replace("{page}", "")):
        raise ValueError(f"{wrong[0]} stands for nothing; `{{page}}` does")
    return url


def _dated_address(url: str) -> str:
    try:
        days = {url.format(date=date(2026, 1, day)) for day in (1, 2)}
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise ValueError("give the day as `{date:%Y/%m/%d}`") from error
    if len(days) == 1:
        raise ValueError("the same for every day: give the day as `{date:%Y/%m/%d}`")
    return url


def _ordered(bounds: tuple[int, int]) -> tuple[int, int]:
    if bounds[0] > bounds[1]:
        raise ValueError("the lower bound comes first")
    return bounds


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    return text


Seconds = Annotated[int, BeforeValidator(_seconds), Field(ge=0)]
Address = Annotated[str, Field(max_length=2_000), AfterValidator(_address)]
Pattern = Annotated[str, Field(max_length=500), AfterValidator(_pattern)]
Share = Annotated[float, Field(ge=0, le=1)]


class Section(Frozen):
    """A page of links, with the pages that follow it."""

    url: Annotated[Address, AfterValidator(_page_address)]
    """May hold `{page}`, counted from `first_page`; else `rel=next` links are followed."""
    pages: int = Field(default=1, ge=1, le=1_000)
    first_page: int = Field(default=1, ge=0)

    def addresses(self) -> list[str]:
        """Return the pages whose addresses are known beforehand."""
        if "{page}" not in self.url:
            return [self.url]
        numbers = range(self.first_page, self.first_page + self.pages)
        return [self.url.replace("{page}", str(number)) for number in numbers]


class DateArchive(Frozen):
    """Pages that list what appeared on a day."""

    url: Annotated[Address, AfterValidator(_dated_address)]
    """Holds a date as `{date:%Y/%m/%d}`."""
    days: int = Field(default=2, ge=1, le=20_000)
    """How many, counted back from today, or from `until`."""
    until: date | None = None

    def addresses(self, today: date) -> list[str]:
        """Return the pages of the days, newest first."""
        last = min(self.until or today, today)
        return [self.url.format(date=last - timedelta(days=back)) for back in range(self.days)]


class Links(Frozen):
    """Which addresses are taken; both are searched in the whole address."""

    allow: tuple[Pattern, ...] = ()
    """One must be found; none given allows everything."""
    deny: tuple[Pattern, ...] = ()
    """None may be found."""


class Revisit(Frozen):
    """How often an article is looked at again: soon while it is young, then rarer."""

    first: Seconds = 3600
    """The shortest wait; it grows with the age of the article."""
    most: Seconds = 7 * 86_400
    """The longest wait."""
    until: Seconds = 30 * 86_400
    """Age since the last change after which it is left alone."""
    poll_least: Seconds = 300
    poll_most: Seconds = 86_400
    """Bounds of the time between two looks at a feed; what it yields decides."""


class Politeness(Frozen):
    """How the source's hosts are treated; robots.txt can only make it slower."""

    delay: float = Field(default=1.0, ge=0, le=300)
    """Seconds between two requests to a host."""
    concurrency: int = Field(default=2, ge=1, le=8)
    """Requests to a host at once."""
    purpose: Literal["reading", "training"] = "reading"
    """What the texts are for. Opt-outs from AI training are recorded with every page; for
    `training` such pages are not stored, and robots.txt rules for AI robots hold for us too."""


class Limits(Frozen):
    """What one crawl of the source may cost."""

    pages: int = Field(default=10_000, ge=1)
    listings: int = Field(default=200, ge=1)
    """Feeds, sitemaps and pages of links."""
    addresses: int = Field(default=200_000, ge=1)
    """What its listings may list in one crawl; a large archive of old pages needs more."""
    hosts: int = Field(default=100, ge=1)
    """Of the source: a listing can name a thousand of them, each with a robots.txt to ask for."""
    page_bytes: int = Field(default=10 * 2**20, ge=1024)
    """Unpacked."""
    listing_bytes: int = Field(default=50 * 2**20, ge=1024)
    """Unpacked; what the sitemap protocol allows."""
    seconds: float = Field(default=30.0, gt=0, le=600)
    """For one answer."""
    sitemap_depth: int = Field(default=2, ge=0, le=5)
    """Sitemap indexes inside each other."""
    sitemap_days: int | None = Field(default=None, ge=1)
    """Leave out what a sitemap says changed longer ago than this."""
    tries: int = Field(default=3, ge=1, le=20)
    rendered: int = Field(default=200, ge=1)
    """Pages that a browser draws, of a source with `render`."""
    render_seconds: float = Field(default=60.0, gt=0, le=600)
    """For one of them, with everything that it asks for at the host's pace."""


class Expectations(Frozen):
    """What the source delivers when all is well; its health is judged by it (`flows.health`)."""

    articles_a_day: Annotated[tuple[int, int], AfterValidator(_ordered)] | None = None
    title: Share | None = None
    body: Share | None = None
    published_at: Share | None = None
    authors: Share | None = None


class Source(Frozen):
    """One publication, as its file in `sources/` says."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")
    publisher: str = Field(min_length=1, max_length=200)
    home: Address
    enabled: bool = True
    group: str = Field(default="news", pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")
    """Sources of a group are crawled by one process, with one frontier, in one run."""
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    domains: tuple[str, ...] = ()
    """Further hosts of the publication; those below the home's are taken anyway."""
    front: bool = True
    """Whether the home page is read for links."""
    feeds: Literal["auto"] | tuple[Address, ...] = "auto"
    """`auto`: those that the home page names."""
    sitemaps: Literal["auto", "none"] | tuple[Address, ...] = "auto"
    """`auto`: those of robots.txt, else the well-known places."""
    sections: tuple[Section, ...] = ()
    archives: tuple[DateArchive, ...] = ()
    urls: tuple[Address, ...] = ()
    url_lists: tuple[str, ...] = ()
    """Files beside this one, an address a line."""
    render: bool = False
    """Pages are drawn by a browser, in a process of their own. Its scripts must be on the source's
    hosts or in `domains`."""
    schedule: str | None = Field(default=None, pattern=r"^(@[a-z]+|\S+( +\S+){4})$", max_length=200)
    """Cron line, in UTC, for `sources list`; `prefect.yaml` says when a group is crawled."""
    contact: str | None = Field(default=None, max_length=200)
    """Told to the site in the user agent."""
    links: Links = Links()
    revisit: Revisit = Revisit()
    politeness: Politeness = Politeness()
    limits: Limits = Limits()
    expectations: Expectations = Expectations()

    @property
    def crew(self) -> str:
        """The group that one process crawls: a browser must not take others down with it."""
        return self.group + RENDERED if self.render else self.group

    @property
    def most_pages(self) -> int:
        """How many pages one crawl may visit."""
        limits = self.limits
        return min(limits.pages, limits.rendered) if self.render else limits.pages

    @model_validator(mode="after")
    def _finds_something(self) -> "Source":
        ways = (self.front, self.feeds, self.sitemaps != "none", self.sections, self.archives)
        if not (any(ways) or self.urls or self.url_lists):
            raise ValueError("nothing lists its pages: give feeds, sitemaps, sections or urls")
        return self
