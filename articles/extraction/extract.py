"""Which article does each document hold? The recipe: decode, page, roles, fields."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.extraction.claims import article_body
from articles.extraction.cues import WORDS
from articles.extraction.dates import Stamp
from articles.extraction.dom import html_page
from articles.extraction.dump import dump_page
from articles.extraction.evidence import chosen, evidence
from articles.extraction.fields import Fields, read_fields
from articles.extraction.headlines import headline, settled
from articles.extraction.lines import Line, read_lines
from articles.extraction.listing import teasers
from articles.extraction.markdown import plain_page
from articles.extraction.models import Models
from articles.extraction.page import Page
from articles.extraction.publisher import publisher_domains
from articles.extraction.record import RecordPage, filled, record_article
from articles.extraction.record_fields import Claims
from articles.extraction.roles import assign_roles, body_text, holds_another
from articles.extraction.scores import body_scores
from articles.extraction.several import headed, main_of_several
from articles.extraction.site_templates import template_evidence, without_template
from articles.extraction.title import titles
from articles.extraction.tokens import Floats
from articles.identity import content_hash
from articles.model import (
    NO_TEMPLATES,
    Article,
    Evidence,
    Found,
    Image,
    MediaType,
    RawDocument,
    Reason,
    Rejection,
    Stage,
    Templates,
    utc_text,
)
from articles.reading.decode import Decoded, decode

EXTRACTOR_VERSION = "7"  # one more with every change of models or rules that changes answers
FEWEST_WORDS = 8  # a body of fewer words is a label, not an article
LONG_CLAIM = 400  # characters of a JSON-LD articleBody worth taking for the body
CLAIMED_SHARE = 0.35  # of its words; pages that show fewer are drawn by scripts
NO_ARTICLE_FLAGS = frozenset(
    {"bot_wall", "consent_wall", "login_wall", "out_of_service", "soft_404"}
)
"""Flags of pages that stand where an article should be."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A document that is a page, and what a record claims about it."""

    document: RawDocument
    page: Page
    plain: Page
    """The same without marks of Markdown: what is judged. Of `page` the body is made."""
    claims: Claims | None = None


@dataclass(frozen=True, slots=True)
class _Repeated:
    """What the source of one document repeats."""

    version: int
    lines: frozenset[str] = frozenset()


def extract(
    documents: Sequence[RawDocument],
    models: Models | None = None,
    templates: Templates = NO_TEMPLATES,
) -> list[Article | Rejection]:
    """Return the article of each document, or why there is none, in the order given.

    Pure and deterministic. The models judge all pages of a call together, so a batch is cheaper
    than its documents one by one and gives the same answers. `models` stand in for the shipped
    ones in benchmarks. `templates` tell what each source is known to repeat.
    """
    read = [_read(document) for document in documents]
    scores = iter(body_scores([one.plain for one in read if isinstance(one, _Reading)], models))
    return [
        _outcome(one, next(scores), templates) if isinstance(one, _Reading) else one for one in read
    ]


def page_of(document: RawDocument) -> Page | None:
    """Return the page that a document spells, for showing it; None when it spells none."""
    read = _read(document)
    return read.page if isinstance(read, _Reading) else None


def _read(document: RawDocument) -> _Reading | Article | Rejection:
    """Return the page a document spells; a record of clean text is an article already."""
    if document.media_type is MediaType.RECORD:
        record = record_article(document, extractor_version=EXTRACTOR_VERSION)
        if not isinstance(record, RecordPage):
            return record
        page = html_page(document.document_id, record.html, document.url, document.fetched_at)
        return _Reading(document, page, page, record.claims)
    html = document.media_type is MediaType.HTML
    text = decode(document.payload, document.charset, html=html)
    if not isinstance(text, Decoded):
        return _refusal(document, Reason.ENCODING, text.rule, text.detail)
    make = html_page if html else dump_page
    page = make(document.document_id, text.text, document.url, document.fetched_at)
    return _Reading(document, page, plain_page(page))


def _outcome(reading: _Reading, scores: Floats, templates: Templates) -> Article | Rejection:
    found = _article(reading, scores, _repeated(reading, templates))
    if reading.claims is None or isinstance(found, Rejection):
        return found
    return filled(found, reading.claims)


def _repeated(reading: _Reading, templates: Templates) -> _Repeated:
    """Return what the document's source is known to repeat; the warehouse knows it as the same."""
    if not templates.lines:
        return _Repeated(templates.version)
    document, claims = reading.document, reading.claims
    claimed = claims.publisher_domain if claims is not None else None
    source = document.source or claimed or _stated(publisher_domains(reading.page))
    return _Repeated(templates.version, templates.lines.get(source or "", frozenset()))


