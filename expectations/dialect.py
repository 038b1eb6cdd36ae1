"""How is an expectation of ours said in the words of Great Expectations?"""

from typing import TYPE_CHECKING, Any

from expectations.suite import Expectation, OnFailure

if TYPE_CHECKING:
    from great_expectations.data_context.types.base import ProgressBarsConfig


def in_gx(each: Expectation, *, counts: bool = True) -> dict[str, Any]:
    """Return the configuration of the one core expectation that judges what `each` says.

    With `counts` false any share of rows may fail: the batch is below `from_rows`. It holds
    nothing for people, because GX copies it some 140 times: their words would cost a sixth more.
    """
    kind, bounds = _bounds(each)
    # rounded, because 1 - 0.9 is 0.09999999999999998
    mostly = round(1 - each.limit, 6) if counts else 0.0
    kwargs = {"column": each.column, **bounds, "mostly": mostly}
    return {"type": kind, "kwargs": kwargs, "meta": {"name": each.name}}


def in_gx_for_people(each: Expectation, *, counts: bool = True) -> dict[str, Any]:
    """Return the same configuration with the words that Data Docs show."""
    return in_gx(each, counts=counts) | {
        "description": each.says,
        "notes": [each.bounds, each.consequence, each.because],
        "severity": "warning" if each.on_failure is OnFailure.WARN else "critical",
    }


def quiet() -> "ProgressBarsConfig":
    """Return the setting under which Great Expectations draws no progress bars."""
    from great_expectations.data_context.types.base import ProgressBarsConfig

    return ProgressBarsConfig(globally=False)


def _bounds(each: Expectation) -> tuple[str, dict[str, Any]]:
    if each.one_of is not None:
        return "expect_column_values_to_be_in_set", {"value_set": list(each.one_of)}
    if each.matches is not None:
        return "expect_column_values_to_match_regex", {"regex": each.matches}
    if each.unique:
        return "expect_column_values_to_be_unique", {}
    if each.present:
        return "expect_column_values_to_not_be_null", {}
    limits = {"min_value": each.at_least, "max_value": each.at_most}
    kept = {name: limit for name, limit in limits.items() if limit is not None}
    return "expect_column_values_to_be_between", kept
