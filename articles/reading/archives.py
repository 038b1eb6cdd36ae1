"""What lies in a zip or tar archive, read where it is and never written out?"""

import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from articles.model import Reason, Rejection
from articles.reading.limits import Limits
from articles.reading.place import Place, Refused
from articles.reading.streams import CHUNK, Meter, buffered

BLOCK = tarfile.BLOCKSIZE
LONG_NAME = 64 * 1024  # bytes; Linux stops at 4 KiB
KINDS = {
    tarfile.SYMTYPE: "a symbolic link",
    tarfile.LNKTYPE: "a hard link",
    tarfile.FIFOTYPE: "a named pipe",
    tarfile.CHRTYPE: "a device",
    tarfile.BLKTYPE: "a device",
    tarfile.GNUTYPE_SPARSE: "a sparse file",
}
BAD_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    OSError,
)
"""What zipfile raises on hostile input; RuntimeError is its word for a wrong password."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside an archive, good only until the next one is asked for."""

    place: Place
    stream: io.BufferedReader


def zip_members(place: Place, file: BinaryIO, limits: Limits) -> Iterator[Member | Rejection]:
    """Yield the files of a zip archive in the order of its directory.

    `file` must be seekable. Names are never used as paths, so `../../x` is only a name.
    """
    archive = _zip(file, limits)
    packed = file.seek(0, io.SEEK_END)
    total, seen = Meter(limits, packed), set[int]()
    for info in archive.infolist():
        if info.is_dir():
            continue
        here = place.inside(info.filename)
        if info.header_offset in seen:
            told = "shares the bytes of an earlier member"
            yield here.refuse(
                Reason.MALFORMED_ARCHIVE, "zip_overlap", told, byte=info.header_offset
            )
            continue
        seen.add(info.header_offset)
        yield _zip_member(archive, info, here, (total, Meter(limits, info.compress_size)))


