"""When does a source count as quiet or decayed? The figures of `thresholds.toml`."""

import tomllib
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import Field

from articles.model import Frozen

Because = Annotated[str, Field(min_length=20)]
Share = Annotated[float, Field(gt=0, lt=1)]
Count = Annotated[int, Field(ge=1)]


class Days(Frozen):
    """A span of time."""

    days: Count
    because: Because


class Silence(Frozen):
    """How unlikely a silence must be."""

    odds: Share
    because: Because


class Thin(Frozen):
    """How little is too little, and for how long."""

    share: Share
    days: Count
    deviations: Annotated[float, Field(gt=0)]
    because: Because


class EvidenceLimit(Frozen):
    """How much of a day's requests must fail."""

    share: Share
    requests: Count
    because: Because


class Decay(Frozen):
    """How much likelier a broken reading must be, and how low the rate."""

    odds: Annotated[float, Field(gt=1)]
    share: Share
    because: Because


class Length(Frozen):
    """How far the median length may move."""

    factor: Annotated[float, Field(gt=1)]
    articles: Count
    because: Because


class Sections(Frozen):
    """How unlikely the silence of some sections must be beside the others."""

    odds: Share
    odds_of_thin: Share
    """On a day of which too few articles came anyway."""
    days: Annotated[int, Field(ge=2)]
    because: Because


class Peers(Frozen):
    """When a day is slow for all."""

    sources: Count
    share: Share
    because: Because


class Limits(Frozen):
    """All of them."""

    history: Days
    young: Days
    silence: Silence
    thin: Thin
    sections: Sections
    evidence: EvidenceLimit
    decay: Decay
    length: Length
    peers: Peers


@cache
def limits() -> Limits:
    """Return the limits that newsmill ships."""
    text = (resources.files("flows.health") / "thresholds.toml").read_text("utf-8")
    return Limits.model_validate(tomllib.loads(text))