def _article(reading: _Reading, scores: Floats, repeated: _Repeated) -> Article | Rejection:
    document, page = reading.document, reading.plain
    lines = read_lines(page, scores)
    headlines = settled(page, lines, titles(page, lines))
    title = chosen(headlines)
    title_at = title.block if title and title.block is not None else headline(page, lines)
    main = main_of_several(page, lines, title_at)
    if main is not None:
        headlines = headed(page, headlines, title_at, main)
        title_at = headlines[0].block
    roles = assign_roles(page, lines, title_at)
    roles, out = without_template(reading.page.blocks, roles, repeated.lines)
    body = _fuller(body_text(reading.page, roles), page)
    words = len(WORDS.findall(body))
    if words < FEWEST_WORDS and len(body) < 4 * FEWEST_WORDS:
        detail = f"none of the {len(page.blocks)} blocks reads like an article"
        return _refusal(document, Reason.NO_ARTICLE, "body_words", detail)
    if main is None and (told := teasers(page, lines)) is not None:
        return _refusal(document, Reason.NO_ARTICLE, "teasers", f"a list of teasers: {told}")
    fields = read_fields(page, roles, headlines, body)
    if walls := NO_ARTICLE_FLAGS.intersection(fields.flags):
        detail = f"in place of an article: {', '.join(sorted(walls)).replace('_', ' ')}"
        return _refusal(document, Reason.NO_ARTICLE, "flags", detail)
    time, change = chosen(fields.published_at), chosen(fields.modified_at)
    people = chosen(fields.authors)
    return Article(
        document_id=document.document_id,
        content_hash=content_hash(_stated(fields.title), body),
        title=_stated(fields.title),
        body=body,
        authors=people.value if people else (),
        publisher=_stated(fields.publisher),
        publisher_domain=_stated(fields.publisher_domain),
        section=_stated(fields.section),
        language=_stated(fields.language),
        published_at=time.value.moment if time else None,
        published_precision=time.value.precision if time else None,
        modified_at=change.value.moment if change else None,
        url=document.url,
        canonical_url=_stated(fields.canonical_url),
        source=document.source,
        agency=_stated(fields.agency),
        dateline=_stated(fields.dateline),
        standfirst="\n".join(one.value for one in fields.standfirst) or None,
        images=tuple(one.value for one in fields.images),
        word_count=words,
        flags=tuple(sorted({*fields.flags, *_seen(lines, main)})),
        line_roles=roles,
        page_chars=sum(len(block.text) for block in reading.page.blocks),
        evidence=(*_told(fields), *template_evidence(out, repeated.version)),
        extractor_version=EXTRACTOR_VERSION,
    )


def _seen(lines: Sequence[Line], main: int | None) -> Iterator[str]:
    if main is not None or holds_another(lines):
        yield "several_articles"


def _fuller(body: str, page: Page) -> str:
    """Return the body, or what JSON-LD claims as one when the page shows little of it."""
    claimed = article_body(page.head).strip() if page.head else ""
    if len(claimed) < LONG_CLAIM:
        return body
    shown, said = len(WORDS.findall(body)), len(WORDS.findall(claimed))
    return claimed if shown < CLAIMED_SHARE * said else body


def _stated(found: Sequence[Found[str]]) -> str | None:
    best = chosen(found)
    return best.value if best is not None else None


def _told(fields: Fields) -> Iterator[Evidence]:
    """Yield every candidate of every field as evidence."""
    yield from evidence("title", fields.title, str)
    yield from evidence("published_at", fields.published_at, _moment)
    yield from evidence("modified_at", fields.modified_at, _moment)
    yield from evidence("authors", fields.authors, " | ".join)
    yield from evidence("publisher", fields.publisher, str)
    yield from evidence("publisher_domain", fields.publisher_domain, str)
    yield from evidence("section", fields.section, str)
    yield from evidence("language", fields.language, str)
    yield from evidence("agency", fields.agency, str)
    yield from evidence("dateline", fields.dateline, str)
    yield from evidence("canonical_url", fields.canonical_url, str)
    for text in fields.standfirst:
        yield from evidence("standfirst", [text], str)
    for one in fields.images:
        yield from evidence("images", [one], _image)


def _image(image: Image) -> str:
    return f"{image.url} | {image.caption}" if image.caption else image.url


def _moment(stamp: Stamp) -> str:
    return utc_text(stamp.moment)


def _refusal(document: RawDocument, reason: Reason, rule: str, detail: str) -> Rejection:
    return Rejection(
        origin=document.origin,
        stage=Stage.EXTRACT,
        reason=reason,
        detail=detail,
        rule=rule,
        document_id=document.document_id,
        member=document.member,
        line=document.line,
        byte=document.byte,
    )
