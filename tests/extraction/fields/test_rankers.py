"""Rankers that stand in for the shipped ones."""

import gzip
import json

import pytest

from articles.extraction.rankers import RankerColumnsError, ranker, standing_in
from articles.extraction.title_claims import FEATURES


def test_rankers_of_another_file_stand_in_for_a_while() -> None:
    of_one_column = {"title_claims": {"columns": ["words"], "least": 0.1, "trees": ""}}
    packed = gzip.compress(json.dumps(of_one_column).encode())

    with standing_in(packed), pytest.raises(RankerColumnsError, match=r"bench\.training"):
        ranker("title_claims", FEATURES)
    assert ranker("title_claims", FEATURES).least > 0
