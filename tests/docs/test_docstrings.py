"""Do the examples in docstrings come out as they say?"""

import doctest
from importlib import import_module

import pytest

from tests.conftest import ROOT

PACKAGES = ("articles", "archive", "warehouse", "expectations", "spiders", "flows", "bench")
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)


def test_there_are_examples() -> None:
    assert len(MODULES) > 20


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_come_out_as_they_say(name: str) -> None:
    found = doctest.testmod(import_module(name))

    assert found.attempted > 0
    assert found.failed == 0
