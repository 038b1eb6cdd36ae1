"""Does a batch meet the suite, and which of its rows do not?

Great Expectations costs 5 CPU seconds and 170 MB to import, so only functions here and in `site`
import it. After that, an expectation costs about 20 ms whatever the number of rows.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from articles.errors import NewsmillError
from expectations.dialect import in_gx, quiet
from expectations.frame import slim_frame
from expectations.site import Place, leave
from expectations.suite import Expectation, OnFailure, Suite
from expectations.verdict import SHOWN_ROWS, Audit, Checked

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core import ExpectationSuite, ExpectationValidationResult
    from great_expectations.core.batch_definition import BatchDefinition

ONE_AT_A_TIME = Lock()
"""All batches share one pandas source of Great Expectations, which holds one frame at a time."""

SAFE_WORD = re.compile(r"[A-Za-z0-9._:+/-]{1,80}")
"""What may be shown of a value: ids, numbers, codes. No markup can be made of it."""


class AuditFailed(NewsmillError):
    """Great Expectations could not judge an expectation, which is a fault of the suite file."""


def audit(
    frame: "pd.DataFrame",
    suite: Suite,
    *,
    batch_id: str,
    run_name: str,
    run_at: datetime,
    docs_dir: Path,
) -> Audit:
    """Judge one batch by the suite, and leave the result under `docs_dir` for `build_docs`.

    `frame` comes from `slim_frame`; it may be empty. `batch_id` and `run_name` become names of
    files: letters, digits, `.`, `_` and `-`, up to 100 (`ValueError` otherwise). The same
    arguments always give the same result. Raises `AuditFailed` when an expectation cannot be
    judged. Safe to call from several threads; they take turns.
    """
    place = Place(docs_dir, suite.name, run_name, run_at, batch_id)
    results, failing = _judged(frame, suite)
    found = Audit(
        suite=suite.name,
        batch_id=batch_id,
        run_name=run_name,
        run_at=run_at,
        rows=len(frame),
        results=results,
        failing=failing,
        docs_index=place.index,
        docs_page=place.page,
    )
    leave(place, found)
    return found


def audit_facts(
    facts: pa.Table,
    suite: Suite,
    *,
    batch_id: str,
    run_name: str,
    run_at: datetime,
    docs_dir: Path,
) -> Audit:
    """Judge one batch by the facts of its documents, in the form of `frame.FACTS`; see `audit`."""
    return audit(
        slim_frame(facts),
        suite,
        batch_id=batch_id,
        run_name=run_name,
        run_at=run_at,
        docs_dir=docs_dir,
    )


def warm_up() -> None:
    """Import Great Expectations now, and not in the first audit."""
    with ONE_AT_A_TIME:
        _whole_frame()


def _judged(
    frame: "pd.DataFrame", suite: Suite
) -> tuple[tuple[Checked, ...], Mapping[str, tuple[str, ...]]]:
    filled = frame.count()
    judged = {
        each.name: len(frame) if each.present else int(filled[each.column])
        for each in suite.expectation
    }
    counted = frozenset(
        each.name for each in suite.expectation if judged[each.name] >= each.from_rows
    )
    results: list[Checked] = []
    failing: dict[str, tuple[str, ...]] = {}
    for each, result in zip(suite.expectation, _asked(frame, suite, counted), strict=True):
        rows = _failing_rows(each, result)
        results.append(
            Checked(
                expectation=each,
                judged=judged[each.name],
                failing=len(rows),
                counted=each.name in counted,
                success=bool(result.success),
                shown=tuple(_shown(row, each.column) for row in rows[:SHOWN_ROWS]),
            )
        )
        if each.on_failure is OnFailure.QUARANTINE:
            for row in rows:
                name = str(row["document_id"])
                failing[name] = (*failing.get(name, ()), each.name)
    return tuple(results), failing


def _asked(
    frame: "pd.DataFrame", suite: Suite, counted: frozenset[str]
) -> Sequence["ExpectationValidationResult"]:
    """Return the results of Great Expectations, in the order of the suite."""
    with ONE_AT_A_TIME:
        batch = _whole_frame().get_batch({"dataframe": frame})
        told = batch.validate(
            _gx_suite(suite, counted),
            result_format={
                "result_format": "COMPLETE",
                "unexpected_index_column_names": ["document_id"],
                "return_unexpected_index_query": False,
                "partial_unexpected_count": 0,
            },
        )
    by_name = {_name(result): result for result in told.results}
    return [by_name[each.name] for each in suite.expectation]


def _name(result: "ExpectationValidationResult") -> str | None:
    asked = result.expectation_config
    return str(asked.meta["name"]) if asked and asked.meta else None


@lru_cache(maxsize=1)
def _whole_frame() -> "BatchDefinition[Any]":
    """Return the source through which frames reach Great Expectations, kept in memory only."""
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = quiet()
    asset = context.data_sources.add_pandas("newsmill").add_dataframe_asset("batch")
    return asset.add_batch_definition_whole_dataframe("whole")


@lru_cache(maxsize=16)
def _gx_suite(suite: Suite, counted: frozenset[str]) -> "ExpectationSuite":
    from great_expectations.core import ExpectationSuite

    asked = [in_gx(each, counts=each.name in counted) for each in suite.expectation]
    return ExpectationSuite(name=suite.name, expectations=asked)


def _failing_rows(
    each: Expectation, result: "ExpectationValidationResult"
) -> Sequence[Mapping[str, object]]:
    rows = result.result.get("unexpected_index_list")
    if rows is None and result.result.get("unexpected_count", 1):
        raise AuditFailed(f"{each.name} could not be judged: {result.exception_info}")
    return rows or ()


def _shown(row: Mapping[str, object], column: str) -> str:
    """Return the row's id and value, leaving out words that a stranger may have chosen."""
    words = [str(row.get(name)) for name in dict.fromkeys(("document_id", column))]
    safe = [word if SAFE_WORD.fullmatch(word) else "not shown" for word in words]
    return safe[0] if len(safe) == 1 else f"{safe[0]} ({safe[1]})"
