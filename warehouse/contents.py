"""Which articles have this content already, and of which of them is a page a copy?

An article is one content as published by one publisher. Two pages are of one publisher when their
site is the same, or when both state the same name: a mirror is no second paper.
"""

import hashlib
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from warehouse.sql import over

FAR = 2**63 - 1  # us since 1970: sorts undated articles last


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who a page says published it."""

    site: str
    """Registered domain, or '' when unknown."""
    name: str
    """Stated name of the publisher, folded; '' when none is stated, or when it is the agency
    whose text it prints, as papers do that fill the field by machine."""

    @classmethod
    def of(cls, site: str | None, publisher: str | None, agency: str | None) -> "Imprint":
        """Return the imprint of an article with these fields."""
        own = publisher if publisher and publisher != agency else ""
        return cls(site or "", own.casefold())


@dataclass(frozen=True, slots=True)
class Member:
    """An article among those with the same content."""

    published_us: int
    """Microseconds since 1970, UTC; FAR when the page states none. Python's times cost 13 us."""
    article_id: str
    imprint: Imprint


@dataclass(slots=True)
class Group:
    """The articles with one content so far: one of an unknown site, or one for each publisher."""

    members: list[Member] = field(default_factory=list)

    def twin(self, imprint: Imprint) -> Member | None:
        """Return the article that a page with this content and imprint is a copy of.

        >>> group = Group([Member(FAR, "a", Imprint("paper.example", "paper"))])
        >>> group.twin(Imprint("mirror.example", "paper")) == group.members[0]
        True
        >>> group.twin(Imprint("other.example", "other")) is None
        True
        """
        for member in self.members:
            if member.imprint.site == imprint.site:
                return member
        same = [
            member
            for member in self.members
            if not (member.imprint.site and imprint.site)
            or (imprint.name and member.imprint.name == imprint.name)
        ]
        return min(same, key=lambda m: (m.published_us, m.article_id)) if same else None


def article_id(content_hash: str, site: str) -> str:
    """Return the id of the article that begins with this content on this site, '' if unknown."""
    return hashlib.sha256(f"{content_hash}\n{site}".encode()).hexdigest()[:32]


def groups(connection: duckdb.DuckDBPyConnection, articles: pa.Table) -> dict[str, Group]:
    """Return the stored articles that have the content of one in `articles`, by content hash."""
    found: dict[str, Group] = {}
    contents = articles.select(["content_hash"])
    for row in over(connection, "known_articles", "content", contents).to_pylist():
        group = found.setdefault(row["content_hash"], Group())
        imprint = Imprint.of(row["site"], row["publisher"], row["agency"])
        if all(member.imprint.site != imprint.site for member in group.members):
            group.members.append(Member(or_far(row["published_us"]), row["article_id"], imprint))
    return found


def or_far(published_us: int | None) -> int:
    """Return a moment that can be compared, also where none is known."""
    return FAR if published_us is None else published_us
