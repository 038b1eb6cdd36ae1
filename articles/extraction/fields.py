"""Which facts does a page state about its article, besides headline and body?

One call reads them all, in the order in which each helps the next: the language decides how dates
are read, the section tells an opinion.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.extraction.authors import authors
from articles.extraction.credits import agencies, datelines
from articles.extraction.dates import Stamp
from articles.extraction.evidence import chosen
from articles.extraction.flags import flags
from articles.extraction.images import images
from articles.extraction.language import language
from articles.extraction.page import Page
from articles.extraction.published import modified, published
from articles.extraction.publisher import publisher_domains, publishers
from articles.extraction.section import sections
from articles.extraction.standfirst import standfirsts
from articles.extraction.title_claims import meta_text
from articles.identity.urls import canonical_url
from articles.model import Found, Image, Role


@dataclass(frozen=True, slots=True)
class Fields:
    """Every candidate of every field, best first; the flags, which have no rivals."""

    title: list[Found[str]]
    authors: list[Found[tuple[str, ...]]]
    published_at: list[Found[Stamp]]
    modified_at: list[Found[Stamp]]
    publisher: list[Found[str]]
    publisher_domain: list[Found[str]]
    section: list[Found[str]]
    language: list[Found[str]]
    agency: list[Found[str]]
    dateline: list[Found[str]]
    canonical_url: list[Found[str]]
    standfirst: list[Found[str]]
    """All of them are the article's; they are no rivals."""
    images: list[Found[Image]]
    """As of the standfirst."""
    flags: tuple[str, ...]


def read_fields(
    page: Page, roles: Sequence[Role], title: Sequence[Found[str]], body: str
) -> Fields:
    """Return what the page states; `title` is what `titles` gave, `body` the kept text."""
    title_at = next((one.block for one in title if one.stated), None)
    spoken = language(body, _declared(page))
    tongue = spoken.value if spoken is not None else None
    times = published(page, roles, title_at, tongue)
    by = authors(page, roles, title_at)
    people = chosen(by)
    named = sections(page, title_at, people.value if people else ())
    return Fields(
        title=list(title),
        authors=by,
        published_at=times,
        modified_at=modified(page, times, tongue),
        publisher=publishers(page, roles),
        publisher_domain=publisher_domains(page),
        section=named,
        language=[spoken] if spoken is not None else [],
        agency=agencies(page, roles),
        dateline=datelines(page, roles),
        canonical_url=_canonical(page),
        standfirst=standfirsts(page, roles, title_at),
        images=images(page, roles, title_at),
        flags=flags(page, roles, _value(title), _value(named)),
    )


def _value(found: Sequence[Found[str]]) -> str | None:
    taken = chosen(found)
    return taken.value if taken is not None else None


def _declared(page: Page) -> str | None:
    if page.head is None:
        return None
    return page.head.lang or meta_text(page.head, "og:locale", "content-language") or None


def _canonical(page: Page) -> list[Found[str]]:
    if page.head is None:
        return []
    claims = [("canonical", page.head.canonical), ("og_url", meta_text(page.head, "og:url"))]
    read = [(rule, canonical_url(href, page.url)) for rule, href in claims if href]
    return [Found(address, rule) for rule, address in read if address]
