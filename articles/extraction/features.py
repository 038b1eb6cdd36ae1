"""What do the models see of a page? All columns of both looks, for dumps and for HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from articles.extraction.classwords import class_features
from articles.extraction.domfeatures import DomFeatures, dom_features
from articles.extraction.dumpfeatures import announcement_features, layout_features
from articles.extraction.page import Layout, Page
from articles.extraction.secondlook import second_look, second_look_at_dom
from articles.extraction.textfeatures import Matrix, TextFeatures, text_features
from articles.extraction.tokens import Floats, read_tokens
from articles.extraction.units import Unit
from articles.extraction.wordtable import word_features

UNIT_CHARS = 20_000
"""Characters of a unit that are looked at; a megabyte on one line is no paragraph."""
OUR_POLICY = 0.0
"""The last column of HTML tells in training whose idea of a body the labels follow."""


@dataclass(slots=True, eq=False)
class PageFeatures:
    """The columns of one page that do not depend on any model."""

    text: TextFeatures
    columns: Matrix
    dom: DomFeatures | None = None
    layout: Layout | None = None


def page_features(page: Page, units: Sequence[Unit]) -> PageFeatures:
    """Return the columns of a page that has units, one row a unit."""
    tokens = read_tokens([unit.text[:UNIT_CHARS] for unit in units])
    text = text_features(tokens)
    announced = announcement_features(text.keys, tokens.counts.tolist())
    common = [text.own, text.context, announced, text.shifted]
    if page.layout is None or page.head is None:
        columns = np.concatenate([*common, layout_features(units, text)], 1)
        return PageFeatures(text, columns)
    dom = dom_features(text, page.layout, page.head)
    policy = np.full((len(units), 1), OUR_POLICY, np.float32)
    columns = np.concatenate([*common, dom.own, dom.shifted, policy], 1)
    return PageFeatures(text, columns, dom, page.layout)


def first_rows(features: PageFeatures, words: Mapping[str, float]) -> Matrix:
    """Return what the first model sees: the columns and the say of the words, also of classes."""
    looks = [features.columns, word_features(features.text.tokens, words)]
    if features.layout is not None:
        looks.append(class_features(features.layout, words))
    return np.concatenate(looks, 1)


def second_rows(features: PageFeatures, first: Matrix, scores: Floats) -> Matrix:
    """Return what the second model sees: that, and how the first judged the whole page."""
    looks = [first, second_look(features.text, scores)]
    if features.dom is not None and features.layout is not None:
        weights = features.text.tokens.weights
        looks.append(second_look_at_dom(features.dom, weights, features.layout, scores))
    return np.concatenate(looks, 1)
