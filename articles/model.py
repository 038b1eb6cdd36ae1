"""The nouns of newsmill: every value that travels between the stages.

Bulk values inside one document (`Block`, `Found`) are slotted dataclasses, because a page has
hundreds of them; what crosses a stage (`RawDocument`, `Article`, `Rejection`) is strict pydantic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Generic, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

Value = TypeVar("Value")

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A sha256 digest in lower-case hex."""


class Reason(StrEnum):
    """Why an input did not become an article; the fixed vocabulary of `rejects.reason`."""

    EMPTY = "empty"
    NO_ARTICLE = "no_article"
    BINARY = "binary"
    ENCODING = "encoding"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    BOMB = "bomb"
    MALFORMED = "malformed"
    MALFORMED_JSON = "malformed_json"
    MALFORMED_CSV = "malformed_csv"
    MALFORMED_XML = "malformed_xml"
    MALFORMED_WARC = "malformed_warc"
    MALFORMED_ARCHIVE = "malformed_archive"
    TRUNCATED = "truncated"
    UNSAFE_PATH = "unsafe_path"
    UNSAFE_TYPE = "unsafe_type"
    BAD_FIELD = "bad_field"
    MISSING_FIELD = "missing_field"
    BAD_DATE = "bad_date"
    BAD_URL = "bad_url"
    DUPLICATE = "duplicate"
    PARTIAL = "partial"
    UNSUPPORTED_TYPE = "unsupported_type"
    UNREADABLE = "unreadable"
    NOT_REGULAR = "not_regular"
    ENTITY = "entity"
    ENCRYPTED = "encrypted"
    TIMEOUT = "timeout"
    HTTP_STATUS = "http_status"


class Stage(StrEnum):
    """Where on its way a document was refused."""

    DROP = "drop"
    """Finding and opening the file."""
    READ = "read"
    """Taking documents out of a file: archives, records, charsets."""
    EXTRACT = "extract"
    """Finding the article on the page."""
    CHECK = "check"
    """Validating one article."""
    AUDIT = "audit"
    """Validating a batch with Great Expectations."""


class Outcome(StrEnum):
    """The bucket of the ledger that an input falls into; every input is in exactly one."""

    LOADED = "loaded"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    HELD = "held"
    SKIPPED = "skipped"


class MediaType(StrEnum):
    """What the payload of a `RawDocument` is, once containers are opened."""

    TEXT = "text/plain"
    """A text dump of a page, menus and all."""
    HTML = "text/html"
    RECORD = "application/json"
    """One JSON object; a CSV row becomes one, its header giving the names."""


class Precision(StrEnum):
    """How exactly a page states a time."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Role(StrEnum):
    """What a block of a page is there for."""

    TITLE = "title"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATELINE = "dateline"
    DATE = "date"
    BODY = "body"
    SUBHEADING = "subheading"
    QUOTE = "quote"
    CAPTION = "caption"
    NAV = "nav"
    TICKER = "ticker"
    RELATED = "related"
    DISCLAIMER = "disclaimer"
    CALL_TO_ACTION = "call_to_action"
    COMMENT = "comment"
    SPAM = "spam"
    OTHER = "other"


BODY_ROLES = frozenset({Role.BODY, Role.SUBHEADING, Role.QUOTE})
"""The roles whose blocks make up `Article.body`."""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a page in reading order: a line of a dump, or a text block of the DOM."""

    text: str
    """As it stands on the page; a dump's line without its newline."""
    index: int
    """0-based place among the blocks of the page."""
    line: int | None = None
    """1-based line of the dump; None for a block of a DOM."""


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A value read off a page, with what gave it."""

    value: Value
    rule: str
    """Name of the rule that found it, for instance `stamp_below_title`."""
    block: int | None = None
    """Index of the block it stands in; None when it comes from metadata or the address."""
    stated: bool = True
    """True when the page says it; False when it was inferred, and so is never stored as a fact."""
    confidence: float = 1.0
    """From 0 to 1, for choosing among candidates."""


class Frozen(BaseModel):
    """Base of the values that cross a stage: immutable, strict, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Provenance(Frozen):
    """Where one document came from: everything about its delivery but the bytes."""

    document_id: Sha256
    """sha256 of the payload."""
    media_type: MediaType
    origin: str
    """`path!member:line` as given, or the URL of a page; the same text in every table."""
    member: str | None = None
    """Name inside an archive; nested archives are joined with `!`."""
    line: int | None = Field(default=None, ge=1)
    """1-based line of a record in its file."""
    byte: int | None = Field(default=None, ge=0)
    """Offset of the record in its file, where it is known."""
    charset: str | None = None
    """What a transport header or the container declares; the payload may disagree."""
    url: str | None = None
    """Address the page was fetched from."""
    fetched_at: AwareDatetime | None = None
    """UTC time of capture, when a container states it. Never a publication time."""
    source: str | None = None
    """Id of the configured source that delivered it."""


