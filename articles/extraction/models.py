"""Which learned model reads a kind of page?

The files are written by `python -m bench.training`; docs/model-card.md tells what of.
"""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from articles.extraction.booster import Booster
from articles.model import MediaType

FILES = {MediaType.TEXT: "dump.json.gz", MediaType.HTML: "html.json.gz"}


@dataclass(frozen=True, slots=True, eq=False)
class BodyModel:
    """Two boosters that judge the blocks of a page one after the other, and a word table."""

    version: str
    first: Booster
    second: Booster
    words: dict[str, float]
    threshold: float
    """The score at which a block is as likely body as not, as far as F1 is concerned."""


Models = Mapping[MediaType, BodyModel]
"""The model of each kind of page."""


@cache
def shipped_model(kind: MediaType) -> BodyModel:
    """Return the product's own model for text dumps or HTML pages; read once a process."""
    return read_model(files("articles.extraction").joinpath("models", FILES[kind]).read_bytes())


def read_model(packed: bytes) -> BodyModel:
    """Return the model that a model file holds."""
    model = json.loads(gzip.decompress(packed))
    return BodyModel(
        version=model["version"],
        first=Booster(model["first"]),
        second=Booster(model["second"]),
        words=model["words"],
        threshold=model["threshold"],
    )
