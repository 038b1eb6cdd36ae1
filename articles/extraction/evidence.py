"""Which candidate of a field is taken, and how are all of them told?"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from articles.model import Evidence, Found

Value = TypeVar("Value")
MOST = 12
"""Candidates of a field that are told; the best ones come first."""
LONGEST = 500
"""Characters of a candidate that are told."""


def chosen(found: Sequence[Found[Value]]) -> Found[Value] | None:
    """Return the best candidate that the page states, or None: a guess is never stored."""
    return next((one for one in found if one.stated), None)


def evidence(
    field: str, found: Sequence[Found[Value]], text: Callable[[Value], str]
) -> Iterator[Evidence]:
    """Yield the candidates of a field as evidence, the chosen one marked."""
    taken = chosen(found)
    for one in found[:MOST]:
        yield Evidence(
            field=field,
            value=text(one.value)[:LONGEST],
            chosen=one is taken,
            stated=one.stated,
            rule=one.rule,
            block=one.block,
            confidence=min(1.0, max(0.0, float(one.confidence))),
        )
