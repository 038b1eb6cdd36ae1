"""How are packed bytes read piece by piece, without trusting what they claim?

Every stream here is a `BufferedReader`, so the rest reads lines and headers at C speed.
"""

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

from articles.model import Reason
from articles.reading.limits import Limits
from articles.reading.place import Refused

CHUNK = 1 << 16  # bytes asked of the file at a time, and the reach of `peek`
LZMA_MEMORY = 128 << 20  # bytes; `xz -9` needs 65 MiB, a hostile header may claim 4 GiB
DAMAGED = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)


class Pulled(io.RawIOBase):
    """Raw bytes from a function that returns at most as many as it is asked for."""

    def __init__(self, pull: Callable[[int], bytes]) -> None:
        self._pull = pull
        self._late: Refused | None = None

    def readable(self) -> bool:
        """Say that this stream can be read, as `io` asks."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # io's own stub wants a private type
        """Fill `buffer` as far as there are bytes; damage is told after what came before it."""
        if self._late is not None:
            late, self._late = self._late, None
            raise late
        filled = 0
        while filled < len(buffer):
            try:
                piece = self._pull(len(buffer) - filled)
            except Refused as refused:
                if not filled:
                    raise
                self._late = refused
                break
            if not piece:
                break
            buffer[filled : filled + len(piece)] = piece
            filled += len(piece)
        return filled


def buffered(pull: Callable[[int], bytes]) -> io.BufferedReader:
    """Return a buffered stream over a pulling function."""
    return io.BufferedReader(Pulled(pull), CHUNK)


def opened(stream: BinaryIO) -> io.BufferedReader:
    """Return a stream of ours over one that was handed in."""
    return buffered(stream.read)


class Meter:
    """Counts what a container took and gave, and refuses bombs."""

    def __init__(self, limits: Limits, packed: int = 0) -> None:
        self._limits = limits
        self.packed = packed
        self.unpacked = 0

    def count(self, packed: int, unpacked: int) -> None:
        """Add what was just read; raise `Refused` when the sum is no news."""
        self.packed += packed
        self.unpacked += unpacked
        most = max(self._limits.ratio_floor, self._limits.ratio * self.packed)
        if self.unpacked > most:
            told = (
                f"{self.unpacked} bytes out of {self.packed}, more than {self._limits.ratio} to 1"
            )
            raise Refused(Reason.BOMB, "unpacking_ratio", told)
        if self.unpacked > self._limits.expanded_bytes:
            told = f"unpacks to more than {self._limits.expanded_bytes} bytes"
            raise Refused(Reason.TOO_LARGE, "expanded_bytes", told)


class Unpacker(Protocol):
    """What the decompressors of the standard library share."""

    @property
    def eof(self) -> bool: ...  # noqa: D102 - a protocol
    @property
    def needs_input(self) -> bool: ...  # noqa: D102
    @property
    def unused_data(self) -> bytes: ...  # noqa: D102
    def decompress(self, data: bytes, max_length: int) -> bytes: ...  # noqa: D102


class Inflater:
    """zlib in the manner of bz2 and lzma: it keeps the input that it has not used yet."""

    def __init__(self, window: int = 31) -> None:
        self._inflate = zlib.decompressobj(window)
        self._full = False

    @property
    def eof(self) -> bool:
        """True at the end of a member, its checksum verified."""
        return self._inflate.eof

    @property
    def needs_input(self) -> bool:
        """False while there is more to give without new input."""
        return not self._inflate.unconsumed_tail and not self._full

    @property
    def unused_data(self) -> bytes:
        """Input behind the end of the member."""
        return self._inflate.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return at most `max_length` bytes."""
        out = self._inflate.decompress(self._inflate.unconsumed_tail + data, max_length)
        self._full = len(out) == max_length
        return out


UNPACKERS: dict[bytes, tuple[str, Callable[[], Unpacker]]] = {
    b"\x1f\x8b": ("gzip", Inflater),
    b"BZh": ("bzip2", bz2.BZ2Decompressor),
    b"\xfd7zXZ\x00": ("xz", lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, LZMA_MEMORY)),
}
"""Magic bytes -> name and maker. zstd and brotli are not in the standard library of 3.11."""
MEMBER = {b"\x1f\x8b": b"\x08", b"BZh": b"", b"\xfd7zXZ\x00": b""}
"""What follows the magic at the start of a member, to tell it from chance."""


class Unpacked:
    """The bytes of a compressed stream, its members one after another."""

    def __init__(self, packed: BinaryIO, magic: bytes, limits: Limits) -> None:
        self._packed, self._magic, self._meter = packed, magic, Meter(limits)
        self.kind, self._make = UNPACKERS[magic]
        self._unpacker, self._waiting = self._make(), b""
        self._broken = self._ended = False
        self._last = b""
        """The input given last: behind damage, the next member may lie in it."""

    def pull(self, most: int) -> bytes:
        """Return up to `most` bytes, b"" at the end; raise `Refused` on damage.

        Damage is told once; whoever reads on gets the next sound member.
        """
        if self._broken:
            self._resync()
        while not self._ended:
            if self._unpacker.eof and not self._next_member():
                return b""
            taken = self._take() if self._unpacker.needs_input else b""
            try:
                out = self._unpacker.decompress(taken, most)
            except DAMAGED as error:
                self._broken = True
                told = f"damaged {self.kind} data after {self._meter.unpacked} bytes: {error}"
                raise Refused(Reason.MALFORMED_ARCHIVE, f"{self.kind}_data", told) from error
            self._meter.count(len(taken), len(out))
            if out:
                return out
        return b""

    def _take(self) -> bytes:
        taken, self._waiting = self._waiting or self._packed.read(CHUNK), b""
        if not taken:
            self._ended = True
            told = f"{self.kind} data ends in the middle, after {self._meter.unpacked} bytes"
            raise Refused(Reason.TRUNCATED, f"{self.kind}_end", told)
        self._last = taken
        return taken

    def _next_member(self) -> bool:
        rest = self._unpacker.unused_data
        while len(rest) < len(self._magic) and (more := self._packed.read(CHUNK)):
            rest += more
        while rest and not rest.strip(b"\x00"):  # tapes are padded with zeros
            rest = self._packed.read(CHUNK)
        if not rest:
            return False
        if not rest.startswith(self._magic):
            self._last, self._broken = b" " + rest, True
            told = f"bytes that are no {self.kind} follow the last member"
            raise Refused(Reason.MALFORMED_ARCHIVE, f"{self.kind}_tail", told)
        self._meter.packed -= len(self._unpacker.unused_data)
        self._unpacker, self._waiting = self._make(), rest
        return True

    def _resync(self) -> None:
        """Look for the start of another member."""
        self._broken, seen = False, self._last[1:]
        while (at := seen.find(self._magic + MEMBER[self._magic])) < 0:
            chunk = self._packed.read(CHUNK)
            if not chunk:
                self._ended = True
                return
            seen = seen[-8:] + chunk
        self._unpacker, self._waiting = self._make(), seen[at:]


def unpacked(packed: BinaryIO, magic: bytes, limits: Limits) -> io.BufferedReader:
    """Return the unpacked bytes of a stream that starts with `magic`, a key of `UNPACKERS`."""
    return buffered(Unpacked(packed, magic, limits).pull)


def whole(stream: BinaryIO, most: int, what: str) -> bytes:
    """Return the rest of the stream, at most `most` bytes; raise `Refused` when there are more."""
    payload = stream.read(most + 1)
    if len(payload) > most:
        raise Refused(Reason.TOO_LARGE, "document_bytes", f"{what} of more than {most} bytes")
    return payload
