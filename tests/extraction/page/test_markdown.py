"""What a dump written as Markdown says without its marks."""

import pytest

from articles.extraction.dump import dump_page
from articles.extraction.markdown import plain_page
from articles.extraction.units import units_of

LINKS = "[Home](/) [World](/world) [Sport](/sport)"


def plain(*lines: str) -> list[str]:
    return [block.text for block in plain_page(dump_page("0" * 64, "\n".join(lines))).blocks]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        pytest.param("[Pier closed](/2024/05/12/pier 'Pier')", "Pier closed", id="link"),
        pytest.param("![A gull](/gull.jpg)", "", id="image"),
        pytest.param("[![A gull](/gull.jpg)The gull](/gull)", "The gull", id="image-in-a-link"),
        pytest.param("[Harrow](/wiki/Harrow_(town))", "Harrow", id="brackets-in-an-address"),
        pytest.param("# Ferry fares rise", "Ferry fares rise", id="heading"),
        pytest.param("  * ## [Fares](/fares)", "  * Fares", id="heading-in-a-list"),
        pytest.param("> He **never** said _so_.", "He never said so.", id="quote-and-emphasis"),
        pytest.param("snake_case_name and 3 * 4", "snake_case_name and 3 * 4", id="no-emphasis"),
        pytest.param("[1] a note (see below)", "[1] a note (see below)", id="no-link"),
    ],
)
def test_marks_are_no_words_of_the_page(line: str, read: str) -> None:
    assert plain(LINKS, line) == ["Home World Sport", read]


def test_escaped_signs_are_read_without_the_backslash_on_any_dump() -> None:
    assert plain(r"12\. May 2024", r"\- Angst vor Wien \-") == [
        "12. May 2024",
        "- Angst vor Wien -",
    ]


def test_page_of_other_text_stays_as_it_is() -> None:
    page = dump_page("0" * 64, "> Home > World\n*Note*: [sic](!)\n__init__")

    assert plain_page(page) is page


def test_link_broken_over_lines_keeps_the_number_of_lines() -> None:
    broken = ["Read [the council's", "report](https://harrow.example/", "report) now"]

    assert plain(LINKS, *broken)[1:] == ["Read the council's", "report", " now"]


def test_paragraph_and_heading_broken_for_room_are_put_together() -> None:
    heading = "# Council of Harrow raises the fares of its ferries after a debate of nine hours"
    page = dump_page(
        "0" * 64,
        f"{LINKS}\n\n{heading}\nand a song\n\nFerries carry people [across\nthe sound](/sound), and"
        "\nback.\n\n  * One\n  * Two\n\n## By the numbers\nFour tonnes.",
    )

    assert [unit.text for unit in units_of(plain_page(page))] == [
        "Home World Sport",
        "Council of Harrow raises the fares of its ferries after a debate of nine hours and a song",
        "Ferries carry people across the sound, and back.",
        "* One", "* Two", "By the numbers", "Four tonnes.",
    ]  # fmt: skip
