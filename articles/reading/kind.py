"""What kind of file is this, by its first bytes and its name together?

Bytes that can be nothing else win over a lying name; where bytes leave it open the name decides.
"""

import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache

from articles.model import Reason
from articles.reading.place import Refused
from articles.reading.streams import UNPACKERS


class Kind(Enum):
    """How a file is read."""

    EMPTY = "empty"
    PACKED = "packed"
    ZIP = "zip"
    TAR = "tar"
    WARC = "warc"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    TEXT = "text"


BINARY = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a RIFF file (WebP, WAV, AVI)",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"%PDF-": "a PDF",
    b"\x7fELF": "a program (ELF)",
    b"\xcf\xfa\xed\xfe": "a program (Mach-O)",
    b"\xca\xfe\xba\xbe": "a Java class",
    b"\x00asm": "a WebAssembly module",
    b"ID3": "an MP3",
    b"OggS": "an Ogg file",
    b"fLaC": "a FLAC file",
    b"PAR1": "a Parquet file",
    b"ARROW1": "an Arrow file",
    b"ORC": "an ORC file",
    b"Obj\x01": "an Avro file",
    b"SQLite format 3\x00": "an SQLite database",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"{\\rtf": "an RTF document",
    b"wOFF": "a font",
    b"wOF2": "a font",
}
UNSUPPORTED = {
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\x04\x22\x4d\x18": "lz4",
    b"7z\xbc\xaf\x27\x1c": "7-zip",
    b"Rar!\x1a\x07": "RAR",
    b"\x1f\x9d": "compress",
}
"""Packers that the standard library does not open."""
FOREIGN = re.compile(
    r"py|pyc|js|mjs|ts|css|scss|map|svg|sh|bat|ps1|sql|yml|yaml|toml|ini|cfg|conf|c|h|cpp|"
    r"java|go|rs|rb|tex|bib|srt|vtt|ics|vcf|eml|mbox|pem|key|exe|dll|so|bin|dat|pkl|pickle"
    r"|npy|npz|pt|h5|parquet|duckdb|db|sqlite|doc|docx|xls|xlsx|ppt|pptx|odt|ods|odp|epub|"
    r"mobi|apk|jar|png|jpg|jpeg|gif|webp|ico|bmp|tif|tiff|mp3|mp4|m4a|avi|mov|wav|ogg|webm"
    r"|woff|woff2|ttf|otf|cdx|cdxj"
)
"""Extensions that promise no news, whatever the bytes look like."""
ZIPPED_OFFICE = re.compile(
    rb"^PK\x03\x04.{22}.{4}(?:\[Content_Types\]|_rels/|mimetype|META-INF/)", re.DOTALL
)
JSON_START = re.compile(
    rb"\s*(?:\{\s*(?:\}|\"[^\"\n]{0,200}\"\s*:)|\[\s*\{\s*\"[^\"\n]{0,200}\"\s*:)"
)
HTML_START = re.compile(
    rb"\s{0,1000}(?:<!--.{0,2000}?-->\s{0,100}){0,3}"
    rb"<(?:!doctype\s+html|(?:html|head|body|article|main|meta|title|div|p|h1)[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
XML_START = re.compile(
    rb"\s{0,1000}<(?:\?xml|!entity|!doctype(?!\s+html)|rss|feed|urlset|sitemapindex|rdf:RDF)[\s>?]",
    re.IGNORECASE,
)
XHTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
ENTITY = re.compile(rb"<!ENTITY|<!DOCTYPE[^>\[]{0,500}(?:SYSTEM|PUBLIC|\[)", re.IGNORECASE)
CONTROLS = bytes(range(1, 9)) + bytes(range(0x10, 0x1B)) + b"\x1c\x1d\x1e\x1f\x7f"
"""Bytes that no charset uses in text; UTF-16 has NUL, ISO 2022 has SO, SI and ESC."""
CONTROL_SHARE = 0.02  # noise has 10 %: 26 of 256 byte values
NUL_SHARE = 0.02  # the same for NUL, where it is no UTF-16


def kind_of(name: str, head: bytes) -> Kind:
    """Return how to read a file of this name that starts with these (up to 64 KiB) bytes.

    Raises `Refused` with `binary`, `unsupported_type` or `entity` for what is no news.

    >>> kind_of("page.txt", b"<!doctype html><title>Rain</title>")
    <Kind.HTML: 'html'>
    """
    if not head:
        return Kind.EMPTY
    container = _container(head, extension(name))
    if container is not None:
        return container
    refuse_foreign(name, head)
    text = as_ascii(head)
    if XML_START.match(text) and not XHTML.search(text[:4096]):
        _refuse_xml(text)
    return _text_kind(extension(name), text)


@lru_cache(maxsize=64)
def extension(name: str) -> str:
    """Return the extension in lower case, those of packers taken off.

    >>> extension("dir.d/News.JSONL.gz"), extension("README")
    ('jsonl', '')
    """
    last = re.split(r"[/\\]", name)[-1].lower()
    last = re.sub(r"(?:\.(?:gz|bz2|xz|gzip))+$", "", last[-300:])
    if last.endswith(".tgz"):
        return "tar"
    found = re.search(r"[^.]\.([a-z0-9]{1,8})$", last)
    return found.group(1) if found else ""


def _container(head: bytes, ending: str) -> Kind | None:
    if head.startswith(tuple(UNPACKERS)):
        return Kind.PACKED
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if FOREIGN.fullmatch(ending) or ZIPPED_OFFICE.match(head):
            raise Refused(Reason.UNSUPPORTED_TYPE, "zipped_document", "an Office file, app or book")
        return Kind.ZIP
    if head[257:262] == b"ustar":
        return Kind.TAR
    if head.lstrip(b"\r\n").startswith(b"WARC/"):
        return Kind.WARC
    return {"zip": Kind.ZIP, "tar": Kind.TAR}.get(ending)


def refuse_foreign(name: str, head: bytes) -> None:
    """Raise `Refused` when these bytes, or what the name promises, can be no text."""
    if (what := _begun(head, BINARY)) is not None:
        raise Refused(Reason.BINARY, "magic", f"the bytes are {what}")
    if (what := _begun(head, UNSUPPORTED)) is not None:
        raise Refused(Reason.UNSUPPORTED_TYPE, "packer", f"packed with {what}")
    if is_binary(head):
        raise Refused(Reason.BINARY, "control_bytes", "the bytes are not text in any charset")
    if FOREIGN.fullmatch(extension(name)):
        raise Refused(Reason.UNSUPPORTED_TYPE, "extension", f"a .{extension(name)} file is no news")


def _begun(head: bytes, magics: Mapping[bytes, str]) -> str | None:
    """Return what begins with these bytes; most begin with none, and that is told at once."""
    if not head.startswith(tuple(magics)):
        return None
    return next(what for magic, what in magics.items() if head.startswith(magic))


def is_binary(head: bytes) -> bool:
    """Say whether these bytes can be text in no charset.

    >>> is_binary(bytes(range(256))), is_binary("Zoë".encode("utf-16"))
    (True, False)
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or wide(head):
        return False
    controls = len(head) - len(head.translate(None, CONTROLS))
    return controls > CONTROL_SHARE * len(head) or head.count(0) > NUL_SHARE * len(head) + 8


def wide(head: bytes) -> str | None:
    """Return which UTF-16 has this many NULs on one side of its pairs, or None.

    >>> wide("Rain in May".encode("utf-16-be"))
    'utf-16-be'
    """
    if b"\x00" not in head:
        return None
    even, odd = head[: len(head) & ~1 : 2], head[1 : len(head) & ~1 : 2]
    if not odd or len(head) < 8:
        return None
    high, low = even.count(0) / len(even), odd.count(0) / len(odd)
    if high > 0.1 and low < 0.01:
        return "utf-16-be"
    return "utf-16-le" if low > 0.1 and high < 0.01 else None


def as_ascii(head: bytes) -> bytes:
    """Return the bytes with a BOM and the NULs of UTF-16 taken off, for looking at markup."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or wide(head):
        return head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _refuse_xml(text: bytes) -> None:
    if ENTITY.search(text):
        raise Refused(
            Reason.ENTITY, "xml_entity", "XML that declares entities or a DTD is not read"
        )
    raise Refused(Reason.UNSUPPORTED_TYPE, "xml", "XML, a feed or a sitemap: no article's text")


def _text_kind(ending: str, text: bytes) -> Kind:
    if ending in ("json", "jsonl", "ndjson"):
        return Kind.JSON
    if ending in ("csv", "tsv", "tab"):
        return Kind.CSV
    if ending in ("xml", "rss", "atom", "rdf"):
        if HTML_START.match(text) or _xhtml(text):
            return Kind.HTML
        raise Refused(Reason.UNSUPPORTED_TYPE, "xml", f"a .{ending} file that is no page")
    if ending == "warc":
        raise Refused(Reason.MALFORMED_WARC, "warc_start", "no WARC record at the start")
    if ending in ("html", "htm", "xhtml", "shtml") or HTML_START.match(text) or _xhtml(text):
        return Kind.HTML
    return Kind.JSON if JSON_START.match(text) else Kind.TEXT


def _xhtml(text: bytes) -> bool:
    return text.lstrip()[:5].lower() == b"<?xml" and XHTML.search(text[:4096]) is not None
