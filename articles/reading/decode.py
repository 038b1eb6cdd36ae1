"""Which text do these bytes spell?

UTF-8 is tried first, then what was declared, then what can be told from the letters; what stays
undecidable is refused. Nothing that is printed is changed: only what never prints is taken out.
"""

import codecs
import re
from dataclasses import dataclass

from w3lib.encoding import html_body_declared_encoding, resolve_encoding

from articles.reading.charset import detected
from articles.reading.kind import wide
from articles.reading.mojibake import beyond_ascii, repaired

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose BOM it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
NEVER_PRINTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufdd0-\ufdef\U000e0000-\U000e007f"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
FEW = 8  # different characters, up to which a pass over the text for each costs less than a pattern
ISO_2022 = re.compile(rb"\x1b\$[@B]|\x1b\(J")
ISO_2022_KR = re.compile(rb"\x1b\$\)C")
HZ = re.compile(rb"~\{[\x21-\x77][\x21-\x7e]")
UTF_7 = re.compile(rb"\+[A-Za-z0-9+/]{2,400}-?")
CESU = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
PRESCAN = 4096  # bytes; browsers look for a meta charset in the first 1,024


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text as printed, with lines ending in a newline, and how it was read."""

    text: str
    charset: str
    rule: str
    """`bom`, `utf_8`, `declared`, `detected`, `repaired` ...: what decided."""


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Bytes that spell no text, or more than one; the caller refuses them as `encoding`."""

    rule: str
    detail: str


def decode(payload: bytes, declared: str | None, *, html: bool) -> Decoded | Undecodable:
    r"""Return the text of a document.

    `declared` is the charset of a transport header; with `html` a meta tag is asked as well. Line
    ends become "\n"; controls, BOMs, tag characters and noncharacters are taken out; mojibake is
    repaired where that is certain.

    >>> decode("na\u00efve".encode("cp1252"), "iso-8859-1", html=False).text
    'naïve'
    """
    read = (
        _by_bom(payload)
        or _by_escapes(payload)
        or _by_utf8(payload)
        or _by_declaration(payload, declared, html=html)
        or _by_damage(payload)
        or _by_detection(payload, html=html)
    )
    if read is None:
        high = sum(byte > 0x7F for byte in payload[:4096])
        told = f"no charset fits for certain; {high} of the first 4,096 bytes are not ASCII"
        return Undecodable("charset", told)
    if isinstance(read, Undecodable):
        return read
    raw = payload if read.rule == "utf_8" else read.text.encode("utf-8", "surrogatepass")
    beyond = beyond_ascii(raw)
    fixed = repaired(read.text, raw, beyond)
    if fixed is read.text:
        return Decoded(cleaned(fixed, beyond), read.charset, read.rule)
    return Decoded(cleaned(fixed), read.charset, f"{read.rule}_repaired")


