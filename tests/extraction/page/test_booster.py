"""The trees of the learned models."""

import gzip
import json
from importlib.resources import files

import lightgbm
import numpy as np
import pytest

from articles.extraction.booster import Booster, ModelBrokenError
from articles.extraction.models import shipped_model
from articles.model import MediaType

HEAD = "tree\nversion=v4\nmax_feature_idx=1\nobjective=binary sigmoid:1\n"
ONE_QUESTION = (
    "\nTree=0\nnum_leaves=2\nsplit_feature=1\nthreshold=0.1\ndecision_type=2\nleft_child=-1\n"
    "right_child=-2\nleaf_value=-1 2\n\nend of trees\n"
)
NO_QUESTION = "\nTree=0\nnum_leaves=1\nleaf_value=0\n\nend of trees\n"


def test_shipped_models_say_what_lightgbm_says() -> None:
    packed = files("articles.extraction").joinpath("models", "dump.json.gz").read_bytes()
    model = json.loads(gzip.decompress(packed))["second"]
    ours, theirs = Booster(model), lightgbm.Booster(model_str=model)
    rows = np.random.default_rng(1).normal(size=(600, ours.columns)).astype(np.float32) * 3

    assert ours.predict(rows) == pytest.approx(theirs.predict(rows), rel=1e-14)


def test_rows_give_the_same_alone_and_together() -> None:
    booster = shipped_model(MediaType.TEXT).first
    rows = np.random.default_rng(2).normal(size=(1_100, booster.columns)).astype(np.float32)

    together = booster.predict(rows)
    for size in (1, 2, 3, 500):
        parts = [booster.predict(rows[at : at + size]) for at in range(0, len(rows), size)]
        assert np.concatenate(parts).tolist() == together.tolist()


def test_a_number_equal_to_the_threshold_takes_the_smaller_side() -> None:
    least_over = np.nextafter(np.float32(0.1), np.float32(0))  # single 0.1 is over the double
    rows = np.array([[9, least_over], [9, np.float32(0.1)]], np.float32)

    assert Booster(HEAD + ONE_QUESTION).predict(rows) == pytest.approx([0.26894142, 0.88079708])


def test_a_tree_that_asks_nothing_has_one_leaf() -> None:
    assert Booster(HEAD + NO_QUESTION).predict(np.zeros((2, 2), np.float32)).tolist() == [0.5, 0.5]


def test_no_rows_give_no_chances() -> None:
    assert Booster(HEAD + ONE_QUESTION).predict(np.zeros((0, 2), np.float32)).tolist() == []


def test_matrix_of_the_wrong_width_is_refused_by_name() -> None:
    with pytest.raises(ModelBrokenError, match="columns"):
        shipped_model(MediaType.HTML).first.predict(np.zeros((1, 2), np.float32))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("no model", "not a LightGBM model", id="no-model"),
        pytest.param(
            HEAD + ONE_QUESTION.replace("num_leaves=2", "num_leaves=31"), "31 leaves", id="too-wide"
        ),
        pytest.param(
            HEAD + ONE_QUESTION.replace("decision_type=2", "decision_type=1"),
            "asks for more",
            id="categories",
        ),
    ],
)
def test_model_that_cannot_be_read_is_refused_by_name(text: str, said: str) -> None:
    with pytest.raises(ModelBrokenError, match=said):
        Booster(text)
