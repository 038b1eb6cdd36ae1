"""Which records does a JSON file hold: one object, an array, or one a line?"""

import codecs
import io
import json
import re
from collections.abc import Iterator

from articles.model import MediaType, RawDocument, Reason, Rejection
from articles.reading.decode import Decoded, decode
from articles.reading.json_value import DECODER, BadJson, json_value
from articles.reading.kind import extension
from articles.reading.limits import Limits
from articles.reading.lines import Line, lines, rejoined, utf8_stream
from articles.reading.place import Place
from articles.reading.streams import CHUNK

BLANK = b" \t\r\n"
BETWEEN = re.compile(r"[\s,]*")
OPENING = re.compile(r"\[(?=\s*(?:[\[{\]]|$))")  # of an array of records; ["a"] is one odd value


def json_documents(
    place: Place, stream: io.BufferedReader, limits: Limits
) -> Iterator[RawDocument | Rejection]:
    """Yield the records of a JSON file, whatever its extension claims about its shape.

    Lines are counted from 1. A line or element that holds no object is refused with the
    sha256 of its bytes, and its neighbours live.
    """
    stream = utf8_stream(stream)
    first = _first_line(stream, limits)
    rest = rejoined(first, stream)
    start = first.strip(BLANK)
    if start.startswith(b"["):
        yield from _elements(place, rest, limits)
    elif start == b"{" or (start and not _by_line(place) and not _is_value(start)):
        yield from _elements(place, rest, limits)  # objects printed over several lines
    else:
        for line in lines(rest, limits.document_bytes):
            yield from _record_line(place, line, limits)


def record(
    place: Place, raw: bytes, limits: Limits, *, line: int, byte: int | None = None
) -> RawDocument | Rejection:
    """Return the record that `raw` holds, or why it holds none."""
    text = decode(raw, None, html=False)
    if not isinstance(text, Decoded):
        return place.refuse(
            Reason.ENCODING, text.rule, text.detail, payload=raw, line=line, byte=byte
        )
    value = json_value(raw.decode() if text.charset == "utf-8" else text.text, limits.json_depth)
    if isinstance(value, BadJson):
        return place.refuse(
            value.reason, value.rule, value.detail, payload=raw, line=line, byte=byte
        )
    if not isinstance(value, dict):
        told = f"a record is a JSON object, and this is {_named(value)}"
        return place.refuse(
            Reason.BAD_FIELD, "record_object", told, payload=raw, line=line, byte=byte
        )
    return place.document(raw, MediaType.RECORD, line=line, byte=byte, charset=text.charset)


def _by_line(place: Place) -> bool:
    return extension(place.name) in ("jsonl", "ndjson")


def _first_line(stream: io.BufferedReader, limits: Limits) -> bytes:
    """Return the bytes up to the end of the first line that is not blank."""
    taken = b""
    while not taken.strip(BLANK) and len(taken) < limits.document_bytes:
        piece = stream.readline(limits.document_bytes + 1)
        if not piece:
            break
        taken += piece
    return taken


def _is_value(line: bytes) -> bool:
    value = json_value(line.decode("utf-8", "replace"), depth=10_000)
    return not isinstance(value, BadJson) or value.reason is Reason.TOO_DEEP


def _named(value: object) -> str:
    return {list: "an array", str: "a text", bool: "true or false", type(None): "null"}.get(
        type(value), "a number"
    )


def _record_line(place: Place, line: Line, limits: Limits) -> Iterator[RawDocument | Rejection]:
    if line.cut:
        told = f"line of more than {limits.document_bytes} bytes"
        yield place.refuse(
            Reason.TOO_LARGE, "document_bytes", told, line=line.number, byte=line.byte
        )
    elif raw := line.raw.strip(BLANK):
        yield record(place, raw, limits, line=line.number, byte=line.byte)


class _Window:
    """The part of a long JSON text that is being looked at."""

    def __init__(self, stream: io.BufferedReader, most: int) -> None:
        self._stream, self._most = stream, most
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self.text, self.at, self.line, self.ended = "", 0, 1, False

    def grow(self) -> bool:
        """Read as much again; False at the end of the file or of what a value may be long."""
        self.text, self.at = self.text[self.at :], 0
        if self.ended or len(self.text) > self._most:
            return False
        chunk = self._stream.read(max(CHUNK, len(self.text)))
        self.ended = not chunk
        self.text += self._decoder.decode(chunk, self.ended)
        return True

    def move(self, to: int) -> None:
        """Step over the text before `to`."""
        self.line += self.text.count("\n", self.at, to)
        self.at = to

    def more(self) -> bool:
        """Step over blanks and commas; False when nothing comes after them."""
        while True:
            found = BETWEEN.match(self.text, self.at)
            self.move(found.end() if found else self.at)
            if self.at < len(self.text):
                return True
            if not self.grow():
                return False


def _elements(
    place: Place, stream: io.BufferedReader, limits: Limits
) -> Iterator[RawDocument | Rejection]:
    """Yield the elements of an array, or values that follow each other, as they are read."""
    window = _Window(stream, limits.document_bytes)
    window.more()
    inside = False
    if opening := OPENING.match(window.text, window.at):
        inside = True
        window.move(opening.end())
    while window.more():
        if inside and window.text[window.at] == "]":
            inside = False
            window.move(window.at + 1)
            continue
        found = _element(window, place, limits)
        yield found
        if isinstance(found, Rejection) and found.rule in BROKEN_OFF:
            return


BROKEN_OFF = frozenset({"json_array_syntax", "json_array_depth", "json_array_length"})
"""Rules after which nobody knows where the next element starts."""


def _element(window: _Window, place: Place, limits: Limits) -> RawDocument | Rejection:
    while True:
        try:
            _, end = DECODER.raw_decode(window.text, window.at)
        except json.JSONDecodeError as error:
            if window.grow():
                continue
            return _broken(window, place, limits, str(error))
        except RecursionError:
            told = f"more than {limits.json_depth} brackets in each other"
            return place.refuse(Reason.TOO_DEEP, "json_array_depth", told, line=window.line)
        raw = window.text[window.at : end].encode("utf-8", "surrogateescape")
        line = window.line
        window.move(end)
        return record(place, raw, limits, line=line)


def _broken(window: _Window, place: Place, limits: Limits, told: str) -> Rejection:
    if not window.ended:
        told = f"a value of more than {limits.document_bytes} characters, or broken: {told}"
        return place.refuse(Reason.TOO_LARGE, "json_array_length", told, line=window.line)
    rest = window.text[window.at :].encode("utf-8", "surrogateescape")
    told = f"{told}; {len(rest)} bytes from here on are not read"
    return place.refuse(
        Reason.MALFORMED_JSON, "json_array_syntax", told, payload=rest, line=window.line
    )