def cleaned(text: str, beyond: bytes | None = None) -> str:
    r"""Return the text without what never prints, its lines ending in "\n".

    `beyond` is what `beyond_ascii` leaves of the text, where the caller has it.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x0b" in text or "\x0c" in text:
        text = text.replace("\x0b", " ").replace("\x0c", " ")
    if beyond is None:
        beyond = beyond_ascii(text.encode("utf-8", "surrogatepass"))
    if not _may_hold_unprinted(beyond):
        return text
    rest = beyond.decode("utf-8", "surrogatepass")
    return _replaced(_replaced(text, rest, NEVER_PRINTED, ""), rest, LONE, "\ufffd")


def _replaced(text: str, rest: str, pattern: re.Pattern[str], by: str) -> str:
    """Replace the characters of a pattern; `rest` is the text without its printed ASCII."""
    found = set(pattern.findall(rest))
    if len(found) > FEW:
        return pattern.sub(by, text)
    for character in found:
        text = text.replace(character, by)
    return text


def _may_hold_unprinted(beyond: bytes) -> bool:
    """Say whether to look closer: a class of characters costs far more than these patterns."""
    if len(beyond.translate(None, ASCII_CONTROLS)) != len(beyond):
        return True
    return any(pattern.search(beyond) for pattern in UNPRINTED_BYTES)


LONE = re.compile("[\ud800-\udfff]")
ASCII_CONTROLS = bytes([*range(9), *range(14, 32), 127])
UNPRINTED_BYTES = tuple(
    map(
        re.compile,
        (
            rb"\xc2[\x80-\x84\x86-\x9f]",  # C1 controls
            rb"\xef\xbb\xbf",  # BOM
            rb"\xef\xb7[\x90-\xaf]",  # noncharacters
            rb"\xbf[\xbe\xbf]",  # the last two of a plane
            rb"\xed[\xa0-\xbf]",  # half pairs
            rb"\xf3\xa0[\x80\x81]",  # tags
        ),
    )
)
"""What `NEVER_PRINTED` and `LONE` match, in UTF-8, each begun by a literal that is found fast."""


def _by_bom(payload: bytes) -> Decoded | None:
    for bom, charset in BOMS:
        if payload.startswith(bom):
            text = _strict(payload[len(bom) :], charset)
            return None if text is None else Decoded(text, charset, "bom")
    charset_seen = wide(payload[:65536])
    if charset_seen is None:
        return None
    text = _strict(payload, charset_seen)
    return None if text is None else Decoded(text, charset_seen, "utf_16_pattern")


def _by_escapes(payload: bytes) -> Decoded | Undecodable | None:
    """Read the charsets that hide in ASCII; UTF-7 is refused, as browsers do."""
    if not payload.isascii():
        return None
    for pattern, charset in ((ISO_2022, "iso2022_jp_2"), (ISO_2022_KR, "iso2022_kr"), (HZ, "hz")):
        if pattern.search(payload):
            text = _strict(payload, charset)
            if text is not None:
                return Decoded(text, charset, "escapes")
    shifted = sum(map(len, UTF_7.findall(payload)))
    if shifted > 0.3 * len(payload):
        return Undecodable("utf_7", "looks like UTF-7, which nobody reads any more")
    return None


def _by_utf8(payload: bytes) -> Decoded | None:
    text = _strict(payload, "utf-8")
    return None if text is None else Decoded(text, "utf-8", "utf_8")


def _by_declaration(payload: bytes, declared: str | None, *, html: bool) -> Decoded | None:
    """Believe a declared charset when the bytes obey it, its label read as browsers read it."""
    labels = [declared] if declared else []
    if html and (meta := html_body_declared_encoding(payload[:PRESCAN])):
        labels.append(meta)
    for label in labels:
        charset = resolve_encoding(label)
        if charset is None or charset.startswith("utf"):
            continue
        text = _strict(payload, charset)
        if text is not None and not C1.search(text):
            return Decoded(text, charset, "declared")
    return None


C1 = re.compile("[\x80-\x84\x86-\x9f]")


def _by_damage(payload: bytes) -> Decoded | None:
    """Read UTF-8 that is broken in a few places: by line where a line is all cp1252."""
    joined = CESU.sub(_pair, payload)
    text = _strict(joined, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8", "surrogate_pairs_joined")
    lines = [_line(line) for line in joined.split(b"\n")]
    sound = [line for line in lines if line is not None]
    if len(sound) < len(lines) or not any(not line.isascii() for line in joined.split(b"\n")):
        return None
    return None if not _mixed(joined) else Decoded("\n".join(sound), "utf-8", "mixed_lines")


def _pair(found: re.Match[bytes]) -> bytes:
    units = found.group().decode("utf-8", "surrogatepass")
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode()


def _mixed(payload: bytes) -> bool:
    """Say whether some line is sound UTF-8 beyond ASCII: then the file is UTF-8 at heart."""
    return any(
        not line.isascii() and _strict(line, "utf-8") is not None for line in payload.split(b"\n")
    )


def _line(raw: bytes) -> str | None:
    text = _strict(raw, "utf-8")
    if text is not None:
        return text
    reading = detected(raw)
    return reading.text if reading is not None and reading.charset == "cp1252" else None


def _by_detection(payload: bytes, *, html: bool) -> Decoded | None:
    reading = detected(payload, html=html)
    return None if reading is None else Decoded(reading.text, reading.charset, "detected")


def _strict(payload: bytes, charset: str) -> str | None:
    try:
        return payload.decode(charset)
    except (ValueError, LookupError):  # "charset=undefined", as broken templates write it
        return None
