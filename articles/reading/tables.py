"""Which records does a CSV file hold?"""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain

from articles.model import MediaType, RawDocument, Reason, Rejection
from articles.reading.charset import detected
from articles.reading.fields import FIELD_OF
from articles.reading.json_value import json_bytes
from articles.reading.limits import Limits
from articles.reading.lines import Line, lines, utf8_stream
from articles.reading.place import Place, Refused
from articles.reading.streams import CHUNK, buffered

DELIMITERS = ",;\t|"
csv.field_size_limit(Limits().document_bytes)  # the library stops at 131,072, a long read is more


def csv_documents(
    place: Place, stream: io.BufferedReader, limits: Limits
) -> Iterator[RawDocument | Rejection]:
    """Yield the rows of a CSV file as JSON objects under the names of its header.

    Delimiter and names come from the first row, which must name at least one field we know.
    A row is located by the line it starts on; one that does not fit the header is refused.
    """
    table = _Table(place, utf8_stream(stream), limits)
    yield from table.documents()


class _Table:
    """A CSV file being read: its charset, its header, and the lines looked at ahead."""

    def __init__(self, place: Place, stream: io.BufferedReader, limits: Limits) -> None:
        self._place, self._limits = place, limits
        self._charset = _charset(stream.peek(CHUNK)[:CHUNK])
        self._lines = lines(_newlines(stream), limits.document_bytes)
        self._resumes = 0
        self._delimiter = ","
        self._names: tuple[str, ...] = ()

    def documents(self) -> Iterator[RawDocument | Rejection]:
        """Yield a record or a refusal for each row."""
        header = next((line for line in self._lines if line.raw.strip()), None)
        if header is None:
            return
        self._delimiter, self._names = _header(self._text(header))
        if not any(name.strip().lower() in FIELD_OF for name in self._names):
            told = "the first row names no field that we know, such as title or text"
            yield self._place.refuse(Reason.MALFORMED_CSV, "csv_header", told, line=header.number)
            return
        if len(set(self._names)) < len(self._names):
            told = "the header names a column twice"
            yield self._place.refuse(Reason.MALFORMED_CSV, "csv_header", told, line=header.number)
            return
        while (line := next(self._lines, None)) is not None:
            if line.raw.strip():
                yield self._row(line)

    def _row(self, first: Line) -> RawDocument | Rejection:
        """Return the record that starts on this line, reading on while a quote is open."""
        taken, held, size = [first], self._text(first), len(first.raw)
        while held.count('"') % 2 and size <= self._limits.document_bytes:
            line = next(self._lines, None)
            if line is None:
                return self._unclosed(taken)
            taken.append(line)
            held_line = self._text(line)
            held, size = held + held_line, size + len(line.raw)
        if size > self._limits.document_bytes or first.cut:
            return self._unclosed(taken)
        return self._record(held, first.number)

    def _record(self, text: str, line: int) -> RawDocument | Rejection:
        cells = _cells(text, self._delimiter)
        if cells is None or len(cells) != len(self._names):
            found = "is not well-formed" if cells is None else f"has {len(cells)} cells"
            told = f"the row {found}, the header {len(self._names)} names"
            return self._place.refuse(
                Reason.MALFORMED_CSV, "csv_row", told, payload=text.encode(), line=line
            )
        payload = json_bytes(dict(zip(self._names, cells, strict=True)))
        return self._place.document(payload, MediaType.RECORD, line=line, charset="utf-8")

    def _unclosed(self, taken: Sequence[Line]) -> Rejection:
        """Refuse a row whose quote never closes, and go on at the next line that is a row."""
        first, rest = taken[0], taken[1:]
        self._resumes += 1
        if self._resumes > self._limits.resumes:
            told = "too many quotes never close; nothing from here on is read"
            self._lines = iter(())
        else:
            told = "a quote opens on this line and never closes"
            at = next((i for i, line in enumerate(rest) if self._fits(line)), len(rest))
            self._lines = chain(rest[at:], self._lines)
        payload = first.raw
        return self._place.refuse(
            Reason.MALFORMED_CSV, "csv_quote", told, payload=payload, line=first.number
        )

    def _fits(self, line: Line) -> bool:
        cells = _cells(self._text(line), self._delimiter)
        return cells is not None and len(cells) == len(self._names) > 1

    def _text(self, line: Line) -> str:
        return line.raw.decode(self._charset, "replace")


def _charset(head: bytes) -> str:
    """Return the charset of the first 64 KiB, a character cut off at their end forgiven."""
    try:
        head.decode() if len(head) < CHUNK else head[: head.rfind(b"\n") + 1].decode()
    except UnicodeDecodeError:
        found = detected(head)
        if found is None:
            raise Refused(Reason.ENCODING, "charset", "the charset is undecidable") from None
        return found.charset
    return "utf-8"


def _newlines(stream: io.BufferedReader) -> io.BufferedReader:
    r"""Return the stream with "\r" for newlines turned into "\n", as old Macs wrote them."""
    head = stream.peek(CHUNK)
    if b"\n" in head or b"\r" not in head:
        return stream
    return buffered(lambda most: stream.read(most).replace(b"\r", b"\n"))


def _header(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the delimiter that makes most sense of the first row, and its cells."""
    splits = [(mark, _cells(text, mark) or ()) for mark in DELIMITERS]
    known = [sum(name.strip().lower() in FIELD_OF for name in cells) for _, cells in splits]
    mark, cells = splits[max(range(len(splits)), key=lambda i: (known[i], len(splits[i][1]), -i))]
    return mark, tuple(name.strip() for name in cells)


def _cells(text: str, delimiter: str) -> tuple[str, ...] | None:
    """Return the cells of one row, or None when it is not well-formed."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return tuple(rows[0]) if len(rows) == 1 else None
