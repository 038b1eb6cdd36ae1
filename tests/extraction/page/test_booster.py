"""LightGBM through its C API."""

import numpy as np
import pytest

from articles.extraction.booster import ModelBrokenError
from articles.extraction.models import shipped_model
from articles.model import MediaType


def test_shipped_models_predict_chances() -> None:
    booster = shipped_model(MediaType.TEXT).first
    chances = booster.predict(np.zeros((3, booster.columns), np.float32))

    assert chances.shape == (3,)
    assert ((chances > 0) & (chances < 1)).all()


def test_matrix_of_the_wrong_width_is_refused_by_name() -> None:
    with pytest.raises(ModelBrokenError, match="columns"):
        shipped_model(MediaType.HTML).first.predict(np.zeros((1, 2), np.float32))
