"""Rankers that stand in for the shipped ones."""

import gzip
import json
import os
import subprocess
import sys

import pytest

from articles.extraction.rankers import RankerColumnsError, ranker, standing_in
from articles.extraction.title_claims import FEATURES


def test_rankers_of_another_file_stand_in_for_a_while() -> None:
    of_one_column = {"title_claims": {"columns": ["words"], "least": 0.1, "trees": ""}}
    packed = gzip.compress(json.dumps(of_one_column).encode())

    with standing_in(packed), pytest.raises(RankerColumnsError, match=r"bench\.training"):
        ranker("title_claims", FEATURES)
    assert ranker("title_claims", FEATURES).least > 0


ORDER = """
from articles.extraction import title_lines
from articles.extraction.lines import read_lines
from articles.extraction.dump import dump_page
import numpy as np
words = [f"harbour{letter}{n}" for n in range(9) for letter in "abcdefg"]
text = "\\n".join([" ".join(words[:40]), *(" ".join(words[n:]) + "." for n in range(30))])
page = dump_page("0" * 64, text)
lines = title_lines.around_body(read_lines(page, np.array([0.1, *[0.9] * 30])))
print(title_lines.features(lines, [0]).tobytes().hex())
"""


def test_numbers_of_a_headline_do_not_depend_on_the_hash_seed() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", ORDER],
            check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "4")
    }  # fmt: skip

    assert len(told) == 1
