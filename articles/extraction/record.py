"""Which article does a record state, field by field?

A record names its fields, so little has to be found; but a name is no proof. What cannot be read
as what its name promises stays out of the article and stands in the evidence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from articles.extraction.record_fields import (
    CLAIMED,
    VALUE_CHARS,
    Claims,
    Given,
    claims_of,
    excerpt,
)
from articles.identity import content_hash
from articles.model import Article, RawDocument, Reason, Rejection, Stage
from articles.reading.decode import Decoded, cleaned, decode
from articles.reading.fields import FIELD_OF, NAMES
from articles.reading.json_value import BadJson, json_value, repeated
from articles.reading.limits import Limits
from articles.reading.mojibake import repaired
from articles.reading.place import shown

WORD = re.compile(r"\w")
MARKUP = re.compile(
    r"</(?:p|div|article|section|h[1-6]|ul|blockquote)>|<(?:p|br|br ?/)>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A record whose text is markup: to be extracted as a page, its claims then filled in."""

    html: str
    claims: Claims


def record_article(
    document: RawDocument,
    *,
    extractor_version: str,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Article | RecordPage | Rejection:
    """Return the article of a record, the page it carries, or why it has neither.

    `document.payload` is one JSON object, as `articles.reading.read` gives it. Clean text is taken
    as it is: only what never prints, blank lines and spaces at line ends go.
    """
    record = _object(document, limits)
    if isinstance(record, Rejection):
        return record
    given = _by_field(record)
    if twice := [name for name in repeated(record) if name.lower() in FIELD_OF]:
        told = f"{twice[0]} is given twice, with different values"
        return _refused(document, Reason.BAD_FIELD, "record_key_twice", told)
    html = next((v for _, v in given.get("html", ()) if isinstance(v, str) and v.strip()), None)
    text = _text(document, given) if html is None else html
    if isinstance(text, Rejection):
        return text
    if html is not None or len(MARKUP.findall(text[:20_000])) > 1:
        return RecordPage(cleaned(text), claims_of(record, given, ""))
    body = _lines(text)
    if not WORD.search(body):
        return _refused(document, Reason.EMPTY, "record_text_blank", "the text is blank")
    return _article(document, body, claims_of(record, given, body), extractor_version)


def filled(article: Article, claims: Claims) -> Article:
    """Return the article of a record's page with the record's claims where they say more.

    What the record names wins over what was found on the page: its maker saw the page too, and
    its names are no guess. Both stay in the evidence.
    """
    said = {
        name: value
        for name in CLAIMED
        if (value := getattr(claims, name)) is not None and value != ()
    }
    if claims.published_at is None:
        said.pop("published_precision", None)
    if "title" in said:
        said["content_hash"] = content_hash(claims.title, article.body)
    overruled = {item.field for item in claims.evidence if item.chosen}
    kept = tuple(
        item.model_copy(update={"chosen": False}) if item.field in overruled else item
        for item in article.evidence
    )
    return article.model_copy(update={**said, "evidence": claims.evidence + kept})


def _refused(document: RawDocument, reason: Reason, rule: str, detail: str) -> Rejection:
    return Rejection(
        origin=document.origin,
        stage=Stage.CHECK,
        reason=reason,
        rule=rule,
        detail=shown(detail)[:VALUE_CHARS],
        document_id=document.document_id,
        member=document.member,
        line=document.line,
        byte=document.byte,
    )


def _object(document: RawDocument, limits: Limits) -> Mapping[str, object] | Rejection:
    text = decode(document.payload, document.charset, html=False)
    if not isinstance(text, Decoded):
        return _refused(document, Reason.ENCODING, text.rule, text.detail)
    value = json_value(text.text, limits.json_depth)
    if isinstance(value, BadJson):
        return _refused(document, value.reason, value.rule, value.detail)
    if not isinstance(value, dict):
        return _refused(document, Reason.BAD_FIELD, "record_object", "no JSON object")
    return value


def _by_field(record: Mapping[str, object]) -> Given:
    by_name = {name.lower(): (name, value) for name, value in record.items()}
    return {
        field: [by_name[name] for name in names if by_name.get(name, ("", None))[1] is not None]
        for field, names in NAMES.items()
    }


def _text(document: RawDocument, given: Given) -> str | Rejection:
    texts = given["text"]
    if not texts:
        told = f"none of {', '.join(NAMES['text'])} is there"
        return _refused(document, Reason.MISSING_FIELD, "record_text", told)
    readable = [value for _, value in texts if isinstance(value, str)]
    if not readable:
        name, value = texts[0]
        told = f"{name} is no text but {excerpt(value)}"
        return _refused(document, Reason.BAD_FIELD, "record_text", told)
    return next((text for text in readable if text.strip()), "")


def _lines(text: str) -> str:
    lines = (line.strip() for line in repaired(cleaned(text)).split("\n"))
    return "\n".join(line for line in lines if line)


def _article(document: RawDocument, body: str, claims: Claims, version: str) -> Article:
    return Article(
        document_id=document.document_id,
        content_hash=content_hash(claims.title, body),
        body=body,
        source=document.source,
        word_count=len(body.split()),
        page_chars=len(body),
        extractor_version=version,
        evidence=claims.evidence,
        **{name: getattr(claims, name) for name in CLAIMED},
    )
