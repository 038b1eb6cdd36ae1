"""What does the learner see: which units, which labels, of which pages in which look?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from articles.extraction.claims import article_body
from articles.extraction.dom import html_page
from articles.extraction.dump import dump_page
from articles.extraction.features import PageFeatures, page_features
from articles.extraction.page import Page
from articles.extraction.tokens import Ints
from articles.extraction.units import Unit, units_of
from articles.model import Block, MediaType
from bench.metrics import TOKEN, shingles
from bench.training.labels import label, words_by_text
from bench.training.looks import LOOKS, Line
from bench.training.pages import Labelled
from bench.training.traps import spoil

ID = "0" * 64
COVERED = 0.6  # share of the true body's shingles a page must hold; else it is drawn by scripts
DUMP_SETS = {"fundus": 1.0, "scrapinghub": 0.25}
"""Weight of each set's labels for dumps; wcxb's wider idea of a body costs news 1-2 points."""
HTML_SETS = {"fundus": 1.0, "scrapinghub": 0.8, "wcxb": 0.25}
POLICIES = {"fundus": 0.0, "scrapinghub": 1.0, "wcxb": 2.0}
TRAIN_WORDING, SCORE_WORDING = 0, 1


@dataclass(slots=True, eq=False)
class Sample:
    """One page in one look, with the truth about each of its units."""

    page: Labelled
    look: str
    spoiled: bool
    units: list[Unit]
    texts: list[str]
    """Of each unit: its lines as they stand, for scoring."""
    labels: list[bool]
    features: PageFeatures
    counts: Ints
    """Of each unit: its words as scoring counts them."""
    claimed_body: str
    part: int
    """The fold it is scored in."""
    trains: bool = True
    """False when it is there for scoring only."""

    @property
    def words(self) -> list[list[str]]:
        """Return the words of each unit."""
        return words_by_text(self.features.text.tokens)


def html_samples(pages: Iterable[Labelled], parts: int) -> Iterator[Sample]:
    """Yield every page of a set we learn HTML from, its policy column set."""
    for labelled in pages:
        page = html_page(ID, labelled.html)
        texts = [block.text for block in page.blocks]
        if labelled.set in HTML_SETS and texts:
            labels = label(texts, labelled.body)
            sample = _sample(labelled, page, labels, "html", parts)
            sample.features.columns[:, -1] = POLICIES[labelled.set]
            sample.trains = any(labels) and _covered(texts, labelled.body)
            yield sample


def dump_samples(pages: Sequence[Labelled], parts: int, looks: int) -> Iterator[Sample]:
    """Yield each page of a set we learn dumps from: clean, and spoiled in both wordings.

    A page of the first set is rendered in so many looks, others in two; the spoiled copies with
    the second half of the wordings are for scoring only.
    """
    headlines = sorted({page.title for page in pages if 20 < len(page.title) < 120})
    for labelled in pages:
        page = html_page(ID, labelled.html)
        texts = [block.text for block in page.blocks]
        if labelled.set not in DUMP_SETS or not texts or not _covered(texts, labelled.body):
            continue
        labels = label(texts, labelled.body)
        dice = Random(labelled.id)
        chosen = dice.sample(sorted(LOOKS), looks if labelled.set == "fundus" else 2)
        for look in chosen:
            yield _rendered(labelled, LOOKS[look](page, labels, dice), look, parts)
        for wording in (TRAIN_WORDING, SCORE_WORDING):
            look = dice.choice(chosen)
            lines = LOOKS[look](page, labels, dice)
            lines = spoil(lines, labelled.title, headlines, labelled.language, wording, dice)
            sample = _rendered(labelled, lines, look, parts)
            sample.spoiled, sample.trains = True, wording == TRAIN_WORDING
            yield sample


def _rendered(labelled: Labelled, lines: Sequence[Line], look: str, parts: int) -> Sample:
    page = dump_page(ID, "\n".join(text for text, _ in lines) + "\n")
    labels = [lines[unit.first][1] for unit in units_of(page)]
    return _sample(labelled, page, labels, look, parts)


def _sample(labelled: Labelled, page: Page, labels: list[bool], look: str, parts: int) -> Sample:
    units = units_of(page)
    features = page_features(page, units)
    return Sample(
        page=labelled,
        look=look,
        spoiled=False,
        units=units,
        texts=[_as_it_stands(page.blocks[unit.first : unit.end]) for unit in units],
        labels=labels,
        features=features,
        counts=np.array([len(TOKEN.findall(unit.text)) for unit in units]),
        claimed_body=article_body(page.head) if page.head else "",
        part=labelled.part(parts),
    )


def _as_it_stands(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks)


def _covered(texts: Sequence[str], body: str) -> bool:
    wanted, there = shingles(body), shingles("\n".join(texts))
    return sum((wanted & there).values()) >= COVERED * sum(wanted.values())


def kind_of(samples: Sequence[Sample]) -> MediaType:
    """Return what the samples are."""
    return MediaType.HTML if samples[0].look == "html" else MediaType.TEXT
