"""How is a time shown that a page states? As exactly as it does, and no more."""

from collections.abc import Mapping
from datetime import datetime

from articles.model import Precision

FORMS: Mapping[str, str] = {
    Precision.YEAR: "%Y",
    Precision.MONTH: "%Y-%m",
    Precision.DAY: "%Y-%m-%d",
}
"""By precision; all others to the minute."""


def stated(at: object, precision: object) -> str | None:
    """Return a time of the warehouse by its precision, None when the page states none.

    >>> stated(datetime(2026, 3, 1), "day"), stated(datetime(2026, 3, 1), "minute")
    ('2026-03-01', '2026-03-01 00:00')
    """
    if not isinstance(at, datetime):
        return None
    return at.strftime(FORMS.get(str(precision), "%Y-%m-%d %H:%M"))
