"""Which files of a drop can be read now?

Every directory entry is answered for: it comes back open for reading, or as a `Rejection` that
says why it was left alone. Links, pipes and devices are never followed or opened; a file that a
program is still writing waits for the next run.
"""

import contextlib
import errno
import fcntl
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from articles.errors import NewsmillError
from articles.model import Reason, Rejection, Stage

UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".swp", ".filepart")
"""Endings that browsers, rsync, editors and upload tools give to files not yet whole."""


class DropMissing(NewsmillError):
    """The path given is not there; the message names it."""


@dataclass(frozen=True, slots=True)
class DropFile:
    """A regular file of a drop, open for reading."""

    origin: str
    """The path as given and as text: bytes that are no UTF-8 are written as `\\xe9`."""
    path: str
    stream: BinaryIO

    def state(self) -> tuple[int, int]:
        """Return size and time of last change, to tell whether it is written to meanwhile."""
        now = os.fstat(self.stream.fileno())
        return now.st_size, now.st_mtime_ns


def drop_files(paths: Sequence[Path]) -> Iterator[DropFile | Rejection]:
    """Yield every file at or below `paths`, in an order that two runs share.

    A stream is open only until the next value is asked for. Raises `DropMissing` before anything
    is yielded when one of `paths` does not exist.
    """
    must_exist(paths)
    for path in paths:
        if path.is_dir():
            yield from _folder(os.fspath(path))
        else:
            yield from _opened(os.path.realpath(path), os.fspath(path))


def must_exist(paths: Sequence[Path]) -> None:
    """Raise `DropMissing` when one of `paths` is not there."""
    for path in paths:
        if not path.exists():
            raise DropMissing(f"{path} does not exist; give a file or a folder that does")


def count_files(paths: Sequence[Path]) -> int:
    """Return how many files lie at or below `paths`, for a progress bar; none is opened."""
    return sum(
        sum(len(names) for _, _, names in os.walk(path)) if path.is_dir() else 1 for path in paths
    )


def text_of_path(path: str) -> str:
    """Return a path as valid Unicode; a byte that is no UTF-8 is written as its escape."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _folder(folder: str) -> Iterator[DropFile | Rejection]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
    except PermissionError as refused:
        yield _refusal(folder, Reason.UNREADABLE, "permission", f"folder: {refused.strerror}")
        return
    for entry in entries:
        yield from _entry(entry)


def _entry(entry: "os.DirEntry[str]") -> Iterator[DropFile | Rejection]:
    if _unfinished(entry.name):
        yield _refusal(
            entry.path,
            Reason.PARTIAL,
            "unfinished_name",
            "hidden or temporary by its name: left alone until it is renamed",
        )
    elif entry.is_symlink():
        yield _refusal(
            entry.path, Reason.UNSAFE_TYPE, "symlink", "a link: put the file itself in the drop"
        )
    elif entry.is_dir(follow_symlinks=False):
        yield from _folder(entry.path)
    else:
        yield from _opened(entry.path, entry.path)


def _unfinished(name: str) -> bool:
    hidden = name.startswith(".") and not name.startswith("..")  # "..\\..\\up.txt" is a plain name
    return hidden or name.startswith("~") or name.endswith("~") or name.lower().endswith(UNFINISHED)


def _opened(path: str, origin: str) -> Iterator[DropFile | Rejection]:
    try:
        # O_NONBLOCK: opening a pipe would wait for its writer for ever
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return  # taken away between listing and opening: not there, so not lost
    except OSError as refused:
        irregular = refused.errno in (errno.ENXIO, errno.ELOOP)
        reason = Reason.NOT_REGULAR if irregular else Reason.UNREADABLE
        yield _refusal(origin, reason, "open", f"cannot be opened: {refused.strerror}")
        return
    with open(descriptor, "rb") as stream:  # noqa: PTH123  a descriptor has no path
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            yield _refusal(origin, Reason.NOT_REGULAR, "file_type", "a pipe, socket or device")
        elif _is_being_written(descriptor):
            yield _refusal(
                origin,
                Reason.PARTIAL,
                "open_for_writing",
                "a program has it open for writing: left for the next run",
            )
        else:
            yield DropFile(text_of_path(origin), path, stream)


def _is_being_written(descriptor: int) -> bool:
    """Ask the kernel: it grants a read lease only on files that nobody has open for writing."""
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as refused:
        # other errors: the file system has no leases, or the file is another user's
        return refused.errno == errno.EAGAIN
    with contextlib.suppress(OSError):
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def _refusal(path: str, reason: Reason, rule: str, detail: str) -> Rejection:
    return Rejection(
        origin=text_of_path(path), stage=Stage.DROP, reason=reason, rule=rule, detail=detail
    )
