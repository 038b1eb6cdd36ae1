"""Which JSON object do these bytes hold, when nobody promises that it is sane?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from articles.model import Reason

LONG_INT = 19  # digits; beyond 64 bits a number is an identifier and stays text


@dataclass(frozen=True, slots=True)
class BadJson:
    """Why bytes are no usable JSON value."""

    reason: Reason
    rule: str
    detail: str
    at: int | None = None
    """Offset in the text, in characters."""


class _Repeated(dict[str, object]):
    """An object whose keys were given more than once, with different values."""

    keys_twice: tuple[str, ...] = ()


def json_value(text: str, depth: int) -> object | BadJson:
    """Return the value that `text` holds, or why it holds none.

    NaN and Infinity are read as null, integers of more than 19 digits stay text, and brackets
    deeper than `depth` are refused. A repeated key keeps its last value; `repeated` tells of it.
    """
    try:
        value: object = DECODER.decode(text)
    except json.JSONDecodeError as error:
        return BadJson(Reason.MALFORMED_JSON, "json_syntax", str(error), error.pos)
    except RecursionError:
        return BadJson(Reason.TOO_DEEP, "json_depth", f"more than {depth} brackets in each other")
    if _deeper(value, depth):
        return BadJson(Reason.TOO_DEEP, "json_depth", f"more than {depth} brackets in each other")
    return value


def repeated(record: Mapping[str, object]) -> tuple[str, ...]:
    """Return the keys that the object gave twice with different values."""
    return record.keys_twice if isinstance(record, _Repeated) else ()


def json_bytes(value: object) -> bytes:
    """Return the one form in which we write JSON ourselves: compact UTF-8, keys as they come."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")  # half a pair stays the escape it was


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) == len(pairs):
        return record
    marked = _Repeated(record)
    marked.keys_twice = tuple(
        sorted({key for key, value in pairs if value is not record[key] and value != record[key]})
    )
    return marked


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= LONG_INT else digits


def _no_number(_: str) -> None:
    return None


def _deeper(value: object, depth: int) -> bool:
    level = [value]
    for _ in range(depth + 1):
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True


DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer, parse_constant=_no_number)
