"""What did the suite say of a batch?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from expectations.suite import Expectation, OnFailure

SHOWN_ROWS = 20
"""Failing rows named for each expectation; quarantined rows are all named in `Audit.failing`."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What one expectation found in one batch."""

    expectation: Expectation
    judged: int
    """Rows in which the column is filled; all rows for `present`."""
    failing: int
    """Rows that do not meet it."""
    counted: bool
    """False when fewer rows were judged than `from_rows`: then it cannot fail."""
    success: bool
    shown: tuple[str, ...]
    """Up to `SHOWN_ROWS` failing rows, as `document_id (value)`; nothing a stranger wrote."""

    @property
    def observed(self) -> str:
        """The finding in words, such as `37 of 1,000 rows fail (3.7 %)`."""
        if not self.judged:
            return "no row to judge"
        if not self.failing:
            return f"all {self.judged:,} rows meet it"
        share = f"{self.failing:,} of {self.judged:,} rows fail ({self.failing / self.judged:.1%})"
        return share if self.counted else f"{share}; too few rows to count"


@dataclass(frozen=True, slots=True)
class Audit:
    """What the suite says of one batch."""

    suite: str
    batch_id: str
    run_name: str
    run_at: datetime
    rows: int
    results: tuple[Checked, ...]
    """One for each expectation, in the order of the suite."""
    failing: Mapping[str, tuple[str, ...]]
    """document_id -> names of the quarantine expectations that it does not meet."""
    docs_index: Path
    """First page of Data Docs; there once `build_docs` ran."""
    docs_page: Path
    """The page of this batch."""

    @property
    def held_because(self) -> tuple[str, ...]:
        """Why the batch must wait for a person, a sentence a reason; empty when it need not."""
        return tuple(_sentence(each) for each in self._unmet(OnFailure.HOLD))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is worth a look, a sentence each."""
        return tuple(_sentence(each) for each in self._unmet(OnFailure.WARN))

    @property
    def held(self) -> bool:
        """Whether the batch must wait for a person."""
        return bool(self.held_because)

    @property
    def passed(self) -> bool:
        """Whether the whole batch may be loaded: not held, and no row to be quarantined."""
        return not self.held and not self.failing

    @property
    def verdict(self) -> str:
        """The outcome for people in one line, which names no row and no page."""
        if self.held:
            names = (each.expectation.name for each in self._unmet(OnFailure.HOLD))
            return f"Held: {', '.join(names)}."
        if self.failing:
            rows = "1 row" if len(self.failing) == 1 else f"{len(self.failing):,} rows"
            return f"Passed but for {rows}, to be quarantined."
        return "Passed."

    def _unmet(self, on_failure: OnFailure) -> Iterator[Checked]:
        for each in self.results:
            if not each.success and each.expectation.on_failure is on_failure:
                yield each


def _sentence(each: Checked) -> str:
    told = each.expectation
    return f"{told.name}: {told.says} {each.observed}; allowed are {told.limit:.0%}."
