"""Which values do a record's fields state, and which can nobody read?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from articles.extraction.date_patterns import Reading
from articles.extraction.dates import Stamp, read_claim, read_stamps
from articles.extraction.language import declared_code, language
from articles.identity.urls import canonical_url, registered_domain
from articles.model import Evidence, Precision, utc_text
from articles.reading.decode import cleaned
from articles.reading.fields import FIELD_OF
from articles.reading.json_value import json_bytes
from articles.reading.mojibake import repaired
from articles.reading.place import shown

VALUE_CHARS = 300  # of a value in the evidence; the whole stands in the archive
TITLE_CHARS = 2_000  # the bound of `Article.title`
AUTHORS = 100  # a paper of the whole newsroom; a list of thousands is a mistake
METADATA = 50  # unknown fields kept in the evidence
DIGIT = re.compile(r"\d")
NO_PERSON = re.compile(
    r"(?:admin|administrator|editor|staff|newsroom|webmaster|unknown|none)", re.IGNORECASE
)
AND = re.compile(r"\s*(?:;|\||\s(?:and|und|et|y|e|&)\s)\s*")
UNSAFE_URL = re.compile(r"[\x00-\x20\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
USERINFO = re.compile(r"^(https?://)[^/?#@]*@", re.IGNORECASE)


CLAIMED = (
    "title",
    "authors",
    "publisher",
    "publisher_domain",
    "language",
    "published_at",
    "published_precision",
    "url",
    "canonical_url",
)


Given = Mapping[str, Sequence[tuple[str, object]]]
"""Field -> (name as written, value), the surest name first; nulls left out."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a record says about its article, read as far as it can be read."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    publisher_domain: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    published_precision: Precision | None = None
    url: str | None = None
    canonical_url: str | None = None
    evidence: tuple[Evidence, ...] = ()
    """Every value met, chosen or not, unknown fields as `metadata.name`."""


@dataclass(slots=True)
class _Notes:
    """Evidence being written down."""

    items: list[Evidence] = field(default_factory=list)

    def add(
        self, name: str, value: object, rule: str, *, chosen: bool, stated: bool = True
    ) -> None:
        self.items.append(
            Evidence(field=name, value=excerpt(value), chosen=chosen, stated=stated, rule=rule)
        )


def claims_of(record: Mapping[str, object], given: Given, body: str) -> Claims:
    """Return what a record claims; `body` is its clean text, empty when it carries a page."""
    notes = _Notes()
    stamp = _published(given["published_at"], notes)
    url = _url(given["url"], notes)
    publisher, domain = _publisher(given["publisher"], notes)
    claims = Claims(
        title=_title(given["title"], notes),
        authors=_authors(given["authors"], notes),
        publisher=publisher,
        publisher_domain=(registered_domain(url) if url else None) or domain,
        language=_language(given["language"], body, notes),
        published_at=stamp.moment if stamp else None,
        published_precision=stamp.precision if stamp else None,
        url=url,
        canonical_url=canonical_url(url) if url else None,
    )
    unknown = [name for name in record if name.lower() not in FIELD_OF][:METADATA]
    for name in unknown:
        notes.add(f"metadata.{shown(name[:100])}", record[name], "record_field", chosen=False)
    return Claims(**{name: getattr(claims, name) for name in CLAIMED}, evidence=tuple(notes.items))


def _title(given: Sequence[tuple[str, object]], notes: _Notes) -> str | None:
    chosen = None
    for _, value in given:
        text = " ".join(repaired(cleaned(value)).split()) if isinstance(value, str) else ""
        if not text or len(text) > TITLE_CHARS:
            notes.add("title", value, "record_no_title", chosen=False, stated=False)
        else:
            notes.add("title", text, "record_field", chosen=chosen is None)
            chosen = chosen or text
    return chosen


def _published(given: Sequence[tuple[str, object]], notes: _Notes) -> Stamp | None:
    """Return the first date that can be read one way only; the other readings are written down."""
    chosen = None
    for _, value in given:
        text = excerpt(value) if isinstance(value, str | int | float) else ""
        stamp = read_claim(text.partition(".")[0] if text.replace(".", "").isdigit() else text)
        if stamp is None or DIGIT.search(text.strip()[stamp.end :]):  # "2024-01-01T25:00:00"
            _unread_date(text or value, notes)
            continue
        rule = "record_field" if stamp.has_zone or _is_day(stamp) else "record_naive_as_utc"
        notes.add("published_at", utc_text(stamp.moment), rule, chosen=chosen is None)
        chosen = chosen or stamp
    return chosen


