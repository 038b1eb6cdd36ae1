"""What lies in a home that nobody needs any more, by rules that say why?"""

import shutil
import tomllib
from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from articles.model import Frozen


class Rule(Frozen):
    """What may be deleted, when, and why."""

    files: Annotated[str, Field(pattern=r"^[^/.][^.]*(\.[^./]+)*$")]
    """A pattern below the home."""
    days: Annotated[int, Field(ge=1)]
    because: Annotated[str, Field(min_length=20)]


class Tidied(Frozen):
    """What one rule has deleted."""

    files: str
    count: int
    bytes: int


def rules() -> tuple[Rule, ...]:
    """Return the rules of `retention.toml`."""
    text = (resources.files("flows.maintain") / "retention.toml").read_text("utf-8")
    return TypeAdapter(tuple[Rule, ...]).validate_python(tuple(tomllib.loads(text)["rule"]))


def tidy(home: Path, at: datetime, kept: Sequence[Rule] | None = None) -> list[Tidied]:
    """Delete what the rules give free at the time `at` (UTC); return what it was, by rule."""
    return [_tidied(home, at, rule) for rule in (rules() if kept is None else kept)]


def _tidied(home: Path, at: datetime, rule: Rule) -> Tidied:
    oldest = (at - timedelta(days=rule.days)).timestamp()
    count = size = 0
    for path in sorted(home.glob(rule.files)):
        if path.is_symlink() or _changed_at(path) >= oldest:
            continue
        size += _bytes(path)
        count += 1
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return Tidied(files=rule.files, count=count, bytes=size)


def _changed_at(path: Path) -> float:
    """Return when a file, or the youngest of what lies in a folder, was changed last."""
    return max(each.lstat().st_mtime for each in (path, *path.rglob("*")))


def _bytes(path: Path) -> int:
    return sum(each.lstat().st_size for each in (path, *path.rglob("*")) if each.is_file())
