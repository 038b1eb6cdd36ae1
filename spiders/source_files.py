"""Which sources do the files of a folder describe, and where is one wrong?

Unknown keys are refused with their line, because a misspelt `dely` would otherwise mean no delay.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from articles.errors import NewsmillError
from articles.model import Frozen
from spiders.source import (
    DateArchive,
    Expectations,
    Limits,
    Links,
    Politeness,
    Revisit,
    Section,
    Source,
)


class SourceRefused(NewsmillError):
    """A source file is wrong; the message names file, line and what would be right."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source and the file it stands in."""

    path: Path
    source: Source

    def lost_lists(self) -> list[str]:
        """Return what is wrong with its lists of addresses: those that are not there."""
        paths = [self.path.parent / name for name in self.source.url_lists]
        return [f"{self.path}: url_lists: {p}: no such file" for p in paths if not p.is_file()]

    def listed_urls(self) -> list[str]:
        """Return the addresses of its lists; raises `SourceRefused` for a list that is gone."""
        found = list(self.source.urls)
        for name in self.source.url_lists:
            path = self.path.parent / name
            try:
                lines = path.read_text("utf-8").splitlines()
            except OSError as error:
                raise SourceRefused(f"{self.path}: url_lists: {path}: {error.strerror}") from error
            found += [line.strip() for line in lines if line.strip() and line[0] != "#"]
        return found


def sorted_out(folder: Path) -> tuple[list[SourceFile], list[str]]:
    """Return the sources of a folder by name, and what is wrong with its other files."""
    sound: dict[str, list[SourceFile]] = {}
    wrong: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            source = source_of(path.read_text("utf-8-sig"), str(path))
        except UnicodeDecodeError as error:
            wrong.append(f"{path}: TOML is UTF-8, and this is not: {error}")
        except SourceRefused as refused:
            wrong.append(str(refused))
        else:
            file = SourceFile(path, source)
            lost = file.lost_lists()
            wrong += lost
            if not lost:
                sound.setdefault(source.id, []).append(file)
    for name, files in sound.items():
        if len(files) > 1:
            paths = " and ".join(str(file.path) for file in files)
            wrong.append(f"{paths}: both have the id {name!r}")
    return [files[0] for files in sound.values() if len(files) == 1], wrong


def chosen(folder: Path, only: Iterable[str]) -> list[SourceFile]:
    """Return the sources of a folder that are named in `only`, or every enabled one.

    A wrong file keeps none that is named from being chosen. Raises `SourceRefused`.
    """
    sound, wrong = sorted_out(folder)
    known = {file.source.id: file for file in sound}
    names = list(only)
    if wrong and (not names or not known.keys() >= {*names}):
        raise SourceRefused("\n".join(wrong))
    for name in names:
        if name not in known:
            raise SourceRefused(f"there is no source {name!r}{_like(name, known)}")
    return [known[name] for name in names] or [file for file in sound if file.source.enabled]


def source_of(text: str, name: str) -> Source:
    """Return the source that a TOML text describes; raises `SourceRefused`. `name` is for it."""
    try:
        return Source.model_validate(_tuples(tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        raise SourceRefused(f"{name}: {error}") from error
    except ValidationError as error:
        told = {_path(wrong["loc"]): _told(wrong, text, name) for wrong in error.errors()}
        raise SourceRefused("\n".join(told.values())) from error


def _tuples(value: object) -> object:
    """Return TOML's lists as tuples, which strict models want."""
    if isinstance(value, dict):
        return {key: _tuples(inner) for key, inner in value.items()}
    return tuple(_tuples(inner) for inner in value) if isinstance(value, list) else value


def _told(wrong: ErrorDetails, text: str, name: str) -> str:
    path = _path(wrong["loc"])
    key = path[-1] if path else ""
    place = f"{name}:{_line(text, wrong['loc'])}"
    if wrong["type"] == "extra_forbidden":
        return f"{place}: unknown key {key!r}{_like(key, _keys(path[:-1]))}"
    if wrong["type"] == "missing":
        return f"{name}: the key {'.'.join(path)!r} is missing"
    return f"{place}: {'.'.join(path) or 'source'}: {wrong['msg'].removeprefix('Value error, ')}"


def _path(loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the keys on the way to an error, without list indices and names of types."""
    keys = [part for part in loc if isinstance(part, str)]
    return tuple(takewhile(re.compile(r"[\w-]+").fullmatch, keys))


def _like(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _keys(path: tuple[str, ...]) -> Iterable[str]:
    tables: dict[str, type[Frozen]] = {
        "sections": Section, "archives": DateArchive, "links": Links, "revisit": Revisit,
        "politeness": Politeness, "limits": Limits, "expectations": Expectations,
    }  # fmt: skip
    return (tables.get(path[0], Source) if path else Source).model_fields


def _line(text: str, loc: tuple[int | str, ...]) -> int:
    """Return the line of the key at `loc`, counting the tables of an array."""
    names = list(_path(loc))
    nth = next((part for part in loc if isinstance(part, int)), 0)
    table, seen, best = "", -1, 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?", line):
            table = header[1]
            seen += table == names[0] if names else 0
            best = number if names == [table] else best
        key = re.match(r"\s*([\w-]+)\s*=", line)
        here = [table, key[1]] if table and key else [key[1]] if key else []
        if here and here == names[: len(here)] and (not table or seen in (-1, nth)):
            best = number
    return best
