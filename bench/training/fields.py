"""How are the rankers of headline and date learned?

Lines of dumps are judged by body models that never saw the publisher, as they will be in use.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from articles.extraction import stamp_places, title_claims, title_lines
from articles.extraction.dates import read_stamps
from articles.extraction.dom import html_page
from articles.extraction.dump import dump_page
from articles.extraction.lines import read_lines, whole_lines
from articles.extraction.models import Models
from articles.extraction.page import Page
from articles.extraction.roles import assign_roles
from articles.extraction.scores import body_scores
from articles.extraction.title_claims import words_of
from articles.extraction.tokens import Floats
from articles.extraction.units import run_ons
from bench.training.labels import label
from bench.training.looks import LOOKS
from bench.training.pages import Labelled
from bench.training.traps import spoil

PARTS = 8
WEIGHTS = {"fundus": 1.0, "scrapinghub": 1.0, "wcxb": 0.1}
"""Other pages than news count little: the weight 0.1 was best of 0, 0.1, 0.3 and 1."""
LEAST = {"title_claims": 0.05, "title_lines": 0.03, "stamp_places": 0.2}
DUMP_WEIGHTS = {"fundus": 1.0, "wcxb": 0.3}
"""For headlines of dumps other pages teach where a headline stands: 0.3 was best of 0 to 1."""
TREES = 150
PARAMETERS = {
    "objective": "binary", "learning_rate": 0.06, "num_leaves": 8, "min_data_in_leaf": 12,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 4,
    "num_threads": 1, "verbose": -1, "seed": 5, "deterministic": True,
}  # fmt: skip
COLUMNS = {
    "title_claims": title_claims.FEATURES,
    "title_lines": title_lines.FEATURES,
    "stamp_places": stamp_places.FEATURES,
}
TRAINING_WORDINGS = 0
FEW_DUMPS = 2  # of a page that is no news: one clean, one spoiled
ID = "0" * 64


@dataclass(slots=True)
class Case:
    """The candidates of one field on one page."""

    name: str
    part: int
    weight: float
    rows: NDArray[np.float64]
    right: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))


def read_cases(pages: Sequence[Labelled], folds: Sequence[Models]) -> list[Case]:
    """Return the candidates of every field on every page, those that have any.

    `folds` are the body models of each part of the pages, which never saw it.
    """
    headlines = sorted({page.title for page in pages if 20 < len(page.title) < 120})
    cases = (
        case for page in pages for case in _cases(page, headlines, folds[page.part(len(folds))])
    )
    return [case for case in cases if len(case.rows)]


def learn_rankers(cases: Sequence[Case]) -> bytes:
    """Return the file of rankers."""
    models = {}
    for name, columns in COLUMNS.items():
        trees = _fitted([case for case in cases if case.name == name]).model_to_string()
        trees = trees[: trees.index("end of trees")] + "end of trees\n"
        models[name] = {"columns": columns, "least": LEAST[name], "trees": trees}
    return gzip.compress(json.dumps(models).encode(), 9, mtime=0)


def learn_without(cases: Sequence[Case], part: int, parts: int) -> bytes:
    """Return the rankers that never saw a part of the publishers; `parts` divides `PARTS`."""
    return learn_rankers([case for case in cases if case.part % parts != part])


def report_rankers(cases: Sequence[Case]) -> str:
    """Return how often the best candidate of each field is right, out of fold."""
    lines = []
    for name in COLUMNS:
        own = [case for case in cases if case.name == name]
        lines.append(f"{name}: {len(own)} pages, best candidate right {_cross_validated(own):.3f}")
    return "\n".join(lines) + "\n"


def _cases(page: Labelled, headlines: Sequence[str], models: Models) -> Iterator[Case]:
    """Yield the cases of a labelled page: its claims, then its dumps."""
    html = html_page(ID, page.html, page.url or None)
    weight = WEIGHTS.get(page.set, 0.1)
    part = page.part(PARTS)
    wanted = words_of(page.title)
    if html.head is not None and wanted:
        found = title_claims.candidates(html.head)
        right = np.array([float(one.words == wanted) for one in found])
        yield Case("title_claims", part, weight, title_claims.claim_rows(html.head, found), right)
    if page.set in DUMP_WEIGHTS and html.blocks:
        few = None if page.set == "fundus" else FEW_DUMPS
        for dump in islice(_dumps(page, html, headlines), few):
            yield from _dump_cases(page, dump, models, part)


def _dumps(page: Labelled, html: Page, headlines: Sequence[str]) -> Iterator[Page]:
    """Yield dumps of the page in three looks: clean, spoiled, and cut to the article."""
    dice = Random(page.id)
    labels = label([block.text for block in html.blocks], page.body)
    for look in dice.sample(sorted(LOOKS), 3):
        lines = LOOKS[look](html, labels, dice)
        spoiled = spoil(lines, page.title, headlines, page.language, TRAINING_WORDINGS, dice)
        wanted = words_of(page.title)
        short = [one for one in lines if one[1] or words_of(one[0]) == wanted or _is_dated(one[0])]
        for version in (lines, spoiled, short):
            yield dump_page(ID, "\n".join(text for text, _ in version))


def _is_dated(text: str) -> bool:
    return len(text) < 60 and bool(read_stamps(text))


def _dump_cases(page: Labelled, dump: Page, models: Models, part: int) -> Iterator[Case]:
    [scores] = body_scores([dump], models)
    lines = title_lines.around_body(whole_lines(read_lines(dump, scores), run_ons(dump)))
    places = title_lines.candidates(lines)
    wanted = words_of(page.title)
    right = np.array([float(words_of(lines.all[at].folded) == wanted) for at in places])
    weight = DUMP_WEIGHTS[page.set]
    yield Case("title_lines", part, weight, title_lines.features(lines, places), right)
    if page.set == "fundus":
        shown = [lines.all[at].block for at, good in zip(places, right, strict=True) if good]
        yield _stamp_case(page, dump, scores, shown[-1] if shown else None, part)


def _stamp_case(
    page: Labelled, dump: Page, scores: Floats, title_at: int | None, part: int
) -> Case:
    roles = assign_roles(dump, read_lines(dump, scores), title_at)
    stamps = stamp_places.placed_stamps(dump.blocks, roles, page.language or None)
    days = np.array([float(one.stamp.day.isoformat() in page.days) for one in stamps])
    rows = stamp_places.place_rows(stamps, dump.blocks, roles, title_at)
    return Case("stamp_places", part, 1.0, rows, days)


def _fitted(cases: Sequence[Case]) -> lgb.Booster:
    """Return the ranker of the cases that have a right candidate."""
    usable = [case for case in cases if case.right.any()]
    rows = np.concatenate([case.rows for case in usable])
    right = np.concatenate([case.right for case in usable])
    weights = np.concatenate([np.full(len(case.right), case.weight) for case in usable])
    return lgb.train(PARAMETERS, lgb.Dataset(rows, right, weight=weights), TREES)


def _cross_validated(cases: Sequence[Case]) -> float:
    """Return how often the best candidate of a page of full weight is right, out of fold."""
    hits: list[bool] = []
    for part in range(PARTS):
        model = _fitted([case for case in cases if case.part != part])
        for case in cases:
            if case.part == part and case.weight == 1.0:
                judged = np.asarray(model.predict(case.rows, num_threads=1))
                hits.append(bool(case.right[int(judged.argmax())]))
    return sum(hits) / max(1, len(hits))
