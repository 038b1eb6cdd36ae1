"""Does the data dictionary say what the database says?"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
COLUMN = re.compile(r"comment on column (\w+)\.(\w+) is\s+'((?:[^']|'')*)'")


def test_every_published_column_is_described_in_the_words_of_its_comment() -> None:
    comments = {
        (view, column): text.replace("''", "'")
        for path in sorted((ROOT / "warehouse/views").glob("*.sql"))
        for view, column, text in COLUMN.findall(path.read_text("utf-8"))
    }

    described: dict[tuple[str, str], str] = {}
    view = ""
    for line in (ROOT / "docs/data-dictionary.md").read_text("utf-8").splitlines():
        if line.startswith("## "):
            view = line.removeprefix("## ")
        elif row := re.fullmatch(r"\| `(\w+)` \| (.*) \|", line):
            described[view, row[1]] = row[2].replace("\\|", "|")

    assert described == comments
