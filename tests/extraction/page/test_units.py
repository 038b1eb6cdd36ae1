"""How the lines of a dump become units."""

import textwrap

from articles.extraction.dump import dump_page
from articles.extraction.units import units_of

PARAGRAPHS = [
    f"The ferry between Marl and the mainland will run through winter number {n} for the first "
    "time since the war, because islanders have collected the price of four tonnes of diesel."
    for n in range(5)
]


def texts(dump: str) -> list[str]:
    return [unit.text for unit in units_of(dump_page("0" * 64, dump))]


def test_every_line_with_a_word_is_a_unit() -> None:
    assert texts("Title\n\n  Two   words \n***\n") == ["Title", "Two words"]


def test_wrapped_paragraphs_are_put_together() -> None:
    dump = "\n\n".join("\n".join(textwrap.wrap(one, 72)) for one in PARAGRAPHS)

    assert texts(dump) == PARAGRAPHS


def test_menu_of_short_lines_is_not_taken_for_wrapped() -> None:
    menu = ["Home", "World news", "Business and markets", "Sport", "Weather and travel", "Opinion"]

    assert texts("\n".join(menu)) == menu


def test_unit_knows_its_lines_and_the_blanks_above() -> None:
    [_, unit] = units_of(dump_page("0" * 64, "Title\n\n\n\tIndented line"))

    assert (unit.first, unit.end, unit.blanks, unit.indent) == (3, 4, 2, 8)
