"""Which figures of two texts agree, and which do not, where the words beside them are the same?"""

import pytest

from articles.identity.figures import Agreement, agreement
from articles.identity.shingles import traits

WEEK = "Jobless claims rose 4,000 to 331,000 in the week ended March 7, the department said."


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(WEEK, Agreement(3, 0), id="same"),
        pytest.param(WEEK.replace("331", "318"), Agreement(2, 1), id="one-changed"),
        pytest.param(WEEK.replace("March 7", "March 14"), Agreement(2, 1), id="last-changed"),
        pytest.param(WEEK.replace("4,000", "5"), Agreement(2, 1), id="of-other-length"),
        pytest.param(WEEK.replace("rose", "fell"), Agreement(2, 0), id="other-words-beside"),
        pytest.param(f"On Thursday: {WEEK}", Agreement(3, 0), id="elsewhere-in-the-text"),
        pytest.param(WEEK.upper().replace(" ", "\u00a0"), Agreement(3, 0), id="other-letters"),
        pytest.param("Rain.", Agreement(0, 0), id="no-figures"),
        pytest.param("", Agreement(0, 0), id="nothing"),
    ],
)
def test_figures_agree_where_the_words_beside_them_do(other: str, expected: Agreement) -> None:
    one, two = traits([WEEK, other])

    assert agreement(one.figures, two.figures) == expected
    assert agreement(two.figures, one.figures) == expected


def test_row_of_figures_is_one_and_its_order_counts() -> None:
    table, same, turned = traits(["Gold 4 5 6 silver", "gold 4, 5, 6 silver", "gold 6 5 4 silver"])

    assert agreement(table.figures, same.figures) == Agreement(1, 0)
    assert agreement(table.figures, turned.figures) == Agreement(0, 1)


def test_figure_at_the_end_of_a_text_does_not_join_the_next_text() -> None:
    alone = [traits([text])[0].figures.tolist() for text in ("It rose 4", "5 fell", "", "6")]

    together = traits(["It rose 4", "5 fell", "", "6"])

    assert [each.figures.tolist() for each in together] == alone
