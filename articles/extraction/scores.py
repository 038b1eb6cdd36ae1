"""How likely does each block of a page belong to the article's body?

Two learned models judge the units of all pages of a call at once, because a call of LightGBM
costs more than its rows. Their mean is moved so that 0.5 is where to cut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from articles.extraction.features import PageFeatures, first_rows, page_features, second_rows
from articles.extraction.models import BodyModel, Models, shipped_model
from articles.extraction.page import Page
from articles.extraction.tokens import Floats
from articles.extraction.units import Unit, units_of
from articles.model import MediaType

CUT = 0.5
"""Blocks of at least this score are body, as far as the models go."""
FAINT = 0.75
"""On a page unlike all the model knows, blocks this near to its best one are body."""
HOPELESS = 0.12
"""A page whose best block scores less holds no article."""
SENTENCE_WORDS = 8  # a page's best block must be a sentence


LONGEST = 20_000
"""Units judged together. A longer page is judged in windows, by its text alone: 150,000 paragraphs
would take half a gigabyte of columns."""


@dataclass(frozen=True, slots=True)
class _Job:
    """The units of a page, or of a window of a very long one."""

    at: int
    """Place of the page in the call."""
    page: Page
    units: Sequence[Unit]


def body_scores(pages: Sequence[Page], models: Models | None = None) -> list[Floats]:
    """Return for each page the chance, 0 to 1, of each of its blocks to be body.

    `models` stand in for the shipped ones when these must be scored on what they learned from.
    """
    scores = [np.zeros(len(page.blocks)) for page in pages]
    jobs = [job for at, page in enumerate(pages) for job in _jobs(at, page)]
    for kind in (MediaType.TEXT, MediaType.HTML):
        for batch in _batches([job for job in jobs if job.page.media_type is kind]):
            model = models[kind] if models else shipped_model(kind)
            features = [page_features(job.page, job.units) for job in batch]
            for job, found in zip(batch, unit_scores(features, model), strict=True):
                first = np.array([unit.first for unit in job.units])
                lines = np.array([unit.end for unit in job.units]) - first
                if lines.max() == 1:
                    scores[job.at][first] = found
                else:
                    within = np.arange(lines.sum()) - np.repeat(np.cumsum(lines) - lines, lines)
                    scores[job.at][np.repeat(first, lines) + within] = np.repeat(found, lines)
    return scores


def _jobs(at: int, page: Page) -> Iterator[_Job]:
    units = units_of(page)
    if len(units) <= LONGEST:
        if units:
            yield _Job(at, page, units)
        return
    text = replace(page, media_type=MediaType.TEXT, head=None, layout=None)
    for start in range(0, len(units), LONGEST // 2):
        yield _Job(at, text, units[start : start + LONGEST // 2])


def _batches(jobs: Sequence[_Job]) -> Iterator[list[_Job]]:
    """Yield the jobs in batches whose columns fit into memory."""
    batch: list[_Job] = []
    size = 0
    for job in jobs:
        if batch and size + len(job.units) > LONGEST:
            yield batch
            batch, size = [], 0
        batch.append(job)
        size += len(job.units)
    if batch:
        yield batch


def unit_scores(features: Sequence[PageFeatures], model: BodyModel) -> list[Floats]:
    """Return the moved score of every unit of every page."""
    first = [first_rows(page, model.words) for page in features]
    ends = np.cumsum([len(rows) for rows in first])[:-1]
    once = np.split(model.first.predict(np.concatenate(first)), ends)
    second = [
        second_rows(page, rows, scores)
        for page, rows, scores in zip(features, first, once, strict=True)
    ]
    twice = np.split(model.second.predict(np.concatenate(second)), ends)
    return [
        moved((one + two) / 2, page.text.tokens.weights, model.threshold)
        for page, one, two in zip(features, once, twice, strict=True)
    ]


def moved(scores: Floats, weights: Floats, threshold: float) -> Floats:
    """Return the scores stretched so that the threshold comes to lie at `CUT`.

    Where no sentence of a page reaches the threshold, it is lowered to near the best one: on a
    look or in a language the model has not met, all scores are low and their order still holds.
    """
    sentences = scores[weights >= SENTENCE_WORDS]
    best = float(sentences.max()) if len(sentences) else 0.0
    if best < HOPELESS:
        return np.minimum(scores, CUT * 0.98)
    threshold = min(threshold, FAINT * best)
    low = scores * (CUT / threshold)
    high = CUT + (scores - threshold) * (CUT / (1 - threshold))
    return np.where(scores < threshold, low, high)
