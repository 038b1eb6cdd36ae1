"""A full disk is told by name, whoever met it first."""

import errno
import os
from pathlib import Path

import duckdb
import pytest

from warehouse.db import DiskFull, disk_checked

FULL = "Could not write file: No space left on device"


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(duckdb.TransactionException(f"Failed to commit: {FULL}"), id="at-commit"),
        pytest.param(duckdb.IOException(FULL), id="at-write"),
        pytest.param(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), id="at-copy"),
    ],
)
def test_full_disk_is_named_with_what_to_do(error: Exception) -> None:
    with pytest.raises(DiskFull, match="free space on that disk"), disk_checked(Path("x.duckdb")):
        raise error


def test_other_failures_stay_what_they_are() -> None:
    with pytest.raises(FileNotFoundError), disk_checked(Path("x.duckdb")):
        raise FileNotFoundError("x.duckdb")
