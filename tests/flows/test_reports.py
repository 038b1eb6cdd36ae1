import pytest

from articles.model import Outcome, Reason
from flows import reports
from flows.remedies import REMEDY
from flows.reports import Check, DocumentLine, Refusals, StageReport

BUCKETS = {Outcome.LOADED: 7, Outcome.DUPLICATE: 2, Outcome.REJECTED: 1}


def test_balance_is_one_equation() -> None:
    assert reports.balance(10, BUCKETS) == (
        "10 seen = 7 loaded + 2 duplicate + 1 rejected + 0 held + 0 skipped"
    )


@pytest.mark.parametrize(
    ("seen", "verdict"),
    [
        pytest.param(10, "✓ The ledger balances", id="balanced"),
        pytest.param(12, "2 inputs are in no bucket", id="lost"),
        pytest.param(9, "1 entries too many", id="doubled"),
    ],
)
def test_ledger_says_whether_every_input_is_accounted_for(seen: int, verdict: str) -> None:
    assert verdict in reports.ledger(seen, BUCKETS)


def test_funnel_shows_what_each_stage_kept_and_cost() -> None:
    stages = [StageReport("read", 100, 90, 1.0), StageReport("extract", 90, 80, 3.0)]

    assert "| **extract** | 90 | 80 | 10 | 3.00 s | 75.0% | 30 /s |" in reports.funnel(stages)


def test_quarantine_names_the_commonest_reason_first() -> None:
    refusals = [Refusals(Reason.BOMB, 1, "a.zip"), Refusals(Reason.EMPTY, 5, "b|<i>.txt")]

    rows = [line for line in reports.quarantine(refusals).splitlines() if line.startswith("| **")]

    assert rows == [
        f"| **empty** | 5 | b&#124;&#60;i&#62;&#46;txt | {REMEDY[Reason.EMPTY]} |",
        f"| **bomb** | 1 | a&#46;zip | {REMEDY[Reason.BOMB]} |",
    ]


def test_every_reason_has_a_remedy() -> None:
    assert set(REMEDY) == set(Reason)


def test_audit_shows_the_failed_expectation_first() -> None:
    checks = [Check("title", "all", "all", passed=True), Check("date", "all", "some", passed=False)]

    report = reports.audit("articles", checks, "http://127.0.0.1:4200/docs/index.html")

    assert report.index("| ✗ | date |") < report.index("| ✓ | title |")
    assert "✗ 1 of 2 expectations of the suite **articles** are met." in report
    assert report.endswith("[Open the Data Docs](http://127.0.0.1:4200/docs/index.html)")


def test_document_list_is_cut_and_says_so() -> None:
    documents = [DocumentLine(f"{n}.txt", Outcome.LOADED, title="<b>") for n in range(103)]

    report = reports.document_list(documents)

    assert report.count("| loaded | &#60;b&#62; |") == reports.MAX_ROWS
    assert report.endswith("and 3 more in the table `documents`")
