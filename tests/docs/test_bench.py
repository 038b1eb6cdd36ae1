"""Is every measurement listed, and is every program there that a README of theirs names?"""

import re

from tests.conftest import ROOT

BENCH = ROOT / "bench"


def test_every_folder_of_measurements_is_listed() -> None:
    listed = re.findall(r"^\| \[`(\w+)/`\]", (BENCH / "README.md").read_text("utf-8"), re.MULTILINE)

    assert sorted(listed) == sorted(
        path.name for path in BENCH.iterdir() if path.is_dir() and path.name != "__pycache__"
    )


def test_programs_that_the_readmes_name_are_there() -> None:
    texts = [path.read_text("utf-8") for path in BENCH.rglob("README.md")]
    named = {name for text in texts for name in re.findall(r"-m (bench[\w.]+\w)", text)}

    there = {
        name
        for name in named
        for place in [ROOT / name.replace(".", "/")]
        if place.with_suffix(".py").exists() or (place / "__main__.py").exists()
    }
    assert named - there == set()
    assert len(named) > 10
