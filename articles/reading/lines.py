"""What are the lines of a file that may never end one?"""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass

from articles.reading.kind import wide
from articles.reading.streams import CHUNK, buffered

WIDE_BOMS = {
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16, whose BOM it starts with
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line and where it stands."""

    raw: bytes
    """With its newline."""
    number: int
    """1-based."""
    byte: int
    """Offset of its first byte in the stream."""
    cut: bool
    """True when it was longer than allowed; `raw` is then only its start."""


def lines(stream: io.BufferedReader, most: int) -> Iterator[Line]:
    r"""Yield the lines of a stream, split on b"\n" bytes only, each at most `most` bytes.

    U+2028, U+0085 and a lone carriage return are legal inside a JSON string and split nothing.
    """
    byte = number = 0
    while raw := stream.readline(most + 1):
        number += 1
        cut = len(raw) > most and not raw.endswith(b"\n")
        yield Line(raw, number, byte, cut)
        byte += len(raw)
        while cut and (skipped := stream.readline(CHUNK)):
            byte += len(skipped)
            cut = not skipped.endswith(b"\n")


def utf8_stream(stream: io.BufferedReader) -> io.BufferedReader:
    """Return the stream without a BOM, and transcoded where it is UTF-16 or UTF-32.

    Other charsets pass as they are: their newlines are those of ASCII.
    """
    head = stream.peek(CHUNK)
    if head.startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))
        return stream
    for bom, charset in WIDE_BOMS.items():
        if head.startswith(bom):
            stream.read(len(bom))
            return _transcoded(stream, charset)
    charset_without_bom = wide(head)
    return _transcoded(stream, charset_without_bom) if charset_without_bom else stream


def rejoined(first: bytes, rest: io.BufferedReader) -> io.BufferedReader:
    """Return a stream that gives `first` again, then the rest."""
    held = io.BytesIO(first)
    return buffered(lambda most: held.read(most) or rest.read(most))


def _transcoded(stream: io.BufferedReader, charset: str) -> io.BufferedReader:
    decoder = codecs.getincrementaldecoder(charset)("replace")
    held = io.BytesIO()

    def pull(most: int) -> bytes:
        nonlocal held
        while not (piece := held.read(most)):
            chunk = stream.read(CHUNK)
            text = decoder.decode(chunk, final=not chunk)
            if not text and not chunk:
                return b""
            held = io.BytesIO(text.encode())
        return piece

    return buffered(pull)
