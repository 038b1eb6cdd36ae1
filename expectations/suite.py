"""What is a batch held to? A named suite of expectations, read from a file people can read.

The file is checked strictly, because a misspelt limit that is silently ignored would let a broken
batch through: each mistake is named with its line and what was probably meant.
"""

import json
import re
import tomllib
from difflib import get_close_matches
from enum import StrEnum
from importlib import resources
from typing import Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from articles.errors import NewsmillError
from articles.model import Frozen
from expectations.frame import COLUMNS

BOUNDS = ("at_least", "at_most", "one_of", "matches", "unique", "present")
"""The ways to say what a value must be; the first two go together, the others stand alone."""


class SuiteError(NewsmillError, ValueError):
    """The suite file says something that newsmill does not understand."""


class OnFailure(StrEnum):
    """What becomes of rows, or of the batch, when an expectation is not met."""

    QUARANTINE = "quarantine"
    """The failing rows leave the batch."""
    HOLD = "hold"
    """The batch waits for a person."""
    WARN = "warn"
    """It is reported, nothing else."""


class Expectation(Frozen):
    """One thing that the rows of a batch are expected to be."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{2,60}$")
    """Short and stable: the reason of a quarantined row."""
    says: str = Field(min_length=10, max_length=200)
    """The expectation as a sentence for people."""
    column: str
    """A column of `expectations.frame.COLUMNS`; rows where it is empty are not judged."""
    at_least: float | None = None
    at_most: float | None = None
    one_of: tuple[str | int, ...] | None = Field(default=None, min_length=1)
    matches: str | None = None
    """A regular expression, searched for in the value."""
    unique: bool | None = None
    present: bool | None = None
    """The column must not be empty; such an expectation judges every row."""
    on_failure: OnFailure
    limit: float = Field(default=0, ge=0, lt=1)
    """Share of the judged rows that may fail before it counts."""
    from_rows: int = Field(default=1, ge=1)
    """Number of judged rows below which it never counts."""
    because: str = Field(min_length=20, max_length=400)
    """Why the number is what it is."""

    @field_validator("column")
    @classmethod
    def _in_the_frame(cls, column: str) -> str:
        if column not in COLUMNS:
            raise ValueError("the slim frame has no such column")
        return column

    @field_validator("matches")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"not a regular expression: {error}") from error
        return pattern

    @model_validator(mode="after")
    def _bounded_once(self) -> Self:
        given = {bound for bound in BOUNDS if getattr(self, bound) is not None}
        if not given or (len(given) > 1 and given != {"at_least", "at_most"}):
            raise ValueError(f"needs exactly one of {', '.join(BOUNDS)}, or the first two")
        if self.unique is False or self.present is False:
            raise ValueError("unique and present can only be true: leave them out otherwise")
        if self.on_failure is OnFailure.QUARANTINE and (self.limit or self.from_rows > 1):
            raise ValueError("quarantine is about single rows and takes no limit and no from_rows")
        return self

    @property
    def bounds(self) -> str:
        """The bounds in words, such as `2 to 300`."""
        if self.at_least is not None and self.at_most is not None:
            return f"{_amount(self.at_least)} to {_amount(self.at_most)}"
        if self.at_least is not None:
            return f"at least {_amount(self.at_least)}"
        if self.at_most is not None:
            return f"at most {_amount(self.at_most)}"
        if self.one_of in ((0,), (1,)):
            return "yes" if self.one_of == (1,) else "no"
        if self.one_of is not None:
            return " or ".join(str(value) for value in self.one_of)
        return f"like {self.matches}" if self.matches else "unique" if self.unique else "present"

    @property
    def consequence(self) -> str:
        """What happens when it is not met, in words."""
        if self.on_failure is OnFailure.QUARANTINE:
            return "the row is quarantined"
        verb = "the batch is held" if self.on_failure is OnFailure.HOLD else "a warning"
        over = f" over {self.limit:.0%}" if self.limit else ""
        return f"{verb}{over}" + (f", from {self.from_rows} rows" if self.from_rows > 1 else "")


class Suite(Frozen):
    """A named list of expectations with different names."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{2,60}$")
    expectation: tuple[Expectation, ...]

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        if not self.expectation:
            raise ValueError("a suite without expectations would pass everything")
        names = [each.name for each in self.expectation]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"used for two expectations: {', '.join(twice)}")
        return self


def _amount(number: float) -> str:
    """Return 1605 as it stands and 3000000 as 3,000,000."""
    return f"{number:,.10g}" if number >= 10_000 else f"{number:.10g}"


def articles_batch() -> Suite:
    """Return the suite that ships with newsmill, `expectations/thresholds.toml`."""
    file = resources.files("expectations").joinpath("thresholds.toml")
    return read_suite(file.read_text(encoding="utf-8"), origin="expectations/thresholds.toml")


def read_suite(text: str, origin: str) -> Suite:
    """Return the suite written in TOML `text`; `origin` names the file in messages.

    Raises `SuiteError` naming every mistake with its line, and what was probably meant.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SuiteError(f"{origin} is not TOML: {error}") from error
    try:
        # JSON is the one form in which a strict model takes an array and the word of an enum.
        return Suite.model_validate_json(json.dumps(told, default=str))
    except ValidationError as error:
        mistakes = [_explained(text, origin, mistake) for mistake in error.errors()]
        raise SuiteError("\n".join(mistakes)) from error


def _explained(text: str, origin: str, mistake: ErrorDetails) -> str:
    """Return the mistake as `file:line: entry: what is wrong; did you mean ...?`."""
    place = mistake["loc"]
    number = place[1] if len(place) > 1 and isinstance(place[1], int) else None
    rest = place if number is None else place[2:]
    key = str(rest[0]) if rest else ""
    line = _line(text, number, key)
    entry = "the suite" if number is None else f"expectation {number + 1}"
    meant = get_close_matches(*_guess(mistake, key, number), n=1, cutoff=0.5)
    hint = f"; did you mean {meant[0]}?" if meant else ""
    return f"{origin}:{line}: {entry}: {key or 'entry'}: {_plain(mistake)}{hint}"


def _guess(mistake: ErrorDetails, key: str, number: int | None) -> tuple[str, list[str]]:
    """Return what was written and the words that may stand there."""
    if mistake["type"] == "extra_forbidden":
        return key, list(Suite.model_fields if number is None else Expectation.model_fields)
    words = {"column": list(COLUMNS), "on_failure": [word.value for word in OnFailure]}
    return str(mistake["input"]), words.get(key, [])


def _plain(mistake: ErrorDetails) -> str:
    if mistake["type"] == "extra_forbidden":
        return "there is no such key"
    message = mistake["msg"].removeprefix("Value error, ")
    return message[:1].lower() + message[1:]


def _line(text: str, number: int | None, key: str) -> int:
    """Return the 1-based line of `key` in entry `number`, or of the entry, or 1."""
    entry, found = -1, 1
    for line, content in enumerate(text.splitlines(), start=1):
        if re.match(r"\s*\[\[", content):
            entry += 1
            if entry == number:
                found = line
        elif entry == (-1 if number is None else number) and _names(content, key):
            return line
    return found


def _names(content: str, key: str) -> bool:
    return bool(key) and re.match(rf"\s*\[?{re.escape(key)}\s*[=\]]", content) is not None
