"""Can a decision be found, and does the older of two say that it was changed?"""

import re

from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "adr"
PAGES = {path.name: path.read_text("utf-8") for path in sorted(FOLDER.glob("[0-9]*.md"))}
LINE = re.compile(r"^- \[(\d{4})\]\((\S+)\) (.*?)(?: \(superseded by \d{4}\))?$", re.MULTILINE)
INDEX = (FOLDER / "README.md").read_text("utf-8")


def test_index_names_every_decision_once_by_its_title() -> None:
    listed = re.findall(
        r"^- \[(\d{4})\]\((\S+)\) (.*?)(?: \(superseded by \d{4}\))?$", INDEX, re.MULTILINE
    )

    titles = {
        name: re.sub(r"^# \d+[.:]? ", "", text.partition("\n")[0]) for name, text in PAGES.items()
    }
    assert sorted((name, title) for _, name, title in listed) == sorted(titles.items())
    assert all(name.startswith(number) for number, name, _ in listed)


def test_decision_that_was_changed_says_by_which() -> None:
    numbers = {name[:4]: text for name, text in PAGES.items()}
    changes = [
        (number, older)
        for number, text in numbers.items()
        for sentence in re.findall(r"(?:[Ss]upersedes|this replaces)[^.;]*", text)
        for older in re.findall(r"\b0\d{3}\b", sentence)
    ]

    assert len(changes) > 5
    assert [pair for pair in changes if pair[0] not in numbers[pair[1]]] == []