class _Bounded:
    """A file of which no more than so many bytes are read at once: zipfile trusts a size field."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file, self._most = file, most
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > self._most:
            told = f"a directory of {size} bytes, more than {self._most}"
            raise Refused(Reason.TOO_LARGE, "zip_directory", told)
        return self._file.read(size)


def _zip(file: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    bounded: BinaryIO = _Bounded(file, limits.directory_bytes)  # type: ignore[assignment]  # zipfile asks for no more
    try:
        archive = zipfile.ZipFile(bounded)
    except BAD_ZIP as error:
        raise Refused(Reason.MALFORMED_ARCHIVE, "zip_directory", f"no zip: {error}") from error
    if len(archive.filelist) > limits.members:
        told = f"{len(archive.filelist)} members, more than {limits.members}"
        raise Refused(Reason.TOO_LARGE, "members", told)
    return archive


def _zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, here: Place, meters: tuple[Meter, Meter]
) -> Member | Rejection:
    at = info.header_offset
    if info.flag_bits & 0x41:
        return here.refuse(Reason.ENCRYPTED, "zip_flag", "needs a password", byte=at)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        told = f"packed by method {info.compress_type}; stored and deflated are read"
        return here.refuse(Reason.UNSUPPORTED_TYPE, "zip_method", told, byte=at)
    if (info.external_attr >> 28) in (0xA, 0x1, 0x2, 0x6):  # Unix link, pipe, devices
        return here.refuse(Reason.UNSAFE_TYPE, "zip_type", "no regular file", byte=at)
    try:
        opened = archive.open(info)
    except BAD_ZIP as error:
        return here.refuse(Reason.MALFORMED_ARCHIVE, "zip_member", f"{error}", byte=at)

    def pull(most: int) -> bytes:
        try:
            piece = opened.read(most)
        except BAD_ZIP as error:
            raise Refused(Reason.MALFORMED_ARCHIVE, "zip_member", f"{error}") from error
        for meter in meters:  # the member's own, and the archive's: members may share bytes
            meter.count(0, len(piece))
        return piece

    return Member(here, buffered(pull))


def tar_members(
    place: Place, stream: io.BufferedReader, limits: Limits
) -> Iterator[Member | Rejection]:
    """Yield the files of a tar archive in its order, as they stream by.

    A header whose checksum is wrong is refused and the next sound one is looked for; `tarfile`
    itself would take it for the end.
    """
    tape = _Tape(stream)
    meant: dict[str, str] = {}
    for count in range(limits.members + 1):
        if count == limits.members:
            told = f"more than {limits.members} members"
            raise Refused(Reason.TOO_LARGE, "members", told)
        at = tape.at
        info = tape.header()
        if info is None:
            return
        if isinstance(info, Refused):
            yield place.refuse(info.reason, info.rule, info.detail, byte=at)
        elif info.type in (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE):
            meant = _meant(info, tape.take(info.size))
        elif info.type in (tarfile.GNUTYPE_LONGLINK, tarfile.XGLTYPE, tarfile.DIRTYPE):
            tape.take(info.size)
        else:
            here = place.inside(meant.pop("path", info.name))
            yield from _tar_member(here, info, tape, at, limits)
            meant = {}


class _Tape:
    """A tar stream with its place: members are read or skipped, never sought."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.at = 0
        self.left = 0
        """Bytes of the current member and its padding that are still to come."""
        self._found: tarfile.TarInfo | None = None

    def header(self) -> tarfile.TarInfo | Refused | None:
        """Return the next header, or what stands in its place, or None at the end."""
        if self._found is not None:
            found, self._found = self._found, None
            return found
        lost = 0
        while block := self._read(BLOCK):
            if block.count(0) == len(block):
                continue
            try:
                info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
            except (tarfile.HeaderError, ValueError):
                lost += len(block)
                continue
            if not lost:
                return info
            self._found = info
            break
        if lost:
            told = f"{lost} bytes that are no tar header and its member"
            return Refused(Reason.MALFORMED_ARCHIVE, "tar_header", told)
        return None

    def take(self, size: int) -> bytes:
        """Return a member that helps to read another one, at most 64 KiB of it."""
        kept = self._read(min(max(size, 0), LONG_NAME))
        self.left = max(size, 0) - len(kept) + -max(size, 0) % BLOCK
        self.skip()
        return kept

    def open(self, size: int) -> io.BufferedReader:
        """Return the member that starts here as a stream."""
        self.left = size + -size % BLOCK
        ends = self.at + size

        def pull(most: int) -> bytes:
            piece = self._read(min(most, ends - self.at))
            self.left -= len(piece)
            if not piece and self.at < ends:
                told = f"the archive ends {ends - self.at} bytes before this member does"
                raise Refused(Reason.TRUNCATED, "tar_end", told)
            return piece

        return buffered(pull)

    def skip(self) -> None:
        """Go to the next header."""
        while self.left and (piece := self._read(min(self.left, CHUNK))):
            self.left -= len(piece)

    def _read(self, size: int) -> bytes:
        piece = self._stream.read(size)
        self.at += len(piece)
        return piece


def _tar_member(
    here: Place, info: tarfile.TarInfo, tape: _Tape, at: int, limits: Limits
) -> Iterator[Member | Rejection]:
    if info.size < 0:
        yield here.refuse(Reason.MALFORMED_ARCHIVE, "tar_size", "a negative size", byte=at)
    elif info.size > limits.expanded_bytes:
        told = f"claims {info.size} bytes, more than {limits.expanded_bytes}"
        yield here.refuse(Reason.TOO_LARGE, "expanded_bytes", told, byte=at)
        tape.take(info.size)
    elif info.type in KINDS:
        yield here.refuse(Reason.UNSAFE_TYPE, "tar_type", KINDS[info.type], byte=at)
        tape.take(info.size if info.type == tarfile.GNUTYPE_SPARSE else 0)
    else:
        yield Member(here, tape.open(info.size))
        tape.skip()


def _meant(info: tarfile.TarInfo, data: bytes) -> dict[str, str]:
    """Return the name that a long-name or pax header gives to the member behind it."""
    if info.type == tarfile.GNUTYPE_LONGNAME:
        return {"path": data.rstrip(b"\x00").decode("utf-8", "surrogateescape")}
    for line in data.split(b"\n"):
        _, _, pair = line.partition(b" ")
        if pair.startswith(b"path="):
            return {"path": pair[5:].decode("utf-8", "surrogateescape")}
    return {}
