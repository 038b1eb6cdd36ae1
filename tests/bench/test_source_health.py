"""Does the watch over the sources see what is wrong within a day, and never cry wolf?"""

import pytest

from tests.bench.watching import Quarter, watched_quarter

pytestmark = pytest.mark.slow

CAUSES = {
    "robots": "robots",
    "forbidden": "forbidden",
    "down": "unreachable",
    "feed gone": "feed gone",
    "refused": "layout change",
    "stale": "nothing new is listed",
    "paywall": "paywall",
    "wrong dates": "old articles or wrong dates",
}
"""What the watch must call a planted fault; all other ones are layout changes."""


@pytest.fixture(scope="module")
def quarter() -> Quarter:
    """Thirty-five sources for a quarter, with two faults planted into each."""
    return watched_quarter(seed=2, count=35)


def test_every_fault_is_seen_within_a_day(quarter: Quarter) -> None:
    """But for lost sections: a third of the articles may be a holiday, so they may take two."""
    missed = [(name, fault.kind) for name, fault, _ in quarter.missed if fault.kind != "thin"]

    assert missed == []
    assert quarter.faults.total() == 70


def test_no_source_cries_wolf_twice_in_a_quarter(quarter: Quarter) -> None:
    named = [each.source for each in quarter.vain]

    assert len(named) == len(set(named))


def test_faults_are_called_by_their_cause(quarter: Quarter) -> None:
    told = {
        fault: cause
        for (fault, cause), _ in quarter.causes.most_common()
        if fault not in ("thin", "same titles", "titles", "dates", "authors", "bodies", "layout")
    }

    assert told == {fault: CAUSES[fault] for fault in told}