class RawDocument(Provenance):
    """One document as it was delivered: its bytes and where they came from."""

    payload: bytes
    """The raw bytes, containers and compression taken off, charset untouched."""


class Evidence(Frozen):
    """A candidate value of a field, and whether it was chosen."""

    field: str
    """Name of the field of `Article`."""
    value: str
    """As text: times in ISO 8601 UTC, lists joined with ` | `."""
    chosen: bool
    stated: bool
    """False when inferred; such a value is shown here and never stored as a fact."""
    rule: str
    block: int | None = None
    confidence: float = Field(default=1.0, ge=0, le=1)


class Image(Frozen):
    """An image that an article shows."""

    url: str
    """http or https, absolute."""
    caption: str | None = None
    """What stands under it, credit included."""


class Article(Frozen):
    """One news story as published by one site, boilerplate removed."""

    document_id: Sha256
    """sha256 of the raw bytes: joins back to the document."""
    content_hash: Sha256
    """sha256 of the normalised title and body: the identity of what was written."""
    title: str | None = Field(max_length=2_000)
    """None when the page shows none that can be told from the rest."""
    body: str = Field(min_length=1)
    """The kept blocks in reading order, one a line."""
    authors: tuple[str, ...] = ()
    """People, in the order printed; agencies and "admin" are not people."""
    publisher: str | None = None
    """Name of the site or paper, as it calls itself."""
    publisher_domain: str | None = None
    """Registered domain of the page's own address, such as `example.co.uk`."""
    section: str | None = None
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    """ISO 639-1 code (639-3 where there is none) of the text."""
    published_at: AwareDatetime | None = None
    """UTC. None when the page states no date; the crawl time never stands in."""
    published_precision: Precision | None = None
    modified_at: AwareDatetime | None = None
    url: str | None = None
    canonical_url: str | None = None
    """The address the page names as its own, http or https, trackers removed."""
    source: str | None = None
    agency: str | None = None
    """News agency credited with the text, such as `Reuters`."""
    dateline: str | None = None
    """Place named at the start of the text, such as `PARIS`."""
    standfirst: str | None = None
    """What stands between headline and text, one block a line; no part of the body."""
    images: tuple[Image, ...] = ()
    """Of an HTML page: the one its head names first, then those shown, in reading order."""
    word_count: int = Field(ge=0)
    flags: tuple[str, ...] = ()
    """Sorted words: `paywall`, `truncated`, `injected_spam`, `live_blog`, `opinion` ..."""
    line_roles: tuple[Role, ...] = ()
    """One role for each line of the dump or block of the page; empty for records."""
    page_chars: int = Field(ge=0)
    """Characters of text on the page before boilerplate was removed."""
    evidence: tuple[Evidence, ...] = ()
    extractor_version: str


class Rejection(Frozen):
    """An input that did not become an article, and why. A value, not an exception."""

    origin: str
    stage: Stage
    reason: Reason
    detail: str
    """What was met, in words for the person who must decide; no control characters."""
    rule: str
    """The named check that refused, for instance `json_depth`."""
    document_id: Sha256 | None = None
    """None when there are no bytes to speak of: a fifo, a bomb, a broken container."""
    member: str | None = None
    line: int | None = Field(default=None, ge=1)
    byte: int | None = Field(default=None, ge=0)


@dataclass(frozen=True, slots=True)
class Templates:
    """What the pages of every source are known to repeat, at one moment."""

    version: int
    """0 when nothing was ever learned; every change makes the next."""
    lines: Mapping[str, frozenset[str]]
    """Source -> keys (`site_templates.line_key`) of the lines that its pages repeat."""


NO_TEMPLATES = Templates(0, {})


def utc_text(moment: datetime) -> str:
    """Return `moment` as ISO 8601 in UTC with a trailing Z, the one text form of times."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
