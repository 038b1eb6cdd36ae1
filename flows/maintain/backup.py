"""How is a home copied so that it can be put back, whole and as it was?

A backup is a folder. Its archive grows by what is new, because segments never change; each time
adds a folder named after the moment, with the warehouse, the frontiers of the crawls, the pages
that they have fetched and nobody has milled, and a manifest of digests. The manifest is written
last, so a copy that was killed is none; the next backup takes it away.
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, ValidationError

from archive import segments
from articles.errors import NewsmillError
from articles.model import Frozen, Sha256
from flows.settings import Settings
from warehouse import db

MANIFEST = "manifest.json"
FOLDER = "archive"
FRONTIERS = "crawl/**/*.sqlite"
FETCHED = ("crawl/*/segments/*.part", "crawl/*/segments/*.warc.gz")
"""In this order: a segment that is renamed meanwhile is met under its second name."""
MOMENT = "[0-9]" * 8 + "T" + "[0-9]" * 6 + "Z"
CHUNK = 2**20


class BackupRefused(NewsmillError):
    """A backup cannot be made or put back; the message says why, and what to do."""


class Copied(Frozen):
    """One file of a backup."""

    path: str
    """Below the home."""
    bytes: int
    sha256: Sha256


class Manifest(Frozen):
    """What a backup holds."""

    made_at: AwareDatetime
    files: tuple[Copied, ...]

    @property
    def bytes(self) -> int:
        """Bytes of all files."""
        return sum(file.bytes for file in self.files)


def back_up(settings: Settings, target: Path, at: datetime) -> Manifest:
    """Copy the home into the folder `target`; the caller is the one writer of the warehouse.

    `at` (UTC) names the copy. Raises BackupRefused for a target inside the home.
    """
    target = target.expanduser().resolve()
    if target == settings.home or settings.home in target.parents:
        raise BackupRefused(f"{target} lies in the home: give a folder on another disk")
    moment = target / f"{at:%Y%m%dT%H%M%SZ}"
    _forget_half(target)
    moment.mkdir(parents=True)
    known = _known_digests(target)
    files = [_segment(settings, target, file, known) for file in _segments(settings)]
    if settings.warehouse.exists():
        with db.connect(settings.warehouse, settings.duckdb_memory_limit) as connection:
            db.checkpoint(connection)
        files.append(_copied(settings.home, moment, settings.warehouse.name))
    for frontier in sorted(settings.home.glob(FRONTIERS)):
        path = frontier.relative_to(settings.home).as_posix()
        _copy_sqlite(frontier, moment / path)
        files.append(_entry(moment, path))
    files += _fetched(settings, moment)
    manifest = Manifest(made_at=at, files=tuple(files))
    half = moment / f"{MANIFEST}.part"
    half.write_text(manifest.model_dump_json(indent=1), "utf-8")
    half.replace(moment / MANIFEST)
    return manifest


def backups(target: Path) -> list[Path]:
    """Return the whole copies in a backup folder, oldest first."""
    return sorted(path.parent for path in target.glob(f"*/{MANIFEST}"))


def forget_old(target: Path, keep: int) -> int:
    """Delete all but the last `keep` copies; return how many went. The archive stays whole."""
    old = backups(target)[:-keep]
    for moment in old:
        shutil.rmtree(moment)
    return len(old)


def restore(target: Path, settings: Settings) -> Manifest:
    """Put the newest copy in `target` back into an empty home, every digest checked.

    Raises BackupRefused when there is no copy, the home holds something, or a file is damaged;
    the home is left without a warehouse then.
    """
    copies = backups(target)
    if not copies:
        raise BackupRefused(f"{target} holds no whole backup: give the folder of `newsmill backup`")
    if settings.warehouse.exists() or _segments(settings):
        raise BackupRefused(
            f"{settings.home} holds a warehouse or an archive already: set NEWSMILL_HOME to an "
            "empty folder"
        )
    moment = copies[-1]
    manifest = _manifest(moment)
    for file in sorted(manifest.files, key=lambda file: file.path == settings.warehouse.name):
        root = target if file.path.startswith(f"{FOLDER}/") else moment
        _put_back(root, settings.home, file)
    return manifest


def _manifest(moment: Path) -> Manifest:
    try:
        return Manifest.model_validate_json((moment / MANIFEST).read_text("utf-8"))
    except ValidationError as error:
        raise BackupRefused(f"{moment / MANIFEST} is damaged: {error}") from error


def _segments(settings: Settings) -> list[str]:
    return segments(settings.archive) if settings.archive.exists() else []


def _forget_half(target: Path) -> None:
    """Delete copies that were killed, or met a full disk: they would keep it full for ever."""
    for moment in target.glob(MOMENT):
        if not (moment / MANIFEST).exists():
            shutil.rmtree(moment)


def _known_digests(target: Path) -> dict[str, str]:
    """Return what the last copy says of the segments in the backup, by their path."""
    return {
        file.path: file.sha256 for last in backups(target)[-1:] for file in _manifest(last).files
    }


def _segment(settings: Settings, target: Path, file: str, known: Mapping[str, str]) -> Copied:
    """Copy a segment, unless the backup has it as it was copied: it is then only read."""
    path = f"{FOLDER}/{file}"
    size = (settings.archive / file).stat().st_size
    there = target / path
    if path in known and there.exists() and there.stat().st_size == size:
        entry = _entry(target, path)
        if entry.sha256 == known[path]:  # else the backup's disk has spoilt it since
            return entry
    return _copied(settings.home, target, path)


def _fetched(settings: Settings, moment: Path) -> Iterator[Copied]:
    """Copy what crawls have fetched and nobody has milled; their frontiers call it done."""
    for pattern in FETCHED:
        for path in sorted(settings.home.glob(pattern)):
            with suppress(FileNotFoundError):  # the crawl goes on, and has just renamed it
                yield _copied(settings.home, moment, path.relative_to(settings.home).as_posix())


def _copied(source: Path, target: Path, path: str) -> Copied:
    """Copy a file, flushed and renamed into place."""
    place = target / path
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_name(place.name + ".part")
    digest, size = hashlib.sha256(), 0
    with db.disk_checked(place), half.open("wb") as copy:
        for chunk in _chunks(source / path):
            copy.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    half.replace(place)
    return Copied(path=path, bytes=size, sha256=digest.hexdigest())


def _put_back(root: Path, home: Path, file: Copied) -> None:
    if not (home / file.path).resolve().is_relative_to(home):
        raise BackupRefused(f"the manifest names {file.path}, outside of the home: do not trust it")
    if not (root / file.path).is_file():
        raise BackupRefused(f"{root / file.path} is missing from the backup")
    copied = _copied(root, home, file.path)
    if copied != file:
        (home / file.path).unlink()
        raise BackupRefused(
            f"{root / file.path} is not the file that was backed up: take an older backup, or "
            "another copy of this one"
        )


def _entry(root: Path, path: str) -> Copied:
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(root / path):
        digest.update(chunk)
        size += len(chunk)
    return Copied(path=path, bytes=size, sha256=digest.hexdigest())


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database that may be in use, as of its last commit."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as there,
        closing(sqlite3.connect(target)) as here,
    ):
        there.backup(here)