def _is_day(stamp: Stamp) -> bool:
    return stamp.precision not in (Precision.SECOND, Precision.MINUTE)


def _unread_date(value: object, notes: _Notes) -> None:
    readings = read_stamps(value[:200]) if isinstance(value, str) else []
    several = [stamp for stamp in readings if stamp.reading is not Reading.CERTAIN]
    for stamp in several:
        notes.add(
            "published_at",
            utc_text(stamp.moment),
            "record_ambiguous_day",
            chosen=False,
            stated=False,
        )
    if not several:
        notes.add("published_at", value, "record_no_date", chosen=False, stated=False)


def _url(given: Sequence[tuple[str, object]], notes: _Notes) -> str | None:
    chosen = None
    for _, value in given:
        text = value.strip() if isinstance(value, str) else ""
        if UNSAFE_URL.search(text) or canonical_url(text) is None:
            notes.add("url", value, "record_bad_url", chosen=False, stated=False)
            continue
        text = USERINFO.sub(r"\1", text)
        notes.add("url", text, "record_field", chosen=chosen is None)
        chosen = chosen or text
    return chosen


def _publisher(given: Sequence[tuple[str, object]], notes: _Notes) -> tuple[str | None, str | None]:
    """Return the name of the publisher, and its domain where a field gives that instead."""
    name = domain = None
    for _, value in given:
        # schema.org: {"@type": "Organization", "name": "..."}
        said = value.get("name") if isinstance(value, dict) else value
        text = " ".join(cleaned(said).split())[:VALUE_CHARS] if isinstance(said, str) else ""
        address = re.fullmatch(r"(?:https?://)?([\w-]+(?:\.[\w-]+)+)(?:/\S*)?", text)
        found = registered_domain(f"https://{address.group(1)}") if address else None
        if found:
            domain = domain or found
            notes.add("publisher_domain", found, "record_field", chosen=domain == found)
        elif text:
            notes.add("publisher", text, "record_field", chosen=name is None)
            name = name or text
        elif value is not None:
            notes.add("publisher", value, "record_no_name", chosen=False, stated=False)
    return name, domain


def _authors(given: Sequence[tuple[str, object]], notes: _Notes) -> tuple[str, ...]:
    names: list[str] = []
    for _, value in given:
        names += [name for name in _names(value) if name not in names]
        if names:
            break
    people = [name for name in names if not NO_PERSON.fullmatch(name)][:AUTHORS]
    if people:
        notes.add("authors", " | ".join(people), "record_field", chosen=True)
    elif given:
        notes.add("authors", given[0][1], "record_no_person", chosen=False, stated=False)
    return tuple(people)


def _names(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for item in value[:AUTHORS]:
            yield from _names(item)
    elif isinstance(value, dict):
        yield from _names(value.get("name"))
    elif isinstance(value, str):
        text = re.sub(r"^by\s+", "", " ".join(cleaned(value[:5_000]).split()), flags=re.IGNORECASE)
        parts = AND.split(text)
        if len(parts) == 1 and text.count(" ") > text.count(",") * 2 > 0:  # not "Smith, Ann"
            parts = text.split(",")
        yield from (part.strip() for part in parts if 0 < len(part.strip()) <= VALUE_CHARS)


def _language(given: Sequence[tuple[str, object]], body: str, notes: _Notes) -> str | None:
    declared = next((value for _, value in given if isinstance(value, str)), None)
    code = declared_code(declared)
    found = language(body, declared) if body else None
    if code:
        chosen = found is None or not found.stated or found.value == code
        notes.add("language", code, "record_field", chosen=chosen)
        if chosen:
            return code
    if found is None or not found.stated:
        return None
    notes.add("language", found.value, found.rule, chosen=True)
    return found.value


def excerpt(value: object) -> str:
    """Return the start of a value, safe to print and store."""
    text = value if isinstance(value, str) else json_bytes(value).decode()
    return shown(text[: 4 * VALUE_CHARS])[:VALUE_CHARS]
