"""Is this answer a page, and does the page say something to crawlers?

Only what a crawl must know is read here, from the first bytes and with bounded searches; what the
page tells its readers is for extraction, later, from the archive.
"""

import re
import string
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from urllib.parse import quote

from scrapy.http import Response

from spiders.faults import Fault, FetchFailed
from spiders.packing import unpacked

HEAD_BYTES = 65_536
"""Where robots and refresh metas stand; a head is rarely longer."""
TEXT_TYPES = frozenset(
    {"", "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"}
    | {"application/xml", "text/xml", "text/vnd.wap.wml"}
)
FOREIGN = {
    b"%PDF-": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"PK\x03\x04": "zip",
    b"\x1f\x8b": "gzip",
    b"RIFF": "RIFF",
    b"\0\0\0\x18ftyp": "MP4",
    b"ID3": "MP3",
}
META = re.compile(rb"<meta\s([^<>]{1,2000})>", re.IGNORECASE)
ATTRIBUTE = re.compile(
    rb"""([a-z:-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]{0,1500})"|'([^']{0,1500})'|([^\s"'>]{1,500}))""",
    re.IGNORECASE,
)
WANTED = re.compile(rb"refresh|robots|tdm-res", re.IGNORECASE)
HIDDEN = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(noscript|script|template)[\s>].*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL
)
"""Where a refresh is for other readers: a remark, or for browsers whose scripts are off."""
TAGS = re.compile(rb"<[^<>]*>")
REFRESH = re.compile(
    r"\s{0,9}(\d{1,6})(?:\.\d{0,6})?\s{0,9}[;,]\s{0,9}url\s{0,9}=\s{0,9}(.+)", re.IGNORECASE
)
CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
LEAST_TEXT = 200
"""Bytes; of a page with less of it any change counts."""
LONG_RUN = 80
"""Bytes between two tags; what is longer outside paragraphs may be the story (docs/adr/0162)."""
REFRESH_SECONDS = 5
"""A refresh after longer is a page that renews itself."""
NO_AI = re.compile(r"(?:^|[,\s:])(?:noai|notrain|tdm-reservation)(?:[,\s]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """An answer of status 200 that may be read."""

    body: bytes
    """Unpacked."""
    metas: dict[str, str]
    """Of the head's first bytes: name, property or http-equiv in lower case, and content."""
    body_hash: bytes
    text_hash: bytes | None
    """Of the paragraphs and the headline; None when the page has no paragraphs."""

    def refresh(self) -> str | None:
        """Return where a meta refresh sends the reader at once, as written."""
        return refreshed(self.metas.get("refresh", ""))


def refreshed(said: str) -> str | None:
    """Return where a refresh, of a meta or a header, sends the reader at once, as written."""
    found = REFRESH.match(said[:2_000])
    if found is None or int(found[1]) > REFRESH_SECONDS:
        return None
    return found[2].strip().strip("'\"") or None


def page_of(response: Response, most: int) -> Page:
    """Return the page in an answer; raises `FetchFailed` when it holds none."""
    body = unpacked(response.body, encodings(response), most)
    if not body.strip():
        raise FetchFailed(Fault.EMPTY, "the answer has no body")
    _check_type(header(response, "Content-Type"), body)
    return page_in(body)


def page_in(body: bytes) -> Page:
    """Return the page in an unpacked body."""
    return Page(
        body=body,
        metas=_metas(body[:HEAD_BYTES]),
        body_hash=sha256(body).digest()[:8],
        text_hash=_text_hash(body),
    )


def opt_out(response: Response, metas: dict[str, str]) -> str | None:
    """Return the words in which a page reserves text and data mining, or None.

    X-Robots-Tag and robots meta with `noai`; the TDM Reservation Protocol's header and meta.
    """
    said = [f"X-Robots-Tag: {value}" for value in headers(response, "X-Robots-Tag")]
    said += [f"meta {name}: {metas[name]}" for name in ("robots", "newsmill") if name in metas]
    for words in said:
        if NO_AI.search(words):
            return words[:200]
    if header(response, "TDM-Reservation").strip() == "1":
        return "TDM-Reservation: 1"
    if metas.get("tdm-reservation", "").strip() == "1":
        return "meta tdm-reservation: 1"
    return None


def header(response: Response, name: str) -> str:
    """Return a header's first value; empty when it is missing."""
    value = response.headers.get(name)
    return "" if value is None else value.decode("latin-1")


def location(response: Response) -> str:
    """Return where an answer says to go on, as written; empty when it does not say.

    Servers send raw UTF-8; bytes of another charset reach the server again as they are, escaped.
    """
    value = response.headers.get("Location") or b""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return quote(value, safe=string.printable)


def headers(response: Response, name: str) -> list[str]:
    """Return every value of a header."""
    return [value.decode("latin-1") for value in response.headers.getlist(name)]


def encodings(response: Response) -> list[str]:
    """Return the content encodings of a body, in the order they were applied."""
    return [name for value in headers(response, "Content-Encoding") for name in value.split(",")]


def charset(response: Response) -> str | None:
    """Return the charset that the Content-Type declares."""
    found = CHARSET.search(header(response, "Content-Type"))
    return found[1] if found else None


def _check_type(content_type: str, body: bytes) -> None:
    for magic, name in FOREIGN.items():
        if body.startswith(magic):
            raise FetchFailed(Fault.UNSUPPORTED_TYPE, f"the body is {name}")
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in TEXT_TYPES and body.lstrip()[:1] != b"<":
        raise FetchFailed(Fault.UNSUPPORTED_TYPE, f"Content-Type {kind[:60]!r}")


def _metas(head: bytes) -> dict[str, str]:
    metas = _named(head)
    if "refresh" in metas and (hidden := HIDDEN.sub(b"", head)) != head:
        metas.pop("refresh")
        metas |= {name: text for name, text in _named(hidden).items() if name == "refresh"}
    return metas


def _named(head: bytes) -> dict[str, str]:
    metas: dict[str, str] = {}
    for found in META.finditer(head):
        if not WANTED.search(found[1]):
            continue  # 16 of 17 metas of a page are for other programs
        attributes = {
            match[1].lower(): unescape(_text(match[2] or match[3] or match[4] or b""))
            for match in ATTRIBUTE.finditer(found[1])
        }
        name = attributes.get(b"name") or attributes.get(b"http-equiv") or ""
        if name and b"content" in attributes:
            key = name.strip().lower()
            known = metas.get(key)
            metas[key] = (
                attributes[b"content"] if known is None else f"{known}, {attributes[b'content']}"
            )
    return metas


def _text(written: bytes) -> str:
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        return written.decode("latin-1")


def _text_hash(body: bytes) -> bytes | None:
    """Hash the story without what is around it: what `p` and `h1` hold, and long runs elsewhere."""
    shown = _without(_without(body, b"<script", b"</script"), b"<style", b"</style")
    pieces: list[bytes] = []
    for tag, end in ((b"<h1", b"</h1"), (b"<p", b"</p")):
        pieces += [
            piece.partition(b">")[2].partition(end)[0].strip()
            for piece in shown.split(tag)[1:]
            if piece[:1] in (b">", b" ", b"\n", b"\t")  # not <picture>, <path>, <pre>
        ]
    between = (piece.rpartition(b">")[2] for piece in shown.split(b"<") if len(piece) > LONG_RUN)
    pieces += [run.strip() for run in between if len(run) > LONG_RUN]
    text = TAGS.sub(b"", b"\n".join(pieces))
    return sha256(text).digest()[:8] if len(text) > LEAST_TEXT else None


def _without(body: bytes, tag: bytes, end: bytes) -> bytes:
    first, *rest = body.split(tag)
    return first + b"".join(piece.partition(end)[2] for piece in rest)
