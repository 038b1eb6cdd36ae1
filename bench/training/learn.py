"""How are the two looks of a body model learned, and scored only on publishers not seen?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import lightgbm
import numpy as np

from articles.extraction.booster import Booster
from articles.extraction.classwords import learn_classes
from articles.extraction.features import first_rows, second_rows
from articles.extraction.scores import CUT, moved
from articles.extraction.textfeatures import Matrix
from articles.extraction.tokens import Floats
from articles.extraction.wordtable import learn_table
from bench.metrics import TOKEN, Counts, line_f1, page_counts, shingle_f1
from bench.training.samples import DUMP_SETS, HTML_SETS, Sample

PARTS = 4
SETTINGS: dict[str, object] = {
    "objective": "binary",
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 8,
    "max_bin": 63,
    "num_threads": 1,
    "deterministic": True,
    "force_col_wise": True,
    "verbose": -1,
    "seed": 3,
}
SHAPE: dict[str, object] = {"num_leaves": 14, "min_data_in_leaf": 50, "feature_fraction": 0.3}
STEPS = {True: (0.09, 180, 90), False: (0.05, 300, 150)}
"""Of HTML and of dumps: learning rate, trees of the first and of the second look."""
HEAVIEST = 80  # words; a longer unit weighs no more
CLAIMED_SHARE = 0.35
THRESHOLDS = np.arange(0.25, 0.75, 0.05)


@dataclass(slots=True)
class Learned:
    """A trained model, before it is written."""

    first: str
    second: str
    words: dict[str, float]
    threshold: float = CUT


@dataclass(slots=True)
class Judged:
    """Out-of-fold scores of the samples, and the threshold chosen on them."""

    samples: Sequence[Sample]
    once: dict[int, Floats] = field(default_factory=dict)
    twice: dict[int, Floats] = field(default_factory=dict)
    threshold: float = CUT
    folds: list[Learned] = field(default_factory=list)
    """Of each part: the model that never saw its publishers."""

    def raw(self, at: int) -> Floats:
        """Return the mean of both looks for a sample."""
        return (self.once[at] + self.twice[at]) / 2

    def kept(self, at: int, threshold: float | None = None) -> list[bool]:
        """Return which units are kept."""
        weights = self.samples[at].features.text.tokens.weights
        scores = moved(self.raw(at), weights, threshold or self.threshold)
        return [bool(score >= CUT) for score in scores]


def cross_validate(samples: Sequence[Sample]) -> Judged:
    """Return scores of every sample by models that never saw its publisher.

    The words and the first look that the second look learns from are out of fold as well.
    """
    judged = Judged(samples)
    rows: dict[int, Matrix] = {}
    tables = []
    for part in range(PARTS):
        seen = [s for s in samples if s.part != part and s.trains]
        table = learn_words(seen)
        tables.append(table)
        for at, sample in enumerate(samples):
            if sample.part == part:
                rows[at] = first_rows(sample.features, table)
    judged.once, first = _by_fold(samples, rows, 1)
    rows = {
        at: second_rows(sample.features, rows[at], judged.once[at])
        for at, sample in enumerate(samples)
    }
    judged.twice, second = _by_fold(samples, rows, 2)
    judged.threshold = best_threshold(judged)
    judged.folds = [
        Learned(*parts, judged.threshold) for parts in zip(first, second, tables, strict=True)
    ]
    return judged


def learn(judged: Judged) -> Learned:
    """Return the model of all samples; the second look learns from out-of-fold first scores."""
    use = [at for at, sample in enumerate(judged.samples) if sample.trains]
    samples = [judged.samples[at] for at in use]
    rows: dict[int, Matrix] = {}
    for part in range(PARTS):
        table = learn_words([s for s in samples if s.part != part])
        rows |= {
            at: first_rows(judged.samples[at].features, table)
            for at in use
            if judged.samples[at].part == part
        }
    first = fitted(samples, [rows[at] for at in use], 1)
    second = fitted(
        samples,
        [second_rows(judged.samples[at].features, rows[at], judged.once[at]) for at in use],
        2,
    )
    return Learned(first, second, learn_words(samples), judged.threshold)


def learn_words(samples: Sequence[Sample]) -> dict[str, float]:
    """Return the table of the words of texts, and for HTML of classes as well."""
    clean = [s for s in samples if not s.spoiled]
    pages = [(s.features.layout, s.features.text.tokens.weights, s.labels) for s in clean]
    classes = learn_classes(
        (layout, weights, labels) for layout, weights, labels in pages if layout is not None
    )
    return learn_table((s.words, s.labels) for s in clean) | classes


def _by_fold(
    samples: Sequence[Sample], rows: dict[int, Matrix], look: int
) -> tuple[dict[int, Floats], list[str]]:
    """Return the score of every sample by a model that never saw its part, and the models."""
    scores: dict[int, Floats] = {}
    models = []
    for part in range(PARTS):
        seen = [at for at, s in enumerate(samples) if s.part != part and s.trains]
        models.append(fitted([samples[at] for at in seen], [rows[at] for at in seen], look))
        model = Booster(models[-1])
        for at, sample in enumerate(samples):
            if sample.part == part:
                scores[at] = model.predict(rows[at])
    return scores, models


def fitted(samples: Sequence[Sample], rows: Iterable[Matrix], look: int) -> str:
    """Return the text of a booster of the first (1) or second (2) look.

    A unit weighs by its words and its page's set.
    """
    matrix = np.concatenate(list(rows))
    labels = np.concatenate([np.array(s.labels, np.float32) for s in samples])
    weights = np.concatenate([_weights(s) for s in samples])
    data = lightgbm.Dataset(matrix, labels, weight=weights / weights.mean())
    steps = STEPS[samples[0].look == "html"]
    settings = SETTINGS | SHAPE | {"learning_rate": steps[0]}
    return lightgbm.train(settings, data, int(steps[look])).model_to_string()


def _weights(sample: Sample) -> Floats:
    body = max(60.0, float(sample.counts[sample.labels].sum()))
    weights = (np.minimum(sample.counts, HEAVIEST) + 3.0) / body**0.7
    if sample.look == "html":
        return np.asarray(weights * HTML_SETS[sample.page.set], np.float64)
    return np.asarray((weights + 0.25) * DUMP_SETS[sample.page.set], np.float64)


def best_threshold(judged: Judged) -> float:
    """Return where F1 on the pages of our own policy is best, the middle of near-ties."""
    clean = [at for at, s in enumerate(judged.samples) if s.page.set == "fundus" and not s.spoiled]
    line_share = 0.0 if judged.samples[0].look == "html" else 0.5  # only a dump has lines
    values = []
    for threshold in THRESHOLDS.tolist():
        shingle, line = scored(judged, clean, threshold)
        values.append((shingle + line_share * line, threshold))
    best = max(value for value, _ in values)
    return float(np.median([t for value, t in values if value >= best - 0.001]))


def scored(
    judged: Judged, chosen: Sequence[int], threshold: float | None = None
) -> tuple[float, float]:
    """Return shingle F1 and line F1 over the chosen samples."""
    counts: list[Counts] = []
    pairs: list[tuple[bool, bool]] = []
    for at in chosen:
        sample, kept = judged.samples[at], judged.kept(at, threshold)
        counts.append(page_counts(sample.page.body, kept_text(sample, kept)))
        pairs += zip(sample.labels, kept, strict=True)
    return shingle_f1(counts), line_f1(pairs)


def kept_text(sample: Sample, kept: Sequence[bool]) -> str:
    """Return the kept text, or what JSON-LD claims when far more of it."""
    text = "\n".join(t for t, keep in zip(sample.texts, kept, strict=True) if keep)
    claimed = sample.claimed_body
    if len(claimed) > 400 and len(TOKEN.findall(text)) < CLAIMED_SHARE * len(
        TOKEN.findall(claimed)
    ):
        return claimed
    return text
