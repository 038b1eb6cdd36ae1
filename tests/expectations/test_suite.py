import pytest

from expectations.suite import OnFailure, SuiteError, articles_batch, read_suite

RULE = """
[[expectation]]
name = "title_length"
says = "Titles have 2 to 300 characters."
column = "title_chars"
at_least = 2
at_most = 300
on_failure = "hold"
limit = 0.1
from_rows = 200
because = "Longer ones are paragraphs."
"""


def test_shipped_suite_is_named_and_says_why_for_each_number() -> None:
    suite = articles_batch()

    assert suite.name == "articles_batch"
    assert len(suite.expectation) >= 15
    assert all(each.because.endswith(".") and each.says.endswith(".") for each in suite.expectation)


def test_expectation_tells_bounds_and_consequence_in_words() -> None:
    (rule,) = read_suite(f'name = "some_batch"\n{RULE}', "rules.toml").expectation

    assert rule.bounds == "2 to 300"
    assert rule.consequence == "the batch is held over 10%, from 200 rows"
    assert rule.on_failure is OnFailure.HOLD


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        pytest.param(
            "at_most",
            "at_mots",
            "rules.toml:9: expectation 1: at_mots: there is no such key; did you mean at_most?",
            id="misspelt-key",
        ),
        pytest.param(
            '"title_chars"',
            '"title_char"',
            "rules.toml:7: expectation 1: column: the slim frame has no such column; "
            "did you mean title_chars?",
            id="misspelt-column",
        ),
        pytest.param(
            '"hold"',
            '"halt"',
            "rules.toml:10: expectation 1: on_failure: input should be 'quarantine', 'hold' or "
            "'warn'; did you mean hold?",
            id="misspelt-consequence",
        ),
        pytest.param(
            "limit = 0.1",
            "limit = 10",
            "rules.toml:11: expectation 1: limit: input should be less than 1",
            id="percent-for-share",
        ),
        pytest.param(
            "at_least = 2\nat_most = 300",
            "",
            "rules.toml:4: expectation 1: entry: needs exactly one of at_least, at_most, one_of, "
            "matches, unique, present, or the first two",
            id="no-bound",
        ),
        pytest.param(
            "at_least = 2\nat_most = 300",
            'matches = "["',
            "rules.toml:8: expectation 1: matches: not a regular expression: unterminated "
            "character set at position 0",
            id="broken-pattern",
        ),
        pytest.param(
            '"hold"',
            '"quarantine"',
            "rules.toml:4: expectation 1: entry: quarantine is about single rows and takes no "
            "limit and no from_rows",
            id="quarantine-with-limit",
        ),
        pytest.param(
            "at_least = 2",
            'at_least = "2"',
            "rules.toml:8: expectation 1: at_least: input should be a valid number",
            id="number-in-quotes",
        ),
    ],
)
def test_mistake_is_named_with_its_line(right: str, wrong: str, message: str) -> None:
    text = f'# limits\nname = "some_batch"\n{RULE}'.replace(right, wrong)

    with pytest.raises(SuiteError) as refusal:
        read_suite(text, "rules.toml")

    assert str(refusal.value) == message


def test_two_expectations_of_one_name_are_refused() -> None:
    with pytest.raises(SuiteError, match="used for two expectations: title_length"):
        read_suite(f'name = "some_batch"\n{RULE}{RULE}', "rules.toml")


def test_text_that_is_no_toml_is_refused_with_its_place() -> None:
    with pytest.raises(SuiteError, match=r"rules.toml is not TOML: .*line 1"):
        read_suite("name = articles", "rules.toml")
