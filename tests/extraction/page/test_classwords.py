"""What the words of classes and ids tell about the blocks below them."""

import numpy as np

from articles.extraction.classwords import COLUMNS, class_features, learn_classes
from articles.extraction.dom import html_page
from articles.extraction.page import Layout

HTML = """
<div class="Article-Body"><p>The ferry will run.<p>Islanders paid for it.
<p class="box caption1">The ferry at night</div><div id="side-box"><p>Sport</div>
"""


def layout() -> Layout:
    found = html_page("0" * 64, HTML).layout
    assert found is not None
    return found


def test_word_of_a_class_says_how_much_of_the_text_below_it_is_body() -> None:
    words = np.array([4.0, 4.0, 4.0, 1.0])
    pages = [(layout(), words, [True, True, False, False])] * 4

    weights = {word: round(weight, 2) for word, weight in learn_classes(pages).items()}

    assert weights == {
        ".article": 0.5, ".body": 0.5, ".box": -1.9, ".caption": -1.9, ".side": -1.9,
    }  # fmt: skip


def test_rare_class_words_are_not_learned() -> None:
    pages = [(layout(), np.ones(4), [True, True, False, False])] * 3

    assert learn_classes(pages) == {}


def test_block_inherits_what_the_classes_around_it_say() -> None:
    rows = class_features(layout(), {".article": 1.0, ".body": 0.5, ".caption": -2.0})

    assert COLUMNS == (
        "own_lowest", "own_highest", "around_lowest", "around_highest", "around_sum",
    )  # fmt: skip
    assert rows[1:].tolist() == [[0, 0, 0, 1, 1.5], [-2, -2, -2, 1, -0.5], [0, 0, 0, 0, 0]]
